/** Random queries that advice on queries rewrites, and random rows to run both texts on. */
import fc from 'fast-check';

export type ProvedDialect = 'postgresql' | 'mariadb' | 'sqlite';

const TIME: Readonly<Record<ProvedDialect, string>> = { postgresql: 'timestamptz', mariadb: 'datetime', sqlite: 'text' };

/** Two tables with everything that makes rewriting hard: NULLs, doubles, rows without partners. */
export function provedSchema(dialect: ProvedDialect): readonly string[] {
  return [
    'CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(20) NOT NULL, grp int NOT NULL, manager_id bigint, nick varchar(20))',
    `CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status varchar(10) NOT NULL, qty int, made ${TIME[dialect]} NOT NULL, total numeric(8, 2), rank_no int NOT NULL)`,
    'CREATE INDEX customers_grp ON customers (grp)',
    'CREATE INDEX orders_customer ON orders (customer_id)',
    'CREATE INDEX orders_made ON orders (made)',
    'CREATE INDEX orders_status ON orders (status)',
    'CREATE INDEX orders_qty ON orders (qty)',
  ];
}

const NAMES = ['ann', 'Ann', 'bob', 'bo', ''] as const;
const STATUS = ['open', 'paid', 'sent'] as const;
const TIMES = [
  '2023-12-31 23:59:59',
  '2024-01-01 00:00:00',
  '2024-01-31 12:00:00',
  '2024-02-01 00:00:00',
  '2024-12-31 23:59:59',
  '2025-01-01 00:00:00',
] as const;
const small = fc.integer({ min: 0, max: 5 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const quoted = (value: string | number | undefined) =>
  value === undefined ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;

const customer = fc.record({
  name: fc.constantFrom(...NAMES),
  grp: small,
  manager: maybe(small),
  nick: maybe(fc.constantFrom(...NAMES)),
});
const order = fc.record({
  customer: maybe(small),
  status: fc.constantFrom(...STATUS),
  qty: maybe(small),
  made: fc.constantFrom(...TIMES),
  total: maybe(small),
  rank: small,
});

/** Statements that fill both tables. */
export const rows: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.array(customer, { maxLength: 6 }), fc.array(order, { maxLength: 14 }))
  .map(([customers, orders]) => [
    'DELETE FROM orders',
    'DELETE FROM customers',
    ...(customers.length === 0
      ? []
      : [
          `INSERT INTO customers VALUES ${customers.map((one, i) => `(${[i, one.name, one.grp, one.manager, one.nick].map(quoted).join(', ')})`).join(', ')}`,
        ]),
    ...(orders.length === 0
      ? []
      : [
          `INSERT INTO orders VALUES ${orders.map((one, i) => `(${[i, one.customer, one.status, one.qty, one.made, one.total, one.rank].map(quoted).join(', ')})`).join(', ')}`,
        ]),
  ]);

export interface RandomAsk {
  readonly rule: string;
  readonly sql: string;
}

const ask = (rule: string, sql: fc.Arbitrary<string>): fc.Arbitrary<RandomAsk> => sql.map((text) => ({ rule, sql: text }));
const more = fc.constantFrom('', " AND o.status = 'open'", ' AND (o.qty > 2 OR o.total IS NULL)', ' AND NOT o.qty = 3');
const inner = fc.constantFrom('', " AND o.status <> 'paid'", ' AND o.qty BETWEEN 1 AND 4', ' AND (o.qty = 1 OR o.qty IS NULL)');
const op = fc.constantFrom('=', '<', '<=', '>', '>=');
const day = fc.constantFrom('2023-12-31', '2024-01-01', '2024-02-01', '2024-12-31');

const counted = fc
  .tuple(
    fc.constantFrom('count(*)', 'count(o.id)', 'count(DISTINCT o.status)', 'count(1)'),
    fc.constantFrom('> 0', '= 0', '<> 0', '>= 1', '< 1', '<= 0'),
    inner,
  )
  .map(
    ([count, test, and]) =>
      `SELECT c.id, c.name FROM customers c WHERE (SELECT ${count} FROM orders o WHERE o.customer_id = c.id${and}) ${test}`,
  );

const distinct = fc
  .tuple(
    fc.constantFrom('c.id, c.name', 'c.name', 'c.grp, c.name', 'c.*'),
    fc.constantFrom(
      '',
      ' WHERE o.qty > 2',
      " WHERE o.status = 'open' AND c.grp < 4",
      " WHERE (o.qty > c.grp OR o.qty IS NULL) AND c.name <> 'bob'",
    ),
  )
  .chain(([items, where]) =>
    fc.constantFrom(
      `SELECT DISTINCT ${items} FROM customers c JOIN orders o ON o.customer_id = c.id${where}`,
      `SELECT DISTINCT ${items} FROM customers c, orders o WHERE o.customer_id = c.id${where.replace(' WHERE ', ' AND ')}`,
    ),
  );

const aggregate = fc
  .tuple(
    fc.constantFrom('count(*)', 'sum(o.qty)', 'max(o.total)', 'count(o.qty)', 'min(o.made)'),
    inner,
    fc.constantFrom('', ' WHERE c.grp > 1', ' WHERE c.grp > 1 OR c.nick IS NULL'),
  )
  .map(
    ([of, and, where]) =>
      `SELECT c.id, (SELECT ${of} FROM orders o WHERE o.customer_id = c.id${and}) AS result_of FROM customers c${where}`,
  );

const having = fc
  .tuple(
    fc.constantFrom("status <> 'paid'", "status = 'open' OR status = 'sent'", 'rank_no > 2'),
    fc.constantFrom('', ' AND count(*) > 1', ' AND sum(qty) > 3'),
    fc.constantFrom('', ' WHERE qty > 1', ' WHERE qty > 1 OR total IS NULL'),
  )
  .map(
    ([test, and, where]) =>
      `SELECT status, rank_no, count(*) AS n FROM orders${where} GROUP BY status, rank_no HAVING (${test})${and}`,
  );

const union = fc
  .tuple(small, fc.constantFrom("id, 'a' AS kind, grp", "'a' AS kind, id, grp"), fc.constantFrom('', ' WHERE grp > 2'))
  .map(
    ([, items, where]) =>
      `SELECT ${items} FROM customers${where} UNION SELECT ${items.replace('grp', 'rank_no').replace("'a'", "'b'")} FROM orders`,
  );

const either = fc
  .tuple(
    small,
    fc.constantFrom(...STATUS),
    fc.constantFrom('', ' AND o.qty > 1', ' AND (o.qty > 1 OR o.total IS NULL)'),
    fc.constantFrom('c.grp = $a', 'c.grp IN ($a, 1)'),
  )
  .map(
    ([grp, status, and, test]) =>
      `SELECT o.id AS o_id, c.id AS c_id, o.qty FROM orders o JOIN customers c ON c.id = o.customer_id WHERE (${test.replace('$a', String(grp))} OR o.qty = ${grp})${and} AND o.status <> '${status}'`,
  );

const computed = (dialect: ProvedDialect): fc.Arbitrary<string> => {
  const arithmetic = fc
    .tuple(fc.constantFrom('+', '-'), small, op, small, more)
    .map(([sign, by, test, to, and]) => `SELECT o.id FROM orders o WHERE o.qty ${sign} ${by} ${test} ${to}${and}`);
  const coalesced = fc
    .tuple(fc.constantFrom(0, 1), fc.constantFrom(2, 3, 4), more)
    .map(([other, value, and]) => `SELECT o.id FROM orders o WHERE coalesce(o.qty, ${other}) = ${value}${and}`);
  if (dialect === 'sqlite') return fc.oneof(arithmetic, coalesced);
  const dayOf =
    dialect === 'postgresql'
      ? fc.constantFrom('o.made::date', 'CAST(o.made AS date)', 'date(o.made)')
      : fc.constantFrom('date(o.made)', 'CAST(o.made AS date)');
  const days = fc
    .tuple(dayOf, op, day, more)
    .map(([of, test, value, and]) => `SELECT o.id FROM orders o WHERE ${of} ${test} '${value}'${and}`);
  const between = fc
    .tuple(dayOf, day, day)
    .map(([of, low, high]) => `SELECT o.id FROM orders o WHERE ${of} BETWEEN '${low}' AND '${high}'`);
  const year = fc
    .tuple(
      fc.constantFrom(dialect === 'postgresql' ? 'extract(year FROM o.made)' : 'year(o.made)', 'extract(YEAR FROM o.made)'),
      op,
      fc.constantFrom('2023', '2024', '2025'),
      more,
    )
    .map(([of, test, value, and]) => `SELECT o.id FROM orders o WHERE ${of} ${test} ${value}${and}`);
  if (dialect === 'mariadb') return fc.oneof(arithmetic, coalesced, days, between, year);
  const truncated = fc
    .tuple(fc.constantFrom('day', 'month', 'year'), more)
    .map(([unit, and]) => `SELECT o.id FROM orders o WHERE date_trunc('${unit}', o.made) = '2024-01-01'${and}`);
  const begins = fc
    .constantFrom('an', 'bo', 'b')
    .map((text) => `SELECT c.id FROM customers c WHERE left(c.name, ${text.length}) = '${text}'`);
  return fc.oneof(arithmetic, coalesced, days, between, year, truncated, begins);
};

/** Queries whose rewritten text is said to give the same whatever the rows are. */
export function equalAsks(dialect: ProvedDialect): Readonly<Record<string, fc.Arbitrary<RandomAsk>>> {
  return {
    'q-count-for-existence': ask('q-count-for-existence', counted),
    'q-distinct-fan-out': ask('q-distinct-fan-out', distinct),
    'q-correlated-scalar': ask('q-correlated-scalar', aggregate),
    'q-having-where': ask('q-having-where', having),
    'q-union-all': ask('q-union-all', union),
    'q-or-across': ask('q-or-across', either),
    'q-function-on-column': ask('q-function-on-column', computed(dialect)),
    'q-select-star': ask(
      'q-select-star',
      fc.constantFrom(
        "SELECT * FROM orders WHERE status = 'open'",
        'SELECT c.* FROM customers c WHERE c.grp > 1',
        'SELECT o.*, c.name AS customer FROM orders o JOIN customers c ON c.id = o.customer_id',
      ),
    ),
    ...(dialect === 'postgresql'
      ? {
          'q-implicit-cast': ask(
            'q-implicit-cast',
            fc.tuple(op, small, more).map(([test, value, and]) => `SELECT o.id FROM orders o WHERE o.qty ${test} ${value}.0${and}`),
          ),
        }
      : {}),
    'q-not-in-null': ask(
      'q-not-in-null',
      fc.constantFrom(
        "SELECT id FROM orders WHERE status IN ('open', NULL, 'paid')",
        'SELECT id FROM orders WHERE qty IN (NULL, 1)',
      ),
    ),
  };
}

/** NOT IN over what may be NULL: the same where nothing is. */
export const notIn: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('o.customer_id', 'o.qty', 'o.id'),
    fc.constantFrom('', ' WHERE m.grp > 1', ' WHERE m.grp > 1 OR m.grp = 0'),
    more,
  )
  .map(([of, where, and]) => `SELECT o.id FROM orders o WHERE ${of} NOT IN (SELECT m.manager_id FROM customers m${where})${and}`);

export const orders: fc.Arbitrary<string> = fc.constantFrom(
  'rank_no',
  'rank_no DESC',
  'made, rank_no',
  'made DESC, rank_no',
  'status DESC, made DESC',
  'rank_no, id',
);

/** How the first value is named in a query of the dialect that begins a page after it. */
export const FIRST_VALUE: Readonly<Record<ProvedDialect, string>> = { postgresql: '$1', mariadb: '?', sqlite: ':last_rank_no' };
