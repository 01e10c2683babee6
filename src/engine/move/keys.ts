import type { CheckConstraint, Index, Key } from '#model/table-parts.ts';
import type { Id, Ref, Table } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { stripped } from './drop.ts';
import type { Ledger } from './ledger.ts';
import type { Naming } from './names.ts';
import { columnsIn, type Fates, mentions, tableNames, translate } from './scope.ts';
import { sharedFunction } from './sql/functions.ts';

interface MovedKeys {
  readonly keys: readonly Key[];
  /** Unique constraints that the target must say as indexes. */
  readonly indexes: readonly Index[];
}

/** How a step comes by names and fates. */
export interface TableWork {
  readonly ledger: Ledger;
  readonly naming: Naming;
  readonly fates: Fates;
  readonly table: Table;
  /** The table in the target, as far as it is: its schema and name. */
  readonly schema: Id;
  readonly name: string;
  /** Columns that a foreign key refers to, each list joined. */
  readonly referenced: ReadonlySet<string>;
  readonly nullable: (column: Id) => boolean;
}

function at(work: TableWork, part: Id): Ref {
  return { record: work.table.id, part };
}

function keyName(work: TableWork, key: Key): { name?: string } {
  const { ledger, naming, table, schema, name } = work;
  const unnamed = key.kind === 'primary' && (ledger.to === 'mysql' || ledger.to === 'mariadb' || key.name === 'PRIMARY');
  if (key.name === undefined || unnamed) return {};
  return { name: naming.give('key', key.name, schema, table.id, name) };
}

/** What a dialect does with several NULLs in a unique key. */
function nullsEqual(work: TableWork, key: Key): boolean {
  return work.ledger.from === 'mssql' || key.nullsNotDistinct === true;
}

function onNulls(work: TableWork, key: Key, object: string): Pick<Key, 'nullsNotDistinct'> {
  const { ledger } = work;
  if (key.kind === 'primary' || !key.columns.some(work.nullable)) return {};
  if (!nullsEqual(work, key) || ledger.to === 'mssql') return {};
  if (ledger.to === 'postgresql' && ledger.version >= 15) {
    ledger.tell(
      {
        id: 'constraint:nulls',
        group: 'constraint',
        what: 'NULL in a unique key',
        from: 'at most one NULL',
        to: 'NULLS NOT DISTINCT',
        verdict: 'faithful',
        reason: 'Two NULLs are equal there too.',
      },
      at(work, key.id),
    );
    return { nullsNotDistinct: true };
  }
  ledger.lose(
    {
      id: 'constraint:nulls',
      group: 'constraint',
      what: 'NULL in a unique key',
      from: 'at most one NULL',
      reason: `${ledger.label} lets any number of rows be NULL in a unique key.`,
    },
    { object, at: at(work, key.id) },
  );
  return {};
}

/** SQL Server takes NULLs for equal: rows with NULL must be left out of the key. */
function filtered(work: TableWork, key: Key): Index | undefined {
  const { ledger, naming, table, fates } = work;
  if (ledger.to !== 'mssql' || key.kind === 'primary' || nullsEqual(work, key)) return undefined;
  const open = key.columns.filter(work.nullable);
  if (open.length === 0 || work.referenced.has(key.columns.join())) return undefined;
  const where = open
    .map((id) => `${quotedName(fates.columns.get(table.id)?.get(id)?.name ?? id, ledger.to)} IS NOT NULL`)
    .join(' AND ');
  ledger.tell(
    {
      id: 'constraint:nulls',
      group: 'constraint',
      what: 'NULL in a unique key',
      from: 'any number of NULLs',
      to: 'unique index WHERE ... IS NOT NULL',
      verdict: 'faithful',
      reason: 'SQL Server takes NULLs for equal: a filtered index leaves them out.',
    },
    at(work, key.id),
  );
  const name = naming.give('index', key.name ?? `${work.name}_key`, work.schema, table.id, work.name);
  return { id: key.id, unique: true, name, elements: key.columns.map((column) => ({ column })), where };
}

