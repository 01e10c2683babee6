import type { Rect } from '#lib/grid.ts';
import type { Ends } from '#model/derive/look.ts';
import type { Notation } from '#model/layout-types.ts';
import { drawTree } from './isa.ts';
import type { Drawing } from './line.ts';
import { DRAW } from './notations.ts';

/** One thing that a notation says, drawn by the notation itself. */
export interface Sample {
  readonly says: string;
  readonly drawing: Drawing;
  readonly boxes: readonly (Rect & { readonly name: string; readonly round?: boolean; readonly double?: boolean })[];
  readonly width: number;
  readonly height: number;
}

const BOX = { width: 62, height: 26 };
const GAP = 128;

interface Case {
  readonly says: string;
  readonly ends: Ends;
  readonly manyToMany?: boolean;
  readonly names: readonly [child: string, parent: string];
  readonly verb: string;
}

const CASES: readonly Case[] = [
  {
    says: 'An order has exactly one customer; a customer has any number of orders.',
    ends: { child: '0..n', parent: '1', identifying: false },
    names: ['Order', 'Customer'],
    verb: 'places',
  },
  {
    says: 'An order has at most one coupon; a coupon is on any number of orders.',
    ends: { child: '0..n', parent: '0..1', identifying: false },
    names: ['Order', 'Coupon'],
    verb: 'uses',
  },
  {
    says: 'A line cannot be told apart without its order; an order has at least one.',
    ends: { child: '1..n', parent: '1', identifying: true },
    names: ['Line', 'Order'],
    verb: 'has',
  },
  {
    says: 'An invoice has exactly one order; an order has at most one invoice.',
    ends: { child: '0..1', parent: '1', identifying: false },
    names: ['Invoice', 'Order'],
    verb: 'for',
  },
  {
    says: 'A product has any number of tags, a tag any number of products.',
    ends: { child: '0..n', parent: '0..n', identifying: false },
    manyToMany: true,
    names: ['Product', 'Tag'],
    verb: 'has',
  },
];

function sampleOf(notation: Notation, one: Case): Sample {
  const y = 22;
  const [a, b] = [BOX.width, BOX.width + GAP];
  const drawing = DRAW[notation]({
    points: [
      { x: a, y },
      { x: b, y },
    ],
    child: { at: { x: a, y }, away: { x: 1, y: 0 } },
    parent: { at: { x: b, y }, away: { x: -1, y: 0 } },
    ends: one.ends,
    manyToMany: one.manyToMany === true,
    verb: one.verb,
    own: [],
  });
  const weak = one.ends.identifying;
  const top = y - BOX.height / 2;
  return {
    says: one.says,
    drawing,
    boxes: [
      {
        ...BOX,
        x: 0,
        y: top,
        name: one.names[0],
        ...(notation === 'barker' || (weak && notation === 'idef1x') ? { round: true } : {}),
        ...(weak && notation === 'chen' ? { double: true } : {}),
      },
      { ...BOX, x: b, y: top, name: one.names[1], ...(notation === 'barker' ? { round: true } : {}) },
    ],
    width: BOX.width * 2 + GAP,
    height: 44,
  };
}

const TREE_SAYS: Readonly<Record<Notation, string>> = {
  'crows-foot': 'A person is a customer or an employee; the cross says: not both.',
  idef1x: 'A person is a customer or an employee; two bars say that there are no others, one bar that there may be.',
  barker: 'A person is a customer or an employee, never both: its subtypes hang on it.',
  uml: 'A person is a customer or an employee; the braces say whether there are others, and whether one can be both.',
  chen: 'A person is a customer or an employee; a double line would say that everybody is one of them.',
  'min-max': 'A person is a customer or an employee: d for disjoint, o for overlapping; a double line says everybody is one.',
};

function treeSample(notation: Notation): Sample {
  const above = { ...BOX, x: 95, y: 2 };
  const drop = notation === 'chen' ? 100 : 88;
  const subtypes = [
    { ...BOX, x: 36, y: drop },
    { ...BOX, x: 154, y: drop },
  ];
  const hierarchy = { id: 'isa', supertype: 'a', subtypes: ['b', 'c'], complete: notation === 'idef1x' };
  const { drawing } = drawTree(notation, hierarchy, above, subtypes);
  const round = notation === 'barker' ? { round: true } : {};
  return {
    says: TREE_SAYS[notation],
    drawing,
    boxes: [
      { ...above, name: 'Person', ...round },
      { ...(subtypes[0] as Rect), name: 'Customer', ...round, ...(notation === 'idef1x' ? { round: true } : {}) },
      { ...(subtypes[1] as Rect), name: 'Employee', ...round, ...(notation === 'idef1x' ? { round: true } : {}) },
    ],
    width: BOX.width * 2 + GAP,
    height: drop + BOX.height + 4,
  };
}

/** What a notation says besides the lines. */
const NOTES: Readonly<Record<Notation, readonly string[]>> = {
  'crows-foot': [
    'At each end the mark nearest to the table says how many at most, the one behind it how many at least.',
    'A whole line: the child is identified by its parent. A dashed one: it is not.',
  ],
  idef1x: [
    'A dot marks the child: any number, P at least one, Z at most one. A diamond marks a parent that need not be.',
    'A whole line identifies, a dashed one does not. Round corners: identified by another entity.',
    'Above the line stands the key. (FK) refers to another entity, (AK1) is another key, (O) may have no value.',
  ],
  barker: [
    'Each half of a line belongs to the entity it touches: whole when that must take part, dashed when it may.',
    'A crow’s foot says many. A bar across the line: the relationship is part of the entity’s identifier.',
    '# part of the identifier, * always has a value, o may have none.',
  ],
  uml: [
    'The multiplicity at a class says how many of its objects belong to one at the other end.',
    'A black diamond marks the whole of a composition: its parts are identified by it.',
    '{PK} primary key, {FK} refers to another, {AK1} another key, [0..1] may have no value.',
  ],
  chen: [
    'N, M or 1 at an entity says how many of it belong to one at the other end. A double line: it must take part.',
    'A double border: a weak entity, identified through the double diamond.',
    'Underlined: the key; dashed: what tells a weak entity apart. A double ellipse has several values, a dashed one is computed.',
  ],
  'min-max': [
    'The pair at an entity says in how many relationships one of its things takes part: at least, at most.',
    'Other notations write this at the opposite end.',
  ],
};

export interface Legend {
  readonly samples: readonly Sample[];
  readonly notes: readonly string[];
}

/** How to read a notation. */
export function legendOf(notation: Notation): Legend {
  return { samples: [...CASES.map((one) => sampleOf(notation, one)), treeSample(notation)], notes: NOTES[notation] };
}
