import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planImport } from '#engine/sql/plan-import.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { corpus } from '#test/corpus.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { measure, report, throughFile } from './measure.ts';
import { mysqlSnippets } from './mysql-snippets.ts';

const SNIPPETS = mysqlSnippets();
const PAIRS = SNIPPETS.flatMap((one) =>
  (['mysql', 'mariadb'] as const)
    .filter((dialect) => one.of === 'both' || one.of === dialect)
    .map((dialect): [Dialect, string, typeof one] => [dialect, one.name, one]),
);

describe('MySQL and MariaDB, read, written and read again', () => {
  it('has snippets of every feature', () => expect(SNIPPETS.length).toBeGreaterThanOrEqual(50));

  it.each(PAIRS)('%s: %s', (dialect, _name, one) => {
    const { document, receipt } = throughFile(one, dialect, {});
    expect(receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
    const written = writeDocument(document, { version: DEFAULT_VERSION[dialect] });
    expect(written.unsupported).toEqual([]);
    const again = throughFile({ name: one.name, sql: writtenText(written) }, dialect, {});
    expect(again.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
    const differences = planImport(document, again.document).items.filter((item) => item.state !== 'same');
    expect(differences.map(({ label, state, changes }) => ({ label, state, changes }))).toEqual([]);
    // Written again it is the same text, remarks and all.
    expect(writtenText(writeDocument(again.document, { version: DEFAULT_VERSION[dialect] }))).toBe(writtenText(written));
  });
});

const found = ENGINES.MariaDB.find();

describe.skipIf(!found.ok)('MariaDB takes the original and what is written of it for the same', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await ENGINES.MariaDB.open();
  });
  afterAll(() => engine?.close());

  it.each(PAIRS.filter(([, , one]) => one.of !== 'mysql'))('%s: %s', async (dialect, _name, one) => {
    const measured = await measure(engine, dialect, {}, one);
    expect(measured.originalErrors).toEqual([]);
    expect(measured.writtenErrors).toEqual([]);
    expect(report(measured)).toMatch(/^same /);
    expect(measured.honesty.undeclared).toEqual([]);
  });

  it.each(corpus('mysql'))('$name', async (one) => {
    const measured = await measure(engine, 'mysql', {}, one);
    expect(report(measured)).toMatch(/^same .* 1\.0000 /);
    expect(measured.counts.error).toBe(0);
  });
});
