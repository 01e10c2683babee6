import { beforeAll, describe, expect, it } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { validate } from '#model/validate.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, withCalls } from '#test/read-ddl.ts';
import { areaCalls, factCalls } from './attach.ts';
import { EXAMPLES } from './examples.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

describe.each(EXAMPLES)('the example $id', (example) => {
  async function read() {
    const files = [{ name: `${example.id}.sql`, text: await example.sql() }];
    const result = readSql(files, { dialect: 'postgresql' }, { parser });
    if (!result.ok) throw new Error(result.problem.message);
    return result.value;
  }

  it('comes in whole: nothing is skipped or refused', async () => {
    const { receipt } = await read();
    expect(receipt.counts).toMatchObject({ error: 0, skipped: 0, residue: 0 });
    expect(receipt.lost).toEqual([]);
  });

  it('finds every table and column that is said about', async () => {
    const { document } = await read();
    const calls = factCalls(document, example, '2026-01-01');
    const expected = example.dependencies.length + Object.keys(example.classified).length + example.decisions.length;
    expect(calls).toHaveLength(expected);
    const wanted = example.dependencies.map((one) => one.determinant.length + one.dependent.length);
    const found = calls.flatMap((call) =>
      call.name === 'addDependency' ? [call.args.part.determinant.length + call.args.part.dependent.length] : [],
    );
    expect(found).toEqual(wanted);
    const areas = areaCalls(document, example);
    const placed = areas.flatMap((call) => (call.name === 'placeObjects' ? [call.args.places.length] : []));
    expect(placed).toEqual(example.areas.map((area) => area.tables.length));
    expect(validate(withCalls(document, [...calls, ...areas]))).toEqual([]);
  });

  it('is an example of good design: the rules have nothing to object', async () => {
    const { document } = await read();
    const findings = checkDocument(withCalls(document, factCalls(document, example, '2026-01-01')), { parser });
    expect(findings.filter((one) => one.severity !== 'info').map((one) => `${one.rule}: ${one.message.what}`)).toEqual([]);
  });

  it('runs on PostgreSQL', async () => {
    const database = await TestDatabase.open();
    try {
      expect(await database.run([await example.sql()])).toEqual([]);
    } finally {
      await database.close();
    }
  });
});
