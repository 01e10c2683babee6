import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import type { QueryParameter } from '#model/query-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { candidateText } from '#test/workload.ts';
import { SHOP } from '#test/workload-schema.ts';
import type { Candidate } from './candidate.ts';
import { candidatesFor } from './candidates.ts';

let parser: PgParser;
let shop: Document;

beforeAll(async () => {
  parser = await parserForTests();
  shop = readDdl(parser, SHOP);
});

interface Asked {
  readonly sql: string;
  readonly parameters?: readonly QueryParameter[];
}

function candidates(document: Document, ...queries: readonly (string | Asked)[]): readonly Candidate[] {
  const asked = queries.map((one, i) => {
    const query = typeof one === 'string' ? { sql: one } : one;
    return {
      id: `q${i}`,
      facts: analyseQuery(document, query, parser),
      ...(query.parameters === undefined ? {} : { parameters: query.parameters }),
    };
  });
  const ports = document.settings['settings']?.dialect === 'postgresql' ? { parser } : {};
  return candidatesFor(document, asked, ports).value;
}

function texts(document: Document, ...queries: readonly (string | Asked)[]): string[] {
  return candidates(document, ...queries).map((one) => candidateText(document, one));
}

/** The candidate with this text. */
function the(text: string, ...queries: readonly (string | Asked)[]): Candidate {
  const found = candidates(shop, ...queries).find((one) => candidateText(shop, one) === text);
  if (found === undefined) throw new Error(`no ${text} among\n${texts(shop, ...queries).join('\n')}`);
  return found;
}

const plain = (list: readonly string[]) => list.filter((one) => !/ include | where | hash | brin /.test(one));

describe('what is said of a candidate', () => {
  const whys = (text: string, sql: string) => the(text, sql).reasons.map(({ why }) => why);

  it('names the order that it is in, and what is sorted then', () => {
    const sql = 'SELECT id FROM orders WHERE (placed_on, id) < ($1, $2) ORDER BY placed_on DESC, id DESC LIMIT 20';
    expect(whys('orders (placed_on)', sql)).toContain('in the order of placed_on; rows that are equal in it are sorted by id');
    expect(whys('orders (placed_on)', sql)).not.toContain('in the order of placed_on, id');
    expect(whys('orders (placed_on, id)', sql)).toContain('in the order of placed_on, id');
  });

  it('names what a GiST index holds beside the range', () => {
    const ddl = 'CREATE TABLE bookings (id int PRIMARY KEY, room int NOT NULL, during tstzrange NOT NULL);';
    const document = readDdl(parser, ddl);
    const all = candidates(document, 'SELECT id FROM bookings WHERE room = $1 AND during && $2');
    const both = all.find(({ index }) => index.method === 'gist' && index.elements.length === 2);
    expect(both?.reasons.map(({ why }) => why)).toEqual(['finds rows by room and during &&']);
  });
});

