import type { Severity } from '#engine/finding.ts';
import { formBadge } from '#engine/normalize/verdict-text.ts';
import { type LensState, lensStore } from '#features/lens/index.ts';
import { firstLine } from '#lib/markdown.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import { chenOf } from '#model/derive/geometry.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Note } from '#model/layout-types.ts';
import type { Document, Id, Relationship, Table, View } from '#model/types.ts';
import type { EdgeShape } from '#paint/edges.ts';
import { faceOf, viewLine } from '#paint/face.ts';
import {
  END,
  type FarBadges,
  type FarLine,
  type FarMarks,
  type FarNode,
  type FarScene,
  type FormText,
  NO_TONE,
  NOTE_TINT,
  type Palette,
} from '#paint/far-scene.ts';
import type { PictureNode } from '#paint/picture.ts';
import { pathStore, type QueryPath } from '#state/query-path.ts';
import { resultsStore } from '#state/results.ts';
import { viewStore } from '#state/view.ts';
import { findingsByRecord } from './badges.ts';
import type { Scene, SceneNode } from './scene.ts';

/** Numbers of the nodes in the scene last handed over. */
export type Numbers = Map<Id, number>;

/** The theme's colours as the page has them now. */
export function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    canvas: token('canvas'),
    raised: token('raised'),
    sunken: token('sunken'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    edge: token('edge'),
    warn: token('warn'),
    warnSoft: token('warn-soft'),
    bad: token('bad'),
    badSoft: token('bad-soft'),
    ok: token('ok'),
    okSoft: token('ok-soft'),
    tints: [0, 1, 2, 3, 4, 5].map((tint) => token(`s${tint}`)),
  };
}

/** The lens as the painter needs it: a tone for each node. @param colourOf the page's colours by their tokens. */
export function lensTones(
  ids: readonly Id[],
  { readings, scale }: Pick<LensState, 'readings' | 'scale'>,
  colourOf: (token: string) => string,
): NonNullable<FarScene['lens']> {
  const letter = scale.palette === 'ordered' ? 'h' : 'd';
  const colours = scale.steps.map(({ tone }) => colourOf(`--${letter}${tone}`));
  const signs = scale.steps.map(({ sign }) => sign);
  // A flag is another sign of the same colour.
  const flags = [...new Set([...readings.values()].flatMap(({ flag }) => flag ?? []))];
  const tones = Uint8Array.from(ids, (id) => {
    const one = readings.get(id);
    if (one === undefined) return NO_TONE;
    return one.flag === undefined ? one.step : one.step + (flags.indexOf(one.flag) + 1) * signs.length;
  });
  const flagged = flags.flatMap((flag) => signs.map((sign) => `${sign} ${flag}`));
  return { tones, colours: [colours, ...flags.map(() => colours)].flat(), signs: [...signs, ...flagged] };
}

function farLens(ids: readonly Id[]): FarScene['lens'] {
  const state = lensStore.getState();
  if (state.lens === 'structure') return undefined;
  const style = getComputedStyle(document.documentElement);
  return lensTones(ids, state, (token) => style.getPropertyValue(token).trim());
}

function endBits(document: Document, one: Relationship): number {
  const ends = endsOf(document, one);
  const mismatch = mismatchOf(ends, one.declared);
  return (
    (ends.child.endsWith('n') ? END.childMany : 0) |
    (ends.child.startsWith('0') ? END.childOptional : 0) |
    (ends.parent.endsWith('n') ? END.parentMany : 0) |
    (ends.parent.startsWith('0') ? END.parentOptional : 0) |
    (mismatch.child || mismatch.parent ? END.warn : 0)
  );
}

