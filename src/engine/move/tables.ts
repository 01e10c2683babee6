import type { EnumType, Id, Remark, Table } from '#model/types.ts';
import { moveColumns, tellRemark } from './columns.ts';
import { stripped } from './drop.ts';
import { type Holding, type Holdings, spot } from './holdings.ts';
import { moveIndexes } from './indexes.ts';
import { moveChecks, moveKeys, type TableWork } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { Naming } from './names.ts';
import type { Fates } from './scope.ts';

export interface TablesWork {
  readonly ledger: Ledger;
  readonly naming: Naming;
  readonly fates: Fates;
  readonly holdings: Holdings;
  /** Lists of columns that foreign keys refer to, by table. */
  readonly referenced: ReadonlyMap<Id, ReadonlySet<string>>;
  schemaOf(schema: Id): Id;
}

export interface MovedTable {
  readonly table: Table;
  readonly enums: readonly EnumType[];
}

const LITERAL_ENGINE =
  /^(?:engine|auto_increment|default charset|charset|character set|default character set|collate|row_format|default collate)$/i;

/** What of the table's statement only the source's product says. */
function ownWords(ledger: Ledger, table: Table): Table {
  const object = ledger.object(table);
  const at = { record: table.id };
  if (ledger.related) return table;
  const { parameters, ...rest } = table;
  const said = parameters?.filter(({ name }) => {
    if (!LITERAL_ENGINE.test(name)) return true;
    ledger.tell(
      {
        id: `table:${name.toLowerCase()}`,
        group: 'table',
        what: `table option ${name.toUpperCase()}`,
        from: name.toUpperCase(),
        to: 'nothing',
        verdict: 'faithful',
        reason: 'The target has one engine, and the character set of its database; nothing needs to be said.',
      },
      at,
    );
    return false;
  });
  const open = said === undefined || said.length === 0 ? rest : { ...rest, parameters: said };
  const own = [
    'owner',
    'tablespace',
    'accessMethod',
    'replicaIdentity',
    'residue',
    'parameters',
    ...(ledger.to === 'postgresql' ? [] : (['rowSecurity'] as const)),
  ] as const;
  return stripped(ledger, open as Table, own, object, at) as Table;
}

function postgresOnly(ledger: Ledger, table: Table): void {
  for (const one of table.exclusions)
    ledger.lose(
      {
        id: 'constraint:exclusion',
        group: 'constraint',
        what: 'exclusion constraint',
        from: 'EXCLUDE',
        reason: 'Only PostgreSQL has exclusion constraints: a trigger must keep the rule.',
      },
      {
        object: ledger.object(table, one.name ?? 'exclusion'),
        at: { record: table.id, part: one.id },
        sql: `EXCLUDE USING ${one.method ?? 'gist'} (${one.elements.map(({ expression, column, operator }) => `${expression ?? table.columns.find(({ id }) => id === column)?.name ?? ''} WITH ${operator}`).join(', ')})`,
      },
    );
  for (const one of table.policies)
    ledger.lose(
      {
        id: 'object:policy',
        group: 'object',
        what: 'policy',
        from: 'CREATE POLICY',
        reason: 'Who may see which rows must be said by views or by the application.',
      },
      {
        object: ledger.object(table, one.name),
        at: { record: table.id, part: one.id },
        sql: [one.using, one.withCheck].filter((text) => text !== undefined).join(' / '),
      },
    );
}

function remarksOf(ledger: Ledger, table: Table, made: readonly Remark[]): { comment?: string; remarks?: readonly Remark[] } {
  const { comment } = table;
  const kept = ledger.from === ledger.to || comment === undefined;
  const remarks = [...(table.remarks ?? []), ...made];
  if (ledger.to !== 'sqlite' || kept)
    return { ...(comment === undefined ? {} : { comment }), ...(remarks.length === 0 ? {} : { remarks }) };
  tellRemark(ledger, { record: table.id });
  return {
    remarks: [
      {
        at: 'before',
        text: comment
          .split('\n')
          .map((line) => `-- ${line}`)
          .join('\n'),
      },
      ...remarks,
    ],
  };
}

/** A table in the target's words. */
export function moveTable(work: TablesWork, source: Table): MovedTable {
  const { ledger, naming, fates, holdings } = work;
  const schema = work.schemaOf(source.schema);
  const name = fates.names.get(source.id) ?? source.name;
  const own = ownWords(ledger, source);
  const holding = (column: Id): Holding | undefined => holdings.get(spot(source.id, column));
  const nameOf = (given: string) => naming.give('check', given, schema, source.id, name);
  const yielded = moveColumns(ledger, source, fates, holding, nameOf);
  const nullable = (id: Id) => yielded.columns.find((column) => column.id === id)?.nullable === true;
  const parts: TableWork = {
    ledger,
    naming,
    fates,
    table: source,
    schema,
    name,
    referenced: work.referenced.get(source.id) ?? new Set(),
    nullable,
  };
  const { keys, indexes: fromKeys } = moveKeys(parts);
  const { indexes, columns: added } = moveIndexes(parts, holding, yielded.columns);
  const checks = moveChecks(parts);
  if (ledger.to !== 'postgresql') postgresOnly(ledger, source);
  const { partitioning: _, comment: __, remarks: ___, persistence, ...rest } = own;
  if (persistence === 'unlogged' && ledger.to !== 'postgresql')
    ledger.lose(
      { id: 'table:unlogged', group: 'table', what: 'unlogged table', from: 'UNLOGGED', reason: 'The target logs all tables.' },
      { object: ledger.object(source), at: { record: source.id } },
    );
  const table: Table = {
    ...rest,
    ...remarksOf(ledger, source, yielded.remarks),
    ...(persistence === undefined || (persistence === 'unlogged' && ledger.to !== 'postgresql') ? {} : { persistence }),
    ...(ledger.related && source.partitioning !== undefined ? { partitioning: source.partitioning } : {}),
    schema,
    name,
    columns: [...yielded.columns, ...added],
    keys,
    checks: [...checks, ...yielded.checks],
    indexes: [...indexes, ...fromKeys],
    exclusions: ledger.to === 'postgresql' ? source.exclusions : [],
    policies: ledger.to === 'postgresql' ? source.policies : [],
  };
  const enums = yielded.enums.map(
    (one): EnumType => ({
      id: one.id,
      kind: 'enum',
      schema,
      name: naming.give('type', one.name, schema, source.id, undefined),
      values: [...one.values],
    }),
  );
  return { table, enums };
}
