import fc from 'fast-check';

/** Random queries over the shop of `workload-schema.ts`, each with what it must be found to say. */

interface Column {
  readonly name: string;
  readonly values: readonly string[];
}

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  orders: [
    { name: 'id', values: ['1', '42'] },
    { name: 'customer_id', values: ['7', '-3'] },
    { name: 'placed_on', values: ["date '2026-01-01'"] },
    { name: 'total', values: ['1.5', '100'] },
    { name: 'note', values: ["'x'", "'it''s'"] },
  ],
  customers: [
    { name: 'id', values: ['1'] },
    { name: 'email', values: ["'a@b'"] },
    { name: 'name', values: ["'n'"] },
    { name: 'born', values: ["date '1999-12-31'"] },
  ],
  items: [
    { name: 'order_id', values: ['5'] },
    { name: 'product_id', values: ['6'] },
    { name: 'qty', values: ['1'] },
  ],
};

export interface RandomQuery {
  readonly sql: string;
  /** `alias.column` of everything that is read. */
  readonly columns: readonly string[];
  /** `alias.column test` of every condition. */
  readonly predicates: readonly string[];
  /** `alias.column=alias.column`, ends sorted. */
  readonly joins: readonly string[];
}

interface Condition {
  readonly sql: string;
  readonly says: string;
}

function condition(alias: string, { name, values }: Column): fc.Arbitrary<Condition> {
  const column = `${alias}.${name}`;
  const value = fc.constantFrom(...values);
  return fc.oneof(
    value.map((one) => ({ sql: `${column} = ${one}`, says: `${column} equal` })),
    value.map((one) => ({ sql: `${one} = ${column}`, says: `${column} equal` })),
    value.map((one) => ({ sql: `NOT ${column} <> ${one}`, says: `${column} equal` })),
    value.map((one) => ({ sql: `(${column} > ${one})`, says: `${column} range` })),
    value.map((one) => ({ sql: `NOT (${column} <= ${one})`, says: `${column} range` })),
    value.map((one) => ({ sql: `${column} IN (${one}, ${one})`, says: `${column} in` })),
    value.map((one) => ({ sql: `(${column} = ${one} OR ${column} IN (${one}))`, says: `${column} in` })),
    fc.constant({ sql: `${column} IS NULL`, says: `${column} null` }),
    fc.constant({ sql: `NOT ${column} IS NULL`, says: `${column} not null` }),
    value.map((one) => ({ sql: `${column} <> ${one}`, says: `${column} differs` })),
  );
}

/** How a query is wrapped, which changes nothing of what it says. */
const WRAPS: readonly ((sql: string) => string)[] = [
  (sql) => sql,
  (sql) => `SELECT * FROM (${sql}) w`,
  (sql) => `WITH w AS (${sql}) SELECT * FROM w`,
  (sql) => `SELECT w.* FROM (SELECT * FROM (${sql}) v) w`,
  (sql) => `(${sql})`,
  (sql) => `EXPLAIN ${sql}`,
];

const table = fc.constantFrom('orders', 'customers', 'items');

/** One to three tables, each joined to the one before, with up to three conditions each. */
export const randomQuery: fc.Arbitrary<RandomQuery> = fc
  .tuple(fc.array(table, { minLength: 1, maxLength: 3 }), fc.constantFrom(...WRAPS), fc.constantFrom('JOIN', ','), fc.boolean())
  .chain(([tables, wrap, word, quoted]) => {
    const parts = tables.map((name, i) => {
      const alias = `${name[0]}${i}`;
      const columns = COLUMNS[name] as readonly Column[];
      const of = (one: Column) => condition(alias, one);
      return fc.record({
        name: fc.constant(name),
        alias: fc.constant(alias),
        shown: fc.constantFrom(...columns),
        joined: fc.constantFrom(...columns.filter((one) => /id$/.test(one.name))),
        conditions: fc.uniqueArray(fc.constantFrom(...columns), { maxLength: 3 }).chain((some) => fc.tuple(...some.map(of))),
      });
    });
    return fc.tuple(...parts).map((sides) => {
      const shown = sides.map(({ alias, shown: one }) => `${alias}.${one.name}`);
      const links = sides.slice(1).map((side, i) => {
        const before = sides[i] as (typeof sides)[number];
        return [`${before.alias}.${before.joined.name}`, `${side.alias}.${side.joined.name}`] as const;
      });
      const conditions = sides.flatMap((side) => side.conditions);
      const quote = (name: string) => (quoted ? `"${name}"` : name);
      const from = sides
        .map(({ name, alias }, i) => {
          const link = links[i - 1];
          const on = word === 'JOIN' && link !== undefined ? ` ON ${link[0]} = ${link[1]}` : '';
          return `${i === 0 ? '' : word === 'JOIN' ? ' JOIN ' : ', '}${quote(name)} ${alias}${on}`;
        })
        .join('');
      const where = [...(word === 'JOIN' ? [] : links.map(([a, b]) => `${b} = ${a}`)), ...conditions.map(({ sql }) => sql)];
      const names = shown.map((one, i) => `${one} AS c${i}`).join(', ');
      const sql = wrap(`SELECT ${names} FROM ${from}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`);
      const read = [...shown, ...links.flat(), ...conditions.map(({ says }) => says.split(' ')[0] as string)];
      return {
        sql,
        columns: [...new Set(read)].sort(),
        predicates: conditions.map(({ says }) => says).sort(),
        joins: links.map(([a, b]) => [a, b].sort().join('=')).sort(),
      };
    });
  });