describe('shapes', () => {
  it('equality, sort, range: in both orders, with each column’s role', () => {
    const sql = 'SELECT * FROM orders WHERE customer_id = $1 AND total > $2 ORDER BY placed_on LIMIT 10';
    expect(plain(texts(shop, sql))).toEqual([
      'orders (customer_id)',
      'orders (customer_id, total)',
      'orders (total)',
      'orders (customer_id, placed_on)',
      'orders (customer_id, placed_on, total)',
      'orders (customer_id, total, placed_on)',
    ]);
    expect(the('orders (customer_id, placed_on, total)', sql).parts.map((one) => one.role)).toEqual(['E', 'S', 'R']);
    expect(the('orders (customer_id, total, placed_on)', sql).parts.map((one) => one.role)).toEqual(['E', 'R', 'S']);
    expect(the('orders (customer_id, placed_on, total)', sql).reasons).toEqual([
      {
        query: 'q0',
        use: 0,
        shape: 'equality-sort-range',
        why: 'finds rows by customer_id, in the order of placed_on, within a range of total',
      },
    ]);
  });

  it('a column that is asked for in two ways is named once', () => {
    const sql =
      'SELECT i.qty FROM items i JOIN products p ON p.id = i.product_id WHERE i.product_id = $1 AND i.product_id > 5 AND i.qty > 2';
    const found = candidates(shop, sql);
    const said = found.flatMap(({ reasons }) => reasons.map(({ why }) => why));
    expect(said.filter((why) => /\bproduct_id\b.*\bproduct_id\b/.test(why))).toEqual([]);
    expect(said).toContain('finds the rows that a join asks for by product_id');
    expect(said).toContain('finds the rows that a join asks for by product_id within a range of qty');
  });

  it('a list of values stands before the order, and behind it', () => {
    const found = texts(
      shop,
      'SELECT * FROM orders WHERE customer_id = 1 AND product_id IN (1)'.replace(
        'product_id IN (1)',
        'total IN (1, 2) ORDER BY placed_on LIMIT 3',
      ),
    );
    expect(found).toContain('orders (customer_id, total, placed_on)');
    expect(found).toContain('orders (customer_id, placed_on, total)');
  });

  it('the order of equality is that which other queries share', () => {
    const found = candidates(
      shop,
      'SELECT * FROM orders WHERE note = $1 AND customer_id = $2 AND placed_on = $3',
      'SELECT * FROM orders WHERE customer_id = $1 AND total = $2',
      'SELECT * FROM orders WHERE customer_id = $1',
    );
    const first = found.find((one) => one.reasons[0]?.query === 'q0' && one.parts.length === 3);
    expect(first === undefined ? '' : candidateText(shop, first)).toBe('orders (customer_id, note, placed_on)');
  });

  it('directions: one throughout is none, mixed ones are said, NULLs too', () => {
    expect(texts(shop, 'SELECT * FROM orders ORDER BY total DESC, placed_on DESC')).toEqual([
      'orders (total, placed_on)',
      'orders (total)',
    ]);
    expect(texts(shop, 'SELECT * FROM orders ORDER BY total DESC, placed_on')).toEqual([
      'orders (total desc, placed_on)',
      'orders (total)',
    ]);
    expect(texts(shop, 'SELECT * FROM orders ORDER BY total DESC NULLS LAST')).toEqual(['orders (total desc nulls last)']);
  });

  it('what follows a whole unique key is left out; what the table has is not proposed', () => {
    expect(texts(shop, 'SELECT * FROM orders WHERE id = $1 AND total > 5')).toEqual(['orders (total)']);
    expect(texts(shop, 'SELECT * FROM customers WHERE email = $1')).toEqual(['customers hash (email)']);
    expect(texts(shop, 'SELECT * FROM items WHERE order_id = $1')).toEqual([]);
    expect(texts(shop, 'SELECT qty FROM items WHERE order_id = $1')).toEqual(['items (order_id) include (qty)']);
  });

  it('joins: the side that is looked up, alone and with its own conditions', () => {
    expect(
      plain(texts(shop, 'SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.total > 5 AND c.country = $1')),
    ).toEqual([
      'customers (country)',
      'customers (country, id)',
      'orders (total)',
      'orders (customer_id)',
      'orders (customer_id, total)',
    ]);
    expect(texts(shop, 'SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id')).toEqual([
      'orders (customer_id)',
    ]);
    expect(
      texts(
        shop,
        'SELECT 1 FROM bookings b WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.note = b.room::text AND o.total = b.id)',
      ),
    ).toEqual(['orders (note, total)', 'orders (note)', 'orders (total)', 'orders (total, note)']);
  });

  it('groups, DISTINCT, the least and the greatest', () => {
    expect(texts(shop, 'SELECT customer_id, max(placed_on) FROM orders GROUP BY customer_id')).toEqual([
      'orders (customer_id)',
      'orders (customer_id) include (placed_on)',
      'orders (customer_id, placed_on)',
    ]);
    expect(texts(shop, 'SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY customer_id, total DESC')).toContain(
      'orders (customer_id, total desc)',
    );
    expect(texts(shop, 'SELECT max(total) FROM orders WHERE customer_id = $1')).toContain('orders (customer_id, total)');
  });

  it('each arm of an OR', () => {
    const found = texts(shop, 'SELECT * FROM orders WHERE placed_on = $3 AND (customer_id = $1 OR total > $2)');
    expect(found).toEqual(
      expect.arrayContaining([
        'orders (customer_id)',
        'orders (total)',
        'orders (placed_on, customer_id)',
        'orders (placed_on, total)',
      ]),
    );
  });

  it('a page by its last row', () => {
    const found = texts(
      shop,
      'SELECT * FROM orders WHERE customer_id = $1 AND (total, note) > ($2, $3) ORDER BY total, note LIMIT 5',
    );
    expect(found).toContain('orders (customer_id, total, note)');
  });

  it('included columns, where they are few', () => {
    expect(texts(shop, 'SELECT total FROM orders WHERE customer_id = $1')).toEqual([
      'orders (customer_id)',
      'orders (customer_id) include (total)',
    ]);
    const covering = the('orders (customer_id) include (total)', 'SELECT total FROM orders WHERE customer_id = $1');
    expect(covering.parts.map((one) => one.role)).toEqual(['E', 'I']);
    expect(texts(shop, 'SELECT id, status, created_at, placed_on, total, note, tags FROM orders WHERE customer_id = $1')).toEqual([
      'orders (customer_id)',
    ]);
  });
});

