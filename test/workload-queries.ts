/** Queries over the shop, each with what reading it tells: one line for each table use, join and finding. */
export interface ReadQuery {
  readonly name: string;
  readonly sql: string;
  readonly role?: string;
  readonly says: readonly string[];
}

export const READ_QUERIES: readonly ReadQuery[] = [
  {
    name: 'equality, range, order and limit',
    sql: "SELECT id, total FROM orders WHERE customer_id = $1 AND created_at >= now() - interval '7 days' ORDER BY created_at DESC LIMIT 20",
    says: [
      "orders: equal customer_id = $1; range created_at >= {now() - CAST('7 days' AS interval)}; order created_at desc; limit 20; needs id,customer_id,created_at,total",
    ],
  },
  {
    name: 'a comparison written backwards, and one with a cast that changes nothing',
    sql: "SELECT 1 FROM orders WHERE 10 < total AND CAST(placed_on AS date) = date '2026-01-01'",
    says: ["orders: range total > 10; equal placed_on = CAST('2026-01-01' AS date); needs placed_on,total"],
  },
  {
    name: 'IN, NOT IN, IS NULL, BETWEEN, <>',
    sql: "SELECT id FROM orders WHERE status IN ('open', 'paid') AND customer_id NOT IN (1, 2) AND deleted_at IS NULL AND total BETWEEN 1 AND 5 AND note <> 'x' AND note IS NOT NULL",
    says: [
      "orders: in status IN 'open'/'paid'; differs customer_id NOT IN 1/2; null deleted_at IS NULL; range total BETWEEN 1/5; differs note <> 'x'; not null note IS NOT NULL; needs id,customer_id,status,total,note,deleted_at",
    ],
  },
  {
    name: 'an OR on one column is a list, on two are arms',
    sql: 'SELECT id FROM orders WHERE (customer_id = 1 OR customer_id = 2) AND (id = $1 OR total > 100)',
    says: ['orders: in customer_id IN 1/2; or {equal id = $1} {range total > 100}; needs id,customer_id,total'],
  },
  {
    name: 'what all arms of an OR say holds anyway',
    sql: "SELECT id FROM orders WHERE (customer_id = 1 AND status = 'open') OR (customer_id = 1 AND total > 9)",
    says: ["orders: equal customer_id = 1; or {equal status = 'open'} {range total > 9}; needs id,customer_id,status,total"],
  },
  {
    name: 'an OR of which one arm finds nothing by this table',
    sql: 'SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = 1 OR c.email = $1',
    says: ['orders o: needs id,customer_id', 'customers c: needs id,email', 'inner: c.id = o.customer_id'],
  },
  {
    name: 'NOT goes inside',
    sql: "SELECT id FROM orders WHERE NOT (total < 5 OR status = 'open') AND NOT (note IS NULL)",
    says: ["orders: range total >= 5; differs status <> 'open'; not null note IS NOT NULL; needs id,status,total,note"],
  },
  {
    name: 'booleans',
    sql: 'SELECT id FROM customers WHERE active AND email = $1',
    says: ['customers: equal active = true; equal email = $1; needs id,email,active'],
  },
  {
    name: 'booleans, negated and tested',
    sql: 'SELECT d.id FROM customers d WHERE NOT d.active OR d.active IS TRUE',
    says: ['customers d: in active IN false/true; needs id,active'],
  },
  {
    name: 'patterns',
    sql: "SELECT id FROM customers WHERE email LIKE 'a%' AND name ILIKE 'a%' AND name LIKE '%b' AND email ~ '^abc' AND name LIKE $1 AND name NOT LIKE 'x%' AND starts_with(email, 'q')",
    says: [
      "customers: prefix email LIKE 'a%'; pattern name ILIKE 'a%'; pattern name LIKE '%b'; prefix email REGEXP '^abc'; pattern name LIKE $1; differs name NOT LIKE 'x%'; prefix email starts_with 'q'; needs id,email,name",
    ],
  },
  {
    name: 'expressions',
    sql: "SELECT id FROM orders WHERE lower(note) = $1 AND date(created_at) = $2 AND data->>'kind' = 'x' AND extract(year FROM placed_on) = 2026 AND total * 2 > 5",
    says: [
      "orders: equal lower(note) = $1; equal date(created_at) = $2; equal data ->> 'kind' = 'x'; equal EXTRACT(year FROM placed_on) = 2026; range total * 2 > 5; needs id,created_at,placed_on,total,note,data",
    ],
  },
  {
    name: 'operators of documents, arrays, text search, ranges and distance',
    sql: "SELECT o.id FROM orders o WHERE o.data @> '{\"a\": 1}' AND o.data ? 'k' AND o.tags && ARRAY['a'] AND 'x' = ANY (o.tags) AND o.id = ANY ($1)",
    says: [
      "orders o: contains data @> '{\"a\": 1}'; contains data ? 'k'; contains tags && ARRAY['a']; contains tags = ANY 'x'; in id = ANY $1; needs id,tags,data",
    ],
  },
  {
    name: 'text search and the nearest',
    sql: "SELECT id FROM customers WHERE search @@ to_tsquery('english', $1) ORDER BY home <-> point '(1,2)' LIMIT 5",
    says: ["customers: contains search @@ {to_tsquery('english', $1)}; order home<->; limit 5; needs id,search,home"],
  },
  {
    name: 'ranges contain, from either side',
    sql: 'SELECT id FROM bookings WHERE room = 4 AND $1::timestamptz <@ during',
    says: ['bookings: equal room = 4; contains during @> $1; needs id,room,during'],
  },
  {
    name: 'a page by its last row',
    sql: 'SELECT id FROM orders WHERE customer_id = $1 AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT 10',
    says: [
      'orders: equal customer_id = $1; keyset (created_at,id) < $2,$3; order created_at desc,id desc; limit 10; needs id,customer_id,created_at',
    ],
  },
  {
    name: 'rows that are equal part by part, and a list of rows',
    sql: 'SELECT qty FROM items WHERE (order_id, product_id) = ($1, $2) OR (order_id, product_id) IN ((1, 2), (3, 4))',
    says: [
      'items: or {equal order_id = $1 & equal product_id = $2} {in order_id IN & in product_id IN}; needs order_id,product_id,qty',
    ],
  },
  {
    name: 'order with directions and places of NULL; positions and names of outputs',
    sql: 'SELECT deleted_at AS gone, total FROM orders ORDER BY gone DESC NULLS LAST, 2, created_at NULLS LAST OFFSET 5',
    says: ['orders: order deleted_at desc nulls last,total,created_at; offset 5; needs created_at,total,deleted_at'],
  },
  {
    name: 'groups, aggregates and HAVING',
    sql: 'SELECT customer_id, count(*), max(created_at) FROM orders GROUP BY customer_id HAVING count(*) > 3 AND customer_id > 7',
    says: ['orders: range customer_id > 7; group customer_id; needs customer_id,created_at'],
  },
  {
    name: 'the least and the greatest',
    sql: 'SELECT min(created_at), max(total) FROM orders WHERE customer_id = $1',
    says: ['orders: equal customer_id = $1; extreme created_at,total; needs customer_id,created_at,total'],
  },
  {
    name: 'DISTINCT and DISTINCT ON',
    sql: 'SELECT DISTINCT ON (customer_id) customer_id, id FROM orders ORDER BY customer_id, created_at DESC',
    says: ['orders: order customer_id,created_at desc; distinct customer_id; needs id,customer_id,created_at'],
  },
  {
    name: 'joins of every kind',
    sql: 'SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id AND c.country = $1 LEFT JOIN items i ON i.order_id = o.id AND i.qty > 2 AND o.total > 5',
    says: [
      'orders o: range total > 5 (filter); needs id,customer_id,total',
      'customers c: equal country = $1; needs id,country',
      'items i: range qty > 2; needs order_id,qty',
      'inner: c.id = o.customer_id',
      'left: o.id = i.order_id',
    ],
  },
  {
    name: 'a right join keeps the other side',
    sql: 'SELECT c.id FROM orders o RIGHT JOIN customers c ON c.id = o.customer_id',
    says: ['orders o: needs customer_id', 'customers c: needs id', 'right: o.customer_id = c.id'],
  },
  {
    name: 'an outer join whose missing rows a condition leaves out is an inner one',
    sql: 'SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id FULL JOIN items i ON i.order_id = o.id WHERE c.email = $1',
    says: [
      'orders o: needs id,customer_id',
      'customers c: equal email = $1; needs id,email',
      'items i: needs order_id',
      'inner: o.customer_id = c.id',
      'left: o.id = i.order_id',
    ],
  },
  {
    name: 'one that a condition leaves in stays one, and that condition is none of its table’s; so does one below a COALESCE',
    sql: 'SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN items i ON i.order_id = o.id WHERE c.email IS NULL AND coalesce(i.qty, 0) = 0',
    says: [
      'orders o: needs id,customer_id',
      'customers c: null email IS NULL (filter); needs id,email',
      'items i: equal coalesce(qty, 0) = 0; needs order_id,qty',
      'left: o.customer_id = c.id',
      'left: o.id = i.order_id',
    ],
  },
  {
    name: 'a full join of which one side is asked for keeps that side',
    sql: 'SELECT 1 FROM orders o FULL JOIN items i ON i.order_id = o.id WHERE o.total > 5',
    says: ['orders o: range total > 5; needs id,total', 'items i: needs order_id', 'left: o.id = i.order_id'],
  },
  {
    name: 'USING and NATURAL',
    sql: 'SELECT id, o.total FROM orders o JOIN products p USING (id) NATURAL JOIN sales.regions',
    says: [
      'orders o: needs id,total',
      'products p: needs id',
      'regions: needs id',
      'inner: o.id = p.id',
      'inner: o.id = regions.id',
    ],
  },
  {
    name: 'EXISTS and NOT EXISTS',
    sql: 'SELECT c.id FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id AND o.total > 5) AND NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = c.id)',
    says: [
      'customers c: needs id',
      'orders o: range total > 5; needs customer_id,total',
      'items i: needs order_id',
      'semi: c.id = o.customer_id',
      'anti: c.id = i.order_id',
    ],
  },
  {
    name: 'IN and NOT IN of queries',
    sql: "SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country = 'DE') AND id NOT IN (SELECT order_id FROM items)",
    says: [
      'orders: differs id <> ALL <query>; needs id,customer_id',
      "customers: equal country = 'DE'; needs id,country",
      'items: needs order_id',
      'semi: orders.customer_id = customers.id',
    ],
  },
  {
    name: 'IN of a query that groups is a list of values',
    sql: 'SELECT id FROM orders WHERE customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 5)',
    says: ['orders: in customer_id = ANY <query>; needs id,customer_id', 'orders: group customer_id; needs customer_id'],
  },
  {
    name: 'a scalar subquery, correlated and not',
    sql: 'SELECT id FROM orders o WHERE total > (SELECT avg(total) FROM orders) AND total = (SELECT max(x.total) FROM orders x WHERE x.customer_id = o.customer_id)',
    says: [
      'orders o: range total > <query>; needs id,customer_id,total',
      'orders: needs total',
      'orders x: extreme total; needs customer_id,total',
      'scalar: o.customer_id = x.customer_id',
    ],
  },
  {
    name: 'a query in FROM is looked through',
    sql: 'SELECT s.id FROM (SELECT id, customer_id AS who FROM orders WHERE total > 1) s WHERE s.who = $1',
    says: ['orders: range total > 1; equal customer_id = $1; needs id,customer_id,total'],
  },
  {
    name: 'a LIMIT is not looked through, a group for constants of its keys',
    sql: 'SELECT s.id, g.n FROM (SELECT id, customer_id FROM orders ORDER BY id LIMIT 10) s JOIN (SELECT customer_id AS who, count(*) AS n FROM orders GROUP BY customer_id) g ON g.who = s.customer_id WHERE s.customer_id = $1 AND g.who = $2 AND g.n > 1',
    says: [
      'orders: order id; limit 10; needs id,customer_id',
      'orders: equal customer_id = $2; group customer_id; needs customer_id',
    ],
  },
  {
    name: 'LATERAL looks at what stands before it',
    sql: 'SELECT c.id, l.total FROM customers c, LATERAL (SELECT o.total FROM orders o WHERE o.customer_id = c.id ORDER BY o.created_at DESC LIMIT 1) l',
    says: [
      'customers c: needs id',
      'orders o: order created_at desc; limit 1; needs customer_id,created_at,total',
      'inner: o.customer_id = c.id',
    ],
  },
  {
    name: 'WITH, read once and read twice',
    sql: 'WITH a AS (SELECT id, customer_id FROM orders), b AS (SELECT id FROM customers) SELECT a.id FROM a, b x, b y WHERE a.customer_id = x.id AND x.id = y.id AND a.id = 5 AND x.id = 7',
    says: ['orders: equal customer_id = <row>; equal id = 5; needs id,customer_id', 'customers: needs id'],
  },
  {
    name: 'WITH RECURSIVE',
    sql: 'WITH RECURSIVE up (id, parent) AS (SELECT id, parent_id FROM products WHERE id = $1 UNION ALL SELECT p.id, p.parent_id FROM products p JOIN up ON p.id = up.parent) SELECT id FROM up',
    says: ['products: equal id = $1; needs id,parent_id', 'products p: equal id = <row>; needs id,parent_id'],
  },
  {
    name: 'a view is its tables',
    sql: 'SELECT customer FROM open_orders WHERE customer_id = $1 ORDER BY created_at',
    says: [
      "orders o via open_orders: equal status = 'open'; equal customer_id = $1; order created_at; needs customer_id,status,created_at",
      'customers c via open_orders: needs id,name',
      'inner: c.id = o.customer_id',
    ],
  },
  {
    name: 'a view that groups',
    sql: 'SELECT spent FROM spending WHERE customer_id = 4 AND last > $1',
    says: ['orders via spending: equal customer_id = 4; group customer_id; needs customer_id,created_at,total'],
  },
  {
    name: 'both arms of UNION ALL',
    sql: "SELECT id FROM parties WHERE name = 'x'",
    says: ["customers via parties: equal name = 'x'; needs id,name", "regions via parties: equal name = 'x'; needs id,name"],
  },
  {
    name: 'arms whose types differ are not looked through',
    sql: "SELECT id FROM labels WHERE label = 'x' AND id = 3",
    says: ['customers via labels: equal id = 3; needs id,name', 'regions via labels: equal id = 3; needs id,code'],
  },
  {
    name: 'set operations',
    sql: 'SELECT id FROM orders WHERE total > 5 UNION SELECT order_id FROM items EXCEPT SELECT id FROM customers ORDER BY id',
    says: ['orders: range total > 5; needs id,total', 'items: needs order_id', 'customers: needs id'],
  },
  {
    name: 'row-level security counts, for the role that asks',
    sql: 'SELECT body FROM docs WHERE id = $1',
    role: 'app',
    says: [
      "docs: equal tenant = {CAST(current_setting('app.tenant') AS integer)} (policy); equal id = $1; or {equal owner = {CURRENT_USER} (policy)} {equal shared = true (policy)}; needs id,tenant,owner,body,shared",
    ],
  },
  {
    name: 'row-level security of an UPDATE',
    sql: "UPDATE docs SET body = 'x' WHERE id = 3",
    role: 'app',
    says: [
      "docs: equal tenant = {CAST(current_setting('app.tenant') AS integer)} (policy); equal owner = {CURRENT_USER} (policy); equal id = 3; or {equal owner = {CURRENT_USER} (policy)} {equal shared = true (policy)}; update body; needs id,tenant,owner,shared",
    ],
  },
  {
    name: 'INSERT with a conflict and what it returns',
    sql: 'INSERT INTO customers AS c (id, email, name) VALUES ($1, $2, $3) ON CONFLICT (lower(email)) WHERE active DO UPDATE SET name = excluded.name WHERE c.country IS NULL RETURNING id, name',
    says: ['customers c (unread): insert id,email,name; conflict lower(email) where active; needs id,name,country'],
  },
  {
    name: 'INSERT of a query',
    sql: 'INSERT INTO items SELECT o.id, 1, 1, o.total FROM orders o WHERE o.placed_on = $1',
    says: [
      'items (unread): insert order_id,product_id,qty,price; needs',
      'orders o: equal placed_on = $1; needs id,placed_on,total',
    ],
  },
  {
    name: 'UPDATE with FROM',
    sql: 'UPDATE orders o SET total = total + i.price, note = NULL FROM items i WHERE i.order_id = o.id AND i.product_id = $1 RETURNING o.id',
    says: [
      'orders o: update total,note; needs id,total',
      'items i: equal product_id = $1; needs order_id,product_id,price',
      'inner: i.order_id = o.id',
    ],
  },
  {
    name: 'DELETE with USING',
    sql: "DELETE FROM items i USING orders o WHERE o.id = i.order_id AND o.status = 'open'",
    says: ['items i: delete; needs order_id', "orders o: equal status = 'open'; needs id,status", 'inner: o.id = i.order_id'],
  },
  {
    name: 'MERGE',
    sql: 'MERGE INTO customers c USING (SELECT customer_id, max(note) AS n FROM orders GROUP BY customer_id) s ON s.customer_id = c.id WHEN MATCHED AND c.active THEN UPDATE SET name = s.n WHEN NOT MATCHED THEN INSERT (id, email, name) VALUES (s.customer_id, s.n, s.n)',
    says: [
      'customers c: equal id = <row>; update id,email,name; needs id,active',
      'orders: group customer_id; extreme note; needs customer_id,note',
    ],
  },
  {
    name: 'WITH that changes rows',
    sql: 'WITH gone AS (DELETE FROM items WHERE qty = 0 RETURNING order_id) SELECT o.id FROM orders o JOIN gone g ON g.order_id = o.id',
    says: ['items: equal qty = 0; delete; needs order_id,qty', 'orders o: equal id = <row>; needs id'],
  },
  {
    name: 'EXPLAIN is what it explains',
    sql: 'EXPLAIN (ANALYZE) SELECT id FROM orders WHERE id = 1',
    says: ['orders: equal id = 1; needs id'],
  },
  {
    name: 'literals with a type, as pg_stat_statements shows them',
    sql: 'SELECT id FROM orders WHERE created_at > now() - interval $1 AND placed_on = date $2',
    says: ['orders: range created_at > {now() - CAST($1 AS interval)}; equal placed_on = $2; needs id,created_at,placed_on'],
  },
  {
    name: 'tables that nothing joins',
    sql: 'SELECT o.id FROM orders o, customers c WHERE o.total > 5',
    says: [
      'orders o: range total > 5; needs id,total',
      'customers c: needs',
      'warning joins-without-condition 27-36: No condition joins this to what stands before it: every row meets every row.',
    ],
  },
  {
    name: 'names that mean nothing, with the nearest there are',
    sql: 'SELECT o.totl, x.id, nme FROM orders o JOIN custmers c ON c.id = o.customer_id JOIN customers d ON d.idd = o.id',
    says: [
      'orders o: equal customer_id = <row>; equal id = <row>; needs id,customer_id',
      'customers d: needs',
      'error unknown-table 44-52: The model has no table or view custmers. Did you mean customers?',
      'error unknown-column 101-104: d has no column idd. Did you mean id?',
      'error unknown-column 9-13: o has no column totl. Did you mean total?',
      'error unknown-alias 15-16: Nothing in FROM is called x. Did you mean o?',
    ],
  },
  {
    name: 'a name that two tables have',
    sql: 'SELECT id FROM orders o JOIN customers c ON c.id = o.customer_id',
    says: [
      'orders o: needs customer_id',
      'customers c: needs id',
      'inner: c.id = o.customer_id',
      'error ambiguous-column 7-9: id may be of o or c: say which.',
    ],
  },
  {
    name: 'what is no query',
    sql: 'SET search_path = public',
    says: ['error not-a-query 0-24: This statement reads and writes no rows that an index could find.'],
  },
  { name: 'what does not parse', sql: 'SELECT * FORM orders', says: ['error syntax 9-13: syntax error at or near "FORM"'] },
];
