import type { Node } from 'libpg-query';
import type { Sql } from '#model/types.ts';
import type { Statement } from './statement.ts';
import type { Range } from './tokens.ts';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Tables a query names without a schema, with the names its own WITH clauses define left out. */
function collect(node: unknown, hidden: ReadonlySet<string>, found: { name: string; at: number }[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, hidden, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const record = node as Record<string, unknown>;
  const withClause = record['withClause'] as { ctes?: { CommonTableExpr?: { ctename?: string } }[] } | undefined;
  const names = (withClause?.ctes ?? []).flatMap((cte) => cte.CommonTableExpr?.ctename ?? []);
  const inner = names.length === 0 ? hidden : new Set([...hidden, ...names]);
  const relation = record['RangeVar'] as { schemaname?: string; relname?: string; location?: number } | undefined;
  if (relation?.relname !== undefined && relation.schemaname === undefined && !hidden.has(relation.relname)) {
    found.push({ name: relation.relname, at: relation.location ?? 0 });
  }
  for (const value of Object.values(record)) collect(value, inner, found);
}

/**
 * Source text of a query with the schemas written out that the search path of the text gave its tables, when that path
 * is another than the usual one, under which the written DDL runs.
 */
export function qualifyQuery({ state, source }: Statement, tree: Node | undefined, range: Range): Sql {
  const text = source.slice(range);
  const usual = state.searchPath.every((schema) => schema === 'public' || schema === 'pg_catalog');
  const start = source.token(range.first)?.start ?? 0;
  if (usual) return text;
  const found: { name: string; at: number }[] = [];
  collect(tree, new Set(), found);
  const insertions = found.flatMap(({ name, at }): Insertion[] => {
    const candidate = state.candidates({ name }).find((one) => state.relation(one) !== undefined);
    if (candidate?.schema === undefined || candidate.schema === 'public') return [];
    return [{ at: at - start, text: `${state.quote(candidate.schema)}.` }];
  });
  let out = text;
  for (const { at, text: schema } of insertions.toSorted((a, b) => b.at - a.at)) {
    if (at >= 0 && at <= text.length) out = out.slice(0, at) + schema + out.slice(at);
  }
  return out;
}
