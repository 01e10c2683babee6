import type { Budget } from '#engine/budget.ts';
import { ident } from '#engine/dialects/postgres/quote.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import type { KnownTable } from '#engine/facts/known.ts';
import type { IndexAdvice, QueryVerdict } from '#engine/indexes/advise/advice.ts';
import { plannedSql } from '#engine/indexes/advise/prepare.ts';
import { withIndexNames } from '#engine/indexes/advise/present.ts';
import {
  type BoundValue,
  type MeasuredProof,
  type MeasuredRun,
  type ProofSet,
  proofSets,
  type QueryProof,
} from '#engine/indexes/advise/proof.ts';
import { proofVerdict } from '#engine/indexes/advise/verdict.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { generateRows } from '#engine/planner/generate.ts';
import { indexesOfPlan, planNodes } from '#engine/planner/plan.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { sampleValues, valueOfType } from '#engine/workload/sample-values.ts';
import { withStoredViews } from '#engine/workload/stored-views.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { type Laboratory, type LabQuery, type Measured, openLaboratory } from './measure.ts';

export interface MeasureRequest {
  readonly document: Document;
  /** Of this document. */
  readonly advice: IndexAdvice;
  /** Rows of all tables together; by default as many as are made and looked at within seconds. */
  readonly rows?: number;
}

/** Made in about two seconds, and enough for pages to differ. */
const ROWS = 200_000;
/** So few rows lie on a page or a few, whatever index there is. */
const ROWS_OF_A_TABLE = 500;

/** Materialized views hold what their queries give of the generated rows: in the order in which they were made. */
const REFRESHED = {
  table: 'materialized views',
  sql: `DO $$ DECLARE made regclass; BEGIN
    FOR made IN SELECT oid FROM pg_class WHERE relkind = 'm' ORDER BY oid LOOP
      EXECUTE format('REFRESH MATERIALIZED VIEW %s', made);
    END LOOP; END $$`,
};

/** A query with what stands for its parameters. */
interface Bound {
  readonly query: LabQuery;
  readonly values: readonly BoundValue[];
}

/** Finds what stands for each parameter of a query. */
async function bound(lab: Laboratory, document: Document, id: Id, parser: PgParser): Promise<Result<Bound>> {
  const query = document.queries[id];
  if (query === undefined) return err('query-gone', 'The document has no such query any more.');
  const facts = analyseQuery(document, query, parser);
  const sql = plannedSql(document, query, facts);
  const types = await lab.parameterTypes(sql);
  if (!types.ok) return types;
  if (types.value.length === 0) return ok({ query: { sql, values: [] }, values: [] });
  const samples = sampleValues(withStoredViews(document, parser), facts, query.parameters ?? []);
  const known = new Map<string, BoundValue>();
  for (const [name, value] of samples.declared)
    known.set(name, { name, sql: value, from: 'declared', words: 'declared with the query' });
  for (const [name, value] of samples.fixed) known.set(name, { name, from: 'type', ...value });
  for (const { sql: question, wanted } of samples.questions) {
    const answer = await lab.ask(question);
    const [row] = answer.ok ? answer.value : [];
    wanted.forEach(({ name, words }, at) => {
      const text = row?.[`v${at + 1}`];
      if (typeof text === 'string') known.set(name, { name, sql: quoted(text), from: 'rows', words });
    });
  }
  const values = types.value.map((type, at): BoundValue => {
    const name = `$${at + 1}`;
    const value = known.get(name) ?? { name, sql: valueOfType(type), from: 'type', words: `any value of type ${type}` };
    // A list is asked for, and a row has one element of it.
    return value.from === 'rows' && type.endsWith('[]') ? { ...value, sql: `ARRAY[${value.sql}]::${type}` } : value;
  });
  return ok({ query: { sql, values: values.map((one) => one.sql) }, values });
}

