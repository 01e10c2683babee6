/** A table of a decomposition, by the names it will have. */
export interface PartTable {
  readonly schema?: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** A dependency that no table of a decomposition can check on its own. */
export interface LostDependency {
  /** For the functions and triggers: must be free in the schema of the first table. */
  readonly name: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** The tables whose join holds it, in join order: columns of one name are one attribute. */
  readonly tables: readonly PartTable[];
}

/** What a dialect says its own way in the queries about a lost dependency. */
export interface LostWords {
  ident(name: string): string;
  /** The SQL name of a table. */
  table(part: Pick<PartTable, 'schema' | 'name'>): string;
  readonly as: ' AS ' | ' ';
  /** Two values are equal, or both are NULL. */
  same(left: string, right: string): string;
}

/** What a table is called in the join. */
export function alias(at: number): string {
  return `t${at + 1}`;
}

/** Where a column of the join comes from: the first table that has it. */
export function place({ ident }: LostWords, tables: readonly PartTable[], column: string): string {
  const at = tables.findIndex((table) => table.columns.includes(column));
  return `${alias(at)}.${ident(column)}`;
}

/** The tables joined on the columns that they share. */
export function joinOf(words: LostWords, tables: readonly PartTable[]): string {
  const { ident, as } = words;
  return tables
    .map((table, at) => {
      const name = `${words.table(table)}${as}${alias(at)}`;
      if (at === 0) return name;
      const before = tables.slice(0, at);
      const shared = table.columns.filter((column) => before.some((one) => one.columns.includes(column)));
      if (shared.length === 0) return `CROSS JOIN ${name}`;
      const terms = shared.map((column) => `${alias(at)}.${ident(column)} = ${place(words, before, column)}`);
      return `JOIN ${name} ON ${terms.join(' AND ')}`;
    })
    .join('\n      ');
}

/** Columns of one table that the join or the dependency looks at. */
export function usedColumns({ left, right, tables }: LostDependency, at: number): string[] {
  const others = tables.filter((_, other) => other !== at);
  return (tables[at] as PartTable).columns.filter(
    (column) => left.includes(column) || right.includes(column) || others.some((table) => table.columns.includes(column)),
  );
}

/**
 * A query that has a row when a left side has several right sides. NULL is a value like others, as grouping takes it.
 * @param near a condition on the join that picks the changed rows: only their groups are looked at. Absent: all are.
 */
export function offendersOf(words: LostWords, { left, right, tables }: LostDependency, near?: string): string {
  const { as } = words;
  const from = joinOf(words, tables);
  const lefts = left.map((column) => place(words, tables, column));
  const keys = lefts.map((_, at) => `k${at + 1}`);
  const named = (list: readonly string[], stem: string) => list.map((sql, at) => `${sql} AS ${stem}${at + 1}`);
  const rights = right.map((column) => place(words, tables, column));
  const same = lefts.map((column, at) => words.same(`near_one.k${at + 1}`, column));
  const where =
    near === undefined || lefts.length === 0
      ? ''
      : `\n      WHERE EXISTS (SELECT 1 FROM (SELECT ${named(lefts, 'k').join(', ')} FROM ${from}\n        WHERE ${near})${as}near_one WHERE ${same.join(' AND ')})`;
  const group = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
  return `SELECT 1 AS found FROM (\n      SELECT DISTINCT ${[...named(lefts, 'k'), ...named(rights, 'v')].join(', ')}\n      FROM ${from}${where})${as}d${group} HAVING COUNT(*) > 1`;
}

/** What is said when a row is refused. */
export function refusalOf({ left, right }: LostDependency): string {
  return `${left.join(', ')} no longer determines ${right.join(', ')}`;
}

/** A trigger's name, of several the one of this table. */
export function triggerName({ name, tables }: LostDependency, at: number, ending = ''): string {
  return `${tables.length === 1 ? name : `${name}_${at + 1}`}${ending}`;
}
