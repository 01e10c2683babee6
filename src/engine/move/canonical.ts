import type { Column } from '#model/column-types.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Remark, Sequence, Table } from '#model/types.ts';
import type { Ledger } from './ledger.ts';

/** A unique index of plain columns is a unique key to MySQL. */
function asKey(index: Index): Key | undefined {
  const plain = index.elements.every((one) => one.column !== undefined && one.length === undefined && one.order === undefined);
  if (index.unique !== true || !plain || index.method !== undefined) return undefined;
  return {
    id: index.id,
    kind: 'unique',
    ...(index.name === undefined ? {} : { name: index.name }),
    columns: index.elements.flatMap(({ column }) => column ?? []),
    ...(index.comment === undefined ? {} : { comment: index.comment }),
  };
}

/** A remark in comment marks that every dialect takes: `-- ` with its space, and no `#`. */
export function portable({ text, ...rest }: Remark): Remark {
  if (text.startsWith('/*')) return { ...rest, text };
  return { ...rest, text: text.replaceAll(/^([ \t]*)(?:--|#)(?=[^ \t\r\n])/gm, '$1-- ').replaceAll(/^([ \t]*)#/gm, '$1--') };
}

/** SQL Server gives a computed column no type of its own. */
function computed(column: Column): Column {
  return column.generated === undefined ? column : { ...column, type: { kind: 'builtin', name: '' } };
}

/** A table as the target's own reader would have it, so that what is written reads back the same. */
export function canonical(ledger: Ledger, table: Table): Table {
  if (ledger.related) return table;
  const mysql = ledger.to === 'mysql' || ledger.to === 'mariadb';
  const primary = new Set(table.keys.flatMap(({ kind, columns }) => (kind === 'primary' ? columns : [])));
  const keys = mysql ? table.indexes.flatMap((index) => asKey(index) ?? []) : [];
  const moved = new Set(keys.map(({ id }) => id));
  const parts = new Set([table.columns, table.keys, table.checks, table.indexes].flatMap((list) => list.map(({ id }) => id)));
  // What stood beside a part that is no more goes to the end.
  const remarks = table.remarks
    ?.map(portable)
    .map((one) => (one.at === 'before' || one.at === 'end' || parts.has(one.at) ? one : { at: 'end', text: one.text }));
  return {
    ...table,
    columns: table.columns.map((column) => {
      const own = ledger.to === 'mssql' ? computed(column) : column;
      return ledger.to !== 'sqlite' && primary.has(own.id) && own.nullable ? { ...own, nullable: false } : own;
    }),
    keys: [...table.keys, ...keys],
    indexes: table.indexes.filter(({ id }) => !moved.has(id)),
    ...(remarks === undefined ? {} : { remarks }),
  };
}

/** Options of a sequence that say what is so anyway. */
export function plainSequence(ledger: Ledger, sequence: Sequence): Sequence {
  if (ledger.to !== 'postgresql') return sequence;
  const { increment, cache, ...options } = sequence.options;
  return {
    ...sequence,
    options: {
      ...options,
      ...(increment === undefined || increment === '1' ? {} : { increment }),
      ...(cache === undefined || cache === '1' ? {} : { cache }),
    },
  };
}
