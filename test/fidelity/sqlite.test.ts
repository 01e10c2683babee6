import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planImport } from '#engine/sql/plan-import.ts';
import { type ReadPorts, type ReadResult, readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { type Case, corpus } from '#test/corpus.ts';
import { SqliteInProcess } from '#test/engines/sqlite-wasm.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { loadSqlite } from '../../src/cli/sqlite.ts';
import { measure, report } from './measure.ts';
import { sqliteSnippets } from './sqlite-snippets.ts';

let engine: SqliteInProcess;
let ports: ReadPorts;

beforeAll(async () => {
  ports = await loadPorts('sqlite');
  engine = new SqliteInProcess(await loadSqlite());
});
afterAll(() => engine.close());

function read({ name, sql }: Case, given: ReadPorts): ReadResult {
  const result = readSql([{ name, text: sql }], { dialect: 'sqlite' }, given);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('SQLite through the model and back', () => {
  it('has snippets of every feature', () => expect(sqliteSnippets().length).toBeGreaterThanOrEqual(50));

  it.each(sqliteSnippets())('keeps $name', async (one) => {
    const measured = await measure(engine, 'sqlite', ports, one);
    expect(measured.originalErrors).toEqual([]);
    expect(measured.counts.error).toBe(0);
    expect(report(measured)).toMatch(/^same /);
    expect(measured.honesty.undeclared).toEqual([]);
  });

  it.each(corpus('sqlite'))('keeps $name', async (one) => {
    const measured = await measure(engine, 'sqlite', ports, one);
    expect(report(measured)).toMatch(/^same .* 1\.0000 /);
    expect(measured.catalogLines).toBeGreaterThan(100);
    expect(measured.counts.error).toBe(0);
  });

  it.each([...sqliteSnippets(), ...corpus('sqlite')])('reads its own writing of $name as the same', (one) => {
    const { document } = read(one, ports);
    expect(roundTrip(document, ports).differences).toEqual([]);
    expect(roundTrip(document, {}).differences).toEqual([]);
  });
});

/** Only an engine knows the columns of a query. */
const NEEDS_ENGINE = 'a table of a query';
/** SQLite writes the new names into the text of views, triggers and checks in quotes. */
const REWRITES = new Set(['a column renamed', 'a table renamed']);

describe('two ways to read SQLite', () => {
  const cases = [...sqliteSnippets(), ...corpus('sqlite')].filter(({ name }) => name !== NEEDS_ENGINE);

  it.each(cases)('$name: the grammar alone leads to the same model as executing it', (one) => {
    const [executed, parsed] = [read(one, ports), read(one, {})];
    const states = ({ receipt }: ReadResult) => receipt.statements.map(({ state }) => state);
    expect(states(parsed)).toEqual(states(executed));
    const { items } = planImport(executed.document, parsed.document);
    const different = items.filter(({ state }) => state !== 'same').map(({ label }) => label);
    if (REWRITES.has(one.name)) expect(different.length).toBeGreaterThan(0);
    else expect(different).toEqual([]);
  });
});
