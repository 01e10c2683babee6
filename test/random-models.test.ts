import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commentText, ident, literal } from '#engine/dialects/postgres/quote.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { createWriteCache, writeDocument, writtenText } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { documents, withoutIds } from '#test/arbitrary/document.ts';
import { NAUGHTY_NAMES, NAUGHTY_TEXTS } from '#test/arbitrary/naughty.ts';
import { TestDatabase } from '#test/pglite.ts';
import { runs } from '#test/runs.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';

const { seed, numRuns } = runs(20_261_120, 30);

let db: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  parser = await loadPgParser();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

function readBack(text: string): Document {
  const read = readSql([{ name: 'random', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

describe('a random model', () => {
  it(`runs on PostgreSQL and reads back equal (seed ${seed}, ${numRuns} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const written = writeDocument(document, { version: 18 });
        await db.reset();
        expect(await db.run(written.statements.map((statement) => statement.sql))).toEqual([]);
        expect(withoutIds(readBack(writtenText(written)))).toEqual(withoutIds(document));
      }),
      { seed, numRuns },
    );
  }, 1_200_000);

  it('has a source map that points into its statements, and a key for each', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { statements } = writeDocument(document, { version: 18 });
        expect(new Set(statements.map((statement) => statement.key)).size).toBe(statements.length);
        for (const { sql, parts } of statements) {
          for (const part of parts) {
            expect(part.start).toBeLessThan(part.end);
            expect(part.end).toBeLessThanOrEqual(sql.length);
          }
        }
        const columns = Object.values(document.tables).flatMap((table) => table.columns);
        const mapped = new Map(
          statements.flatMap(({ sql, parts }) => parts.map((part) => [part.id, sql.slice(part.start, part.end)])),
        );
        for (const column of columns) expect(mapped.get(column.id)?.startsWith(ident(column.name))).toBe(true);
      }),
      { seed, numRuns },
    );
  });

  it('is written the same with a warm cache as from nothing, edit after edit', () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 2, maxLength: 5 }), (versions) => {
        const cache = createWriteCache();
        for (const document of versions) {
          expect(writeDocument(document, { version: 18, cache })).toEqual(writeDocument(document, { version: 18 }));
        }
      }),
      { seed, numRuns },
    );
  });
});

describe('naughty strings', () => {
  it('come through PostgreSQL as names, literals and comments', async () => {
    await db.reset();
    expect(NAUGHTY_NAMES.length).toBeGreaterThan(350);
    const columns = NAUGHTY_NAMES.filter((name, i) => NAUGHTY_NAMES.indexOf(name) === i);
    const ddl = columns.map(
      (name, i) => `CREATE TABLE t_${i} (${ident(name)} text DEFAULT ${literal(name)}); ${commentText(name)}\n`,
    );
    expect(await db.run(ddl)).toEqual([]);
    // As bytes: a client's decoder takes a byte order mark away.
    const rows = await db.query<{ name: string }>(
      `SELECT encode(convert_to(attname::text, 'UTF8'), 'hex') AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE relname ~ '^t_[0-9]+$' AND attnum > 0
       ORDER BY substr(relname, 3)::int`,
    );
    expect(rows.map((row) => Buffer.from(row.name, 'hex').toString())).toEqual(columns);
    for (const [i, text] of NAUGHTY_TEXTS.entries()) {
      const [row] = await db.query<{ same: string }>(
        `SELECT encode(convert_to(${literal(text)}, 'UTF8'), 'hex') AS same ${commentText(`${text}\nand more`)}\n`,
      );
      expect(Buffer.from(row?.same ?? '', 'hex').toString(), `text ${i}`).toBe(text);
    }
  });

  it('read back as comments and defaults of one table', () => {
    const lines = NAUGHTY_TEXTS.map((text, i) => `  c${i} text DEFAULT ${literal(text)}`).join(',\n');
    const comments = NAUGHTY_TEXTS.map((text, i) => `COMMENT ON COLUMN t.c${i} IS ${literal(text)};`).join('\n');
    const document = readBack(`CREATE TABLE t (\n${lines}\n);\n${comments}`);
    const table = Object.values(document.tables)[0];
    const wanted = NAUGHTY_TEXTS.map((text) => (text === '' ? undefined : text));
    expect(table?.columns.map((column) => column.comment)).toEqual(wanted);
    const again = readBack(writtenText(writeDocument(document, { version: 18 })));
    expect(withoutIds(again)).toEqual(withoutIds(document));
  });
});
