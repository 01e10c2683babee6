import { err, type Result } from '#lib/result.ts';
import type { Column } from '#model/column-types.ts';
import { emptyTable } from '#model/create.ts';
import type { Document, Id, Sql, Table, View } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { freeTableName } from '../decompose/names.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { copiedColumn } from './build-along.ts';
import { type Draft, settle } from './draft.ts';
import { columnIn, type Followed, followed } from './links.ts';
import { compound, copyName, counterName, like } from './names.ts';
import { Naming } from './shapes.ts';
import type { BuildOptions, Choice, Denormalization, Idea, Proposal } from './types.ts';

/** One column of what is worked out in advance. */
interface Given {
  readonly column: Column;
  /** How the query gives it. */
  readonly sql: Sql;
  readonly key: boolean;
  /** Only of some types values can be compared. */
  readonly comparable: boolean;
}

/** A query whose rows are kept. */
interface Kept {
  readonly name: string;
  readonly schema: Id;
  readonly columns: readonly Given[];
  /** `FROM ...` and what follows. */
  readonly rest: Sql;
  readonly from: readonly Id[];
}

const SHAPELESS = new Set([
  'json',
  'xml',
  'clob',
  'nclob',
  'blob',
  'bytea',
  'image',
  'geometry',
  'geography',
  'point',
  'polygon',
  'long',
]);

function isComparable(document: Document, column: Column): boolean {
  return !SHAPELESS.has(typeFacts(document, column.type).name);
}

function on(naming: Naming, { link, child, parent }: Followed, from: string, to: string): Sql {
  return link.childColumns
    .map((id, at) => `${to}.${naming.column(parent, link.parentColumns[at] ?? '').sql} = ${from}.${naming.column(child, id).sql}`)
    .join(' AND ');
}

function summaryOf(document: Document, along: Followed, measures: readonly Id[], { ids }: BuildOptions): Kept {
  const naming = new Naming(document);
  const { child, parent, link } = along;
  const { types } = usualOf(document);
  const keys = link.parentColumns.flatMap((id) => columnIn(parent, id) ?? []);
  const keyColumns = keys.map((of): Given => {
    const name = copyName(parent, of.name);
    const column = { ...copiedColumn(of, ids.next('col', name), name), nullable: false };
    return { column, sql: `p.${naming.ident(of.name)}`, key: true, comparable: true };
  });
  const number = (name: string, type: Column['type'], sql: Sql): Given => ({
    column: { id: ids.next('col', name), name, type, nullable: false },
    sql,
    key: false,
    comparable: true,
  });
  const first = naming.column(child, link.childColumns[0] ?? '').sql;
  const numbers = [
    number(counterName(child), types.bigint, `count(c.${first})`),
    ...measures.flatMap((id) => {
      const of = columnIn(child, id);
      if (of === undefined) return [];
      return [number(compound(of.name, like(of.name, 'total')), of.type, `coalesce(sum(c.${naming.ident(of.name)}), 0)`)];
    }),
  ];
  const tables = [naming.table(parent), naming.table(child)];
  return {
    name: freeTableName(document, parent.schema, compound(parent.name, child.name, like(parent.name, 'summary'))),
    schema: parent.schema,
    columns: [...keyColumns, ...numbers],
    rest: `FROM ${tables[0]?.sql} p\nLEFT JOIN ${tables[1]?.sql} c ON ${on(naming, along, 'c', 'p')}\nGROUP BY ${keyColumns.map(({ sql }) => sql).join(', ')}`,
    from: [parent.id, child.id],
  };
}

function readModelOf(document: Document, ways: readonly Followed[], { ids }: BuildOptions): Kept | undefined {
  const naming = new Naming(document);
  const base = ways[0]?.child;
  if (base === undefined) return undefined;
  const primary = new Set(base.keys.find(({ kind }) => kind === 'primary')?.columns);
  const taken = new Set<string>();
  const free = (wanted: string) => {
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  };
  const take = (of: Column, alias: string, wanted: string, key: boolean): Given => {
    const name = free(wanted);
    const column = { ...copiedColumn(of, ids.next('col', name), name), nullable: !key };
    return { column, sql: `${alias}.${naming.ident(of.name)}`, key, comparable: isComparable(document, of) };
  };
  const columns = base.columns.map((of) => take(of, 't0', of.name, primary.has(of.id)));
  let from = `FROM ${naming.table(base).sql} t0`;
  ways.forEach((way, at) => {
    const skipped = new Set(way.link.parentColumns);
    const alias = `t${at + 1}`;
    // A way goes on from where one before it ended, or starts from the base.
    const before = ways.slice(0, at).findLastIndex((one) => one.parent.id === way.child.id);
    from += `\nLEFT JOIN ${naming.table(way.parent).sql} ${alias} ON ${on(naming, way, `t${before + 1}`, alias)}`;
    for (const of of way.parent.columns)
      if (!skipped.has(of.id)) columns.push(take(of, alias, copyName(way.parent, of.name), false));
  });
  return {
    name: freeTableName(document, base.schema, compound(base.name, like(base.name, 'read'))),
    schema: base.schema,
    columns,
    rest: from,
    from: [base.id, ...ways.map(({ parent }) => parent.id)],
  };
}