describe('partial indexes', () => {
  it('come from literals, and say so', () => {
    const sql = 'SELECT id FROM orders WHERE deleted_at IS NULL AND customer_id = $1';
    const found = the('orders (customer_id) where deleted_at IS NULL', sql);
    expect(found.notes).toEqual(['Its predicate deleted_at IS NULL stands in the query as a literal.']);
    expect(
      texts(shop, 'SELECT id FROM orders WHERE status = $1 AND customer_id = $2').filter((one) => one.includes('where')),
    ).toEqual([]);
  });

  it('are keyed by the primary key where the predicate says all', () => {
    expect(texts(shop, "SELECT count(*) FROM orders WHERE status = 'open'")).toEqual([
      'orders (status)',
      "orders (id) where status = 'open'",
    ]);
  });

  it('come from declared shares of a parameter, with their share', () => {
    const parameters = [{ name: '$1', values: [{ sql: "'open'", share: 0.2 }, { sql: "'sent'" }] }];
    const asked = { sql: 'SELECT id FROM orders WHERE status = $1 AND customer_id = $2', parameters };
    const found = the("orders (customer_id) where status = 'open'", asked);
    expect(found.notes).toEqual([
      "Its predicate comes from the declared values of $1: 'open' in 20 % of the calls. A generic plan does not use it.",
    ]);
    expect(texts(shop, asked).filter((one) => one.includes("'sent'"))).toEqual([]);
  });

  it('come only from what every call has: not from a value that is one of many', () => {
    const partial = (sql: string) => texts(shop, sql).filter((one) => one.includes('where'));
    expect(partial('SELECT id FROM orders WHERE customer_id = 42 ORDER BY placed_on')).toEqual([]);
    expect(partial("SELECT id FROM orders WHERE lower(note) = 'a' ORDER BY placed_on")).toEqual([]);
    expect(partial("SELECT id FROM orders WHERE placed_on > '2026-01-01' AND customer_id = $1")).toEqual([]);
    expect(partial('SELECT id FROM orders WHERE total > 1000 AND customer_id = $1')).toEqual([]);
    expect(partial('SELECT id FROM orders WHERE total > 0 AND customer_id = $1')).toContain('orders (customer_id) where total > 0');
    expect(partial("SELECT id FROM orders WHERE status = 'open' AND customer_id = $1")).toContain(
      "orders (customer_id) where status = 'open'",
    );
  });

  it('hold only what PostgreSQL takes: nothing that depends on the time or the session', () => {
    expect(
      texts(shop, 'SELECT id FROM orders WHERE created_at < now() AND customer_id = $1').filter((one) => one.includes('where')),
    ).toEqual([]);
    expect(
      texts(shop, "SELECT id FROM orders WHERE created_at::date = '2026-01-01' AND customer_id = $1").filter((one) =>
        one.includes('where'),
      ),
    ).toEqual([]);
  });
});