function deferral(work: TableWork, key: Key, object: string): Pick<Key, 'deferral'> {
  const { ledger } = work;
  if (key.deferral === undefined) return {};
  if (ledger.to === 'postgresql' || ledger.to === 'oracle') return { deferral: key.deferral };
  ledger.lose(
    {
      id: 'constraint:deferral',
      group: 'constraint',
      what: 'check at the end of a transaction',
      from: 'DEFERRABLE',
      reason: `${ledger.label} checks keys at once: the order of statements matters.`,
    },
    { object, at: at(work, key.id), sql: 'DEFERRABLE' },
  );
  return {};
}

/** Keys of a table in the target. Two with the same columns become one, where the target refuses them. */
export function moveKeys(work: TableWork): MovedKeys {
  const { ledger, table } = work;
  const keys: Key[] = [];
  const indexes: Index[] = [];
  for (const key of table.keys) {
    if (ledger.related) {
      keys.push({ ...key, ...keyName(work, key) });
      continue;
    }
    const object = ledger.object(table, key.name ?? (key.kind === 'primary' ? 'primary key' : 'unique key'));
    if (ledger.to === 'oracle' && keys.some((one) => one.columns.join() === key.columns.join())) {
      ledger.lose(
        {
          id: 'constraint:twice',
          group: 'constraint',
          what: 'second key of the same columns',
          from: 'UNIQUE',
          reason: 'Oracle refuses two keys of the same columns; the first one does the work.',
        },
        { object, at: at(work, key.id) },
      );
      continue;
    }
    const index = filtered(work, key);
    if (index !== undefined) {
      indexes.push(index);
      continue;
    }
    const dropped = [
      'parameters',
      'tablespace',
      'residue',
      'clustered',
      'method',
      ...(ledger.to === 'postgresql' ? [] : (['comment', 'attachedTo'] as const)),
    ] as const;
    const kept = stripped(ledger, key, dropped, object, at(work, key.id)) as Key;
    const { include, nullsNotDistinct: _, deferral: __, withoutOverlaps, descending: ___, name: ____, lengths, ...rest } = kept;
    if (lengths !== undefined) tellLengths(work, key.id, lengths);
    const includes = include !== undefined && (ledger.to === 'postgresql' || ledger.to === 'mssql') && ledger.to === ledger.from;
    if (include !== undefined && !includes) tellInclude(work, key.id, object);
    if (withoutOverlaps === true) {
      ledger.lose(
        {
          id: 'constraint:overlaps',
          group: 'constraint',
          what: 'key without overlapping periods',
          from: 'WITHOUT OVERLAPS',
          reason: 'Only PostgreSQL 18 keeps periods from overlapping: a trigger must do it.',
        },
        { object, at: at(work, key.id) },
      );
    }
    keys.push({ ...rest, ...keyName(work, key), ...onNulls(work, key, object), ...deferral(work, key, object) });
  }
  return { keys, indexes };
}

function tellLengths({ ledger, table }: TableWork, part: Id, lengths: NonNullable<Key['lengths']>): void {
  ledger.tell(
    {
      id: 'constraint:prefix',
      group: 'constraint',
      what: 'prefix length of a key',
      from: `(${lengths.map((one) => one ?? 'whole').join(', ')})`,
      to: 'the whole columns',
      verdict: 'approximate',
      reason: 'Whole values are compared now: what differs only after the prefix is no longer refused.',
    },
    { record: table.id, part },
  );
}

export function tellInclude(work: Pick<TableWork, 'ledger' | 'table'>, part: Id, object: string): void {
  const { ledger, table } = work;
  ledger.lose(
    {
      id: 'index:include',
      group: 'index',
      what: 'further columns of an index',
      from: 'INCLUDE',
      reason: `${ledger.label} has no columns beside the key of an index: queries read them from the table.`,
    },
    { object, at: { record: table.id, part } },
  );
}

