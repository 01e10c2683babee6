/** A fast part of the board: real files of the other dialects, judged by their engines where these are installed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';
import { corpus } from '#test/corpus.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES, type EngineLabel } from '#test/engines/engines.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { coverage, totals } from './coverage.ts';
import { measure } from './measure.ts';

const FAST: readonly (readonly [Dialect, EngineLabel, RegExp])[] = [
  ['postgresql', 'PostgreSQL', /^(?:azimutt|sakila_pg)/],
  ['mysql', 'MariaDB', /^(?:sakila|employees_part|quartz)/],
  ['mariadb', 'MariaDB', /^(?:sakila|chinook)/],
  ['sqlite', 'SQLite', /./],
];

describe.each(FAST)('%s through the model and back, judged by %s', (dialect, label, names) => {
  const found = ENGINES[label].find();
  if (!found.ok) console.log(`skipped: ${dialect} on ${label}: ${found.reason}`);
  describe.skipIf(!found.ok)('executed', () => {
    let engine: Engine;
    let ports: ReadPorts;
    beforeAll(async () => {
      [engine, ports] = [await ENGINES[label].open(), await loadPorts(dialect)];
    });
    afterAll(() => engine?.close());

    it.each(corpus(dialect).filter(({ name }) => names.test(name)))('keeps $name', async (one) => {
      const measured = await measure(engine, dialect, ports, one);
      expect(measured.writtenErrors).toEqual([]);
      expect(measured.difference).toEqual([]);
      expect(measured.catalogLines).toBeGreaterThan(50);
    });
  });
});

/** SQL Server and Oracle have no engine here. */
describe.each(['mssql', 'oracle'] as const)('%s', (dialect) => {
  it('is modelled, accounted for, and reads its own writing equal', async () => {
    const ports = await loadPorts(dialect);
    const list = corpus(dialect).map((one) => coverage(one, dialect, ports));
    const { all, modelled, residue } = totals(list);
    expect(list.length).toBe(7);
    expect((modelled + residue) / all).toBeGreaterThanOrEqual(0.97);
    expect(list.flatMap(({ unaccounted }) => unaccounted)).toEqual([]);
    expect(
      list.flatMap(({ name, again }) => again.differences.map(({ label, what }) => `${name}: ${label}: ${what.join('; ')}`)),
    ).toEqual([]);
  });
});
