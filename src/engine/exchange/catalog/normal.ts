import type {
  CatalogCheck,
  CatalogColumn,
  CatalogData,
  CatalogForeignKey,
  CatalogIndex,
  CatalogKey,
  CatalogTable,
} from './shape.ts';

/** A table in the one form that is read, whichever database told it. */
export interface NormalTable extends Omit<CatalogTable, 'columns' | 'keys' | 'checks' | 'foreignKeys' | 'indexes'> {
  readonly columns: readonly CatalogColumn[];
  readonly keys: readonly CatalogKey[];
  readonly checks: readonly CatalogCheck[];
  readonly foreignKeys: readonly CatalogForeignKey[];
  readonly indexes: readonly CatalogIndex[];
}

const byPosition = (a: { readonly position?: number | null | undefined }, b: { readonly position?: number | null | undefined }) =>
  (a.position ?? 0) - (b.position ?? 0);

function grouped<T extends { readonly name: string; readonly position: number }>(
  rows: readonly T[],
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const row of rows) {
    const group = groups.get(row.name);
    if (group === undefined) groups.set(row.name, [row]);
    else group.push(row);
  }
  for (const group of groups.values()) group.sort(byPosition);
  return [...groups.values()].sort(([a], [b]) => (a.name < b.name ? -1 : 1));
}

type Statistic = NonNullable<CatalogTable['statistics']>[number];

/** MySQL keeps no constraint for a unique key: an index of plain columns is one. */
function isKey(rows: readonly Statistic[]): boolean {
  const plain = rows.every(
    ({ column, length, order }) => typeof column === 'string' && typeof length !== 'number' && order !== 'desc',
  );
  return rows[0]?.unique === true && plain;
}

const BUILT = new Set(['btree', 'rtree']);

function fromStatistics(rows: readonly Statistic[]): { readonly keys: CatalogKey[]; readonly indexes: CatalogIndex[] } {
  const keys: CatalogKey[] = [];
  const indexes: CatalogIndex[] = [];
  for (const group of grouped(rows)) {
    const [first] = group;
    const columns = group.flatMap(({ column }) => column ?? []);
    const comment = first.comment;
    if (first.name === 'PRIMARY') keys.push({ kind: 'primary', columns, onDelete: undefined } as CatalogKey);
    else if (isKey(group)) keys.push({ kind: 'unique', name: first.name, columns, comment });
    else
      indexes.push({
        name: first.name,
        unique: first.unique,
        method: BUILT.has(first.method ?? '') ? undefined : first.method,
        comment,
        elements: group.map(({ column, expression, length, order }) => ({ column, expression, length, order })),
      } as CatalogIndex);
  }
  return { keys, indexes };
}

function fromUsage(rows: NonNullable<CatalogTable['usage']>): CatalogForeignKey[] {
  return grouped(rows).map((group) => {
    const [{ name, schema, table, onDelete, onUpdate }] = group;
    return {
      name,
      schema,
      table,
      onDelete,
      onUpdate,
      columns: group.map(({ column }) => column),
      references: group.map(({ references }) => references),
    };
  });
}

/** MySQL says in one text what a column does by itself. */
function fromExtra(column: CatalogColumn): CatalogColumn {
  const extra = (column.extra ?? '').toLowerCase();
  const { generation, ...rest } = column;
  return {
    ...rest,
    ...(extra.includes('auto_increment')
      ? { identity: { mode: 'by default' as const, start: undefined, increment: undefined } }
      : {}),
    ...(typeof generation === 'string' ? { generated: { expression: generation, stored: /stored|persistent/.test(extra) } } : {}),
  };
}

/** What MySQL tells when a column follows its table, or its type has none. */
function withoutInherited(column: CatalogColumn, table: CatalogTable): CatalogColumn {
  if (column.collation !== table.collation) return column;
  return { ...column, collation: undefined, charset: undefined };
}

type OracleConstraint = NonNullable<CatalogTable['constraints']>[number];

function fromConstraints(rows: readonly OracleConstraint[]): Pick<NormalTable, 'keys' | 'checks' | 'foreignKeys'> {
  const named = ({ name, generatedName }: OracleConstraint) => (generatedName === true ? undefined : name);
  const keys: CatalogKey[] = [];
  const checks: CatalogCheck[] = [];
  const foreignKeys: CatalogForeignKey[] = [];
  for (const row of rows) {
    const { kind, columns, references, deferral, onDelete, table, expression } = row;
    const name = named(row);
    if (kind === 'P' || kind === 'U') keys.push({ kind: kind === 'P' ? 'primary' : 'unique', name, columns, deferral });
    else if (kind === 'R' && typeof table === 'string')
      foreignKeys.push({ name, table, columns, references, deferral, onDelete, onUpdate: undefined });
    // Columns that must have a value are checks of Oracle's own.
    else if (kind === 'C' && typeof expression === 'string' && !/^"[^"]+" IS NOT NULL$/.test(expression))
      checks.push({ name, expression });
  }
  return { keys, checks, foreignKeys };
}

function names(pairs: readonly { readonly name: string }[] | null | undefined): string[] | undefined {
  return pairs?.map((one) => one.name);
}

/** SQL Server gives lists of records, and included columns among the others. */
function fromRecords(table: CatalogTable): Pick<NormalTable, 'keys' | 'foreignKeys' | 'indexes'> {
  const keys = (table.keys ?? []).map((key) => ({ ...key, columns: key.columns ?? names(key.columnNames) }));
  const foreignKeys = (table.foreignKeys ?? []).map((one) => ({
    ...one,
    columns: one.columns ?? one.pairs?.map(({ column }) => column),
    references: one.references ?? one.pairs?.map(({ references }) => references),
  }));
  const indexes = (table.indexes ?? []).map((index) => {
    const included = (index.elements ?? []).filter((element) => element.included === true).flatMap(({ column }) => column ?? []);
    const elements = (index.elements ?? []).filter((element) => element.included !== true);
    return { ...index, elements, include: included.length === 0 ? index.include : included };
  });
  return { keys, foreignKeys, indexes };
}

/** One form of what the databases tell in their own ways. */
export function normalTable(table: CatalogTable, dialect: CatalogData['dialect']): NormalTable {
  const sorted = [...(table.columns ?? [])].sort(byPosition);
  const ofMysql = dialect === 'mysql' || dialect === 'mariadb';
  const columns = ofMysql ? sorted.map((column) => withoutInherited(fromExtra(column), table)) : sorted;
  const plain = fromRecords(table);
  if (ofMysql) {
    const { keys, indexes } = fromStatistics(table.statistics ?? []);
    const foreignKeys = fromUsage(table.usage ?? []);
    // MySQL makes an index for each foreign key that has none, under its name.
    const own = indexes.filter((index) => !foreignKeys.some((one) => one.name === index.name));
    return { ...table, columns, keys, checks: table.checks ?? [], foreignKeys, indexes: own };
  }
  if (dialect === 'oracle') return { ...table, columns, ...fromConstraints(table.constraints ?? []), indexes: plain.indexes };
  return { ...table, columns, ...plain, checks: table.checks ?? [] };
}
