import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#engine/engine.ts';
import { planMove } from '#engine/move/plan.ts';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { STAGES } from '#engine/stages.ts';
import { createThinking } from '#engine/thinking.ts';
import { randomIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { quantile, stepsOf, timesOf } from './measure.ts';

/** One schema of 1,000 tables in six dialects: what each costs against PostgreSQL, in one run. */

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
const TABLES = 1000;

/** Median CPU milliseconds of each dialect, by what was measured. */
const measured = new Map<string, Map<Dialect, number>>();

function record(what: string, dialect: Dialect, times: readonly number[]): void {
  const row = measured.get(what) ?? new Map<Dialect, number>();
  measured.set(what, row.set(dialect, quantile(times, 0.5)));
}

function printAll(): void {
  console.log(`\n${TABLES} tables: median CPU ms, and how many times PostgreSQL's`);
  console.log(`${''.padEnd(44)}${DIALECTS.map((one) => one.padStart(19)).join('')}`);
  for (const [what, row] of measured) {
    const base = row.get('postgresql');
    const cells = DIALECTS.map((dialect) => {
      const time = row.get(dialect);
      if (time === undefined) return ''.padStart(19);
      const ratio = base === undefined || base === 0 ? '' : ` ${(time / base).toFixed(2)}x`;
      return `${time.toFixed(2)}${ratio.padStart(8)}`.padStart(19);
    });
    console.log(what.padEnd(44) + cells.join(''));
  }
}

let source: Document;

function edited(document: Document, call: CommandCall) {
  const ran = runCommands(document, [call], randomIds(Math.random));
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value;
}

function hubOf(document: Document): Table {
  const referring = (table: Table) => linksOf(document).byParent.get(table.id)?.length ?? 0;
  return Object.values(document.tables).toSorted((a, b) => referring(b) - referring(a))[0] as Table;
}

/** One edit after the other; the engine answers every stage. */
function follow(
  dialect: Dialect,
  what: string,
  runs: number,
  start: Document,
  callOf: (run: number, now: Document) => CommandCall,
) {
  const parser = dialect === 'postgresql' ? { parser: pgParser } : {};
  const engine = createEngine(createThinking(parser));
  engine.reset(start);
  for (const stage of STAGES) engine.ask(stage);
  let now = start;
  const steps = stepsOf<string>(runs, (run, step) => {
    const ran = edited(now, callOf(run, now));
    now = ran.document;
    engine.apply(ran.diff);
    step('all', () => {
      for (const stage of STAGES) step(stage, () => engine.ask(stage));
    });
  });
  record(what, dialect, steps.get('all') ?? []);
  for (const stage of STAGES) record(`    ${stage}, ${what}`, dialect, steps.get(stage) ?? []);
}

/** A line of a column typed over: the plan that follows. */
function typed(dialect: Dialect, start: Document): void {
  const engine = createThinking(dialect === 'postgresql' ? { parser: pgParser } : {});
  const creates = engine.stage('ddl', start).statements.filter((one) => one.what === 'create' && one.collection === 'tables');
  const times = timesOf(20, (run) => {
    const statement = creates[(run * 37 + 400) % creates.length];
    const table = statement === undefined ? undefined : start.tables[statement.record];
    const part = statement?.parts.find((one) => one.id === table?.columns.at(-1)?.id);
    const name = table?.columns.at(-1)?.name ?? '';
    if (statement === undefined || part === undefined) throw new Error('The statement of a table tells where its columns stand.');
    const line = statement.sql.slice(part.start, part.end).replace(name, `${name}_x${run + 1}`);
    const text = `${statement.sql.slice(0, part.start)}${line}${statement.sql.slice(part.end)}`;
    const plan = engine.query('text', { keys: [statement.key], text }, start);
    if (!plan.ok) throw new Error(`${dialect}: ${plan.problem.message}`);
  });
  record('typed edit planned', dialect, times);
}

let pgParser: Awaited<ReturnType<typeof loadPgParser>>;

beforeAll(async () => {
  pgParser = await loadPgParser();
  const text = generatedSchema({ tables: TABLES });
  const read = readSql([{ name: 'generated.sql', text }], { dialect: 'postgresql' }, { parser: pgParser });
  if (!read.ok) throw new Error(read.problem.message);
  source = read.value.document;
});

afterAll(printAll);

describe('a document of every dialect at 1,000 tables', () => {
  it.each(DIALECTS)('%s', async (dialect) => {
    const ports = await loadPorts(dialect);
    const version = DEFAULT_VERSION[dialect];
    const document = planMove(source, dialect, version).document;
    expect(Object.keys(document.tables)).toHaveLength(TABLES);
    const hub = hubOf(document);
    const tables = Object.values(document.tables);
    const text = writtenText(writeDocument(document, { version }));

    follow(dialect, 'a column renamed', 30, document, (run, now) => {
      const table = tables[(run * 37 + 400) % tables.length] as Table;
      const id = now.tables[table.id]?.columns.at(-1)?.id ?? '';
      return { name: 'setColumn', args: { table: table.id, id, patch: { name: `renamed_${run + 1}` } } };
    });
    follow(dialect, 'a column made nullable or not', 30, document, (run, now) => {
      const table = now.tables[tables[(run * 41 + 300) % tables.length]?.id ?? ''] as Table;
      const last = table.columns.at(-1) as Table['columns'][number];
      return { name: 'setColumn', args: { table: table.id, id: last.id, patch: { nullable: !last.nullable } } };
    });
    follow(dialect, 'the hub renamed', 10, document, (run) => ({
      name: 'setTable',
      args: { id: hub.id, patch: { name: `hub_${run + 1}` } },
    }));
    const first = timesOf(3, () => writeDocument(structuredClone(document), { version }));
    record('written from nothing', dialect, first);
    const reading = () => {
      const read = readSql([{ name: 'x.sql', text }], { dialect }, ports);
      if (!read.ok) throw new Error(read.problem.message);
      return read.value;
    };
    const read = reading();
    expect(Object.keys(read.document.tables)).toHaveLength(TABLES);
    record('its DDL read', dialect, timesOf(3, reading));
    record(
      'round trip',
      dialect,
      timesOf(1, () => expect(roundTrip(document, ports).compared).toBeGreaterThan(TABLES)),
    );
    if (dialect !== 'postgresql')
      record(
        'moved from PostgreSQL',
        dialect,
        timesOf(3, () => planMove(source, dialect, version)),
      );
    typed(dialect, document);
  });
});
