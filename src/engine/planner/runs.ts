import { columnsOf } from '#model/derive/columns.ts';
import type { QueryParameter } from '#model/query-types.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { lex } from '../dialects/postgres/lex.ts';
import { ident } from '../dialects/postgres/quote.ts';
import type { QueryFacts } from '../workload/facts.ts';
import { relationName } from './statistics.ts';

/** A statement that is planned for a query. */
export interface PlannedRun {
  readonly sql: string;
  /** How often it runs in a call; of a look-up, for each row that the call changes. */
  readonly times: number;
}

/** What a call of a query makes the server plan. */
export interface PlannedRuns {
  /** The statement itself, with the values that its parameters take: the heaviest first. Their times make 1. */
  readonly statements: readonly PlannedRun[];
  /** What foreign keys look for, for each row that it deletes or gives another key (PostgreSQL, `ri_triggers.c`). */
  readonly lookups: readonly PlannedRun[];
}

/** Ways to call a query that are planned apart. */
const MOST = 6;

interface Bound {
  readonly share: number;
  readonly values: ReadonlyMap<string, string>;
}

/** The values of one parameter with their shares; what is left of the whole stays a parameter. */
function choices({ values }: QueryParameter): readonly { readonly sql?: string; readonly share: number }[] {
  const told = values.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const samples = values.filter(({ share }) => share === undefined).length;
  const rest = Math.max(0, 1 - told);
  const whole = Math.max(told, 1);
  const known = values.map(({ sql, share }) => ({ sql, share: (share ?? rest / samples) / whole }));
  return samples > 0 || rest < 1e-6 ? known : [...known, { share: rest }];
}

/** The ways to call it that are most frequent. */
function bindings(parameters: readonly QueryParameter[]): readonly Bound[] {
  let found: readonly Bound[] = [{ share: 1, values: new Map() }];
  for (const parameter of parameters) {
    if (parameter.values.length === 0) continue;
    const next = found.flatMap((one) =>
      choices(parameter).map(({ sql, share }): Bound => {
        const values = sql === undefined ? one.values : new Map(one.values).set(parameter.name, sql);
        return { share: one.share * share, values };
      }),
    );
    found = next.sort((a, b) => b.share - a.share).slice(0, MOST);
  }
  const sum = found.reduce((all, { share }) => all + share, 0);
  return found.filter(({ share }) => share > 0).map((one) => ({ ...one, share: one.share / sum }));
}

/** The text with values where its parameters stand. */
function withValues(sql: string, values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return sql;
  let text = '';
  let done = 0;
  for (const { kind, start, end } of lex(sql)) {
    if (kind === 'comment' || kind === 'string' || kind === 'quoted') continue;
    const value = values.get(sql.slice(start, end));
    if (value === undefined) continue;
    text += `${sql.slice(done, start)}${value}`;
    done = end;
  }
  return text + sql.slice(done);
}

/** The foreign keys that look for rows of their own when a query changes rows. */
export function keysLookedUp(document: Document, { uses }: QueryFacts): readonly Relationship[] {
  return Object.values(document.relationships).filter(
    ({ parent, parentColumns, childColumns, notEnforced }) =>
      childColumns.length > 0 &&
      notEnforced !== true &&
      uses.some(
        ({ table, write }) =>
          table === parent &&
          (write?.kind === 'delete' || (write?.kind === 'update' && write.columns.some((id) => parentColumns.includes(id)))),
      ),
  );
}

function lookup(document: Document, { child, childColumns }: Relationship): readonly PlannedRun[] {
  const table = document.tables[child];
  if (table === undefined) return [];
  const columns = columnsOf(document, table);
  const names = childColumns.flatMap((id) => columns.find((column) => column.id === id)?.name ?? []);
  const relation = relationName({ schema: document.schemas[table.schema]?.name ?? 'public', name: table.name });
  const only = table.partitioning === undefined ? 'ONLY ' : '';
  const found = names.map((name, at) => `$${at + 1} = ${ident(name)}`).join(' AND ');
  return [{ sql: `SELECT 1 FROM ${only}${relation} x WHERE ${found} FOR KEY SHARE OF x`, times: 1 }];
}

/**
 * What PostgreSQL plans for a call of a query of the workload: the statement with each set of values that is declared of its
 * parameters, or with the parameters themselves (a generic plan), and what foreign keys ask for.
 */
export function runsOf(
  document: Document,
  query: { readonly id: Id; readonly sql: string; readonly facts: QueryFacts },
): PlannedRuns {
  const statements = bindings(document.queries[query.id]?.parameters ?? []).map(({ share, values }) => ({
    sql: withValues(query.sql, values),
    times: share,
  }));
  return { statements, lookups: keysLookedUp(document, query.facts).flatMap((one) => lookup(document, one)) };
}
