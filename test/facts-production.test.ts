import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACT_QUERIES } from '#engine/dialects/fact-queries.ts';
import { type ProductionFacts, readProductionFacts } from '#engine/facts/production/read.ts';
import { readSql } from '#engine/sql/read.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import type { Dialect, Document, TableFacts } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { findMariadb, type Mariadb, openMariadb } from './engines/mariadb.ts';
import { findPostgres, openPostgres } from './engines/postgres.ts';

/** The queries for facts are run where there is an engine, on rows that are known. */

async function documentOf(ddl: string, dialect: Dialect): Promise<Document> {
  const read = readSql([{ name: 'test.sql', text: ddl }], { dialect }, await loadPorts(dialect));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

function read(document: Document, json: unknown): ProductionFacts {
  const facts = readProductionFacts(document, typeof json === 'string' ? json : JSON.stringify(json));
  if (!facts.ok) throw new Error(`${facts.problem.message}\n${JSON.stringify(json).slice(0, 500)}`);
  return facts.value;
}

function told(
  document: Document,
  facts: ProductionFacts,
  name: string,
): { table: TableFacts; column: (name: string) => ColumnFacts } {
  const table = Object.values(document.tables).find((one) => one.name === name);
  const found = facts.tables.get(table?.id ?? '');
  if (table === undefined || found === undefined) throw new Error(name);
  return {
    table: found,
    column: (of) => facts.columns.get(table.id)?.get(table.columns.find((one) => one.name === of)?.id ?? '') ?? {},
  };
}

describe.skipIf(!findPostgres().ok)('the query for PostgreSQL', () => {
  it('says of a server what its planner knows, of partitioned tables as a whole', async () => {
    const ddl = `
      CREATE TABLE plain (id integer PRIMARY KEY, state text, note text);
      CREATE TABLE part (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;
    const engine = await openPostgres();
    try {
      await engine.reset();
      await engine.query(ddl);
      await engine.query(`INSERT INTO plain SELECT i, CASE WHEN i % 4 = 0 THEN 'new' ELSE 'paid' END, NULLIF(i % 2, 0)::text FROM generate_series(1, 2000) i;
        INSERT INTO part SELECT i, date '2024-01-01' + i % 700 FROM generate_series(1, 1400) i; ANALYZE;`);
      const [row] = await engine.query<{ facts: string }>(FACT_QUERIES.postgresql.sql);
      const document = await documentOf(ddl, 'postgresql');
      const facts = read(document, row?.facts ?? '');
      const plain = told(document, facts, 'plain');
      expect(plain.table.rows).toBe(2000);
      expect(plain.column('id')).toMatchObject({ distinct: -1, correlation: 1, min: '1', max: '2000' });
      expect(plain.column('state').common?.map((one) => one.value)).toEqual(['paid', 'new']);
      expect(plain.column('note').nullFraction).toBe(0.5);
      // Of the whole, not of one partition.
      expect(told(document, facts, 'part').column('at').distinct).toBe(-0.5);
      expect(told(document, facts, 'part_1').table.rows).toBeLessThan(1400);
    } finally {
      await engine.close();
    }
  });
});

describe.skipIf(!findMariadb().ok)('the query for MariaDB', () => {
  const ddl = `
    CREATE TABLE customers (id int PRIMARY KEY, country char(2) NOT NULL, KEY country_index (country)) ENGINE=InnoDB;
    CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL, state varchar(10), total decimal(10,2) NOT NULL, KEY (customer)) ENGINE=InnoDB;`;
  let engine: Mariadb;
  let document: Document;
  beforeAll(async () => {
    engine = await openMariadb();
    document = await documentOf(ddl, 'mariadb');
    await engine.reset();
    for (const statement of ddl.split(';').filter((one) => one.trim() !== '')) await engine.query(statement);
    await engine.query(`INSERT INTO customers SELECT seq, IF(seq % 2, 'DE', 'FR') FROM seq_1_to_500`);
    await engine.query(
      `INSERT INTO orders SELECT seq, seq % 500 + 1, IF(seq % 10 = 0, NULL, IF(seq % 10 = 1, 'new', 'paid')), seq / 10 FROM seq_1_to_5000`,
    );
  });
  afterAll(() => engine?.close());

  const facts = async () => {
    const [row] = await engine.query<{ facts: unknown }>(FACT_QUERIES.mariadb.sql);
    return read(document, row?.facts);
  };

  it('says sizes and the first columns of indexes when nothing was analysed for good', async () => {
    await engine.query('ANALYZE TABLE customers, orders');
    const found = await facts();
    expect(found.unknown).toEqual([]);
    expect(found.missing).toEqual([]);
    const orders = told(document, found, 'orders');
    expect(orders.table.rows).toBeGreaterThan(4500);
    expect(orders.table.rows).toBeLessThan(5500);
    expect(orders.table.pages).toBeGreaterThan(20);
    expect(orders.column('customer').distinct).toBeGreaterThan(300);
    expect(orders.column('state')).toEqual({});
  });

  it('says widths, NULLs, ranges and histograms of what was', async () => {
    await engine.query("SET SESSION histogram_type = 'JSON_HB'");
    await engine.query('ANALYZE TABLE customers, orders PERSISTENT FOR ALL');
    const orders = told(document, await facts(), 'orders');
    expect(orders.column('state')).toMatchObject({ nullFraction: 0.1, min: 'new', max: 'paid', distinct: 2 });
    expect(orders.column('state').common?.map(({ value, share }) => [value, Math.round(share * 10)])).toEqual([
      ['paid', 8],
      ['new', 1],
    ]);
    expect(orders.column('id')).toMatchObject({ distinct: -1, nullFraction: 0, averageWidth: 4, min: '1', max: '5000' });
    // It makes no histogram of a key.
    const { bounds = [] } = orders.column('total');
    expect(bounds.length).toBeGreaterThan(10);
    expect(bounds.map(Number)).toEqual(bounds.map(Number).toSorted((a, b) => a - b));
    expect(orders.column('customer').distinct).toBe(500);
  });
});

describe('the query for SQLite', () => {
  it('says rows and the first columns of indexes after ANALYZE', async () => {
    const ddl = `
      CREATE TABLE customers (id INTEGER PRIMARY KEY, country TEXT);
      CREATE INDEX customers_country ON customers (country, id);
      CREATE TABLE notes (text TEXT);`;
    const { sqlite } = await loadPorts('sqlite');
    const database = sqlite?.open();
    if (database === undefined) throw new Error('There is no SQLite.');
    const rows = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)`;
    const statements = [
      ...ddl.split(';').filter((one) => one.trim() !== ''),
      `INSERT INTO customers ${rows} SELECT i, 'C' || (i % 20) FROM n`,
      `INSERT INTO notes ${rows} SELECT 'x' FROM n`,
      'ANALYZE',
    ];
    for (const statement of statements) expect(database.run(statement)).toBeUndefined();
    const [[json] = []] = database.rows(FACT_QUERIES.sqlite.sql.replace(/;$/, ''));
    database.close();
    const document = await documentOf(ddl, 'sqlite');
    const facts = read(document, String(json));
    expect(told(document, facts, 'customers').table).toEqual({ rows: 1000 });
    expect(told(document, facts, 'customers').column('country').distinct).toBe(20);
    expect(told(document, facts, 'notes').table).toEqual({ rows: 1000 });
  });
});

