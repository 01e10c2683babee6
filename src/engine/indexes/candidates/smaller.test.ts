import { beforeAll, describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { candidateText } from '#test/workload.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import type { Candidate } from './candidate.ts';
import { candidatesFor } from './candidates.ts';

/** Many rows for each order, so that lists of rows make an index of orders alone a good deal smaller than the key. */
const DDL = `CREATE TABLE items (order_id integer NOT NULL, line integer NOT NULL, part integer NOT NULL, price integer NOT NULL,
  PRIMARY KEY (order_id, line));`;

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function withRows(document: Document, rows: number, orders: number): Document {
  const tables = Object.entries(document.tables).map(([id, table]): [string, Table] => {
    const columns = table.columns.map((one) => (one.name === 'order_id' ? { ...one, facts: { distinct: orders } } : one));
    return [id, { ...table, facts: { rows }, columns }];
  });
  return { ...document, tables: Object.fromEntries(tables) };
}

function found(document: Document, sql: string): readonly Candidate[] {
  const { dialect } = document.settings['settings'] ?? {};
  const facts = analyseQuery(document, { sql }, parser);
  return candidatesFor(document, [{ id: 'q', facts }], dialect === 'postgresql' ? { parser } : {}).value;
}

const texts = (document: Document, sql: string) => found(document, sql).map((one) => candidateText(document, one));
const GROUPED = 'SELECT order_id, sum(price) FROM items GROUP BY order_id';

describe('an index that a key begins with', () => {
  it('is a candidate where it is much smaller and rows are read in its order, and says how much', () => {
    const document = withRows(readDdl(parser, DDL), 1e6, 1e5);
    const one = found(document, GROUPED).find((each) => candidateText(document, each) === 'items (order_id)');
    expect(one?.notes).toHaveLength(1);
    expect(one?.notes[0]).toMatch(
      /^Smaller than items_pkey, which begins with it: about \d\d % of its room\.$|^Smaller than the primary key \(order_id, line\), which begins with it: about \d\d % of its room\.$/,
    );
  });

  it('is one where nothing else is read of the table', () => {
    const document = withRows(readDdl(parser, DDL), 1e6, 1e5);
    expect(texts(document, 'SELECT count(*) FROM items WHERE order_id > 5')).toContain('items (order_id)');
  });

  it('is none where it only finds a few rows: the key does so as well', () => {
    const document = withRows(readDdl(parser, DDL), 1e6, 1e5);
    expect(texts(document, 'SELECT price FROM items WHERE order_id = $1')).not.toContain('items (order_id)');
    expect(texts(document, 'SELECT price FROM items WHERE order_id = $1 ORDER BY line')).toEqual(
      expect.not.arrayContaining(['items (order_id)', 'items (order_id, line)']),
    );
  });

  it('is none where it is hardly smaller', () => {
    // One row an order: each entry is as large as the key's.
    expect(texts(withRows(readDdl(parser, DDL), 1e6, 1e6), GROUPED)).not.toContain('items (order_id)');
  });

  it('is none with all that the key holds', () => {
    const document = withRows(readDdl(parser, DDL), 1e6, 1e5);
    expect(texts(document, 'SELECT order_id, line FROM items ORDER BY order_id, line')).not.toContain('items (order_id, line)');
  });

  it.each(['mysql', 'mariadb', 'sqlite', 'mssql'] as const)(
    'is none where the rows lie in the key’s order (%s)',
    (dialect: Dialect) => {
      const without = dialect === 'sqlite' ? DDL.replace(');', ') WITHOUT ROWID;') : DDL;
      const read = readSql([{ name: 'x.sql', text: without }], { dialect }, {});
      if (!read.ok) throw new Error(read.problem.message);
      const { document } = read.value;
      expect(texts(withRows(document, 1e6, 1e5), GROUPED)).not.toContain('items (order_id)');
    },
  );
});
