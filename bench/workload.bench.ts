import { beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { readSql } from '#engine/sql/read.ts';
import { createThinking } from '#engine/thinking.ts';
import { randomIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { createStageSender } from '#worker/stage-deltas.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { printTable, type Row, stepsOf } from './measure.ts';

/** What following a workload of 500 joining queries costs over 1,000 tables, edit by edit: what is read again, and sent. */

const QUERIES = 500;
const RUNS = 9;

let document: Document;
let parser: Awaited<ReturnType<typeof loadPgParser>>;
let busiest: Table;

const ids = randomIds(() => 0.5);

function after(before: Document, ...calls: readonly CommandCall[]): Document {
  const ran = runCommands(before, calls, ids);
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

/** Reads along a foreign key, with a condition and an order. */
function queryOf(given: Document, link: Relationship, at: number): CommandCall {
  const [child, parent] = [given.tables[link.child], given.tables[link.parent]] as [Table, Table];
  const name = (table: Table, id: Id | undefined) => table.columns.find((one) => one.id === id)?.name ?? '';
  const sql = `SELECT c.*, p."${parent.columns[0]?.name}" FROM "${child.name}" c JOIN "${parent.name}" p ON p."${name(parent, link.parentColumns[0])}" = c."${name(child, link.childColumns[0])}"
WHERE c."${child.columns[0]?.name}" = $1 AND p."${parent.columns.at(-1)?.name}" IS NOT NULL ORDER BY c."${child.columns.at(-1)?.name}" DESC LIMIT ${at + 1}`;
  return { name: 'addQuery', args: { record: { id: `qry_${at}`, name: `query ${at}`, sql, callsPerHour: at } } };
}

beforeAll(async () => {
  parser = await loadPgParser();
  const read = readSql([{ name: 'generated.sql', text: generatedSchema({ tables: 1000 }) }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  const { document: bare } = read.value;
  const links = Object.values(bare.relationships).filter(({ child, parent }) => child !== parent);
  expect(links.length).toBeGreaterThan(QUERIES);
  document = after(bare, ...links.slice(0, QUERIES).map((link, at) => queryOf(bare, link, at)));
  const uses = new Map<Id, number>();
  for (const { child, parent } of links.slice(0, QUERIES)) for (const id of [child, parent]) uses.set(id, (uses.get(id) ?? 0) + 1);
  const [most] = [...uses].sort((a, b) => b[1] - a[1]);
  busiest = bare.tables[most?.[0] ?? ''] as Table;
  console.log(`\n${QUERIES} queries over ${Object.keys(bare.tables).length} tables; ${busiest.name} is in ${most?.[1]} of them`);
});

/** What asking for the stage, and sending its difference, costs after each of these edits. */
function followed(what: string, callOf: (run: number) => CommandCall): Row {
  const engine: Engine = createEngine(createThinking({ parser }));
  const sender = createStageSender();
  engine.reset(document);
  sender.encode('workload', engine.ask('workload'));
  let now = document;
  const steps = stepsOf<'asked'>(RUNS, (run, step) => {
    const ran = runCommands(now, [callOf(run)], ids);
    if (!ran.ok) throw new Error(ran.problem.message);
    now = ran.value.document;
    engine.apply(ran.value.diff);
    step('asked', () => structuredClone(sender.encode('workload', engine.ask('workload'))));
  });
  return { what, times: steps.get('asked') ?? [] };
}

it('prints what edits cost', () => {
  const { id } = busiest;
  const column = busiest.columns.at(-1)?.id ?? '';
  const first = stepsOf<'asked'>(3, (_, step) => {
    const engine = createEngine(createThinking({ parser }));
    engine.reset(document);
    step('asked', () => engine.ask('workload'));
  });
  printTable('The workload of a document in the live engine', [
    { what: 'all queries read for the first time', times: first.get('asked') ?? [] },
    followed('calls per hour of a query', (run) => ({
      name: 'setQuery',
      args: { id: 'qry_7', patch: { callsPerHour: run + 10 } },
    })),
    followed('the text of a query', (run) => ({ name: 'setQuery', args: { id: 'qry_7', patch: { sql: `SELECT ${run}` } } })),
    followed('a table that no query uses', (run) => ({
      name: 'addTable',
      args: { table: { id: `tbl_unused_${run}`, name: `unused_${run}` } },
    })),
    followed('a column of the table that most queries use', (run) => ({
      name: 'setColumn',
      args: { table: id, id: column, patch: { comment: `run ${run}` } },
    })),
  ]);
});
