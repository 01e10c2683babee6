import { expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { previewOf } from './preview.ts';

const DDL = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers, placed timestamp);`;

const write = (document: Parameters<typeof writeDocument>[0]) => writeDocument(document, { version: 18 });

test('shows the statements a fix changes and adds, and leaves the document as it is', async () => {
  const parser = await parserForTests();
  const document = readDdl(parser, DDL);
  const text = JSON.stringify(document);
  const findings = checkDocument(document, { parser });
  const preview = (rule: string) => {
    const fix = findings.find((one) => one.rule === rule)?.fixes[0];
    if (fix === undefined) throw new Error(`no fix of ${rule}`);
    const result = previewOf(document, fix, write);
    if (!result.ok) throw new Error(result.problem.message);
    return result.value.statements.map((one) => [
      one.kind,
      one.lines.filter((line) => line?.kind !== 'same').map((line) => `${line?.kind}: ${line?.text.trim()}`),
    ]);
  };
  const widened = preview('fk-int-narrower-than-pk');
  expect(widened).toHaveLength(1);
  expect(widened[0]?.[0]).toBe('changed');
  expect(JSON.stringify(widened)).toMatch(/gone: customer_id integer.*new: customer_id bigint/);
  const indexed = preview('fk-index-missing');
  expect(indexed.map(([kind]) => kind)).toEqual(['added']);
  expect(JSON.stringify(indexed)).toContain('CREATE INDEX');
  expect(JSON.stringify(document)).toBe(text);
});

test('a fix that cannot be applied says why', async () => {
  const document = readDdl(await parserForTests(), DDL);
  const broken = { label: 'Nothing', calls: [{ name: 'removeTables', args: { ids: ['tbl_nowhere'] } } as const] };
  expect(previewOf(document, broken, write).ok).toBe(false);
});
