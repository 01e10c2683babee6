import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { documentOf, EXAMPLES, unsaidDifferences } from '#test/exchange-documents.ts';
import { TestDatabase } from '#test/pglite.ts';
import { catalogQuery } from './queries.ts';
import { catalogReader, readCatalog } from './read.ts';

function imported(text: string): { readonly document: Document; readonly lost: readonly string[] } {
  const read = readCatalog({ name: 'catalog.json', text });
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
  expect(validate(read.value.document)).toEqual([]);
  return { document: read.value.document, lost: read.value.receipt.lost.map(({ object }) => object) };
}

const ddlOf = (document: Document) => writeDocument(document, { version: 18 }).statements.map(({ sql }) => sql);

/** Kinds of catalog lines that the query does not ask for, or that belong to what it does not ask for. */
const NOT_ASKED =
  /^(?:routine|function|aggregate|trigger|policy|rule|acl|grant|default acl|owner|extension|comment .*(?:function|trigger|policy)|language|operator|statistics)/i;

describe('the catalog of PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it.each([...EXAMPLES, 'test/data/sql/postgresql/azimutt.sql'])(
    'of %s, imported and written anew, is the same catalog',
    async (path) => {
      await db.reset();
      const text = readFileSync(path, 'utf8');
      const statements = splitSql(text, 'postgresql').filter(({ kind }) => kind === 'statement');
      await db.run(statements.map(({ start, end }) => text.slice(start, end)));
      const before = await db.catalog();
      const [row] = await db.query<{ catalog: unknown }>(catalogQuery('postgresql'));
      const { document } = imported(JSON.stringify(row?.catalog));
      await db.reset();
      await db.run(ddlOf(document));
      const after = new Set(await db.catalog());
      const missing = before.filter((line) => !after.has(line) && !NOT_ASKED.test(line));
      expect(missing.slice(0, 20)).toEqual([]);
    },
  );
});
