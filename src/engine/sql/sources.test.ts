import { beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import { parserForTests } from '#test/read-ddl.ts';
import type { PgParser } from './parser-port.ts';
import { importCalls, mergeTicks, planImport, replaceTicks } from './plan-import.ts';
import { type ReadResult, readSql, type SqlFile } from './read.ts';
import { MOST_KEPT, sourcesInOrder, withoutData, withoutSources, withSources, writtenPrints } from './sources.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DUMP = [
  '-- a shop\nCREATE TABLE shop (id integer PRIMARY KEY);\n',
  'INSERT INTO shop VALUES (1), (2);\nINSERT INTO shop VALUES (3);\n\nCOPY shop FROM stdin;\n4\n5\n\\.\n\n',
  'CREATE INDEX shop_by ON shop (id);\nALTER TABLE nowhere ADD CHECK (a >);\n',
].join('');

function read(...files: readonly SqlFile[]): ReadResult {
  const result = readSql(files, { dialect: 'postgresql' }, { parser });
  if (!result.ok) throw new Error(result.problem.message);
  return withSources(result.value, files);
}

describe('the files a document came from', () => {
  it('are kept without their rows of data, with what became of each statement', () => {
    const { document, receipt } = read({ name: 'shop.sql', text: DUMP });
    const [source] = sourcesInOrder(document);
    expect(source?.text).toBe(
      '-- a shop\nCREATE TABLE shop (id integer PRIMARY KEY);\n\n\nCREATE INDEX shop_by ON shop (id);\nALTER TABLE nowhere ADD CHECK (a >);\n',
    );
    const said = source?.statements.map((one) => [source.text.slice(one.start, one.end), one.state, one.rows, one.line]);
    expect(said).toEqual([
      ['CREATE TABLE shop (id integer PRIMARY KEY);', 'modelled', undefined, 2],
      ['', 'skipped', 5, 3],
      ['CREATE INDEX shop_by ON shop (id);', 'modelled', undefined, 11],
      ['ALTER TABLE nowhere ADD CHECK (a >);', 'error', undefined, 12],
    ]);
    expect(source?.statements[3]?.column).toBe(receipt.statements.at(-1)?.column);
    expect(source?.statements[2]?.part).toBe(Object.values(document.tables)[0]?.indexes[0]?.id);
  });

  it('say of each record how it was written, which changes with the record only', () => {
    const { document } = read({ name: 'shop.sql', text: DUMP });
    const [source] = sourcesInOrder(document);
    const [table] = Object.values(document.tables);
    if (table === undefined || source === undefined) throw new Error('nothing was read');
    expect(source.written).toEqual([{ record: table.id, print: writtenPrints(document).get(table.id) }]);
    const other = { ...document, tables: { [table.id]: { ...table, comment: 'x' } } };
    expect(writtenPrints(other).get(table.id)).not.toBe(source.written[0]?.print);
  });

  it('survive saving, and can be forgotten', () => {
    const { document } = read({ name: 'a.sql', text: DUMP }, { name: 'b.sql', text: 'CREATE TABLE b (id int);' });
    const opened = parseDocument(serialize(document));
    expect(opened.ok && opened.value.document.sources).toEqual(document.sources);
    expect(sourcesInOrder(document).map((one) => one.name)).toEqual(['a.sql', 'b.sql']);
    expect(withoutSources(document).sources).toEqual({});
    expect(withoutSources(document).tables).toBe(document.tables);
  });

  it('are not kept when they are too large, which is said', () => {
    const text = `CREATE TABLE t (a int);\n-- ${'x'.repeat(MOST_KEPT)}\n`;
    const [source] = sourcesInOrder(read({ name: 'large.sql', text }).document);
    expect(source?.text).toBe('');
    expect(source?.omitted).toContain('4 MB');
    expect(source?.statements).toHaveLength(1);
  });

  it('take the ids of the document they are merged into, beside the files of earlier imports', () => {
    const first = read({ name: 'shop.sql', text: 'CREATE TABLE shop (id integer);' }).document;
    const [table] = Object.values(first.tables);
    const mine = { ...first, tables: { mine: { ...table, id: 'mine' } } } as typeof first;
    const plan = planImport(mine, read({ name: 'shop.sql', text: DUMP }).document);
    const put = (ticks: ReadonlySet<string>, instead: boolean) => {
      const [call] = importCalls(plan, ticks, 'x', instead);
      if (call?.name !== 'putRecords') throw new Error('nothing is put');
      return call.args as { put: readonly { collection: string; record: { id: string } }[]; remove: readonly { id: string }[] };
    };
    const merged = put(mergeTicks(plan), false);
    const [source] = merged.put.filter((one) => one.collection === 'sources');
    expect(source?.record).toMatchObject({ order: 1, statements: [{ record: 'mine' }, { rows: 5 }, { record: 'mine' }, {}] });
    expect(Object.keys(mine.sources)).not.toContain(source?.record.id);
    expect(put(replaceTicks(plan), true).remove).toContainEqual({ collection: 'sources', id: Object.keys(mine.sources)[0] });
  });

  it('lose nothing but the rows, wherever they stand', () => {
    const { receipt } = read({ name: 'x', text: `${DUMP}INSERT INTO shop VALUES (9)` });
    const text = `${DUMP}INSERT INTO shop VALUES (9)`;
    const without = withoutData(text, receipt.statements);
    expect(without.text.endsWith('ADD CHECK (a >);\n')).toBe(true);
    expect(without.statements.reduce((sum, one) => sum + (one.rows ?? 0), 0)).toBe(6);
    expect(without.statements.every((one, at, all) => one.start >= (all[at - 1]?.end ?? 0) && one.end >= one.start)).toBe(true);
  });
});
