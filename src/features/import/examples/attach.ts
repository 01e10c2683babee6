import type { CommandCall } from '#model/commands/registry.ts';
import { columnOf } from '#model/derive/columns.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Example } from './examples.ts';

function tablesByName(document: Document): ReadonlyMap<string, Table> {
  return new Map(
    Object.values(document.tables).map((table) => [`${document.schemas[table.schema]?.name ?? ''}.${table.name}`, table] as const),
  );
}

function columnId(document: Document, table: Table, name: string): Id | undefined {
  const id = table.columns.find((column) => column.name === name)?.id;
  return id === undefined || columnOf(document, table, id) === undefined ? undefined : id;
}

/** What an example knows beyond its SQL, as commands: dependencies, classified columns, decisions. @param date ISO date of the decisions. */
export function factCalls(document: Document, example: Example, date: string): CommandCall[] {
  const tables = tablesByName(document);
  const calls: CommandCall[] = [];
  for (const { table: name, determinant, dependent, note } of example.dependencies) {
    const table = tables.get(name);
    if (table === undefined) continue;
    const ids = (names: readonly string[]) => names.flatMap((one) => columnId(document, table, one) ?? []);
    const part = { determinant: ids(determinant), dependent: ids(dependent), ...(note === undefined ? {} : { note }) };
    calls.push({ name: 'addDependency', args: { table: table.id, part } });
  }
  for (const [path, classification] of Object.entries(example.classified)) {
    const at = path.lastIndexOf('.');
    const table = tables.get(path.slice(0, at));
    const id = table === undefined ? undefined : columnId(document, table, path.slice(at + 1));
    if (table !== undefined && id !== undefined)
      calls.push({ name: 'setColumn', args: { table: table.id, id, patch: { classification } } });
  }
  for (const decision of example.decisions)
    calls.push({ name: 'addDecision', args: { record: { ...decision, status: 'accepted', date } } });
  return calls;
}

const APART = 20_000;
const SLOT = 2000;

/** Areas with what belongs in them, drawn roughly: the layout gives both their places and keeps them together. */
export function areaCalls(document: Document, example: Example): CommandCall[] {
  const tables = tablesByName(document);
  return example.areas.flatMap((area, at): CommandCall[] => {
    const inside = area.tables.flatMap((name) => tables.get(name)?.id ?? []);
    const x = at * APART;
    const box = { x, y: 0, width: SLOT, height: (inside.length + 1) * SLOT };
    const places = inside.map((object, row) => ({ object, x: x + 100, y: row * SLOT + 100 }));
    return [
      { name: 'addArea', args: { record: { diagram: MAIN_DIAGRAM, name: area.name, tint: area.tint, ...box } } },
      { name: 'placeObjects', args: { places } },
    ];
  });
}
