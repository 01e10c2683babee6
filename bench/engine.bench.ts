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
import type { Document } from '#model/types.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { printTable, timesOf } from './measure.ts';

let document: Document;
let parser: Awaited<ReturnType<typeof loadPgParser>>;
const sql = generatedSchema({ tables: 1000 });

beforeAll(async () => {
  parser = await loadPgParser();
  const read = readSql([{ name: 'generated.sql', text: sql }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  document = read.value.document;
  expect(Object.keys(document.tables)).toHaveLength(1000);
});

function askAll(engine: ReturnType<typeof createEngine>): void {
  for (const stage of STAGES) engine.ask(stage);
}

/** An engine that follows one edit after the other, and what each costs. */
function editing(runs: number, callOf: (run: number, now: Document) => CommandCall): number[] {
  const engine = createEngine(createThinking({ parser }));
  engine.reset(document);
  askAll(engine);
  let now = document;
  const ids = randomIds(() => 0.5);
  return timesOf(runs, (run) => {
    const ran = runCommands(now, [callOf(run, now)], ids);
    if (!ran.ok) throw new Error(ran.problem.message);
    now = ran.value.document;
    engine.apply(ran.value.diff);
    askAll(engine);
  });
}

describe('the engine at 1,000 tables', () => {
  it('answers an edit for the price of what it touched', () => {
    const tables = Object.values(document.tables);
    const whole = timesOf(5, () => {
      const engine = createEngine(createThinking({ parser }));
      engine.reset(structuredClone(document));
      askAll(engine);
    });
    const column = editing(50, (run) => {
      const table = tables[(run * 37 + 400) % tables.length] ?? tables[0];
      const target = table?.columns.at(-1);
      return { name: 'setColumn', args: { table: table?.id ?? '', id: target?.id ?? '', patch: { name: `renamed_${run + 1}` } } };
    });
    const incoming = linksOf(document).byParent;
    const hub = [...tables].sort((a, b) => (incoming.get(b.id)?.length ?? 0) - (incoming.get(a.id)?.length ?? 0))[0];
    const hubRename = editing(10, (run) => ({ name: 'setTable', args: { id: hub?.id ?? '', patch: { name: `hub_${run + 1}` } } }));
    printTable('DDL, findings and normal forms at 1,000 tables', [
      { what: 'the whole model', times: whole },
      { what: 'one column renamed', times: column },
      { what: `a hub renamed (${incoming.get(hub?.id ?? '')?.length ?? 0} tables refer to it)`, times: hubRename },
    ]);
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
