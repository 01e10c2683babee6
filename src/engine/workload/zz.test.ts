import { test } from 'vitest';
import { candidatesFor } from '#engine/indexes/candidates/candidates.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { candidateText, factLines } from '#test/workload.ts';

test('x', async () => {
  const parser = await parserForTests();
  const document = readDdl(
    parser,
    `create table customers(id int primary key, email text not null, name text);
create table orders(id bigint primary key, customer_id int not null references customers, status text not null, created_at timestamptz not null default now(), total numeric, note text, tags text[], data jsonb, deleted_at timestamptz);
create table items(order_id bigint references orders, product_id int, qty int, primary key(order_id, product_id));`,
  );
  for (const sql of [
    "select id, total from orders where customer_id = $1 and status = 'open' and created_at > now() - interval '7 days' order by created_at desc limit 20",
    'select * from orders o join customers c on c.id = o.customer_id where lower(c.email) = $1',
    "select * from orders where tags @> array['x'] and data @> '{\"a\":1}' and note ilike '%x%'",
    'select * from orders where (created_at, id) < ($1, $2) and customer_id = $3 order by created_at desc, id desc limit 10',
    'select customer_id, max(created_at) from orders group by customer_id',
    "select count(*) from orders where deleted_at is null and (status = 'a' or customer_id = 3)",
    'delete from customers where id = $1',
    'insert into customers(id,email) values ($1,$2) on conflict (email) do nothing',
    'select status, created_at from orders where date(created_at) = $1 order by status asc, created_at desc',
  ]) {
    const facts = analyseQuery(document, { sql }, parser);
    const c = candidatesFor(document, [{ id: 'q', facts }], { parser });
    console.log(
      `\n== ${sql}\n` +
        factLines(document, facts).join('\n') +
        '\n' +
        c.value
          .map(
            (one) =>
              '   ' +
              candidateText(document, one) +
              '   -- ' +
              one.reasons.map((r) => r.shape).join(',') +
              ' ' +
              one.parts.map((p) => p.role).join(''),
          )
          .join('\n'),
    );
  }
});