describe('other kinds of index', () => {
  it.each([
    ["SELECT * FROM customers WHERE name LIKE 'a%'", 'customers (name varchar_pattern_ops)'],
    ["SELECT * FROM orders WHERE note LIKE 'a%' AND customer_id = 1", 'orders (customer_id, note text_pattern_ops)'],
    ["SELECT * FROM orders WHERE note ILIKE '%a%'", 'orders gin (note gin_trgm_ops)'],
    ["SELECT * FROM orders WHERE lower(note) LIKE '%a%'", 'orders gin ((lower(note)) gin_trgm_ops)'],
    ["SELECT * FROM orders WHERE data @> '{}'", 'orders gin (data jsonb_path_ops)'],
    ["SELECT * FROM orders WHERE data ? 'a'", 'orders gin (data)'],
    ["SELECT * FROM orders WHERE data->>'kind' = $1", "orders ((data ->> 'kind'))"],
    ["SELECT * FROM orders WHERE 'a' = ANY (tags)", 'orders gin (tags)'],
    ["SELECT * FROM customers WHERE search @@ plainto_tsquery('english', $1)", 'customers gin (search)'],
    [
      "SELECT * FROM orders WHERE to_tsvector('english', note) @@ to_tsquery('english', $1)",
      "orders gin ((to_tsvector('english', note)))",
    ],
    ['SELECT * FROM bookings WHERE during && $1::tstzrange', 'bookings gist (during)'],
    ['SELECT * FROM bookings WHERE room = 4 AND during && $1::tstzrange', 'bookings gist (room, during)'],
    ["SELECT * FROM customers ORDER BY home <-> point '(1,2)' LIMIT 3", 'customers gist (home)'],
    ['SELECT * FROM orders WHERE created_at > $1', 'orders brin (created_at)'],
    ['SELECT * FROM orders WHERE note = $1', 'orders hash (note)'],
    ['SELECT * FROM orders WHERE lower(note) = $1', 'orders ((lower(note)))'],
  ])('%s', (sql, wanted) => {
    expect(texts(shop, sql)).toContain(wanted);
  });

  it('name the extension they need', () => {
    expect(the('orders gin (note gin_trgm_ops)', "SELECT * FROM orders WHERE note ILIKE '%a%'").extension).toBe('pg_trgm');
    expect(the('bookings gist (room, during)', 'SELECT * FROM bookings WHERE room = 4 AND during && $1::tstzrange').extension).toBe(
      'btree_gist',
    );
  });

  it('no expression that depends on the session, no B-tree over documents', () => {
    expect(texts(shop, 'SELECT * FROM orders WHERE date(created_at) = $1')).toEqual([]);
    expect(texts(shop, "SELECT * FROM orders WHERE data = '{}'")).toEqual([]);
  });
});

describe('what others ask for', () => {
  it('a foreign key, where rows of the parent go or its key changes', () => {
    const found = the('orders (customer_id)', 'DELETE FROM customers WHERE id = $1');
    expect(found.reasons).toEqual([
      {
        query: 'q0',
        relationship: expect.any(String),
        shape: 'foreign-key',
        why: 'rows are deleted from customers: each asks for rows here by customer_id',
      },
    ]);
    expect(texts(shop, 'UPDATE customers SET id = 5 WHERE id = 4')).toEqual(['orders (customer_id)']);
    expect(texts(shop, 'UPDATE customers SET name = $1 WHERE id = 4')).toEqual([]);
    expect(texts(shop, 'INSERT INTO orders (id, customer_id) VALUES (1, 2)')).toEqual([]);
  });

  it('ON CONFLICT needs its unique index', () => {
    const insert = (target: string) => `INSERT INTO customers (id, email) VALUES (1, 'a') ON CONFLICT ${target} DO NOTHING`;
    expect(texts(shop, insert('(name, born)'))).toEqual(['unique customers (name, born)']);
    expect(texts(shop, insert('(lower(email)) WHERE active'))).toEqual(['unique customers ((lower(email))) where active']);
    expect(texts(shop, insert('(email)'))).toEqual([]);
  });

  it('two queries with one equality share an index', () => {
    const found = candidates(
      shop,
      'SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed_on',
      'SELECT * FROM orders WHERE customer_id = $1 AND total > $2',
    );
    const merged = found
      .filter((one) => one.reasons.some((reason) => reason.shape === 'merged'))
      .map((one) => candidateText(shop, one));
    expect(merged).toContain('orders (customer_id, placed_on, total)');
    const covering = texts(
      shop,
      'SELECT total FROM orders WHERE customer_id = $1',
      'SELECT placed_on FROM orders WHERE customer_id = $1',
    );
    expect(covering).toContain('orders (customer_id) include (total,placed_on)');
  });

  it('stops when it is told to, and says so', () => {
    const facts = analyseQuery(shop, { sql: 'SELECT * FROM orders WHERE total = 1' }, parser);
    const stopped = candidatesFor(shop, [{ id: 'q', facts }], { parser, budget: { shouldStop: () => true } });
    expect(stopped).toEqual({
      value: [],
      complete: false,
      reason: 'The search was stopped: tables after these were not looked at.',
    });
  });
});