/** A text as a literal, whatever `standard_conforming_strings` says. */
function quoted(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

function runOf(lab: Laboratory, set: ProofSet, made: readonly (readonly string[])[], { plan, buffers, ms }: Measured): MeasuredRun {
  const ids = new Map<string, string>();
  set.make.forEach(({ id }, at) => {
    for (const name of made[at] ?? []) ids.set(name, id);
  });
  const nodes = [...planNodes(plan.root)];
  const schemas = new Map(
    nodes.flatMap((node) => (node.index === undefined ? [] : [[node.index, node.schema ?? 'public'] as const])),
  );
  const found = nodes
    .filter((node) => node.relation !== undefined && node.type.includes('Scan'))
    .reduce((most, node) => Math.max(most, (node.actual?.rows ?? 0) * (node.actual?.loops ?? 0)), 0);
  const thereIs = (name: string) => {
    const id = `${schemas.get(name)}.${name}`;
    return lab.wholes.get(id) ?? id;
  };
  return {
    set: set.id,
    buffers,
    rows: plan.root.actual?.rows ?? 0,
    found,
    ms,
    plan,
    uses: [...new Set([...indexesOfPlan(plan)].map((name) => ids.get(name) ?? thereIs(name)))],
  };
}

/** Statements of the schema, with extensions that advised indexes need. */
function schemaOf(document: Document, { indexes, losers }: IndexAdvice) {
  const { schema } = plannerSetup(withIndexNames(document));
  const needed = new Set([...indexes, ...losers].flatMap((one) => one.extension ?? []));
  const extensions = [...needed].map((name) => ({
    key: `extension ${name}`,
    sql: `CREATE EXTENSION IF NOT EXISTS ${ident(name)}`,
  }));
  return [...extensions, ...schema];
}

function fillingsOf(document: Document, facts: ReadonlyMap<Id, KnownTable>, atMost: number) {
  const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
  const all = tables.reduce((sum, table) => sum + (facts.get(table.id)?.rows ?? 0), 0);
  return generateRows(document, facts, { share: all > atMost ? atMost / all : 1, atLeast: ROWS_OF_A_TABLE, atMost });
}

function proofOf(
  verdict: QueryVerdict,
  values: readonly BoundValue[],
  ran: readonly MeasuredRun[],
  advice: IndexAdvice,
  sets: readonly ProofSet[],
): QueryProof {
  const { query } = verdict;
  const [now, advised] = [ran.find((run) => run.set === 'now'), ran.find((run) => run.set === 'advised')];
  const base = { query, runs: ran, values };
  if (now === undefined || advised === undefined) return { ...base, verdict: 'not-run', words: 'It was not run.' };
  const loser = ran.find((run) => sets.find((set) => set.id === run.set)?.kind === 'loser');
  const rules = new Set(advice.indexes.filter((one) => one.verdict === 'rule').map((one) => one.id));
  const expected = verdict.uses.filter((id) => !rules.has(id));
  const cost = { now: verdict.now, advised: verdict.advised };
  return { ...base, ...proofVerdict({ cost, expected, now, advised, ...(loser === undefined ? {} : { loser }) }) };
}

/**
 * Proves an advice on indexes by running: rows are made that are like what is declared, and each query is run on them with the
 * indexes there are, with those advised, and with the candidate that came closest.
 * @returns the problems `cancelled`, and `measure-...` where indexes cannot be made
 */
export async function proveAdvice(
  { document, advice, rows = ROWS }: MeasureRequest,
  parser: PgParser,
  budget: Budget,
  dataDirectory?: Blob,
): Promise<Result<MeasuredProof>> {
  const facts = knownFacts(document);
  const generated = fillingsOf(document, facts, rows);
  const filled = generated.fillings.map(({ table, sql }) => ({ table, sql }));
  const fillings = Object.values(document.views).some((view) => view.materialized === true) ? [...filled, REFRESHED] : filled;
  const lab = await openLaboratory(
    { schema: schemaOf(document, advice), fillings },
    dataDirectory === undefined ? {} : { dataDirectory },
    (done, what) => budget.progress?.(done * 0.5, what),
  );
  try {
    const sets = proofSets(advice);
    const queries = new Map<Id, Bound>();
    const failed = new Map<Id, string>();
    for (const { query } of advice.queries) {
      const one = await bound(lab, document, query, parser);
      if (one.ok) queries.set(query, one.value);
      else failed.set(query, one.problem.message);
    }
    const runs = new Map<Id, MeasuredRun[]>();
    for (const [at, set] of sets.entries()) {
      if (budget.shouldStop()) return err('cancelled', 'The measuring was cancelled.');
      budget.progress?.(0.5 + (0.5 * at) / sets.length, 'Running queries');
      const asked = [...queries].filter(([id]) => set.queries?.includes(id) ?? true);
      const drop = set.drop.map((id) => {
        const dot = id.indexOf('.');
        return `${ident(id.slice(0, dot))}.${ident(id.slice(dot + 1))}`;
      });
      const measured = await lab.measure(
        { make: set.make.map((one) => one.sql), drop },
        asked.map(([, { query }]) => query),
      );
      // A loser that cannot be made here proves nothing.
      if (!measured.ok && set.kind !== 'loser') return measured;
      if (!measured.ok) continue;
      measured.value.results.forEach((result, place) => {
        const [id] = asked[place] as (typeof asked)[number];
        if (result.ok) runs.set(id, [...(runs.get(id) ?? []), runOf(lab, set, measured.value.made, result.value)]);
        else failed.set(id, result.problem.message);
      });
    }
    const left = [
      ...generated.left,
      ...lab.unfilled.map(({ table, message }) => ({ table, reason: `PostgreSQL refuses its rows: ${message}` })),
    ];
    const proofs = advice.queries.map((verdict): QueryProof => {
      const { query } = verdict;
      const ran = runs.get(query) ?? [];
      const values = queries.get(query)?.values ?? [];
      const why = failed.get(query);
      return why === undefined
        ? proofOf(verdict, values, ran, advice, sets)
        : { query, verdict: 'not-run', words: why, runs: ran, values };
    });
    const sample = generated.fillings.map(({ table, rows: made }) => ({
      table,
      rows: made,
      declared: facts.get(table)?.rows ?? made,
    }));
    return ok({ version: lab.version, sets, queries: proofs, sample, left });
  } finally {
    await lab.close();
  }
}
