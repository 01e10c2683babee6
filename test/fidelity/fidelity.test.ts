import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { CORNERS } from './corners.ts';
import { files, measure, report, snippets } from './measure.ts';

let db: TestDatabase;
let ports: ReadPorts;

beforeAll(async () => {
  ports = await loadPorts('postgresql');
  db = await TestDatabase.open();
});
afterAll(() => db.close());

describe('through the model and back', () => {
  it('keeps every one-feature snippet', async () => {
    const different: string[] = [];
    for (const one of await snippets()) {
      const measured = await measure(db, 'postgresql', ports, one);
      if (measured.difference.length + measured.writtenErrors.length + measured.verbatim.length > 0)
        different.push(report(measured));
    }
    expect(different).toEqual([]);
  }, 300_000);

  it.each(CORNERS)('keeps %s', async (name, sql) => {
    const measured = await measure(db, 'postgresql', ports, { name, sql });
    expect(measured.originalErrors).toEqual([]);
    expect(measured.writtenErrors).toEqual([]);
    expect(measured.difference).toEqual([]);
  });

  // The others run with `npm run fidelity`.
  it.each(files().filter(({ name }) => /azimutt|quartz|sakila/.test(name)))('keeps $name', async (one) => {
    const measured = await measure(db, 'postgresql', ports, one);
    expect(measured.writtenErrors).toEqual([]);
    expect(measured.difference).toEqual([]);
    expect(measured.catalogLines).toBeGreaterThan(100);
  });
});
