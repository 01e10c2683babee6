import { beforeAll, describe, expect, it } from 'vitest';
import { knownFacts } from '#engine/facts/facts.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { factLines } from '#test/workload.ts';
import { analyseQuery } from './analyse.ts';
import { indexOfView, isStoredView, storedColumnId, storedColumnName } from './stored-view.ts';
import { withStoredViews, withViewsUnfilled } from './stored-views.ts';

const DDL = `
CREATE TABLE customers (id bigint PRIMARY KEY, country char(2) NOT NULL, email varchar(200));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), total numeric(12,2) NOT NULL,
  placed timestamptz NOT NULL, state text NOT NULL, pieces integer);
CREATE MATERIALIZED VIEW takings AS
  SELECT customer_id, date_trunc('month', placed) AS month, sum(total) AS total, count(*) AS orders, avg(pieces) AS mean, sum(pieces) AS pieces
  FROM orders GROUP BY 1, 2;
CREATE UNIQUE INDEX takings_key ON takings (customer_id, month) INCLUDE (total);
CREATE INDEX ON takings (lower(month::text));
CREATE MATERIALIZED VIEW abroad (who, land) AS SELECT c.id, c.country FROM customers c JOIN takings t ON t.customer_id = c.id WHERE c.country <> 'CH';
CREATE MATERIALIZED VIEW odd AS SELECT * FROM somewhere_else;
CREATE VIEW dear AS SELECT customer_id, total FROM takings WHERE total > 1000;`;

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  const read = readDdl(parser, DDL);
  const tables = Object.fromEntries(
    Object.entries(read.tables).map(([id, table]): [string, Table] => [
      id,
      {
        ...table,
        facts: { rows: table.name === 'orders' ? 1_000_000 : 2000 },
        columns: table.columns.map((one) => (one.name === 'customer_id' ? { ...one, facts: { distinct: 500 } } : one)),
      },
    ]),
  );
  document = { ...read, tables };
});

const view = (name: string) => Object.values(document.views).find((one) => one.name === name)?.id ?? '';
const shown = (): Document => ({ ...withStoredViews(document, parser), views: document.views });
const said = (sql: string) => factLines(shown(), analyseQuery(document, { sql }, parser));

describe('a query on a materialized view', () => {
  it('is a use of it, with its conditions, and not of the tables below', () => {
    expect(said('SELECT total FROM takings WHERE customer_id = 7 AND month >= $1 ORDER BY month')).toEqual([
      'takings: equal customer_id = 7; range month >= $1; order month; needs customer_id,month,total',
    ]);
  });

  it('has all its columns by star', () => {
    expect(said('SELECT * FROM takings t')).toEqual(['takings t: needs *']);
    expect(said('SELECT a.* FROM abroad AS a (x) WHERE x = 5')).toEqual(['abroad a: equal who = 5; needs *']);
  });

  it('reaches it through a view, and joins it', () => {
    expect(said('SELECT d.total FROM dear d JOIN customers c ON c.id = d.customer_id WHERE c.email = $1')).toEqual([
      'takings via dear: range total > 1000; needs customer_id,total',
      'customers c: equal email = $1; needs id,email',
      'inner: c.id = takings.customer_id',
    ]);
  });

  it('has findings for what it does not give', () => {
    expect(said('SELECT mont FROM takings')).toEqual([
      'takings: needs',
      'error unknown-column 7-11: No table of this query has a column mont. Did you mean month?',
    ]);
    expect(said('SELECT * FROM takngs')).toEqual([
      'error unknown-table 14-20: The model has no table or view takngs. Did you mean takings?',
    ]);
  });

  it('says so when its columns cannot be told', () => {
    const [finding] = analyseQuery(document, { sql: 'SELECT anything FROM odd' }, parser).findings;
    expect(finding).toMatchObject({ code: 'not-understood', severity: 'info', at: { start: 21, end: 24 } });
    expect(finding?.message).toContain('odd');
  });

  it('does not change it', () => {
    const { uses, findings } = analyseQuery(document, { sql: 'UPDATE takings SET total = 0' }, parser);
    expect(uses).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual(['takings is a materialized view: only REFRESH changes its rows.']);
  });
});

