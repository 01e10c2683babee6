import { recordIn } from '#model/collections.ts';
import type { QueryParameter } from '#model/query-types.ts';
import type { Document, Id } from '#model/types.ts';
import { ident } from '../dialects/postgres/quote.ts';
import { relationName } from '../planner/statistics.ts';
import type { Predicate, QueryFacts, TableUse, Term, Value } from './facts.ts';

/** Which of a column's values stands for a parameter. */
export interface WantedValue {
  /** `$1`. */
  readonly name: string;
  /** An expression over the table's columns that gives it as text, or as one row's part of an aggregate. */
  readonly sql: string;
  /** Where it comes from, in words. */
  readonly words: string;
}

/** A query of PostgreSQL that gives one row of texts, `v1`, `v2` ..., for so many parameters. */
export interface ValueQuestion {
  readonly sql: string;
  readonly wanted: readonly WantedValue[];
}

/** What parameters of a query can stand for. */
export interface SampleValues {
  /** As somebody said with the query: SQL literals. */
  readonly declared: ReadonlyMap<string, string>;
  /** To be asked of the rows. */
  readonly questions: readonly ValueQuestion[];
  /** The same for all rows: LIMIT and OFFSET. */
  readonly fixed: ReadonlyMap<string, { readonly sql: string; readonly words: string }>;
}

/** Rows of a page that people look at. */
const PAGE = 20;

/** The one of several declared values that is taken most often. */
function declaredValues(parameters: readonly QueryParameter[]): Map<string, string> {
  return new Map(
    parameters.flatMap(({ name, values }) => {
      const [most] = [...values].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
      return most === undefined ? [] : [[name, most.sql] as const];
    }),
  );
}

const parametersIn = (value: Value): readonly string[] =>
  value.kind === 'parameter' ? [value.name] : value.kind === 'computed' ? value.parameters : [];

/** Collects what is wanted of one table: values of one row, and places in the order of all. */
class Wanted {
  readonly row: WantedValue[] = [];
  readonly places: WantedValue[] = [];
  /** What must not be NULL in the row. */
  readonly terms = new Set<string>();
  private readonly document: Document;
  private readonly table: Id;
  private readonly taken: Set<string>;

  constructor(document: Document, table: Id, taken: Set<string>) {
    this.document = document;
    this.table = table;
    this.taken = taken;
  }

  private sqlOf(term: Term): string | undefined {
    if (term.expression !== undefined) return `(${term.expression})`;
    const columns = recordIn(this.document, 'tables', this.table)?.columns;
    const column = columns?.find((one) => one.id === term.column);
    return column === undefined ? undefined : ident(column.name);
  }

  private take(value: Value, list: WantedValue[], sql: string, words: string): void {
    for (const name of parametersIn(value)) {
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      list.push({ name, sql, words });
    }
  }

  ofRow(term: Term, value: Value, as: (text: string) => string = (text) => text): void {
    const sql = this.sqlOf(term);
    if (sql === undefined || parametersIn(value).length === 0) return;
    this.terms.add(sql);
    this.take(value, this.row, as(`${sql}::text`), `${term.expression ?? sql} of a row`);
  }

  /** @param share of the rows that lie before it */
  atPlace(term: Term, value: Value, share: number): void {
    const sql = this.sqlOf(term);
    if (sql === undefined) return;
    const place = `(percentile_disc(${share}) WITHIN GROUP (ORDER BY ${sql}))::text`;
    this.take(value, this.places, place, `the value of ${sql} behind ${Math.round(share * 100)} % of the rows`);
  }

  predicate(one: Predicate, all: readonly Predicate[]): void {
    const [first, second] = one.values;
    if (one.test === 'range' && first !== undefined) {
      const both = all.filter((other) => other.test === 'range' && sameTerm(other.term, one.term)).length > 1;
      const lower = one.operator.startsWith('>') || second !== undefined;
      // A twentieth of the rows between two ends; a tenth behind or before one.
      const share = both || second !== undefined ? (lower ? 0.5 : 0.55) : lower ? 0.9 : 0.1;
      this.atPlace(one.term, first, share);
      if (second !== undefined) this.atPlace(one.term, second, 0.55);
      return;
    }
    for (const value of one.values) {
      if (one.test === 'prefix') this.ofRow(one.term, value, (text) => `left(${text}, 4) || '%'`);
      else if (one.test === 'pattern') this.ofRow(one.term, value, (text) => `'%' || substr(${text}, 2, 4) || '%'`);
      else this.ofRow(one.term, value);
    }
  }