/** A scene as flat arrays; `numbers` is filled with the numbers its nodes have in them. */
export function flatScene({ nodes, areas, document }: Scene, numbers: Numbers): FarScene {
  // In the order in which the page draws them: what lies on top is the same in both views.
  const all = [...nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  numbers.clear();
  for (const [at, node] of all.entries()) numbers.set(node.id, at);
  const boxes = new Float32Array(all.length * 4);
  const tints = new Uint8Array(all.length);
  const degrees = new Uint16Array(all.length);
  const names: string[] = [];
  const links = linksOf(document);
  for (const [at, { id, box, kind, record, tint }] of all.entries()) {
    boxes.set([box.x, box.y, box.width, box.height], at * 4);
    tints[at] = kind === 'note' ? NOTE_TINT : tint;
    degrees[at] = Math.min(65_535, (links.byParent.get(id)?.length ?? 0) + (links.byChild.get(id)?.length ?? 0));
    names.push(kind === 'note' ? firstLine((record as Note).text) : (record as Table | View).name);
  }
  const edges: number[] = [];
  const ends: number[] = [];
  for (const one of Object.values(document.relationships)) {
    const a = numbers.get(one.child);
    const b = numbers.get(one.parent);
    if (a === undefined || b === undefined || a === b) continue;
    edges.push(a, b);
    ends.push(endBits(document, one));
  }
  for (const { supertype, subtypes } of Object.values(document.hierarchies)) {
    for (const subtype of subtypes) {
      const [a, b] = [numbers.get(subtype), numbers.get(supertype)];
      if (a === undefined || b === undefined) continue;
      edges.push(a, b);
      ends.push(0);
    }
  }
  const lens = farLens(all.map(({ id }) => id));
  return {
    boxes,
    tints,
    names,
    degrees,
    edges: Uint32Array.from(edges),
    ends: Uint8Array.from(ends),
    areas: areas.map(({ x, y, width, height, tint, name }) => ({ x, y, width, height, tint, name })),
    ...(lens === undefined ? {} : { lens }),
  };
}

const WORST: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** What findings and normal forms say of the numbered nodes. */
export function farBadges(numbers: Numbers): FarBadges {
  const { findings, normalForms } = resultsStore.getState();
  const found = findingsByRecord(findings);
  const counts = new Uint16Array(numbers.size);
  const worst = new Uint8Array(numbers.size);
  const forms = new Uint8Array(numbers.size);
  const texts: FormText[] = [{ text: '', tone: 'assume' }];
  for (const [id, at] of numbers) {
    const tally = found.get(id);
    if (tally !== undefined) {
      counts[at] = Math.min(65_535, tally.count);
      worst[at] = WORST[tally.worst];
    }
    const badge = formBadge(normalForms[id]);
    if (badge === undefined) continue;
    let form = texts.findIndex(({ text, tone }) => text === badge.text && tone === badge.tone);
    if (form < 0) form = texts.push({ text: badge.text, tone: badge.tone }) - 1;
    forms[at] = form;
  }
  return { counts, worst, forms, texts };
}

/** A node with everything that its rows say. */
export function farNode(document: Document, { id, kind, box, tint, collapsed, record }: SceneNode, at: number): FarNode {
  if (kind === 'note') return { at, node: record as Note };
  const { name } = record as Table | View;
  const { findings, normalForms } = resultsStore.getState();
  const found = findingsByRecord(findings).get(id);
  const form = formBadge(normalForms[id]);
  const figure = kind === 'table' ? chenOf(document, record as Table) : undefined;
  const node: PictureNode = {
    id,
    kind,
    name,
    box,
    tint,
    collapsed,
    ...(kind === 'view' ? { line: viewLine(record as View) } : { face: faceOf(document, record as Table) }),
    ...(figure === undefined ? {} : { figure }),
    ...(found === undefined ? {} : { found: { count: found.count, worst: found.worst } }),
    ...(form === undefined ? {} : { form: { text: form.text, tone: form.tone } }),
  };
  return { at, node };
}

/** Lines with the numbers of their tables; -1 for one that is not on the diagram. */
export function farLines(document: Document, shapes: readonly EdgeShape[], numbers: Numbers): FarLine[] {
  return shapes.map((shape) => {
    const one = Object.hasOwn(document.relationships, shape.id) ? document.relationships[shape.id] : undefined;
    const number = (id: Id | undefined) => (id === undefined ? -1 : (numbers.get(id) ?? -1));
    return { shape, child: number(one?.child), parent: number(one?.parent) };
  });
}

/** Tables on the path of a query, and the ends of the lines along it. */
function farPath(
  document: Document,
  { tables, relationships }: QueryPath,
  number: (id: Id) => number,
): NonNullable<FarMarks['path']> {
  return {
    nodes: [...tables].map(number).filter((at) => at >= 0),
    ends: [...relationships].flatMap((id): (readonly [number, number])[] => {
      const one = Object.hasOwn(document.relationships, id) ? document.relationships[id] : undefined;
      return one === undefined ? [] : [[number(one.child), number(one.parent)]];
    }),
  };
}

/** What is marked: selection, the selected rows, what is under the pointer, and what keys act on. */
export function farMarks({ nodes, document }: Scene, numbers: Numbers, focused: boolean): FarMarks {
  const { selection, hovered } = viewStore.getState();
  const { path } = pathStore.getState();
  const number = (id: Id | undefined) => (id === undefined ? -1 : (numbers.get(id) ?? -1));
  const rows = selection.flatMap(({ record, part }): (readonly [number, number])[] => {
    const node = nodes.get(record);
    if (part === undefined || node?.kind !== 'table' || node.collapsed) return [];
    const at = faceOf(document, node.record as Table).rows.findIndex((row) => row.id === part);
    return at < 0 ? [] : [[number(record), at]];
  });
  return {
    selected: selection.flatMap(({ record }) => numbers.get(record) ?? []),
    hovered: number(hovered),
    focused: focused ? number(selection.at(-1)?.record) : -1,
    rows,
    ...(path === undefined ? {} : { path: farPath(document, path, number) }),
  };
}
