import { describe, expect, it } from 'vitest';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { terminal } from '#test/terminal.ts';

const at = terminal();

const SCHEMA = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, status text NOT NULL, created_at timestamptz NOT NULL);
CREATE INDEX never_asked ON orders (status, id);
`;
const WORKLOAD = 'SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 20;\n';
const FACTS =
  '{"tables": {"orders": {"rows": 2000000, "columns": {"customer_id": {"distinct": 50000}}}, "customers": {"rows": 50000}}}';

const given = (workload = WORKLOAD, ...more: string[]) => [
  '--schema',
  at.file('schema.sql', SCHEMA),
  '--workload',
  at.file('queries.sql', workload),
  '--facts',
  at.file('facts.json', FACTS),
  ...more,
];

interface Printed {
  readonly advice: IndexAdvice;
  readonly names: {
    readonly tables: Readonly<Record<string, string>>;
    readonly queries: Readonly<Record<string, { name: string }>>;
  };
  readonly findings: readonly { readonly code: string; readonly place: { readonly line: number; readonly column: number } }[];
}

describe('crowfoot indexes', () => {
  it('says what to make and to drop, what for, and what each query costs', async () => {
    const { code, out, err } = await at.run('indexes', ...given(WORKLOAD, '--basis', 'analytic'));
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('costs: formulas at the size that is known of the tables. Formulas were asked for.');
    expect(out).toContain('\nmake:\n  CREATE INDEX orders_customer_id_created_at_idx ON orders (customer_id, created_at);\n');
    expect(out).toContain('      finds rows by customer_id, in the order of created_at\n');
    expect(out).toMatch(/\ndrop:\n {2}never_asked on orders, \d+ MB: no query would be cheaper with it/);
    expect(out).toMatch(/\n {2}select orders: 4\dk -> \d\d, calls not known, by orders_customer_id_created_at_idx\n/);
  });

  it("asks PostgreSQL's own planner when nothing else is said", async () => {
    const { code, out, err } = await at.run('indexes', ...given(WORKLOAD, '--json'));
    expect([code, err]).toEqual([1, '']);
    const { advice } = JSON.parse(out) as Printed;
    expect(advice.basis).toMatchObject({ kind: 'planner', version: expect.stringMatching(/^18\./) });
    expect(advice.indexes.map(({ verdict, name }) => `${verdict} ${name}`).slice(0, 2)).toEqual([
      'make orders_customer_id_created_at_idx',
      'drop never_asked',
    ]);
  });

  it('gives all of it as JSON, with the names of what is meant by id', async () => {
    const { out } = await at.run('indexes', ...given(WORKLOAD, '--basis', 'analytic', '--json'));
    const { advice, names, findings } = JSON.parse(out) as Printed;
    expect(findings).toEqual([]);
    expect(names.tables[advice.indexes[0]?.table ?? '']).toBe('orders');
    expect(names.queries[advice.queries[0]?.query ?? '']?.name).toBe('select orders');
    expect(advice.advised.reads).toBeLessThan(advice.now.reads / 100);
  });

  it('stays within the bytes that are allowed', async () => {
    const { out } = await at.run('indexes', ...given(WORKLOAD, '--basis', 'analytic', '--budget', '1000000'));
    expect(out).toContain('1 MB allowed');
    expect(out).toContain('nothing to make');
  });

  it('says where names are not known and statements cannot be read, and goes on with the rest', async () => {
    const workload = `${WORKLOAD}SELEC 1;\nSELECT *\nFROM orders WHERE custmer_id = 1;\n`;
    const { code, out, err } = await at.run('indexes', ...given(workload, '--basis', 'analytic'));
    expect(code).toBe(1);
    expect(err).toContain('queries.sql:2:1: syntax error at or near "SELEC"\n');
    expect(err).toMatch(/queries\.sql:4:19: error: .*custmer_id/);
    expect(out).toContain('orders_customer_id_created_at_idx');
  });

  it('reads what a server counted', async () => {
    const stats = 'queryid,query,calls,total_exec_time,rows\n1,SELECT * FROM orders WHERE customer_id = $1,3600,100,20\n';
    const workload = at.file('stats.csv', stats);
    const schema = at.file('schema.sql', SCHEMA);
    const { out } = await at.run('indexes', '--schema', schema, '--workload', workload, '--hours', '2', '--basis', 'analytic');
    expect(out).toContain('1,800 calls an hour');
  });

  it('takes any dialect, and says why no planner was asked', async () => {
    const schema = at.file(
      'my.sql',
      'CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY, `a` int NOT NULL, `b` datetime NOT NULL) ENGINE=InnoDB;',
    );
    const workload = at.file('my-queries.sql', 'SELECT `id` FROM `t` WHERE `a` = ? ORDER BY `b`;');
    const { code, out, err } = await at.run('indexes', '--schema', schema, '--workload', workload, '--basis', 'planner');
    expect(code).toBe(1);
    expect(err).toBe('No planner of MySQL runs here. Costs come from formulas.\n');
    expect(out).toContain('No planner of MySQL runs here.');
    expect(out).toMatch(/\n {2}ALTER TABLE t ADD KEY \S+ \(a, b\);\n/);
  });

  it('has nothing to say where nothing is to be done', async () => {
    const schema = at.file('plain.sql', 'CREATE TABLE t (id bigint PRIMARY KEY, a text);');
    const workload = at.file('by-key.sql', 'SELECT a FROM t WHERE id = 1;');
    const { code, out } = await at.run('indexes', '--schema', schema, '--workload', workload, '--basis', 'analytic');
    expect([code, out.includes('nothing to make')]).toEqual([0, true]);
  });

  it.each([
    [['--workload', 'x'], 'Name the schema'],
    [['--schema', 'SCHEMA'], 'Name the queries'],
    [['--schema', 'SCHEMA', '--workload', 'x', '--budget', 'much'], '--budget needs bytes'],
    [['--schema', 'SCHEMA', '--workload', 'x', '--basis', 'guess'], '--basis is planner or analytic'],
    [['--schema', 'SCHEMA', '--workload', 'x', '--hours', '0'], '--hours needs a number above zero'],
    [['SCHEMA'], '--schema, --workload or --facts'],
    [['--schema', 'SCHEMA', '--workload', '/nowhere/at/all'], '/nowhere/at/all cannot be read'],
  ])('refuses %j', async (args, why) => {
    const schema = at.file('schema.sql', SCHEMA);
    const { code, out, err } = await at.run('indexes', ...args.map((one) => (one === 'SCHEMA' ? schema : one)));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });

  it('refuses facts that are no facts, with their place', async () => {
    const args = given();
    at.file('facts.json', '{"tables": {\n oops');
    const broken = await at.run('indexes', ...args, '--basis', 'analytic');
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('facts.json:2:');
    at.file('facts.json', '{"tables": {"nothing": {"rows": 5}}}');
    const other = await at.run('indexes', ...args, '--basis', 'analytic');
    expect(other.code).toBe(1);
    expect(other.err).toContain('facts.json: the schema has no nothing');
  });
});