describe('what other servers give', () => {
  it('of MySQL: histograms with texts in base64', async () => {
    const document = await documentOf('CREATE TABLE t (a varchar(20), b int, c int)', 'mysql');
    const singleton = {
      buckets: [
        ['base64:type254:bmV3', 0.25],
        ['base64:type254:w6TDtg==', 0.9],
      ],
      'histogram-type': 'singleton',
      'null-values': 0.1,
    };
    const height = {
      buckets: [
        [1, 10, 0.5, 8],
        [11, 500, 1, 300],
      ],
      'histogram-type': 'equi-height',
    };
    const column = (name: string, more: object) => ({ schema: 'shop', table: 't', name, ...more });
    const facts = read(document, {
      relations: [{ schema: 'shop', name: 't', kind: 'r', rows: 1000, bytes: 16384 * 5 }],
      columns: [
        column('a', { nulls: 0.1, histogram: singleton }),
        column('b', { distinct: 1200, histogram: height }),
        column('c', { distinct: 40, histogram: JSON.stringify(height) }),
      ],
    });
    const t = told(document, facts, 't');
    expect(t.table).toEqual({ rows: 1000, pages: 10 });
    expect(t.column('a')).toEqual({
      distinct: 2,
      nullFraction: 0.1,
      common: [
        { value: 'äö', share: 0.65 },
        { value: 'new', share: 0.25 },
      ],
    });
    // More different values than rows are an estimate of all.
    expect(t.column('b')).toEqual({ distinct: -1, bounds: ['1', '10', '500'], min: '1', max: '500' });
    expect(t.column('c').distinct).toBe(40);
  });

  it('of SQL Server and Oracle: steps, counts of NULL and names in other letters', async () => {
    const document = await documentOf('CREATE TABLE dbo.Orders (Id int, State varchar(10));', 'mssql');
    const facts = read(document, {
      facts: {
        relations: [
          { schema: 'sales', name: 'ORDERS', kind: 'r', rows: 200, pages: 4 },
          { schema: 'audit', name: 'Orders', rows: 5 },
        ],
        columns: [
          {
            schema: 'sales',
            table: 'ORDERS',
            name: 'ID',
            nullRows: 20,
            histogram: [
              { high: '1', range: 0, equal: 1, distinct: 0 },
              { high: '100', range: 98, equal: 80, distinct: 98 },
            ],
          },
        ],
      },
    });
    const orders = told(document, facts, 'Orders');
    expect(orders.table).toEqual({ rows: 200, pages: 4 });
    expect(orders.column('Id')).toEqual({
      distinct: 100,
      nullFraction: 0.1,
      common: [
        { value: '100', share: 0.4 },
        { value: '1', share: 0.005 },
      ],
      bounds: ['1', '100'],
      min: '1',
      max: '100',
    });
    // A second table of the name is not mixed with the first.
    expect(facts.unknown).toEqual(['audit.Orders']);
  });

  it('that is damaged is refused or left out, never believed', async () => {
    const document = await documentOf('CREATE TABLE t (a int)', 'mysql');
    const facts = read(document, [
      {
        facts: JSON.stringify({
          relations: [null, 5, { name: 't', schema: 'x', rows: 'many' }, { schema: 'x', name: 't', rows: 10 }],
          columns: [
            {
              schema: 'x',
              table: 't',
              name: 'a',
              nulls: 7,
              distinct: 0,
              width: 'wide',
              values: [1],
              shares: 'x',
              histogram: '{"buckets": [[1], 3, ["x", null]]}',
            },
          ],
        }),
      },
    ]);
    expect(told(document, facts, 't').column('a')).toEqual({});
    expect(readProductionFacts(document, '{"relations": []}').ok).toBe(false);
    const broken = readProductionFacts(document, '{"relations": [\n  {"a" 1}]}');
    expect(!broken.ok && broken.problem.message).toContain('line 2, column 8');
  });
});
