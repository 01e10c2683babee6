import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import { corpus } from '#test/corpus.ts';
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
});
