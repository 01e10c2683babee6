import { describe, expect, it } from 'vitest';
import type { Notation } from '#model/layout-types.ts';
import type { Cardinality } from '#model/types.ts';
import { legendOf } from './legend.ts';
import { beside, cutAt, type Drawing, type Line } from './line.ts';
import { DRAW, NOTATIONS } from './notations.ts';

const LEFT = 100;
const RIGHT = 400;
const Y = 50;

/** A straight line from a child on the left to a parent on the right. */
function draw(notation: Notation, child: Cardinality, parent: Cardinality, more: Partial<Line> = {}, identifying = false): Drawing {
  return DRAW[notation]({
    points: [
      { x: LEFT, y: Y },
      { x: RIGHT, y: Y },
    ],
    child: { at: { x: LEFT, y: Y }, away: { x: 1, y: 0 } },
    parent: { at: { x: RIGHT, y: Y }, away: { x: -1, y: 0 } },
    ends: { child, parent, identifying },
    manyToMany: false,
    verb: 'has',
    own: [],
    ...more,
  });
}

const numbers = (path: string) => [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(([one]) => Number(one));

/** The name of a shape, from its path alone. */
function shapeName(layer: 'glyphs' | 'hollow' | 'filled', path: string): string {
  if (layer === 'glyphs') return (path.match(/L/g) ?? []).length === 2 ? 'foot' : 'bar';
  const round = path.includes('a');
  if (layer === 'filled') return round ? 'dot' : 'black diamond';
  return round ? 'ring' : 'white diamond';
}

/** What stands at an end, from the table outwards, as a person would say it. */
function signs(drawing: Drawing, end: 'child' | 'parent'): string {
  const from = end === 'child' ? LEFT : RIGHT;
  const found: { name: string; far: number }[] = [];
  for (const layer of ['glyphs', 'hollow', 'filled'] as const) {
    for (const part of drawing[layer].split(/(?=M)/)) {
      const [x] = numbers(part);
      if (x === undefined || Math.abs(x - from) > 40) continue;
      const name = shapeName(layer, part);
      found.push({ name, far: name === 'foot' ? 0 : Math.abs(x - from) });
    }
  }
  const words = drawing.labels.filter((one) => Math.abs(one.x - from) < 40).map((one) => one.text);
  return [...found.sort((a, b) => a.far - b.far).map((one) => one.name), ...words].join(' ');
}

/** How the line itself is drawn on each half: whole, dashed, double. */
function halves(drawing: Drawing): string {
  const kind = (x: number) => {
    const covers = (path: string) =>
      path.split(/(?=M)/).filter((part) => {
        const xs = numbers(part).filter((_, at) => at % 2 === 0);
        return part !== '' && Math.min(...xs) <= x && Math.max(...xs) >= x;
      }).length;
    const solid = covers(drawing.solid);
    return solid > 1 ? 'double' : solid === 1 ? 'whole' : covers(drawing.dashes) > 0 ? 'dashed' : 'nothing';
  };
  return `${kind(LEFT + 60)} ${kind(RIGHT - 60)}`;
}

interface Convention {
  readonly notation: Notation;
  /** Children of a parent, parents of a child. */
  readonly ends: readonly [child: Cardinality, parent: Cardinality];
  readonly identifying?: true;
  readonly manyToMany?: true;
  readonly atChild: string;
  readonly atParent: string;
  readonly line: string;
}

/**
 * Conventions as they are published:
 * - crow's foot: J. Martin, Information Engineering, book II (1990): the inner mark is the maximum, the outer the minimum;
 *   dashed for non-identifying as in the IE notation of data modelling tools.
 * - IDEF1X: FIPS PUB 184 (1993): dot at the child, P, Z or a number beside it; whole or dashed line; diamond at an
 *   optional parent; non-specific relationships with a dot at both ends.
 * - Barker: R. Barker, CASE*Method: Entity Relationship Modelling (1990): half lines whole or dashed for must or may of the
 *   entity they touch, crow's foot for many, a bar for a relationship in the unique identifier.
 * - UML 2.5.1, 7.5 and 11.5: multiplicities look across; a black diamond at the whole of a composition.
 * - Chen: P. Chen, The Entity-Relationship Model (1976), with 1, N, M across; double lines and diamonds as in R. Elmasri and
 *   S. Navathe, Fundamentals of Database Systems.
 * - min-max: J.-R. Abrial, Data Semantics (1974); Elmasri and Navathe, as above: the pair stands at the entity that takes part.
 */
const CONVENTIONS: readonly Convention[] = [
  { notation: 'crows-foot', ends: ['0..n', '1'], atChild: 'foot ring', atParent: 'bar bar', line: 'dashed dashed' },
  { notation: 'crows-foot', ends: ['1..n', '0..1'], atChild: 'foot bar', atParent: 'bar ring', line: 'dashed dashed' },
  { notation: 'crows-foot', ends: ['0..1', '1'], identifying: true, atChild: 'bar ring', atParent: 'bar bar', line: 'whole whole' },
  {
    notation: 'crows-foot',
    ends: ['0..n', '1..n'],
    manyToMany: true,
    atChild: 'foot ring',
    atParent: 'foot bar',
    line: 'whole whole',
  },

  { notation: 'idef1x', ends: ['0..n', '1'], atChild: 'dot', atParent: '', line: 'dashed dashed' },
  { notation: 'idef1x', ends: ['0..n', '0..1'], atChild: 'dot', atParent: 'white diamond', line: 'dashed dashed' },
  { notation: 'idef1x', ends: ['1..n', '1'], identifying: true, atChild: 'dot P', atParent: '', line: 'whole whole' },
  { notation: 'idef1x', ends: ['0..1', '1'], identifying: true, atChild: 'dot Z', atParent: '', line: 'whole whole' },
  { notation: 'idef1x', ends: ['1', '1'], atChild: 'dot 1', atParent: '', line: 'dashed dashed' },
  { notation: 'idef1x', ends: ['0..n', '1..n'], manyToMany: true, atChild: 'dot', atParent: 'dot P', line: 'whole whole' },

  { notation: 'barker', ends: ['0..n', '1'], atChild: 'foot', atParent: '', line: 'whole dashed' },
  { notation: 'barker', ends: ['0..n', '0..1'], atChild: 'foot', atParent: '', line: 'dashed dashed' },
  { notation: 'barker', ends: ['1..n', '1'], identifying: true, atChild: 'foot bar', atParent: '', line: 'whole whole' },
  { notation: 'barker', ends: ['1..n', '0..1'], atChild: 'foot', atParent: '', line: 'dashed whole' },
  { notation: 'barker', ends: ['0..1', '1'], atChild: '', atParent: '', line: 'whole dashed' },
  { notation: 'barker', ends: ['0..n', '0..n'], manyToMany: true, atChild: 'foot', atParent: 'foot', line: 'dashed dashed' },

  { notation: 'uml', ends: ['0..n', '1'], atChild: '0..*', atParent: '1', line: 'whole whole' },
  { notation: 'uml', ends: ['1..n', '0..1'], atChild: '1..*', atParent: '0..1', line: 'whole whole' },
  { notation: 'uml', ends: ['0..n', '1'], identifying: true, atChild: '0..*', atParent: 'black diamond 1', line: 'whole whole' },
  { notation: 'uml', ends: ['0..n', '1..n'], manyToMany: true, atChild: '0..*', atParent: '1..*', line: 'whole whole' },

  { notation: 'chen', ends: ['0..n', '1'], atChild: 'N', atParent: '1', line: 'double whole' },
  { notation: 'chen', ends: ['0..n', '0..1'], atChild: 'N', atParent: '1', line: 'whole whole' },
  { notation: 'chen', ends: ['1..n', '1'], identifying: true, atChild: 'N', atParent: '1', line: 'double double' },
  { notation: 'chen', ends: ['0..n', '0..n'], manyToMany: true, atChild: 'M', atParent: 'N', line: 'whole whole' },
  { notation: 'chen', ends: ['0..1', '1'], atChild: '1', atParent: '1', line: 'double whole' },

  { notation: 'min-max', ends: ['0..n', '1'], atChild: '(1,1)', atParent: '(0,n)', line: 'whole whole' },
  { notation: 'min-max', ends: ['1..n', '0..1'], atChild: '(0,1)', atParent: '(1,n)', line: 'whole whole' },
  { notation: 'min-max', ends: ['0..n', '1..n'], manyToMany: true, atChild: '(1,n)', atParent: '(0,n)', line: 'whole whole' },
];

describe('the ends of relationships', () => {
  for (const { notation, ends, identifying, manyToMany, atChild, atParent, line } of CONVENTIONS) {
    const what = `${ends.join(' to ')}${identifying === true ? ', identifying' : ''}${manyToMany === true ? ', many to many' : ''}`;
    it(`${notation}: ${what}`, () => {
      const drawing = draw(notation, ends[0], ends[1], { manyToMany: manyToMany === true }, identifying === true);
      expect([signs(drawing, 'child'), signs(drawing, 'parent'), halves(drawing)]).toEqual([atChild, atParent, line]);
    });
  }

  it('every notation tells every pair of cardinalities it can tell apart', () => {
    const all: readonly Cardinality[] = ['0..1', '1', '0..n', '1..n'];
    for (const { id } of NOTATIONS) {
      const seen = new Set(
        all.flatMap((child) => (['0..1', '1'] as const).map((parent) => JSON.stringify(draw(id, child, parent)))),
      );
      expect([id, seen.size]).toEqual([id, 8]);
    }
  });

  it('a line whose other end is out of sight shows the end that is in sight, and nothing of the other', () => {
    for (const { id } of NOTATIONS) {
      const whole = draw(id, '0..n', '1');
      const { parent: _, ...rest } = {
        points: [
          { x: LEFT, y: Y },
          { x: LEFT + 70, y: Y },
        ],
        child: { at: { x: LEFT, y: Y }, away: { x: 1, y: 0 } },
        parent: undefined,
        ends: { child: '0..n', parent: '1', identifying: false } as const,
        manyToMany: false,
        verb: 'has',
        own: [],
      };
      const stub = DRAW[id](rest);
      expect([id, signs(stub, 'child')]).toEqual([id, signs(whole, 'child')]);
      expect([id, signs(stub, 'parent')]).toEqual([id, '']);
      expect(stub.solid + stub.dashes).not.toBe('');
    }
  });

  it('Chen names the relationship in its diamond, doubles that of a weak entity, and hangs attributes on it', () => {
    const plain = draw('chen', '0..n', '1', { verb: 'places' });
    const weak = draw('chen', '0..n', '1', { verb: 'places' }, true);
    const own = draw('chen', '0..n', '0..n', { manyToMany: true, own: ['since', 'quantity'] });
    expect(plain.labels.map((one) => one.text)).toContain('places');
    const shapes = (drawing: Drawing) => drawing.hollow.split('M').length - 1;
    expect([shapes(plain), shapes(weak), shapes(own)]).toEqual([1, 2, 3]);
    expect(own.labels.map((one) => one.text)).toEqual(expect.arrayContaining(['since', 'quantity']));
  });
});

describe('lines', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 40, y: 0 },
    { x: 40, y: 60 },
    { x: 100, y: 60 },
  ];

  it('are cut anywhere, and both parts together are the whole', () => {
    for (const distance of [0, 10, 40, 70, 100, 160]) {
      const [first, second] = cutAt(bent, distance);
      expect(first.at(-1)).toEqual(second[0]);
      expect(first[0]).toEqual(bent[0]);
      expect(second.at(-1)).toEqual(bent.at(-1));
    }
    expect(cutAt(bent, 70)[0].at(-1)).toEqual({ x: 40, y: 30 });
  });

  it('are doubled at the same distance all along, and stay orthogonal', () => {
    for (const aside of [-2, 2]) {
      const moved = beside(bent, aside);
      for (let i = 1; i < moved.length; i++) {
        const [a, b] = [moved[i - 1], moved[i]];
        expect(a?.x === b?.x || a?.y === b?.y).toBe(true);
      }
      expect(Math.abs((moved[0]?.y ?? 0) - 0)).toBe(2);
      expect(Math.abs((moved[1]?.x ?? 0) - 40)).toBe(2);
    }
  });
});

describe('the legend', () => {
  it('says of each notation how to read it, with samples that the notation itself draws', () => {
    for (const { id } of NOTATIONS) {
      const { samples, notes } = legendOf(id);
      expect(samples).toHaveLength(6);
      expect(notes.length).toBeGreaterThan(1);
      for (const { drawing, width, height, boxes } of samples) {
        expect(drawing.solid + drawing.dashes).not.toBe('');
        for (const box of boxes) expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
      }
    }
  });
});