describe('other dialects', () => {
  const DDL: Partial<Record<Dialect, string>> = {
    mysql: 'CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b VARCHAR(50) NOT NULL, c DATETIME, body TEXT, j JSON)',
    sqlite: 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT NOT NULL, c TEXT, body TEXT, j TEXT)',
    mssql:
      'CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b NVARCHAR(50) NOT NULL, c DATETIME2, body NVARCHAR(MAX), j INT, status NVARCHAR(20))',
    oracle: 'CREATE TABLE t (id NUMBER PRIMARY KEY, a NUMBER NOT NULL, b VARCHAR2(50) NOT NULL, c DATE, body CLOB, j NUMBER)',
  };

  function in_(dialect: Dialect, sql: string): string[] {
    const read = readSql([{ name: 't.sql', text: DDL[dialect] ?? '' }], { dialect }, {});
    if (!read.ok) throw new Error(read.problem.message);
    return texts(read.value.document, sql).map((one) => one.toLowerCase().replaceAll(/[`"[\]]/g, ''));
  }

  it('InnoDB: no INCLUDE, no predicates, lengths for texts, FULLTEXT', () => {
    expect(in_('mysql', "SELECT c FROM t WHERE a = ? AND b = 'x'")).toEqual([
      't (a, b)',
      't (a, b, c)',
      't (b, a)',
      't (a)',
      't (b)',
    ]);
    expect(in_('mysql', 'SELECT id FROM t WHERE body = ?')).toEqual(['t (body 191)']);
    expect(in_('mysql', "SELECT id FROM t WHERE body LIKE '%x%'")).toEqual(['t fulltext (body)']);
    expect(in_('mysql', 'SELECT id FROM t WHERE MATCH (body) AGAINST (?)')).toEqual(['t fulltext (body)']);
    expect(in_('mysql', 'SELECT * FROM t WHERE b <=> ? ORDER BY a DESC, c')).toEqual(['t (b)', 't (b, a desc, c)', 't (b, a)']);
    expect(in_('mysql', 'SELECT * FROM t WHERE LOWER(b) = ?')).toEqual(['t ((lower(b)))']);
  });

  it('SQLite: predicates, expressions, a collation for LIKE', () => {
    const found = in_('sqlite', 'SELECT * FROM t WHERE a = 3 AND c IS NULL');
    expect(found).toEqual(expect.arrayContaining(['t (a, c)', 't (a) where c is null']));
    expect(found).not.toContain('t (c) where a = 3');
    expect(in_('sqlite', "SELECT * FROM t WHERE b LIKE 'x%'")).toContain('t (b nocase)');
    expect(in_('sqlite', 'SELECT * FROM t WHERE id = ?')).toEqual([]);
  });

  it('SQL Server: INCLUDE, filters of plain comparisons, nothing over MAX', () => {
    expect(in_('mssql', 'SELECT c FROM t WHERE a = @a')).toEqual(['t (a)', 't (a) include (c)']);
    expect(in_('mssql', "SELECT c FROM t WHERE a = @a AND status = 'x'")).toContain("t (a) where status = 'x'");
    expect(in_('mssql', "SELECT * FROM t WHERE a = @a AND (b = 'x' OR c IS NULL) AND UPPER(b) = 'X'")).not.toContain(
      "t (a) where upper(b) = 'x'",
    );
    expect(in_('mssql', 'SELECT id FROM t WHERE body = @b')).toEqual([]);
  });

  it('Oracle: expressions, nothing over LOBs', () => {
    expect(in_('oracle', 'SELECT * FROM t WHERE UPPER(b) = :b')).toEqual(['t ((upper(b)))']);
    expect(in_('oracle', 'SELECT id FROM t WHERE body = :b')).toEqual([]);
  });
});
