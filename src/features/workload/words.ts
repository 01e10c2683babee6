import type { Join, Predicate, QueryFacts, TableUse, Term, Test, Value } from '#engine/workload/facts.ts';
import { storedColumnName } from '#engine/workload/stored-view.ts';
import { figure, shortFigure } from '#lib/figures.ts';
import { recordIn } from '#model/collections.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { QueryOrigin, QueryPurpose } from '#model/query-types.ts';
import type { Document, Id } from '#model/types.ts';
import type { QueryKind } from './list.ts';

/** One thing that a query says of a table. */
export interface Line {
  readonly label: string;
  readonly text: string;
  /** Name of the policy that adds it. */
  readonly policy?: string;
}

/** What a query says of one appearance of a table. */
export interface UseWords {
  readonly table: Id;
  readonly title: string;
  /** A materialized view, whose rows are stored like a table's. */
  readonly stored: boolean;
  /** Its alias where it has another name, and the views it was reached through. */
  readonly note: string;
  readonly does: string;
  readonly lines: readonly Line[];
}

export const KINDS: Readonly<Record<QueryKind, string>> = {
  read: 'read',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
  merge: 'merge',
  unknown: '?',
};

export const PURPOSES: Readonly<Record<QueryPurpose, string>> = {
  interactive: 'Interactive',
  batch: 'Batch',
  report: 'Report',
};

const TESTS: Readonly<Record<Test, string>> = {
  equal: 'Equality',
  in: 'One of a list',
  range: 'Range',
  null: 'Is null',
  'not null': 'Is not null',
  prefix: 'Prefix',
  pattern: 'Pattern',
  contains: 'Contains',
  differs: 'Differs',
  other: 'Condition',
};

/** What a column of a table, or of a materialized view, is called. */
function columnName(document: Document, table: Id, column: Id): string {
  const record = recordIn(document, 'tables', table);
  return (record === undefined ? storedColumnName(table, column) : columnOf(document, record, column)?.name) ?? '…';
}

function termText(document: Document, table: Id, term: Term): string {
  return term.column === undefined ? (term.expression ?? '…') : columnName(document, table, term.column);
}

function valueText(value: Value): string {
  switch (value.kind) {
    case 'literal':
    case 'computed':
      return value.sql;
    case 'parameter':
      return value.name;
    case 'query':
      return '(a query)';
    case 'row':
      return '(of another row)';
  }
}

/** The policies that bring conditions, by their names. */
function policyOf(document: Document, table: Id, predicates: readonly Predicate[]): Pick<Line, 'policy'> {
  const record = recordIn(document, 'tables', table);
  const ids = new Set(predicates.flatMap(({ policy }) => policy ?? []));
  const names = record?.policies.filter(({ id }) => ids.has(id)).map(({ name }) => name) ?? [];
  return names.length === 0 ? {} : { policy: names.join(', ') };
}

function predicateLine(document: Document, table: Id, one: Predicate): Line {
  return {
    label: one.filterOnly === true ? `${TESTS[one.test]}, after reading` : TESTS[one.test],
    text: one.sql,
    ...policyOf(document, table, [one]),
  };
}

const JOIN_WORDS: Readonly<Record<Join['kind'], string>> = {
  inner: '',
  left: ' (outer)',
  right: ' (outer)',
  full: ' (full outer)',
  semi: ' (exists)',
  anti: ' (does not exist)',
  scalar: ' (for each row)',
};

function joinLines(document: Document, facts: QueryFacts, at: number): Line[] {
  return facts.joins.flatMap((join) => {
    const mine = join.left.use === at ? join.left : join.right.use === at ? join.right : undefined;
    const other = mine === join.left ? join.right : join.left;
    const use = facts.uses[other.use];
    const own = facts.uses[at];
    if (mine === undefined || use === undefined || own === undefined) return [];
    const text = `${termText(document, own.table, mine.term)} ${join.operator} ${use.name}.${termText(document, use.table, other.term)}`;
    return [{ label: 'Join', text: `${text}${JOIN_WORDS[join.kind]}` }];
  });
}

function orderLines(document: Document, use: TableUse): Line[] {
  const terms = (list: readonly Term[]) => list.map((one) => termText(document, use.table, one)).join(', ');
  const order = use.order.map(({ term, desc, nulls, distance }) => {
    const away = distance === undefined ? '' : ` ${distance} …`;
    return `${termText(document, use.table, term)}${away}${desc ? ' desc' : ''}${nulls === undefined ? '' : ` nulls ${nulls}`}`;
  });
  return [
    ...use.keysets.map(({ terms: list, operator, values }) => ({
      label: 'Next page',
      text: `(${terms(list)}) ${operator} (${values.map(valueText).join(', ')})`,
    })),
    ...(order.length === 0 ? [] : [{ label: 'Order', text: order.join(', ') }]),
    ...(use.group.length === 0 ? [] : [{ label: 'Group', text: terms(use.group) }]),
    ...(use.distinct.length === 0 ? [] : [{ label: 'Distinct', text: terms(use.distinct) }]),
    ...(use.extremes.length === 0 ? [] : [{ label: 'Least or greatest', text: terms(use.extremes) }]),
    ...(use.limit === undefined ? [] : [{ label: 'Limit', text: valueText(use.limit) }]),
    ...(use.offset === undefined ? [] : [{ label: 'Offset', text: valueText(use.offset) }]),
  ];
}