describe('REFRESH', () => {
  it('reads what the query of the view reads', () => {
    const facts = analyseQuery(document, { sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY abroad' }, parser);
    expect(facts.statement).toBe('select');
    expect(facts.refreshes).toBe(view('abroad'));
    expect(factLines(shown(), facts)).toEqual([
      "customers c via abroad: differs country <> 'CH'; needs id,country",
      'takings t via abroad: needs customer_id',
      'inner: t.customer_id = c.id',
    ]);
  });

  it('is for materialized views only', () => {
    expect(analyseQuery(document, { sql: 'REFRESH MATERIALIZED VIEW dear' }, parser).findings).toMatchObject([
      { code: 'not-understood', message: 'Only a materialized view can be refreshed.' },
    ]);
    expect(analyseQuery(document, { sql: 'REFRESH MATERIALIZED VIEW daer' }, parser).findings).toMatchObject([
      { code: 'unknown-table', suggestions: ['dear'] },
    ]);
  });
});

describe('materialized views as tables', () => {
  it('have the columns and types that their queries give, and their indexes', () => {
    const made = withStoredViews(document, parser);
    const table = made.tables[view('takings')] as Table;
    expect(isStoredView(table)).toBe(true);
    const types = table.columns.map(
      ({ name, type, nullable }) => `${name} ${type.kind === 'builtin' ? type.name : '?'} ${nullable}`,
    );
    expect(types).toEqual([
      'customer_id bigint false',
      'month timestamptz true',
      'total numeric true',
      'orders bigint true',
      'mean numeric true',
      'pieces bigint true',
    ]);
    const [key] = table.indexes;
    expect(key?.elements.map(({ column }) => storedColumnName(table.id, column ?? ''))).toEqual(['customer_id', 'month']);
    expect(key?.include).toEqual([storedColumnId(table.id, 'total')]);
    expect(made.views[view('odd')]).toBe(document.views[view('odd')]);
    expect(Object.hasOwn(made.views, view('takings'))).toBe(false);
  });

  it('hold as many rows as their groups can differ, or as what they read', () => {
    const known = knownFacts(withStoredViews(document, parser));
    const takings = known.get(view('takings'));
    const months = knownFacts(document).get(Object.values(document.tables).find(({ name }) => name === 'orders')?.id ?? '');
    expect(takings?.rows).toBeGreaterThan(500);
    expect(takings?.rows).toBeLessThanOrEqual(months?.rows ?? 0);
    expect(takings?.columns[0]).toMatchObject({ name: 'customer_id', distinct: 500 });
    expect(known.get(view('abroad'))?.rows).toBe(takings?.rows);
  });

  it('hold as many rows as somebody says, and what reads them is worked out from that', () => {
    const takings = document.views[view('takings')];
    if (takings === undefined) throw new Error('takings');
    const facts = { rows: 7000, rowsPerDay: 10, source: 'production' };
    const told = { ...document, views: { ...document.views, [takings.id]: { ...takings, facts } } };
    const [made, plain] = [withStoredViews(told, parser), withStoredViews(document, parser)];
    expect(made.tables[takings.id]?.facts).toEqual(facts);
    const known = knownFacts(made).get(takings.id);
    expect(known?.rows).toBe(7000);
    expect(known?.pages).toBeGreaterThan(0);
    const of = (one: Document) => knownFacts(one).get(view('abroad'))?.rows ?? 0;
    expect(of(made)).toBeLessThan(of(plain));
    // A measured size is kept, and as a view again it holds what was said.
    expect(Object.values(withViewsUnfilled(made).views).find(({ name }) => name === 'takings')?.facts).toEqual(facts);
  });

  it('are views again for the engine, with the names that their indexes were given and without rows', () => {
    const made = withStoredViews(document, parser);
    const table = made.tables[view('takings')] as Table;
    const named = { ...table, indexes: table.indexes.map((one) => ({ ...one, name: one.name ?? 'given' })) };
    const back = withViewsUnfilled({ ...made, tables: { ...made.tables, [table.id]: named } });
    expect(back.tables).toEqual(document.tables);
    const again = back.views[table.id];
    expect(again?.withNoData).toBe(true);
    expect(again?.indexes.map(({ name }) => name)).toEqual(['takings_key', 'given']);
    expect(again?.indexes[0]?.elements).toEqual(document.views[table.id]?.indexes[0]?.elements);
  });

  it('give an index back as their record holds it', () => {
    const table = withStoredViews(document, parser).tables[view('takings')] as Table;
    expect(table.indexes.map((one) => indexOfView(table.id, one))).toEqual(document.views[table.id]?.indexes);
  });

  it('leave a document without any alone', () => {
    const plain = { ...document, views: {} };
    expect(withStoredViews(plain, parser)).toBe(plain);
    expect(withViewsUnfilled(plain)).toBe(plain);
  });
});

describe('a write through a view', () => {
  let shop: Document;
  beforeAll(() => {
    shop = readDdl(
      parser,
      `CREATE TABLE orders (id bigint PRIMARY KEY, state text, total numeric, region integer);
      CREATE VIEW open (number, status, twice) AS SELECT id, state, total * 2 FROM orders WHERE state = 'open';
      CREATE VIEW large AS SELECT * FROM open WHERE number > 5;
      CREATE VIEW sums AS SELECT state, sum(total) FROM orders GROUP BY state;
      CREATE VIEW routed AS SELECT id FROM orders;
      CREATE FUNCTION route() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER routed_t INSTEAD OF UPDATE ON routed FOR EACH ROW EXECUTE FUNCTION route();`,
    );
  });
  const lines = (sql: string) => factLines(shop, analyseQuery(shop, { sql }, parser));

  it('is one of the table whose rows it shows, with the conditions of the view', () => {
    expect(lines("UPDATE open SET status = 'paid' WHERE number = $1")).toEqual([
      "orders via open: equal state = 'open'; equal id = $1; update state; needs id,state",
    ]);
    expect(lines('DELETE FROM large WHERE status = $1')).toEqual([
      "orders via large>open: equal state = 'open'; range id > 5; equal state = $1; delete; needs id,state",
    ]);
  });

  it('looks for no rows when it inserts', () => {
    expect(lines("INSERT INTO open (number, status) VALUES (1, 'open')")).toEqual([
      'orders (unread) via open: insert id,state; needs',
    ]);
  });

  it('names columns as the view does', () => {
    expect(lines('UPDATE open SET state = $1')).toEqual([
      "orders via open: equal state = 'open'; update; needs state",
      'error unknown-column 16-21: open has no column state.',
    ]);
  });

  it.each(['sums', 'routed'])('cannot be followed through %s, and says so', (name) => {
    expect(lines(`DELETE FROM ${name}`)).toEqual([
      `info not-understood 12-${12 + name.length}: It changes the view ${name}, whose rows are not those of one table: which tables are written is not worked out.`,
    ]);
  });
});
