/** A shop with one of everything that queries ask of tables: for tests of workloads. */
export const SHOP = `
CREATE SCHEMA sales;
CREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');
CREATE TABLE customers (
  id bigint PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name varchar(100) NOT NULL,
  country char(2),
  born date,
  active boolean NOT NULL DEFAULT true,
  search tsvector,
  home point
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
  status order_status NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  placed_on date NOT NULL,
  total numeric(12, 2) NOT NULL,
  note text,
  tags text[] NOT NULL DEFAULT '{}',
  data jsonb,
  deleted_at timestamptz
);
CREATE TABLE items (
  order_id bigint NOT NULL REFERENCES orders,
  product_id integer NOT NULL,
  qty integer NOT NULL,
  price numeric(12, 2) NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE TABLE products (id integer PRIMARY KEY, sku text NOT NULL UNIQUE, title text NOT NULL, parent_id integer REFERENCES products, valid tstzrange);
CREATE TABLE bookings (id bigint PRIMARY KEY, room integer NOT NULL, during tstzrange NOT NULL);
CREATE TABLE sales.regions (id bigint PRIMARY KEY, name varchar(100) NOT NULL, code text);
CREATE TABLE docs (id bigint PRIMARY KEY, tenant integer NOT NULL, owner text NOT NULL, body text, shared boolean NOT NULL);
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_tenant ON docs AS RESTRICTIVE USING (tenant = current_setting('app.tenant')::integer);
CREATE POLICY own ON docs FOR SELECT TO app USING (owner = CURRENT_USER);
CREATE POLICY others ON docs FOR SELECT TO app USING (shared);
CREATE POLICY change ON docs FOR UPDATE TO app USING (owner = CURRENT_USER);
CREATE VIEW open_orders AS SELECT o.id, o.customer_id, o.created_at, c.name AS customer FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'open';
CREATE VIEW spending AS SELECT customer_id, sum(total) AS spent, max(created_at) AS last FROM orders GROUP BY customer_id;
CREATE VIEW labels AS SELECT id, name AS label FROM customers UNION ALL SELECT id, code FROM sales.regions;
CREATE VIEW parties AS SELECT id, name FROM customers UNION ALL SELECT id, name FROM sales.regions;
`;