function queryOf(naming: Naming, { columns, rest }: Kept): Sql {
  return `SELECT ${columns.map(({ sql, column }) => `${sql} AS ${naming.ident(column.name)}`).join(',\n       ')}\n${rest}`;
}

/** Rows that the query gives otherwise than they are kept, and kept ones that it does not give at all. */
function reconcileOf(naming: Naming, kept: Kept, stored: Sql): Sql {
  const query = queryOf(naming, kept);
  const name = ({ column }: Given) => naming.ident(column.name);
  const keys = kept.columns.filter(({ key }) => key);
  const values = kept.columns.filter(({ key, comparable }) => !key && comparable);
  const match = keys.map((one) => `s.${name(one)} = q.${name(one)}`).join(' AND ');
  const gone = keys.map((one) => `s.${name(one)} IS NULL`);
  const wrong = [...gone, ...values.map((one) => naming.words.differs(`s.${name(one)}`, `q.${name(one)}`))].join('\n   OR ');
  const list = (alias: string) => keys.map((one) => `${alias}.${name(one)}`).join(', ');
  return `SELECT ${list('q')}\nFROM (${query}) q\nLEFT JOIN ${stored} s ON ${match}\nWHERE ${wrong}\nUNION ALL\nSELECT ${list('s')}\nFROM ${stored} s\nWHERE NOT EXISTS (SELECT 1 FROM (${query}) q WHERE ${match});`;
}

function asView(naming: Naming, kept: Kept, { ids }: BuildOptions): Draft {
  const sql = naming.object(kept.schema, kept.name);
  const keys = kept.columns.filter(({ key }) => key);
  const name = compound(kept.name, like(kept.name, 'key'));
  const view: View = {
    id: ids.next('view', kept.name),
    schema: kept.schema,
    name: kept.name,
    materialized: true,
    query: queryOf(naming, kept),
    indexes: [{ id: ids.next('idx', name), name, unique: true, elements: keys.map(({ column }) => ({ columnName: column.name })) }],
  };
  const refresh = naming.words.refresh?.(sql) ?? '';
  return {
    records: [{ collection: 'views', record: view }],
    reconcile: reconcileOf(naming, kept, sql),
    repair: [refresh],
    filled: true,
    refresh,
    touched: [view.id, ...kept.from],
    quiet: [],
  };
}

function asTable(naming: Naming, kept: Kept, choice: Choice, options: BuildOptions): Draft {
  const { ids, date } = options;
  const keys = kept.columns.filter(({ key }) => key).map(({ column }) => column.id);
  const table: Table = {
    ...emptyTable(ids.next('tbl', kept.name), kept.schema, kept.name),
    columns: kept.columns.map(({ column }) => column),
    keys: [{ id: ids.next('key', kept.name), kind: 'primary', columns: keys }],
    dependencies: [
      {
        id: ids.next('dep', kept.name),
        determinant: keys,
        dependent: kept.columns.filter(({ key }) => !key).map(({ column }) => column.id),
        note: 'Worked out from other tables when it is refreshed',
        exempt: {
          kind: 'accepted',
          reason: choice.reason === '' ? 'Read often, worked out now and then' : choice.reason,
          maintenance: 'application',
          ...(choice.staleness === undefined ? {} : { staleness: choice.staleness }),
          date,
        },
      },
    ],
  };
  const sql = naming.object(kept.schema, kept.name);
  const names = kept.columns.map(({ column }) => naming.ident(column.name)).join(', ');
  const repair = [`DELETE FROM ${sql};`, `INSERT INTO ${sql} (${names})\n${queryOf(naming, kept)};`];
  return {
    records: [{ collection: 'tables', record: table }],
    reconcile: reconcileOf(naming, kept, sql),
    repair,
    refresh: `-- In one transaction, so that readers never see the table empty.\n${repair.join('\n')}`,
    touched: [table.id, ...kept.from],
    quiet: [],
  };
}

/** Works out what is kept of a query: a materialized view where there are any, else a table that is refreshed. */
export function buildReport(
  document: Document,
  proposal: Proposal,
  idea: Extract<Idea, { kind: 'summary' | 'read model' }>,
  choice: Choice,
  options: BuildOptions,
): Result<Denormalization> {
  const naming = new Naming(document);
  const ids = idea.kind === 'summary' ? [idea.relationship] : idea.relationships;
  const ways = ids.flatMap((id) => followed(document, id) ?? []);
  const [first] = ways;
  const kept =
    first === undefined || ways.length !== ids.length
      ? undefined
      : idea.kind === 'summary'
        ? summaryOf(document, first, idea.measures, options)
        : readModelOf(document, ways, options);
  if (kept === undefined) return err('stale-proposal', 'A foreign key of it is gone: look at the advice again.');
  const draft = choice.keeper === 'materialized view' ? asView(naming, kept, options) : asTable(naming, kept, choice, options);
  return settle(document, proposal, choice, draft, options);
}