const CHANGING = new Set(['now', 'utc now', 'today', 'time of day', 'uuid', 'random', 'user']);

/** What the target refuses inside a check. */
function refusal(work: TableWork, expr: Parameters<typeof mentions>[0]): string | undefined {
  const { ledger, table } = work;
  if (ledger.to === 'postgresql') return undefined;
  const changing = mentions(expr, (one) => {
    const name =
      one.is === 'call' ? one.name : one.is === 'name' && one.path.length === 1 ? one.path[0]?.name.toLowerCase() : undefined;
    return name !== undefined && CHANGING.has(sharedFunction(name, one.is === 'call' ? one.args.length : 0, ledger.from)?.id ?? '');
  });
  if (changing && ledger.to !== 'mssql') return `${ledger.label} has no checks whose answer changes with time or user.`;
  if (mentions(expr, (one) => one.is === 'query' || one.is === 'exists' || one.is === 'in query'))
    return `${ledger.label} has no queries in checks.`;
  const numbered = columnsIn(expr, ledger, table.columns).some((column) => column.identity !== undefined);
  return numbered && (ledger.to === 'mysql' || ledger.to === 'mariadb')
    ? 'MySQL checks nothing about an AUTO_INCREMENT column.'
    : undefined;
}

/** Check constraints in the target's words. What cannot be translated with certainty is told, with its text. */
export function moveChecks(work: TableWork): CheckConstraint[] {
  const { ledger, naming, table, fates, schema, name } = work;
  return table.checks.flatMap((check): CheckConstraint[] => {
    const object = ledger.object(table, check.name ?? 'check');
    const ref = at(work, check.id);
    const said = translate(ledger, tableNames(ledger, fates, table), check.expression, ref, 'condition');
    const problem = 'problem' in said ? said.problem : refusal(work, said.expr);
    const given = check.name === undefined ? {} : { name: naming.give('check', check.name, schema, table.id, name) };
    if (ledger.related) return [{ ...check, ...given }];
    if (problem !== undefined || 'problem' in said) {
      ledger.lose(
        {
          id: 'constraint:check',
          group: 'constraint',
          what: 'check constraint',
          from: 'CHECK',
          reason: 'It says something that has no certain equal in the target.',
        },
        { object, at: ref, reason: problem ?? '', sql: check.expression },
      );
      return [];
    }
    ledger.tell(
      {
        id: 'constraint:check',
        group: 'constraint',
        what: 'check constraint',
        from: 'CHECK',
        to: 'CHECK',
        verdict: 'faithful',
        reason: "The same condition in the target's words.",
      },
      ref,
    );
    const { noInherit: _, notValid, notEnforced, comment, name: __, ...rest } = check;
    if (notValid === true && ledger.to !== 'postgresql')
      lose(work, check.id, 'constraint:not-valid', 'constraint that old rows may break', 'NOT VALID', 'All rows must satisfy it.');
    const enforcedKept = notEnforced !== true || ledger.to === 'mysql' || (ledger.to === 'postgresql' && ledger.version >= 18);
    if (!enforcedKept) {
      lose(
        work,
        check.id,
        'constraint:not-enforced',
        'constraint that is not enforced',
        'NOT ENFORCED',
        'The target would enforce it: it is left out.',
      );
      return [];
    }
    if (comment !== undefined && ledger.to !== 'postgresql') stripped(ledger, { comment }, ['comment'], object, ref);
    return [
      {
        ...rest,
        ...given,
        expression: said.sql,
        ...(notEnforced === true ? { notEnforced } : {}),
        ...(notValid === true && ledger.to === 'postgresql' ? { notValid } : {}),
        ...(comment !== undefined && ledger.to === 'postgresql' ? { comment } : {}),
      },
    ];
  });
}

function lose(work: TableWork, part: Id, id: string, what: string, from: string, reason: string): void {
  const { ledger, table } = work;
  ledger.lose({ id, group: 'constraint', what, from, reason }, { object: ledger.object(table), at: { record: table.id, part } });
}
