import { emptyDocument, emptyTable } from '#model/create.ts';
import { MAIN_DIAGRAM, placementId } from '#model/layout-types.ts';
import type { Document, Relationship, Schema, Table } from '#model/types.ts';

/** mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A document of many tables made of a seed: schemas of some dozens of tables, 5 to 14 columns each, about 1.4 relationships
 * a table, mostly within the schema, and a hub that every twentieth table refers to. Without placements.
 */
export function generatedDocument(count: number, seed = 1): Document {
  const random = seeded(seed * 7919 + count);
  const schemaCount = Math.max(2, Math.round(Math.sqrt(count) / 1.5));
  const schemas: Record<string, Schema> = {};
  for (let i = 0; i < schemaCount; i++) schemas[`sch_${i}`] = { id: `sch_${i}`, name: `area_${i}` };
  const tables: Record<string, Table> = {};
  const relationships: Record<string, Relationship> = {};
  const bySchema: string[][] = Array.from({ length: schemaCount }, () => []);
  for (let i = 0; i < count; i++) {
    const home = Math.floor(random() * schemaCount);
    const id = `tbl_${i}`;
    const size = 5 + Math.floor(random() * 10);
    const columns = Array.from({ length: size }, (_, at) => ({
      id: `${id}_c${at}`,
      name: at === 0 ? 'id' : `column_${at}`,
      type: { kind: 'builtin' as const, name: at % 3 === 0 ? 'bigint' : 'text' },
      nullable: at > 2,
    }));
    const keys = [{ id: `${id}_k`, kind: 'primary' as const, columns: [`${id}_c0`] }];
    tables[id] = { ...emptyTable(id, `sch_${home}`, `table_${i}`), columns, keys };
    const wanted = i === 0 ? 0 : random() < 0.1 ? 0 : random() < 0.55 ? 1 : 2;
    for (let k = 0; k < wanted; k++) {
      const near = bySchema[home] as string[];
      const parent = random() < 0.05 ? 'tbl_0' : random() < 0.02 ? id : near[Math.floor(random() * near.length)];
      if (parent === undefined) continue;
      const rel = `rel_${i}_${k}`;
      relationships[rel] = { id: rel, child: id, parent, childColumns: [`${id}_c${k + 1}`], parentColumns: [`${parent}_c0`] };
    }
    bySchema[home]?.push(id);
  }
  return { ...emptyDocument('Generated'), schemas, tables, relationships };
}

/** The document with these places on its main diagram. */
export function placedAt(document: Document, spots: Iterable<readonly [string, { x: number; y: number }]>): Document {
  const placements = { ...document.placements };
  for (const [object, { x, y }] of spots) {
    const id = placementId(MAIN_DIAGRAM, object);
    placements[id] = { id, diagram: MAIN_DIAGRAM, object, x, y };
  }
  return { ...document, placements };
}