/** Names of columns that are told at most. */
const TOLD = 12;

function columnText(document: Document, table: Id, ids: readonly Id[]): string {
  const names = ids.map((id) => columnName(document, table, id));
  return names.length > TOLD ? `${names.slice(0, TOLD).join(', ')} and ${names.length - TOLD} more` : names.join(', ');
}

function writeLines(document: Document, use: TableUse): Line[] {
  const { write } = use;
  if (write === undefined) return [];
  const conflict = write.conflict?.terms.map((one) => termText(document, use.table, one)).join(', ');
  return [
    ...(write.kind === 'delete' ? [] : [{ label: 'Sets', text: columnText(document, use.table, write.columns) || 'nothing' }]),
    ...(conflict === undefined ? [] : [{ label: 'On conflict', text: `unique on ${conflict || '…'}` }]),
  ];
}

function columnsLine(document: Document, use: TableUse): Line[] {
  if (!use.read) return [];
  const record = recordIn(document, 'tables', use.table);
  // Of a materialized view the model has no list: only those that are used are known here.
  const all = record === undefined ? undefined : columnsOf(document, record).length;
  if (use.star) return [{ label: 'Columns', text: `* (all ${all ?? use.columns.length})` }];
  const some = columnText(document, use.table, use.columns);
  const of = all === undefined ? '' : ` (${use.columns.length} of ${all})`;
  return [{ label: 'Columns', text: use.columns.length === 0 ? 'none' : `${some}${of}` }];
}

const DOES = { insert: 'inserts', update: 'updates', delete: 'deletes' } as const;

/** What a query says, table by table, in words. */
export function wordsOf(document: Document, facts: QueryFacts): readonly UseWords[] {
  return facts.uses.map((use, at) => {
    const view = recordIn(document, 'views', use.table);
    const record = recordIn(document, 'tables', use.table) ?? view;
    const through = use.through.map((id) => recordIn(document, 'views', id)?.name ?? '…');
    const refreshed = facts.refreshes !== undefined && use.through[0] === facts.refreshes;
    const alias = record !== undefined && use.name !== record.name ? `as ${use.name}` : '';
    const arms = use.alternatives.map(({ arms: list }) => ({
      label: 'Either',
      text: list.map((arm) => arm.map(({ sql }) => sql).join(' AND ')).join(' or '),
      ...policyOf(document, use.table, list.flat()),
    }));
    return {
      table: use.table,
      title: record?.name ?? use.name,
      stored: view !== undefined,
      note: [
        alias,
        ...(through.length === 0 ? [] : [`${refreshed ? 'to refresh' : 'through'} ${through.join(', ')}`]),
        ...(view === undefined ? [] : ['materialized view, as of its last refresh']),
      ]
        .filter(Boolean)
        .join(', '),
      does: use.write === undefined ? 'reads' : use.read ? `finds and ${DOES[use.write.kind]}` : DOES[use.write.kind],
      lines: [
        ...use.predicates.map((one) => predicateLine(document, use.table, one)),
        ...arms,
        ...joinLines(document, facts, at),
        ...orderLines(document, use),
        ...writeLines(document, use),
        ...columnsLine(document, use),
      ],
    };
  });
}

const SOURCES: Readonly<Record<QueryOrigin['kind'], string>> = {
  typed: 'Typed or pasted',
  file: 'From a file',
  pg_stat_statements: 'pg_stat_statements',
  'slow log': 'Slow query log',
  performance_schema: 'performance_schema',
};

/** Milliseconds for people: `0.5 ms`, `1.8 s`, `2 h`. */
export function msText(ms: number): string {
  if (ms < 1000) return `${figure(ms)} ms`;
  if (ms < 120_000) return `${figure(ms / 1000)} s`;
  return ms < 7_200_000 ? `${figure(ms / 60_000)} min` : `${figure(ms / 3_600_000)} h`;
}

/** Where a query was seen and what was counted there. */
export function originText(origin: QueryOrigin): string {
  const { kind, name, date, calls, rows, meanMs, totalMs, hours } = origin;
  return [
    name === undefined ? SOURCES[kind] : `${SOURCES[kind]} (${name})`,
    date.slice(0, 10),
    ...(calls === undefined ? [] : [`${figure(calls)} calls${hours === undefined ? '' : ` in ${figure(hours)} h`}`]),
    ...(meanMs === undefined ? [] : [`${msText(meanMs)} each`]),
    ...(totalMs === undefined ? [] : [`${msText(totalMs)} in all`]),
    ...(rows === undefined ? [] : [`${figure(rows)} rows`]),
  ].join(' · ');
}

/** A rate in a narrow cell: `3.6k`, `0.25`. */
export function rateText(rate: number): string {
  if (rate >= 10_000) return shortFigure(Number(rate.toPrecision(3)));
  return figure(rate);
}
