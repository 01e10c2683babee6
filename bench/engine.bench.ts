import type { editor } from 'monaco-editor/editor/editor.api';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '#engine/engine.ts';
import { readSql } from '#engine/sql/read.ts';
import { STAGES } from '#engine/stages.ts';
import { createThinking } from '#engine/thinking.ts';
import { randomIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { linksOf } from '#model/derive/links.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document, Table } from '#model/types.ts';
import { createStageMirror, createStageSender } from '#worker/stage-deltas.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { TextBinding } from '../src/features/sql/editor/text-binding.ts';
import { marksOf } from '../src/features/sql/logic/marks.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { printTable, type Row, stepsOf, timesOf } from './measure.ts';

let document: Document;
let tables: readonly Table[];
let hub: Table;
let parser: Awaited<ReturnType<typeof loadPgParser>>;
const sql = generatedSchema({ tables: 1000 });

beforeAll(async () => {
  parser = await loadPgParser();
  const read = readSql([{ name: 'generated.sql', text: sql }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  document = read.value.document;
  tables = Object.values(document.tables);
  expect(tables).toHaveLength(1000);
  hub = [...tables].sort((a, b) => referring(b) - referring(a))[0] as Table;
  expect(referring(hub)).toBeGreaterThan(99);
});

function referring(table: Table): number {
  return linksOf(document).byParent.get(table.id)?.length ?? 0;
}

function askAll(engine: ReturnType<typeof createEngine>): void {
  for (const stage of STAGES) engine.ask(stage);
}

function start(of: Document = document) {
  const engine = createEngine(createThinking({ parser }));
  engine.reset(of);
  askAll(engine);
  return engine;
}

/** Renames one column after the other, all over the document. */
function columnRename(run: number): CommandCall {
  const table = tables[(run * 37 + 400) % tables.length] as Table;
  const id = table.columns.at(-1)?.id ?? '';
  return { name: 'setColumn', args: { table: table.id, id, patch: { name: `renamed_${run + 1}` } } };
}

function hubRename(run: number): CommandCall {
  return { name: 'setTable', args: { id: hub.id, patch: { name: `hub_${run + 1}` } } };
}

/** The document with a workload: for each of the first tables a search, a write and a join, as columns and foreign keys allow. */
function withWorkload(count: number): Document {
  const links = linksOf(document).byChild;
  const calls = tables.slice(0, count / 3).flatMap(({ id, name, columns }): CommandCall[] => {
    const [first, second] = [columns[0]?.name, columns.at(-2)?.name ?? columns[0]?.name];
    const link = links.get(id)?.find(({ childColumns }) => childColumns.length === 1);
    const parent = link === undefined ? undefined : document.tables[link.parent];
    const by = columns.find((column) => column.id === link?.childColumns[0])?.name;
    const to = parent?.columns.find((column) => column.id === link?.parentColumns[0])?.name;
    const join = parent === undefined ? '' : ` JOIN "${parent.name}" p ON p."${to}" = t."${by}"`;
    const texts = [
      `SELECT * FROM "${name}" t WHERE t."${second}" = $1 ORDER BY t."${first}" DESC LIMIT 20`,
      `UPDATE "${name}" SET "${second}" = $1 WHERE "${first}" = $2`,
      `SELECT count(*) FROM "${name}" t${join} WHERE t."${first}" > $1`,
    ];
    return texts.map((sql, at) => ({
      name: 'addQuery',
      args: { record: { name: `${name} ${at}`, sql, callsPerHour: 100 * at + 10 } },
    }));
  });
  const ran = runCommands(
    document,
    calls,
    randomIds(() => 0.25),
  );
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

/** An editor's model that does nothing: what is measured is everything but the editor. */
const NO_EDITOR = {
  onDidChangeContent: () => ({ dispose: () => {} }),
  setValue: () => {},
  applyEdits: () => {},
  getValueLength: () => 0,
  getPositionAt: () => ({ lineNumber: 1, column: 1 }),
} as unknown as editor.ITextModel;

type Step = 'command' | 'ddl' | 'findings' | 'normalForms' | 'workload' | 'sent' | 'received' | 'edits' | 'marks';

/** Everything from an edit to the marked text, step by step, as the worker and the page do it. */
function followed(
  runs: number,
  callOf: (run: number) => CommandCall,
  from: Document = document,
): ReadonlyMap<Step, readonly number[]> {
  const engine = start(from);
  const sender = createStageSender();
  const mirror = createStageMirror();
  for (const stage of STAGES) mirror.receive(structuredClone(sender.encode(stage, engine.ask(stage))));
  const binding = new TextBinding(NO_EDITOR, () => {});
  binding.show(mirror.value.ddl);
  const ids = randomIds(() => 0.5);
  let now = from;
  return stepsOf<Step>(runs, (run, step) => {
    const ran = step('command', () => runCommands(now, [callOf(run)], ids));
    if (!ran.ok) throw new Error(ran.problem.message);
    now = ran.value.document;
    engine.apply(ran.value.diff);
    const answers = STAGES.map((stage) => step(stage, () => ({ stage, answer: engine.ask(stage) })));
    const sent = step('sent', () => answers.map(({ stage, answer }) => structuredClone(sender.encode(stage, answer))));
    step('received', () => sent.forEach(mirror.receive));
    step('edits', () => binding.show(mirror.value.ddl));
    step('marks', () => {
      const { findings, ddl } = mirror.value;
      return marksOf({ findings, unsupported: ddl.unsupported, version: 18, errors: [], problems: new Map() }, binding.places);
    });
  });
}

function rowsOf(what: string, steps: ReadonlyMap<Step, readonly number[]>): Row[] {
  const sum = (names: readonly Step[]) => {
    const lists = names.map((name) => steps.get(name) ?? []);
    return (lists[0] ?? []).map((_, run) => lists.reduce((total, list) => total + (list[run] ?? 0), 0));
  };
  const thinking: Step[] = ['ddl', 'findings', 'normalForms'];
  return [
    { what: `${what}: DDL, findings and normal forms`, times: sum(thinking) },
    { what: `${what}: the answers to the pane's edits`, times: sum(['sent', 'received', 'edits']) },
    ...[...steps].map(([name, times]) => ({ what: `    ${name}`, times })),
  ];
}

describe('the engine at 1,000 tables', () => {
  it('answers an edit for the price of what it touched', () => {
    const whole = timesOf(5, () => {
      const engine = createEngine(createThinking({ parser }));
      engine.reset(structuredClone(document));
      askAll(engine);
    });
    printTable('An edit at 1,000 tables, against the whole model', [
      { what: 'the whole model: DDL, findings and normal forms', times: whole },
      ...rowsOf('a column renamed', followed(60, columnRename)),
      ...rowsOf(`a hub renamed, ${referring(hub)} foreign keys to it`, followed(20, hubRename)),
    ]);
  });

  it('answers an edit under a workload for the price of what it touched', () => {
    const asked = withWorkload(500);
    const queries = Object.keys(asked.queries).length;
    const used = (run: number): CommandCall => {
      const table = tables[(run * 37 + 1500) % 150] as Table;
      return {
        name: 'setColumn',
        args: { table: table.id, id: table.columns.at(-1)?.id ?? '', patch: { name: `renamed_${run + 1}` } },
      };
    };
    printTable(`An edit at 1,000 tables with ${queries} queries`, [
      ...rowsOf('a column renamed that no query uses', followed(40, columnRename, asked)),
      ...rowsOf('a column renamed of a table that queries use', followed(40, used, asked)),
    ]);
    expect(queries).toBeGreaterThan(450);
  });

  it('reads, saves and opens', () => {
    const text = serialize(document);
    printTable(`A file of 1,000 tables (${Math.round(sql.length / 1024)} kB of SQL, ${Math.round(text.length / 1024)} kB saved)`, [
      {
        what: 'read the SQL',
        times: timesOf(3, () => readSql([{ name: 'x.sql', text: sql }], { dialect: 'postgresql' }, { parser })),
      },
      { what: 'serialize', times: timesOf(5, () => serialize(document)) },
      { what: 'parse', times: timesOf(5, () => parseDocument(text)) },
    ]);
  });
});
