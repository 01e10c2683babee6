import type { Id, Relationship, Table } from '#model/types.ts';
import type { Ledger, Row } from '../ledger.ts';
import type { Naming } from '../names.ts';
import type { MoveOption } from '../plan-types.ts';
import type { ColumnFate, Fates } from '../scope.ts';
import type { Common } from '../types/common.ts';
import { fittedShape } from './fit.ts';
import { listedShape, type Shape, type Unshaped } from './shape.ts';
import { partitionTables, postgresShape } from './shape-postgres.ts';
import { listedParts } from './write-listed.ts';
import { type PostgresParts, postgresParts } from './write-postgres.ts';

export interface PartitionWork {
  readonly ledger: Ledger;
  readonly naming: Naming;
  readonly fates: Fates;
  /** As they are in the target, but whole. */
  readonly tables: Readonly<Record<Id, Table>>;
  readonly relationships: Readonly<Record<Id, Relationship>>;
}

const OPTIONS: readonly MoveOption[] = [
  { id: 'partitioned', label: 'partitioned', reason: 'The same partitions, as far as the target can say them.' },
  { id: 'whole', label: 'whole', reason: 'One table with all rows.' },
];

type Made = { readonly partitioning: NonNullable<Table['partitioning']>; readonly notes: readonly string[] };

function sourceSql(table: Table, ledger: Ledger): string {
  const { strategy = 'range', parts } = table.partitioning ?? {};
  const listed =
    parts ?? partitionTables(ledger.source, table).map(({ name, partitionOf }) => ({ name, bound: partitionOf?.bound }));
  return [`PARTITION BY ${strategy.toUpperCase()}`, ...listed.map(({ name, bound }) => `${name} ${bound ?? ''}`.trim())].join('; ');
}

/** Partitions that are tables of the source, with those of their own. */
function tablesBelow(ledger: Ledger, table: Table): readonly Table[] {
  return partitionTables(ledger.source, table).flatMap((part) => [part, ...tablesBelow(ledger, part)]);
}

function losePart(ledger: Ledger, part: Table): void {
  ledger.lose(
    {
      id: 'table:partition',
      group: 'table',
      what: 'partition',
      from: 'PARTITION OF',
      reason: 'Its rows stand in the one table; what only this partition had (indexes, checks, keys) goes with it.',
    },
    { object: ledger.object(part), at: { record: part.id }, sql: part.partitionOf?.bound ?? '' },
  );
}

/** What a part said besides which rows it holds. */
function ownOf(part: Table): string[] {
  return [
    ...(part.columns.length > 0 ? ['columns'] : []),
    ...(part.indexes.some(({ attachedTo }) => attachedTo === undefined) ? ['indexes'] : []),
    ...(part.checks.length > 0 ? ['checks'] : []),
    ...(part.comment === undefined ? [] : ['comment']),
    ...(part.tablespace === undefined ? [] : ['tablespace']),
    ...(part.parameters === undefined ? [] : ['parameters']),
  ];
}

function keepPart(ledger: Ledger, part: Table): void {
  const at = { record: part.id };
  const own = ownOf(part);
  ledger.tell(
    {
      id: 'table:partition',
      group: 'table',
      what: 'partition',
      from: 'PARTITION OF',
      to: 'PARTITION',
      verdict: 'faithful',
      reason: 'A partition is no table of its own there: queries read it through the whole table.',
    },
    at,
  );
  if (own.length === 0) return;
  ledger.lose(
    {
      id: 'table:partition-own',
      group: 'table',
      what: 'what one partition alone has',
      from: 'PARTITION OF',
      reason: 'All partitions of a table have the same columns, keys and indexes there.',
    },
    { object: ledger.object(part), at, reason: `Its own ${own.join(', ')} are left out.` },
  );
}

/** What a shape has no words for, told as lost while the table stays partitioned. */
function tellLeftOut(ledger: Ledger, table: Table): void {
  const { sub, interval, parts } = table.partitioning ?? {};
  const place = { object: ledger.object(table), at: { record: table.id } };
  const lose = (id: string, what: string, from: string, reason: string, sql: string) =>
    ledger.lose({ id: `table:partition-${id}`, group: 'table', what, from, reason }, { ...place, sql });
  if (sub !== undefined)
    lose(
      'sub',
      'partitions of partitions',
      'SUBPARTITION BY',
      'Only the first level is kept: a second one is to be made by hand.',
      sub,
    );
  if (interval !== undefined)
    lose(
      'interval',
      'partitions made as rows come',
      'INTERVAL',
      'No row makes a partition there: a job must make them beforehand (pg_partman does).',
      interval,
    );
  const options = (parts ?? []).flatMap((part) =>
    part.options === undefined || /^engine\s*=?\s*\w+$/i.test(part.options) ? [] : [part.options],
  );
  if (options.length > 0)
    lose(
      'options',
      'options of partitions',
      'PARTITION',
      'Where a partition is stored is said in another way there.',
      options.join('; '),
    );
}

