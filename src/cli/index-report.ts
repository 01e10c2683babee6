import type { AdvisedIndex, IndexAdvice, LostIndex } from '#engine/indexes/advise/advice.ts';
import type { QueryFinding } from '#engine/workload/facts.ts';
import { bytesText, shortNumber } from '#lib/amounts.ts';
import type { Document, Id } from '#model/types.ts';
import type { AdviceRun } from './index-advice.ts';
import { type FilePlace, findingPlace } from './workload.ts';

/** What is said of a query beside its costs. */
export interface PlacedFinding extends Omit<QueryFinding, 'at'> {
  readonly query: Id;
  readonly place?: FilePlace;
}

export function findingsOf({ prepared }: AdviceRun, places: ReadonlyMap<Id, FilePlace>): readonly PlacedFinding[] {
  return prepared.queries.flatMap(({ id, sql, facts }) =>
    facts.findings.map(({ at, ...finding }): PlacedFinding => {
      const place = findingPlace(places.get(id), sql, { ...finding, at });
      return { query: id, ...finding, ...(place === undefined ? {} : { place }) };
    }),
  );
}

const nameOf = (document: Document, query: Id) => document.queries[query]?.name ?? query;

function tableName(document: Document, table: Id): string {
  const record = document.tables[table] ?? document.views[table];
  const schema = record === undefined ? undefined : document.schemas[record.schema];
  return record === undefined
    ? '?'
    : schema === undefined || schema.implicit === true
      ? record.name
      : `${schema.name}.${record.name}`;
}

const WHY: Readonly<Record<LostIndex['why'], string>> = {
  unused: 'no query would be cheaper with it, not even if it were the only one',
  covered: 'beside others no query uses it',
  writes: 'keeping it up to date costs more than queries gain',
  room: 'there is no room for it',
  little: 'it makes no query noticeably cheaper',
  superseded: 'another index does its work',
};

function others(instead: readonly string[], names: ReadonlyMap<string, string>): string {
  return instead.length === 0 ? '' : `: ${instead.map((id) => names.get(id) ?? id).join(', ')}`;
}

function makeLines(document: Document, index: AdvisedIndex): string[] {
  const reasons = [...new Set(index.reasons.map(({ why }) => why))].slice(0, 3);
  const gains = index.gains.map(
    ({ query, without, with: after }) => `${nameOf(document, query)} ${shortNumber(without)} -> ${shortNumber(after)}`,
  );
  return [
    `  ${index.sql.replace(/;?\s*$/, ';')}`,
    `      ${bytesText(index.bytes)}${index.bytesInThreeYears === undefined ? '' : `, ${bytesText(index.bytesInThreeYears)} in three years`}; takes ${shortNumber(index.worth)} an hour away, costs ${shortNumber(index.writeCost)} an hour in writes`,
    ...reasons.map((why) => `      ${why}`),
    ...(gains.length === 0
      ? []
      : [`      a call: ${gains.slice(0, 5).join('; ')}${gains.length > 5 ? `; and ${gains.length - 5} more` : ''}`]),
    ...(index.extension === undefined ? [] : [`      needs the extension ${index.extension}`]),
    ...index.notes.map((note) => `      ${note}`),
  ];
}

function basisLine({ basis, asked }: IndexAdvice): string {
  return basis.kind === 'planner'
    ? `costs: the planner of PostgreSQL ${basis.version} at the size that is known of the tables (${asked} plans asked for)`
    : `costs: formulas at the size that is known of the tables. ${basis.why}`;
}

/** Advice as people read it in a terminal. */
export function adviceText(document: Document, { advice }: AdviceRun): string {
  const names = new Map([...advice.indexes, ...advice.losers].map(({ id, name }) => [id, name]));
  const of = (verdict: AdvisedIndex['verdict']) => advice.indexes.filter((one) => one.verdict === verdict);
  const [make, drop, keep] = [of('make'), of('drop'), of('keep')];
  const total = ({ reads, writes }: IndexAdvice['now']) => shortNumber(reads + writes);
  const lines = [
    basisLine(advice),
    `an hour of ${advice.queries.length} queries costs ${total(advice.none)} with keys only, ${total(advice.now)} now, ${total(advice.advised)} with the advice`,
    `room: ${bytesText(advice.now.bytes)} now, ${bytesText(advice.advised.bytes)} with the advice${advice.budget === undefined ? '' : `, ${bytesText(advice.budget)} allowed`}`,
    ...(advice.complete ? [] : [`not complete: ${advice.reason ?? 'it was stopped'}`]),
    ...(make.length === 0 ? ['nothing to make'] : ['make:', ...make.flatMap((one) => makeLines(document, one))]),
    ...(drop.length === 0 ? [] : ['drop:']),
    ...drop.map(
      (one) =>
        `  ${one.name} on ${tableName(document, one.table)}, ${bytesText(one.bytes)}: ${WHY[one.why ?? 'unused']}${others(one.instead, names)}`,
    ),
    ...(keep.length === 0 ? [] : ['keep:']),
    ...keep.map(
      (one) =>
        `  ${one.name} on ${tableName(document, one.table)}, ${bytesText(one.bytes)}; worth ${shortNumber(one.worth)} an hour`,
    ),
    ...(advice.queries.length === 0 ? [] : ['queries, cost of a call:']),
    ...advice.queries.map(({ query, calls, counted, now, advised, uses }) => {
      const used = uses.map((id) => names.get(id) ?? id).join(', ');
      return `  ${nameOf(document, query)}: ${shortNumber(now)} -> ${shortNumber(advised)}, ${counted ? `${shortNumber(calls)} calls an hour` : 'calls not known'}${used === '' ? '' : `, by ${used}`}`;
    }),
    ...(advice.left.length === 0 ? [] : ['not weighed:']),
    ...advice.left.map(({ query, reason }) => `  ${nameOf(document, query)}: ${reason}`),
    ...(advice.refused.length === 0 ? [] : ['refused by the database:']),
    ...advice.refused.map(({ sql, reason }) => `  ${sql}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Names of everything that the advice speaks of by id. */
function namesIn(document: Document) {
  const tables = Object.values(document.tables);
  return {
    tables: Object.fromEntries(tables.map(({ id }) => [id, tableName(document, id)])),
    columns: Object.fromEntries(tables.flatMap(({ columns }) => columns.map(({ id, name }) => [id, name]))),
    queries: Object.fromEntries(Object.values(document.queries).map(({ id, name, sql }) => [id, { name, sql }])),
  };
}

/** Advice as JSON: `IndexAdvice` with the names of what it speaks of by id, and what was found in the queries. */
export function adviceJson(document: Document, run: AdviceRun, findings: readonly PlacedFinding[]): string {
  return `${JSON.stringify({ advice: run.advice, names: namesIn(document), findings }, null, 2)}\n`;
}
