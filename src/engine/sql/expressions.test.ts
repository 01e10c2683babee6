import { beforeAll, describe, expect, it } from 'vitest';
import { randomIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Ref } from '#model/types.ts';
import { throughFile } from '#test/fidelity/measure.ts';
import { loadPgParser } from '../../cli/pg-parser.ts';
import { dependentsOf, notImmutable, renameCalls, staleReferences } from './expressions.ts';
import type { PgParser } from './parser-port.ts';
import { writeDocument, writtenText } from './write.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await loadPgParser();
});

const read = (sql: string) => throughFile({ name: 'test', sql }, 'postgresql', { parser }).document;

function table(document: Document, name: string) {
  const found = Object.values(document.tables).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

function column(document: Document, tableName: string, name: string): Ref {
  const owner = table(document, tableName);
  const part = owner.columns.find((one) => one.name === name)?.id;
  if (part === undefined) throw new Error(`no column ${name}`);
  return { record: owner.id, part };
}

function record(document: Document, collection: 'types' | 'views' | 'sequences' | 'routines' | 'schemas', name: string): Ref {
  const found = Object.values(document[collection]).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return { record: found.id };
}

function renamed(document: Document, target: Ref, name: string): Document {
  const calls = renameCalls(document, parser, target, name);
  if (!calls.ok) throw new Error(calls.problem.message);
  const ran = runCommands(
    document,
    calls.value.calls,
    randomIds(() => 0.5),
  );
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

/** The DDL after a rename, as one text. */
function ddlAfter(sql: string, target: (document: Document) => Ref, name: string): string {
  const document = read(sql);
  return writtenText(writeDocument(renamed(document, target(document), name), { version: 18 }));
}

const ORDERS = `CREATE TABLE orders (
  id integer PRIMARY KEY, total numeric CHECK (total > 0), paid boolean DEFAULT false, status text,
  doubled numeric GENERATED ALWAYS AS (total * 2) STORED, CONSTRAINT c CHECK (orders.total < 100 OR status = 'total'));`;

describe('renaming a column', () => {
  it('follows it into checks, generated columns, indexes, policies and triggers, not into strings', () => {
    const text = ddlAfter(
      `${ORDERS}
      CREATE INDEX i ON orders (abs(total), id) WHERE total > 5;
      CREATE POLICY p ON orders USING (total > (SELECT avg(o.total) FROM orders o WHERE o.id <> orders.id));
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER t AFTER UPDATE OF total ON orders FOR EACH ROW WHEN (old.total <> new.total) EXECUTE FUNCTION f('total');`,
      (document) => column(document, 'orders', 'total'),
      'Amount',
    );
    expect(text).toContain('CHECK ("Amount" > 0)');
    expect(text).toContain(`CHECK (orders."Amount" < 100 OR status = 'total')`);
    expect(text).toContain('GENERATED ALWAYS AS ("Amount" * 2) STORED');
    expect(text).toContain('(abs("Amount"), id) WHERE "Amount" > 5');
    expect(text).toContain('USING ("Amount" > (SELECT avg(o."Amount") FROM orders o WHERE o.id <> orders.id))');
    expect(text).toContain('WHEN (old."Amount" <> new."Amount")');
    expect(text).toContain('UPDATE OF "Amount"');
    expect(text).toContain(`f('total')`);
  });

  it('keeps the names of view columns, as PostgreSQL does', () => {
    const text = ddlAfter(
      `${ORDERS}
      CREATE VIEW v AS SELECT total, o.total::text, sum(total) AS s FROM orders o GROUP BY total ORDER BY total;
      CREATE VIEW w AS SELECT v.total FROM v;`,
      (document) => column(document, 'orders', 'total'),
      'amount',
    );
    expect(text).toContain(
      'SELECT amount AS total, o.amount::text AS total, sum(amount) AS s FROM orders o GROUP BY amount ORDER BY total',
    );
    expect(text).toContain('SELECT v.total FROM v');
  });

  it('follows it through stars, subqueries and common table expressions', () => {
    const text = ddlAfter(
      `${ORDERS}
      CREATE VIEW v AS WITH a AS (SELECT * FROM orders), b AS (SELECT total AS t FROM a)
        SELECT x.total AS one, b.t FROM (SELECT * FROM a) x, b WHERE EXISTS (SELECT FROM a WHERE a.total = x.total);
      CREATE VIEW star AS SELECT * FROM orders;
      CREATE VIEW over AS SELECT star.total AS y FROM star;`,
      (document) => column(document, 'orders', 'total'),
      'amount',
    );
    expect(text).toContain('b AS (SELECT amount AS t FROM a)');
    expect(text).toContain(
      'SELECT x.amount AS one, b.t FROM (SELECT * FROM a) x, b WHERE EXISTS (SELECT FROM a WHERE a.amount = x.amount)',
    );
    expect(text).toContain('SELECT star.amount AS y FROM star');
  });

  it('holds a name that a join compares by with column aliases', () => {
    const text = ddlAfter(
      `CREATE TABLE a (k integer, x text); CREATE TABLE b (k integer, y text);
      CREATE VIEW v AS SELECT k, x, y FROM a JOIN b AS bb USING (k);`,
      (document) => column(document, 'b', 'k'),
      'key',
    );
    expect(text).toContain('SELECT k, x, y FROM a JOIN b AS bb (k, y) USING (k)');
  });

  it('does not touch a column of the same name elsewhere', () => {
    const text = ddlAfter(
      `CREATE TABLE a (id integer, n text); CREATE TABLE b (id integer, a integer);
      CREATE VIEW v AS SELECT a.n, b.id FROM a JOIN b ON b.a = a.id WHERE b.id > 1;`,
      (document) => column(document, 'a', 'id'),
      'key',
    );
    expect(text).toContain('SELECT a.n, b.id FROM a JOIN b ON b.a = a.key WHERE b.id > 1');
  });

  it('renames it in heirs and their texts', () => {
    const text = ddlAfter(
      `CREATE TABLE base (id integer, at date); CREATE TABLE kid (at date DEFAULT '2020-01-01', CHECK (at > '2000-01-01' AND id > 0)) INHERITS (base);`,
      (document) => column(document, 'base', 'at'),
      'day',
    );
    expect(text).toContain(`day date DEFAULT '2020-01-01'`);
    expect(text).toContain(`CHECK (day > '2000-01-01' AND id > 0)`);
  });

  it('reaches SQL functions and rules, and says which bodies it cannot read', () => {
    const document = read(`${ORDERS}
      CREATE FUNCTION s(total integer) RETURNS numeric LANGUAGE sql AS $$ SELECT max(o.total) FROM orders o $$;
      CREATE FUNCTION p() RETURNS numeric LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(total) FROM orders); END $$;
      CREATE RULE r AS ON UPDATE TO orders WHERE new.total > 5 DO ALSO DELETE FROM orders WHERE total < old.total;`);
    const calls = renameCalls(document, parser, column(document, 'orders', 'total'), 'amount');
    expect(calls.ok && calls.value.left.map((one) => one.ref)).toEqual([record(document, 'routines', 'p')]);
    const text = writtenText(writeDocument(renamed(document, column(document, 'orders', 'total'), 'amount'), { version: 18 }));
    expect(text).toContain('SELECT max(o.amount) FROM orders o');
    expect(text).toContain('(SELECT max(total) FROM orders)');
    expect(text).toContain('new.amount > 5');
    expect(text).toContain('WHERE amount < old.amount');
  });

  it('reaches what is locked, conflicts are found by, and is granted', () => {
    const sql = `${ORDERS}
      CREATE FUNCTION put(integer) RETURNS void LANGUAGE sql AS $$ INSERT INTO orders (id, total) VALUES ($1, 1) ON CONFLICT (id, (total + 1), total) WHERE total > 0 DO UPDATE SET total = excluded.total $$;
      CREATE VIEW locked AS SELECT id FROM orders WHERE total > 1 FOR UPDATE OF orders;
      GRANT SELECT (id, total), UPDATE (total), DELETE ON orders TO reader;`;
    const column_ = ddlAfter(sql, (document) => column(document, 'orders', 'total'), 'amount');
    expect(column_).toContain('ON CONFLICT (id, (amount + 1), amount) WHERE amount > 0 DO UPDATE SET amount = excluded.amount');
    expect(column_).toContain('GRANT SELECT (id, amount), UPDATE (amount), DELETE ON orders TO reader');
    const table_ = ddlAfter(sql, (document) => ({ record: table(document, 'orders').id }), 'bills');
    expect(table_).toContain('FROM bills WHERE total > 1 FOR UPDATE OF bills');
    expect(table_).toContain('GRANT SELECT (id, total), UPDATE (total), DELETE ON bills TO reader');
  });

  it('reaches the attributes of composite types', () => {
    const text = ddlAfter(
      `CREATE TYPE spot AS (x integer, y integer); CREATE TYPE place AS (at spot, x text);
      CREATE TABLE t (p place, x integer, s spot, CHECK ((p).x <> ''), CHECK ((t.s).x > x), CHECK ((p).at.x > 0));
      CREATE VIEW v AS SELECT (one.s).x AS n, one.x FROM t one;`,
      (document) => {
        const type = Object.values(document.types).find((one) => one.name === 'spot');
        const part = type?.kind === 'composite' ? type.attributes.find((one) => one.name === 'x') : undefined;
        return { record: type?.id ?? '', part: part?.id ?? '' };
      },
      'wide',
    );
    expect(text).toContain(`CHECK ((p).x <> '')`);
    expect(text).toContain('CHECK ((t.s).wide > x)');
    expect(text).toContain('CHECK ((p).at.wide > 0)');
    expect(text).toContain('SELECT (one.s).wide AS n, one.x FROM t one');
    expect(text).toMatch(/CREATE TYPE spot AS \(\s*wide integer/);
  });

  it('refuses names that no column can have', () => {
    const document = read(ORDERS);
    expect(renameCalls(document, parser, column(document, 'orders', 'total'), '')).toMatchObject({ ok: false });
    expect(renameCalls(document, parser, { record: 'nothing' }, 'x')).toMatchObject({ ok: false });
  });
});

describe('renaming a table, type, sequence, routine or schema', () => {
  it('follows a table through qualifiers, casts and row types', () => {
    const text = ddlAfter(
      `${ORDERS}
      CREATE VIEW v AS SELECT orders.id, o.paid FROM public.orders JOIN orders o ON o.id = orders.id;
      CREATE FUNCTION f(x orders) RETURNS SETOF orders LANGUAGE sql AS 'SELECT * FROM orders WHERE orders.id = 1';
      GRANT SELECT ON orders TO reader;`,
      (document) => ({ record: table(document, 'orders').id }),
      'Order',
    );
    expect(text).toContain('SELECT "Order".id, o.paid FROM public."Order" JOIN "Order" o ON o.id = "Order".id');
    expect(text).toContain('f(x "Order") RETURNS SETOF "Order"');
    expect(text).toContain('SELECT * FROM "Order" WHERE "Order".id = 1');
    expect(text).toContain('GRANT SELECT ON "Order" TO reader');
    expect(text).toContain('CHECK ("Order".total < 100');
    expect(text).not.toMatch(/\borders\b/);
  });

  it('follows a type into casts and a sequence into the text of its name', () => {
    const sql = `CREATE TYPE mood AS ENUM ('a', 'b'); CREATE SEQUENCE s;
      CREATE TABLE t (id integer DEFAULT nextval('public.s'::regclass), k integer DEFAULT nextval('s'), m mood DEFAULT 'a'::mood);`;
    const types = ddlAfter(sql, (document) => record(document, 'types', 'mood'), 'Mood');
    expect(types).toContain(`"Mood" DEFAULT 'a'::"Mood"`);
    const sequences = ddlAfter(sql, (document) => record(document, 'sequences', 's'), 'Next One');
    expect(sequences).toContain(`nextval('public."Next One"'::regclass)`);
    expect(sequences).toContain(`nextval('"Next One"')`);
  });

  it('follows a routine and tells overloads apart by their arguments', () => {
    const text = ddlAfter(
      `CREATE FUNCTION f(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION f(a integer, b integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 2';
      CREATE TABLE t (x integer CHECK (f(x) > 0), y integer CHECK (f(x, y) > 0));`,
      (document) => ({ record: Object.values(document.routines).find((one) => one.signature.includes(','))?.id ?? '' }),
      'g',
    );
    expect(text).toContain('CHECK (f(x) > 0)');
    expect(text).toContain('CHECK (g(x, y) > 0)');
    expect(text).toContain('FUNCTION g(a integer, b integer)');
    expect(text).toContain('FUNCTION f(a integer)');
  });

  it('says a schema where it went without saying', () => {
    const text = ddlAfter(
      `CREATE TABLE t (id integer); CREATE VIEW v AS SELECT t.id FROM t; CREATE SCHEMA s; CREATE VIEW s.w AS SELECT id FROM public.t;`,
      (document) => record(document, 'schemas', 'public'),
      'app',
    );
    expect(text).toContain('SELECT t.id FROM app.t');
    expect(text).toContain('SELECT id FROM app.t');
    expect(text).toContain('CREATE SCHEMA app');
    expect(text).toContain('CREATE TABLE app.t');
  });
});

describe('dependentsOf', () => {
  it('lists what is linked by id and what names it in SQL', () => {
    const document = read(`${ORDERS}
      CREATE TABLE items (orders integer REFERENCES orders (id));
      CREATE VIEW v AS SELECT total FROM orders; CREATE VIEW w AS SELECT 'total' AS x;`);
    const of = (target: Ref) =>
      dependentsOf(document, parser, target).map(({ ref }) => {
        const owner = Object.values(document.tables).find((one) => one.id === ref.record);
        const part = owner?.columns.find((one) => one.id === ref.part) ?? owner?.checks.find((one) => one.id === ref.part);
        return part?.name ?? owner?.name ?? document.views[ref.record]?.name ?? document.relationships[ref.record]?.id.slice(0, 3);
      });
    expect(of({ record: table(document, 'orders').id })).toEqual(['rel', 'v']);
    expect(of(column(document, 'orders', 'id'))).toHaveLength(2);
    const total = of(column(document, 'orders', 'total'));
    expect(total).toContain('doubled');
    expect(total).toContain('c');
    expect(total).toContain('v');
    expect(total).not.toContain('w');
  });
});

describe('staleReferences', () => {
  it('finds names that nothing has, with their place', () => {
    const document = read(`${ORDERS} CREATE VIEW v AS SELECT o.gone, id FROM orders o JOIN missing m ON true;`);
    const broken = { ...document, tables: { ...document.tables } };
    const orders = table(document, 'orders');
    broken.tables[orders.id] = { ...orders, checks: [{ id: 'chk_x', name: 'x', expression: 'vanished > id' }] };
    const view = record(document, 'views', 'v').record;
    expect(
      staleReferences(broken, parser, view).map(({ kind, name, position, sql }) => [kind, name, sql.slice(position, position + 4)]),
    ).toEqual([
      ['relation', 'missing', 'miss'],
      ['column', 'o.gone', 'gone'],
    ]);
    expect(staleReferences(broken, parser, orders.id).map(({ ref, name, position }) => [ref.part, name, position])).toContainEqual([
      'chk_x',
      'vanished',
      0,
    ]);
  });

  it('says nothing where all is well, or where something unknown may bring the name', () => {
    const document = read(`${ORDERS}
      CREATE DOMAIN d AS integer CHECK (VALUE > 0);
      CREATE VIEW v AS SELECT x.anything, g, pg_class.relname, o.ctid FROM json_to_recordset('[]') AS x(anything text), generate_series(1, 2) g, pg_class, orders o;
      CREATE FUNCTION f(p integer) RETURNS integer LANGUAGE sql AS 'SELECT id FROM orders WHERE id = p';
      CREATE VIEW r AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n, count(*) OVER w FROM t WINDOW w AS (ORDER BY n);`);
    for (const collection of ['tables', 'views', 'types', 'routines'] as const) {
      for (const { id } of Object.values(document[collection])) expect(staleReferences(document, parser, id)).toEqual([]);
    }
  });
});

describe('notImmutable', () => {
  const types: Record<string, string> = { at: 'timestamptz', day: 'date', note: 'text', n: 'integer' };
  const judged = (sql: string, ddl = 'CREATE TABLE t (id integer);') =>
    notImmutable(read(ddl), parser, sql, (name) => types[name]).map(({ what, position }) => [
      what,
      sql.slice(position, position + 3),
    ]);

  it.each([
    ['at > now()', [['now()', 'now']]],
    ['at > CURRENT_TIMESTAMP', [['current_timestamp', 'CUR']]],
    ['random() > 0.5', [['random()', 'ran']]],
    ['n > 0 AND lower(note) = note', []],
    [`date_trunc('day', day) = day`, []],
    [`to_tsvector('english', note) @@ 'a'`, []],
    [`'2020-01-01'::timestamptz < at`, []],
  ])('%s', (sql, expected) => {
    expect(judged(sql)).toEqual(expected);
  });

  it('knows casts and functions that read the time zone', () => {
    expect(judged('at::date').map(([what]) => what)).toEqual(['timestamptz::date']);
    expect(judged('note::date').map(([what]) => what)).toEqual(['text::date']);
    expect(judged(`date_trunc('day', at)`).map(([what]) => what)).toEqual(['date_trunc()']);
    expect(judged('n::text')).toEqual([]);
  });

  it('believes what functions of the document declare', () => {
    const ddl = `CREATE FUNCTION good(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT n';
      CREATE FUNCTION bad(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';`;
    expect(judged('good(n) > 0', ddl)).toEqual([]);
    expect(judged('bad(n) > 0', ddl).map(([what]) => what)).toEqual(['bad()']);
  });
});
