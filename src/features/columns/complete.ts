import { completeType, type Suggestion, typedName } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import { foreignKeyName, referencedKey } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, Table } from '#model/types.ts';

/** What could stand at the caret: the chosen text replaces the part between the two offsets. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly options: readonly Suggestion[];
}

const NOTHING: Completion = { start: 0, end: 0, options: [] };
const MOST = 12;

function homeOf(document: Document, table: Table): string {
  return recordIn(document, 'schemas', table.schema)?.name ?? '';
}

/** Tables whose name has this in it, those that begin with it first. */
function tablesLike(document: Document, query: string, own: Id): readonly Table[] {
  const low = query.toLowerCase();
  return Object.values(document.tables)
    .filter((one) => one.name.toLowerCase().includes(low) && one.partitionOf === undefined)
    .sort(
      (a, b) =>
        Number(b.name.toLowerCase().startsWith(low)) - Number(a.name.toLowerCase().startsWith(low)) ||
        Number(a.id === own) - Number(b.id === own) ||
        a.name.localeCompare(b.name),
    );
}

/** A table as it is named from another: with its schema where another of the name is nearer. */
function pathOf(document: Document, table: Table, from: Table): string {
  const name = typedName(table.name);
  const alike = Object.values(document.tables).filter((one) => one.name === table.name).length > 1;
  return alike && table.schema !== from.schema ? `${typedName(homeOf(document, table))}.${name}` : name;
}

function references(document: Document, table: Table, start: number, text: string, end: number): Completion {
  const options = tablesLike(document, text.slice(start, end).replaceAll('"', ''), table.id)
    .slice(0, MOST)
    .map((one) => ({
      text: pathOf(document, one, table),
      note: referencedKey(document, one)
        .map(({ name }) => name)
        .join(', '),
    }));
  return { start, end, options };
}

/** Foreign keys that a name being typed could be the beginning of: `cust` offers `customer_id -> customers`. */
function foreignKeys(document: Document, table: Table, text: string): Completion {
  const low = text.toLowerCase();
  const taken = new Set(table.columns.map((one) => one.name));
  const options: Suggestion[] = [];
  for (const parent of Object.values(document.tables)) {
    const key = referencedKey(document, parent);
    const [only] = key;
    if (options.length >= 6 || only === undefined || key.length > 1) continue;
    const name = parent.id === table.id ? `parent_${only.name}` : foreignKeyName(parent.name, only.name);
    if (!name.toLowerCase().startsWith(low) || taken.has(name)) continue;
    options.push({ text: `${typedName(name)} -> ${pathOf(document, parent, table)}`, note: 'foreign key' });
  }
  return { start: 0, end: text.length, options };
}

/** Completes a column being typed in one line: types after the name, tables after an arrow. */
export function completeColumn(document: Document, table: Table, text: string, caret: number): Completion {
  const from = Math.max(text.lastIndexOf(',', caret - 1) + 1, 0);
  const before = text.slice(from, caret);
  const arrow = /(?:->|→|\breferences\s)\s*([\w".]*)$/iu.exec(before);
  if (arrow !== null) return references(document, table, caret - (arrow[1] ?? '').length, text, caret);
  const typing = /^\s*(?:"(?:[^"]|"")+"|[^\s"=]+?)(?:\s*:\s*|\s+)([\p{L}][\p{L}\d_ ]*)?$/u.exec(before);
  if (typing !== null) {
    const typed = typing[1] ?? '';
    const options = completeType(document, typed, table.schema, MOST).map((one) => ({ text: one.text, note: one.note }));
    return { start: caret - typed.length, end: caret, options };
  }
  return /^[\p{L}_][\p{L}\d_]+$/u.test(before) && from === 0 && caret === text.length
    ? foreignKeys(document, table, text)
    : NOTHING;
}
