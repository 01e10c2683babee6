import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesFor } from '#engine/indexes/candidates/candidates.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import { ADVICE_CASES, ADVICE_SCHEMA, type AdviceCase, adviceQuery, adviceWants } from './index-advice-cases.ts';
import { parserForTests, readDdl } from './read-ddl.ts';
import { candidateText } from './workload.ts';

/**
 * What other index advisors' own tests expect: the columns they name, in their order and with their directions, lead an index
 * that the table has or that is among our candidates. Where they expect nothing, the reason decides what we must not say.
 */

/**
 * Cases in which we say something else, with the reason: dexter leaves a table out because it was told to; pghero does not
 * read joins, and what it drops here is a foreign key that the join asks for.
 */
const OTHERWISE: Readonly<Record<string, string>> = {
  'dexter-0001': 'the table is excluded by a setting; the query itself is that of dexter-0002',
  'pghero-0032': 'pghero does not read joins: users (city_id) is what this one asks for',
};

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(parser, ADVICE_SCHEMA);
});

function ours(one: AdviceCase) {
  const facts = analyseQuery(document, { sql: adviceQuery(one) }, parser);
  return { facts, found: candidatesFor(document, [{ id: one.id, facts }], { parser }).value };
}

/** Keys that lead an index: those the table has, and candidates without a predicate. */
function leading(table: Table, one: AdviceCase): string[] {
  const own = table.keys.map((key) => columnNames(document, table, key.columns).join(', '));
  const made = ours(one).found.flatMap((candidate) => {
    if (candidate.table !== table.id || candidate.index.where !== undefined || candidate.index.method !== undefined) return [];
    return [
      candidate.index.elements
        .map(
          (element) => `${columnNames(document, table, [element.column ?? '']).join('')}${element.order === 'desc' ? ' desc' : ''}`,
        )
        .join(', '),
    ];
  });
  return [...own, ...made];
}

describe('cases of other index advisors', () => {
  const asking = ADVICE_CASES.filter((one) => adviceWants(one) !== undefined);

  it.each(asking.map((one) => [one.id, one] as const))('%s: the expected columns lead an index', (_id, one) => {
    const expected = adviceWants(one);
    const table = Object.values(document.tables).find(({ name }) => name === expected?.table);
    if (expected === undefined || table === undefined) throw new Error(`no table for ${one.id}`);
    expect(leading(table, one)).toContain(expected.columns.join(', '));
  });

  const silent = ADVICE_CASES.filter((one) => adviceWants(one) === undefined);

  it.each(silent.map((one) => [one.id, one] as const))('%s: nothing is expected', (id, one) => {
    const texts = ours(one).found.map((candidate) => candidateText(document, candidate));
    if (Object.hasOwn(OTHERWISE, id)) expect(texts.length).toBeGreaterThan(0);
    else expect(texts).toEqual([]);
  });

  it('prints how many were judged', () => {
    const covered = asking.filter((one) => {
      const expected = adviceWants(one);
      const table = Object.values(document.tables).find(({ name }) => name === expected?.table);
      return table !== undefined && expected !== undefined && leading(table, one).includes(expected.columns.join(', '));
    });
    const agree = silent.filter((one) => ours(one).found.length === 0);
    const lines = [
      `index cases: ${ADVICE_CASES.length} (dexter, pghero, index_advisor)`,
      `expected columns in the expected order: ${covered.length} of ${asking.length}`,
      `nothing expected, nothing proposed: ${agree.length} of ${silent.length}`,
      ...Object.entries(OTHERWISE).map(([id, why]) => `${id} differs: ${why}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(covered).toHaveLength(asking.length);
  });
});
