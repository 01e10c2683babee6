import type { Column, ColumnType } from '#model/column-types.ts';
import type { Id, Table } from '#model/types.ts';
import type { Ledger } from './ledger.ts';

/** Bytes of a key (InnoDB, DYNAMIC rows) and of a row without its long values; a character of `utf8mb4` has 4. */
const KEY_BYTES = 3072;
const ROW_BYTES = 65_535;
const CHARACTER = 4;

function length(type: ColumnType): number | undefined {
  return type.kind === 'builtin' && /^(?:var)?char$/.test(type.name) ? Number(type.args?.[0] ?? 1) : undefined;
}

function bytesOf(column: Column, prefix?: number): number {
  const { type } = column;
  if (type.kind !== 'builtin') return 8;
  const characters = length(type);
  if (characters !== undefined) return Math.min(characters, prefix ?? characters) * CHARACTER;
  if (/^(?:var)?binary$/.test(type.name)) return Math.min(Number(type.args?.[0] ?? 1), prefix ?? Number.MAX_SAFE_INTEGER);
  return prefix === undefined ? 10 : prefix * CHARACTER;
}

function resized(column: Column, characters: number): Column {
  return { ...column, type: { kind: 'builtin', name: 'varchar', args: [String(characters)] } };
}

/** The widest column of a key as short as the key allows; keys cannot have a beginning of a value only. */
function shrunk(ledger: Ledger, table: Table, ids: readonly Id[], columns: Map<Id, Column>): void {
  const held = ids.flatMap((id) => columns.get(id) ?? []);
  let total = held.reduce((sum, column) => sum + bytesOf(column), 0);
  for (const column of held.toSorted((a, b) => bytesOf(b) - bytesOf(a))) {
    const characters = length(column.type);
    if (total <= KEY_BYTES || characters === undefined) continue;
    const fits = Math.max(1, Math.floor((KEY_BYTES - (total - bytesOf(column))) / CHARACTER));
    const next = Math.max(fits, Math.floor(KEY_BYTES / CHARACTER / held.length));
    total -= bytesOf(column) - next * CHARACTER;
    columns.set(column.id, resized(column, next));
    ledger.tell(
      {
        id: 'type:key-bytes',
        group: 'type',
        what: 'length of a key',
        from: `varchar(${characters})`,
        to: `varchar(${next})`,
        verdict: 'approximate',
        reason: 'A key of MySQL has at most 3072 bytes, four for each character: longer values are refused.',
      },
      { record: table.id, part: column.id },
    );
  }
}

function prefixed(ledger: Ledger, table: Table, columns: ReadonlyMap<Id, Column>): Table['indexes'] {
  return table.indexes.map((index) => {
    const bytes = index.elements.reduce(
      (sum, one) => sum + (one.column === undefined ? 0 : bytesOf(columns.get(one.column) as Column, one.length)),
      0,
    );
    if (bytes <= KEY_BYTES || index.method !== undefined) return index;
    const share = Math.floor(KEY_BYTES / CHARACTER / index.elements.length);
    ledger.tell(
      {
        id: 'index:key-bytes',
        group: 'index',
        what: 'long index',
        from: 'whole values',
        to: `their first ${share} characters`,
        verdict: 'approximate',
        reason: 'An index of MySQL has at most 3072 bytes: it holds the beginning of long values.',
      },
      { record: table.id, part: index.id },
    );
    return {
      ...index,
      elements: index.elements.map((one) => {
        const characters = one.column === undefined ? undefined : length((columns.get(one.column) as Column).type);
        return characters === undefined || characters <= share ? one : { ...one, length: Math.min(one.length ?? share, share) };
      }),
    };
  });
}

/** Columns that are in no key become text until the rest fits a row. */
function narrowed(ledger: Ledger, table: Table, columns: Map<Id, Column>): void {
  const keyed = new Set([
    ...table.keys.flatMap((key) => key.columns),
    ...table.indexes.flatMap(({ elements }) => elements.flatMap(({ column }) => column ?? [])),
  ]);
  let total = [...columns.values()].reduce((sum, column) => sum + bytesOf(column) + 2, 0);
  for (const column of [...columns.values()].toSorted((a, b) => bytesOf(b) - bytesOf(a))) {
    const characters = length(column.type);
    if (total <= ROW_BYTES || characters === undefined || keyed.has(column.id)) continue;
    total -= bytesOf(column);
    const literal =
      column.default?.kind === 'literal' ? { default: { kind: 'expression' as const, sql: `(${column.default.sql})` } } : {};
    columns.set(column.id, { ...column, ...literal, type: { kind: 'builtin', name: 'text' } });
    ledger.tell(
      {
        id: 'type:row-bytes',
        group: 'type',
        what: 'length of a row',
        from: `varchar(${characters})`,
        to: 'text',
        verdict: 'approximate',
        reason: 'A row of MySQL has at most 65,535 bytes besides its long texts: the longest texts are kept apart.',
      },
      { record: table.id, part: column.id },
    );
  }
}

/** A table within MySQL's limits for keys and rows. */
export function withinLimits(ledger: Ledger, table: Table): Table {
  if (ledger.related || (ledger.to !== 'mysql' && ledger.to !== 'mariadb')) return table;
  const columns = new Map(table.columns.map((column) => [column.id, column]));
  for (const key of table.keys) shrunk(ledger, table, key.columns, columns);
  for (const index of table.indexes.filter(({ unique }) => unique === true))
    shrunk(
      ledger,
      table,
      index.elements.flatMap(({ column, length: prefix }) => (column === undefined || prefix !== undefined ? [] : [column])),
      columns,
    );
  narrowed(ledger, table, columns);
  return { ...table, columns: [...columns.values()], indexes: prefixed(ledger, table, columns) };
}