/** The tables that partitions become. */
function partTables(work: PartitionWork, table: Table, { parts }: PostgresParts): Table[] {
  const slug = table.id.replace(/^tbl_/, '');
  return parts.map(({ name, bound }, at) => ({
    id: `tbl_${slug}_part${at}`,
    schema: table.schema,
    name: work.naming.give('relation', `${table.name}_${work.naming.form(name)}`, table.schema, table.id, undefined),
    columns: [],
    keys: [],
    exclusions: [],
    checks: [],
    indexes: [],
    policies: [],
    dependencies: [],
    partitionOf: { parent: table.id, bound },
  }));
}

/** Whether its values are moments, here or there, so that the time zone decides where a bound is. */
function zoned(fate: ColumnFate | undefined): boolean {
  return [fate?.was, fate?.holds].some((one) => one?.is === 'timestamp' && one.zone !== undefined);
}

function made(work: PartitionWork, given: Table, table: Table): (Made & { readonly tables: readonly Table[] }) | Unshaped {
  const { ledger, fates, naming } = work;
  const { from, to } = ledger;
  if (to === 'sqlite' || to === 'mssql')
    return {
      problem:
        to === 'sqlite'
          ? 'SQLite has no partitions.'
          : 'SQL Server says partitions by a function and a scheme of the database: they are to be made by hand where its size asks for it.',
    };
  if (from === 'mssql') return { problem: 'Its partitions are a function and a scheme of the database: they are to be made anew.' };
  const read = from === 'postgresql' ? postgresShape(ledger.source, given) : listedShape(ledger, given);
  if ('problem' in read) return read;
  const holds = read.columns.map((id): Common => {
    const one = fates.columns.get(table.id)?.get(id)?.holds ?? { is: 'any' };
    // Elsewhere a moment is kept as a clock reading, in UTC.
    return one.is === 'timestamp' && to !== 'postgresql' ? { is: 'timestamp' } : one;
  });
  const moments = read.strategy !== 'hash' && read.columns.some((id) => zoned(fates.columns.get(table.id)?.get(id)));
  const notes = moments
    ? [...read.notes, 'Bounds are clock readings of the session that runs the statements: set its time zone first.']
    : read.notes;
  const shape: Shape | Unshaped = fittedShape({ ...read, notes }, holds);
  if ('problem' in shape) return shape;
  if (to === 'postgresql') {
    const parts = postgresParts(table, shape);
    return 'problem' in parts ? parts : { ...parts, tables: partTables(work, table, parts) };
  }
  const linked = Object.values(work.relationships).some(
    ({ child, parent, childColumns }) => childColumns.length > 0 && (child === table.id || parent === table.id),
  );
  const parts = listedParts({ table, shape, holds, to, form: (name) => naming.form(name), linked });
  return 'problem' in parts ? parts : { ...parts, tables: [] };
}

function moveOne(work: PartitionWork, given: Table, table: Table): readonly Table[] {
  const { ledger } = work;
  const strategy = given.partitioning?.strategy ?? 'range';
  const below = tablesBelow(ledger, given);
  const at = { record: given.id };
  const object = ledger.object(given);
  const row: Omit<Row, 'to' | 'verdict' | 'reason'> = {
    id: `table:partitioning:${strategy}`,
    group: 'table',
    what: `table partitioned by ${strategy}`,
    from: `PARTITION BY ${strategy.toUpperCase()}`,
  };
  const found = made(work, given, table);
  if ('problem' in found) {
    for (const part of below) losePart(ledger, part);
    const reason = `The table is whole. ${found.problem}`;
    ledger.lose({ ...row, reason }, { object, at, reason, sql: sourceSql(given, ledger) });
    return [table];
  }
  const chosen = ledger.choose(row.id, OPTIONS);
  const choice = { options: OPTIONS, chosen };
  if (chosen === 'whole') {
    for (const part of below) losePart(ledger, part);
    const reason = 'One table with all rows, by choice.';
    // Under the id of the choice, so that it can be taken back.
    ledger.tell({ ...row, ...choice, to: '', verdict: 'lost', reason }, at);
    ledger.losses.push({ mapping: row.id, object, feature: row.what, reason, at, sql: sourceSql(given, ledger) });
    return [table];
  }
  const first = new Set(partitionTables(ledger.source, given));
  for (const part of below) (first.has(part) ? keepPart : losePart)(ledger, part);
  tellLeftOut(ledger, given);
  const { notes } = found;
  ledger.tell(
    {
      ...row,
      ...choice,
      to:
        ledger.to === 'postgresql'
          ? 'PARTITION BY, with a table for each'
          : `PARTITION BY ${found.partitioning.strategy.toUpperCase()}`,
      verdict: notes.length === 0 ? 'faithful' : 'approximate',
      reason: notes.length === 0 ? 'The same rows are together.' : notes.join(' '),
    },
    at,
  );
  return [{ ...table, partitioning: found.partitioning }, ...found.tables];
}

/**
 * Partitioned tables in the target's own way where it has one that keeps the same rows together, else whole, which is told
 * with the reason. What PostgreSQL has as tables of their own is listed elsewhere, and the other way round.
 */
export function movePartitions(work: PartitionWork): Record<Id, Table> {
  const { ledger, tables } = work;
  const all = Object.values(tables).flatMap((table) => {
    const given = ledger.source.tables[table.id];
    return given?.partitioning === undefined || ledger.related ? [table] : moveOne(work, given, table);
  });
  return Object.fromEntries(all.map((table) => [table.id, table]));
}
