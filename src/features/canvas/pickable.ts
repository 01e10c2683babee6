import { recordIn } from '#model/collections.ts';
import { referencedKey } from '#model/derive/foreign-key-columns.ts';
import type { Id, Table } from '#model/types.ts';
import type { Scene } from './scene.ts';

/** A table that a relationship may end at. */
export interface Pickable {
  readonly id: Id;
  readonly name: string;
  /** Its key, in words. */
  readonly note: string;
}

/** 0 = it begins so, 1 = a later word does, 2 = it is somewhere in it; undefined = it is not. */
function fit(name: string, query: string): number | undefined {
  const at = name.toLowerCase().indexOf(query);
  if (at < 0) return undefined;
  return at === 0 ? 0 : /[_\s-]/.test(name[at - 1] ?? '') ? 1 : 2;
}

/** Tables whose name has this in it, best first; among equals the nearest on the canvas first, the table itself last. */
export function pickable(scene: Scene, typed: string, around: Id | undefined): readonly Pickable[] {
  const query = typed.trim().toLowerCase();
  const start = around === undefined ? undefined : scene.grid.get(around);
  const distance = (id: Id) => {
    const box = scene.grid.get(id);
    if (id === around || box === undefined) return Number.MAX_VALUE;
    if (start === undefined) return 0;
    return Math.hypot(box.x + box.width / 2 - start.x - start.width / 2, box.y + box.height / 2 - start.y - start.height / 2);
  };
  const found: { table: Table; rank: number; far: number }[] = [];
  for (const table of Object.values(scene.document.tables)) {
    const rank = fit(table.name, query);
    if (rank !== undefined && table.partitionOf === undefined) found.push({ table, rank, far: distance(table.id) });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.far - b.far || a.table.name.localeCompare(b.table.name))
    .map(({ table }) => {
      const home = recordIn(scene.document, 'schemas', table.schema)?.name;
      const key = referencedKey(scene.document, table).map(({ name }) => name);
      const note = table.id === around ? 'itself' : key.length === 0 ? `${home ?? ''}, no key` : key.join(', ');
      return { id: table.id, name: table.name, note };
    });
}