  use({ predicates, alternatives, keysets }: TableUse): void {
    const arms = alternatives.flatMap((one) => one.arms);
    for (const group of [predicates, ...arms]) for (const one of group) this.predicate(one, group);
    for (const { terms, values } of keysets) {
      terms.forEach((term, at) => {
        const value = values[at];
        if (value !== undefined) this.ofRow(term, value);
      });
    }
  }
}

function sameTerm(one: Term, other: Term): boolean {
  return one.column === other.column && one.expression === other.expression;
}

function question(from: string, wanted: readonly WantedValue[], terms: ReadonlySet<string>, ofRow: boolean): ValueQuestion {
  const list = wanted.map(({ sql }, at) => `${sql} AS v${at + 1}`).join(', ');
  if (!ofRow) return { sql: `SELECT ${list} FROM ${from}`, wanted };
  const filled = terms.size === 0 ? '' : ` WHERE ${[...terms].map((one) => `${one} IS NOT NULL`).join(' AND ')}`;
  // A row from the middle: the same each time, and as likely of a common value as that is common.
  const middle = `OFFSET (SELECT count(*) / 2 FROM ${from}${filled})`;
  return { sql: `SELECT ${list} FROM ${from}${filled} ORDER BY ctid ${middle} LIMIT 1`, wanted };
}

/**
 * What the parameters of a query of PostgreSQL can stand for when it is run on rows: the declared value of the largest share,
 * else one that the rows hold. What is compared with columns of one table comes from one row of it, so that something is found.
 * Parameters that are compared with nothing are in none of the lists.
 */
export function sampleValues(document: Document, facts: QueryFacts, parameters: readonly QueryParameter[]): SampleValues {
  const declared = declaredValues(parameters);
  const taken = new Set(declared.keys());
  const fixed = new Map<string, { sql: string; words: string }>();
  for (const { limit, offset } of facts.uses) {
    for (const [value, sql, words] of [
      [limit, String(PAGE), `a page of ${PAGE} rows`],
      [offset, '0', 'the first page'],
    ] as const) {
      if (value?.kind !== 'parameter' || taken.has(value.name)) continue;
      taken.add(value.name);
      fixed.set(value.name, { sql, words });
    }
  }
  const questions: ValueQuestion[] = [];
  for (const use of facts.uses) {
    const table = recordIn(document, 'tables', use.table);
    if (table === undefined) continue;
    const wanted = new Wanted(document, use.table, taken);
    wanted.use(use);
    const schema = recordIn(document, 'schemas', table.schema)?.name ?? 'public';
    const from = relationName({ schema, name: table.name });
    if (wanted.row.length > 0) questions.push(question(from, wanted.row, wanted.terms, true));
    if (wanted.places.length > 0) questions.push(question(from, wanted.places, wanted.terms, false));
  }
  return { declared, questions, fixed };
}

/** A literal for a parameter of which nothing but its type is known. @param type as PostgreSQL names it (`regtype`) */
export function valueOfType(type: string): string {
  const element = type.endsWith('[]') ? type.slice(0, -2) : undefined;
  if (element !== undefined) return `'{}'`;
  return Object.hasOwn(BY_TYPE, type) ? (BY_TYPE[type] as string) : 'NULL';
}

const BY_TYPE: Readonly<Record<string, string>> = {
  smallint: '1',
  integer: '1',
  bigint: '1',
  numeric: '1',
  real: '1',
  'double precision': '1',
  boolean: 'true',
  text: `'x'`,
  'character varying': `'x'`,
  character: `'x'`,
  date: `'2025-01-01'`,
  'timestamp without time zone': `'2025-01-01'`,
  'timestamp with time zone': `'2025-01-01'`,
  interval: `'1 day'`,
  uuid: `'00000000-0000-4000-8000-000000000000'`,
  jsonb: `'{}'`,
  json: `'{}'`,
};
