import { describe, expect, it } from 'vitest';
import { boundsOf, Grid, overlaps, type Rect } from '#lib/grid.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { nodeSize } from '#model/derive/geometry.ts';
import { MAIN_DIAGRAM, placementId } from '#model/layout-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { levelsOf, placesOfParts } from './place.ts';
import type { Proposal, ProposedTable } from './types.ts';

const COLUMNS = ['id', 'zip', 'city', 'state'];

const table = (id: Id, columns: readonly string[] = COLUMNS): Table => ({
  ...emptyTable(id, 'sch_public', id),
  columns: columns.map((name) => ({ id: `${id}_${name}`, name, type: { kind: 'builtin', name: 'text' }, nullable: false })),
});

function documentOf(places: Readonly<Record<Id, readonly [number, number]>>): Document {
  const ids = Object.keys(places);
  return {
    ...emptyDocument(),
    tables: Object.fromEntries(ids.map((id) => [id, table(id)])),
    placements: Object.fromEntries(
      Object.entries(places).map(([object, [x, y]]) => {
        const id = placementId(MAIN_DIAGRAM, object);
        return [id, { id, diagram: MAIN_DIAGRAM, object, x, y }];
      }),
    ),
  };
}

const part = (remainder: boolean, ...columns: string[]): ProposedTable => ({
  remainder,
  name: columns.join('_'),
  columns,
  moved: columns,
  key: columns.slice(0, 1),
  keepsKey: remainder,
  unique: [],
  unenforced: [],
  nullable: [],
  policies: [],
});

/** `t` refers to `a`, and that to `b`. */
const CHAIN: Proposal = {
  table: 't',
  tables: [part(true, 'id', 'zip'), part(false, 'zip', 'city'), part(false, 'city', 'state')],
  links: [
    { child: 0, parent: 1, columns: ['zip'] },
    { child: 1, parent: 2, columns: ['city'] },
  ],
  joins: [],
  lost: [],
  repeats: false,
};

function boxes(before: Document, wishes: Readonly<Record<number, { x: number; y: number }>> = {}): Record<Id, Rect> {
  const tableIds = ['t', 'a', 'b'];
  const after: Document = {
    ...before,
    tables: { ...before.tables, a: table('a', ['zip', 'city']), b: table('b', ['city', 'state']) },
  };
  const places = placesOfParts({ before, after, diagram: MAIN_DIAGRAM, proposal: CHAIN, tableIds, wishes });
  return Object.fromEntries(
    places.map(({ object, x, y }) => [object, { x, y, ...nodeSize(after, after.tables[object] as Table, false) }]),
  );
}

function standing(document: Document): Rect[] {
  return Object.values(document.placements).map(({ object, x, y }) => ({
    x,
    y,
    ...nodeSize(document, document.tables[object] as Table, false),
  }));
}

function clash(all: readonly Rect[]): number {
  let count = 0;
  for (const [at, one] of all.entries()) for (const other of all.slice(at + 1)) if (overlaps(one, other)) count += 1;
  return count;
}

describe('places of the tables of a decomposition', () => {
  it('are levels along the foreign keys, out of the table that stays', () => {
    expect(levelsOf(CHAIN)).toEqual([0, 1, 2]);
    expect(levelsOf({ ...CHAIN, links: [] })).toEqual([0, 1, 1]);
  });

  it('are on the right of the table, the farther the longer the way, where nothing is there', () => {
    const document = documentOf({ t: [0, 0] });
    const [own] = standing(document) as [Rect];
    const { a, b } = boxes(document) as { a: Rect; b: Rect };
    expect(a.x).toBeGreaterThan(own.x + own.width);
    expect(b.x).toBeGreaterThan(a.x + a.width);
    expect(Math.abs(a.y + a.height / 2 - own.height / 2)).toBeLessThanOrEqual(4);
  });

  it('are on another side where one is taken', () => {
    const right = boxes(documentOf({ t: [0, 0], r1: [240, 0], r2: [500, -60], r3: [500, 140], r4: [240, 180] }));
    expect((right['a'] as Rect).x).toBeLessThan(0);
    const walls = documentOf({
      t: [0, 0],
      r1: [240, 0],
      r2: [240, 180],
      r3: [240, -180],
      l1: [-240, 0],
      l2: [-240, 180],
      l3: [-240, -180],
    });
    const between = boxes(walls);
    const [own] = standing(walls) as [Rect];
    expect((between['a'] as Rect).y > own.height || (between['a'] as Rect).y < 0).toBe(true);
    expect(clash([...standing(walls), ...Object.values(between)])).toBe(0);
  });

  it('never lie on another table, however crowded it is', () => {
    const crowd: Record<Id, readonly [number, number]> = { t: [0, 0] };
    for (let column = -8; column <= 8; column++) {
      for (let row = -8; row <= 8; row++) if (column !== 0 || row !== 0) crowd[`t${column}_${row}`] = [column * 220, row * 180];
    }
    const document = documentOf(crowd);
    const made = Object.values(boxes(document));
    const grid = new Grid();
    for (const [at, box] of standing(document).entries()) grid.set(String(at), box);
    for (const box of made) expect(grid.query(box)).toEqual([]);
    expect(clash(made)).toBe(0);
    expect(boundsOf(made)).toBeDefined();
  });

  it('are where a person wants them, and the others keep clear of these', () => {
    const document = documentOf({ t: [0, 0] });
    const free = boxes(document);
    const { x, y } = free['b'] as Rect;
    const { a, b } = boxes(document, { 1: { x, y } }) as { a: Rect; b: Rect };
    expect([a.x, a.y]).toEqual([x, y]);
    expect(clash([a, b])).toBe(0);
  });

  it('are nowhere on a diagram of chosen tables that does not show the table, and somewhere on one that shows all', () => {
    const chosen: Document = {
      ...documentOf({ other: [0, 0] }),
      diagrams: {
        [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main' },
        some: { id: 'some', name: 'Some', chosen: true },
      },
    };
    const before = { ...chosen, tables: { ...chosen.tables, t: table('t') } };
    const after = { ...before, tables: { ...before.tables, a: table('a') } };
    const asked = { before, after, proposal: CHAIN, tableIds: ['t', 'a'], wishes: {} };
    expect(placesOfParts({ ...asked, diagram: 'some' })).toEqual([]);
    expect(placesOfParts({ ...asked, diagram: MAIN_DIAGRAM }).map(({ object }) => object)).toEqual(['a']);
  });
});
