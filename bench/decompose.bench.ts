import { expect, test } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { planDecomposition } from '#engine/decompose/plan.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import { readSql } from '#engine/sql/read.ts';
import { randomIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { printTable, timesOf } from './measure.ts';

const COLUMNS = 40;

/** A table of 40 columns: five groups that each follow from a code, a check on every third column. */
const WIDE = `CREATE TABLE wide (id bigint PRIMARY KEY, ${Array.from({ length: COLUMNS - 1 }, (_, at) => `c${at} text NOT NULL${at % 3 === 0 ? ` CHECK (c${at} <> '')` : ''}`).join(', ')});`;

/** The document with five dependencies on its wide table. */
function declared(document: Document): Document {
  const table = Object.values(document.tables).find(({ name }) => name === 'wide');
  if (table === undefined) throw new Error('the wide table is missing');
  const ids = table.columns.slice(1).map(({ id }) => id);
  const dependencies = Array.from({ length: 5 }, (_, at) => ({
    id: `fd_${at}`,
    determinant: [ids[at * 7] as string],
    dependent: ids.slice(at * 7 + 1, at * 7 + 7),
  }));
  return { ...document, tables: { ...document.tables, [table.id]: { ...table, dependencies } } };
}

test.each([1, 500])('a decomposition of 40 columns among %d tables', async (tables) => {
  const parser = await loadPgParser();
  const text = `${tables > 1 ? generatedSchema({ tables: tables - 1 }) : ''}\n${WIDE}`;
  const read = readSql([{ name: 'x.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  const document = declared(read.value.document);
  const wide = Object.values(document.tables).find(({ name }) => name === 'wide')?.id ?? '';
  const options = { ids: randomIds(Math.random), diagram: MAIN_DIAGRAM, date: '2026-01-01' };
  const propose = () => {
    const found = proposeDecomposition(document, wide, 'recommended', UNLIMITED);
    if (!found.ok) throw new Error(found.problem.message);
    return found.value;
  };
  const proposal = propose();
  expect(proposal.tables).toHaveLength(6);
  const plan = () => {
    const found = planDecomposition(document, parser, proposal, {}, options);
    if (!found.ok) throw new Error(found.problem.message);
  };
  printTable(`decompose ${COLUMNS} columns into 6 tables, among ${tables} ${tables === 1 ? 'table' : 'tables'}`, [
    { what: 'propose: keys, foreign keys, names', times: timesOf(20, propose) },
    { what: 'plan: commands, consequences and SQL', times: timesOf(20, plan) },
  ]);
});
