import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LostDependency } from '../base/lost-dependency.ts';
import { lostDependencyAssertion, lostDependencyQuery, lostDependencyTriggers } from './lost-dependency.ts';

/** The classic: street and city determine the zip code, the zip code its city; BCNF keeps only the second. */
const LOST: LostDependency = {
  name: 'one zip per "street"',
  left: ['city', 'Street'],
  right: ['zip'],
  tables: [
    { name: 'address', columns: ['Street', 'zip'] },
    { schema: 'public', name: 'zip code', columns: ['zip', 'city'] },
  ],
};

let db: PGlite;
beforeAll(async () => {
  db = await PGlite.create();
  await db.exec(`CREATE TABLE "zip code" (zip text PRIMARY KEY, city text);
    CREATE TABLE address ("Street" text, zip text REFERENCES "zip code", PRIMARY KEY ("Street", zip));`);
  for (const sql of lostDependencyTriggers(LOST)) await db.exec(sql);
});
beforeEach(async () => {
  await db.exec(`TRUNCATE address, "zip code"; INSERT INTO "zip code" VALUES ('8001', 'Zürich'), ('8002', 'Zürich'), ('3011', 'Bern');
    INSERT INTO address VALUES ('Bahnhofstrasse', '8001'), ('Bahnhofstrasse', '3011'), ('Seestrasse', '8002');`);
});
afterAll(() => db.close());

const broken = expect.objectContaining({ code: '23000', message: 'city, Street no longer determines zip' });

test('a row that breaks the dependency through the join is refused, whichever table it enters by', async () => {
  await expect(db.exec(`INSERT INTO address VALUES ('Bahnhofstrasse', '8002')`)).rejects.toEqual(broken);
  await expect(db.exec(`UPDATE "zip code" SET city = 'Zürich' WHERE zip = '3011'`)).rejects.toEqual(broken);
  await expect(db.exec(`UPDATE address SET zip = '8002' WHERE "Street" = 'Bahnhofstrasse' AND zip = '3011'`)).rejects.toEqual(
    broken,
  );
  expect((await db.query(lostDependencyQuery(LOST))).rows).toEqual([]);
});

test('rows that keep it enter, and it may be broken inside a transaction that mends it', async () => {
  await db.exec(`INSERT INTO address VALUES ('Seestrasse', '3011')`);
  await db.exec(`BEGIN; INSERT INTO address VALUES ('Bahnhofstrasse', '8002');
    DELETE FROM address WHERE "Street" = 'Bahnhofstrasse' AND zip = '8001'; COMMIT;`);
  expect((await db.query(`SELECT count(*)::int AS n FROM address`)).rows).toEqual([{ n: 4 }]);
});

test('the query names what breaks it', async () => {
  await db.exec(`ALTER TABLE address DISABLE TRIGGER USER; INSERT INTO address VALUES ('Bahnhofstrasse', '8002');
    ALTER TABLE address ENABLE TRIGGER USER;`);
  expect((await db.query(lostDependencyQuery(LOST))).rows).toEqual([{ city: 'Zürich', Street: 'Bahnhofstrasse' }]);
});

test('NULL is a value like others: two different right sides break it even when one is NULL', async () => {
  await db.exec(`CREATE TABLE a (k int, x int); CREATE TABLE b (k int, y int);`);
  const lost: LostDependency = {
    name: 'x_y',
    left: ['x'],
    right: ['y'],
    tables: [
      { name: 'a', columns: ['k', 'x'] },
      { name: 'b', columns: ['k', 'y'] },
    ],
  };
  for (const sql of lostDependencyTriggers(lost)) await db.exec(sql);
  await db.exec(`INSERT INTO a VALUES (1, 7), (2, 7); INSERT INTO b VALUES (1, NULL)`);
  await expect(db.exec(`INSERT INTO b VALUES (2, 5)`)).rejects.toMatchObject({ code: '23000' });
  await db.exec(`INSERT INTO b VALUES (2, NULL)`);
  await db.exec(`INSERT INTO a VALUES (3, NULL), (4, NULL); INSERT INTO b VALUES (3, 1)`);
  await expect(db.exec(`INSERT INTO b VALUES (4, 2)`)).rejects.toMatchObject({ code: '23000' });
});

test('a dependency without a left side says that a column is the same everywhere', async () => {
  await db.exec(`CREATE TABLE c (k int, z int); CREATE TABLE d (k int, w int);`);
  const lost: LostDependency = {
    name: 'w_constant',
    left: [],
    right: ['w'],
    tables: [
      { name: 'c', columns: ['k', 'z'] },
      { name: 'd', columns: ['k', 'w'] },
    ],
  };
  for (const sql of lostDependencyTriggers(lost)) await db.exec(sql);
  await db.exec(`INSERT INTO c VALUES (1, 1), (2, 2); INSERT INTO d VALUES (1, 5)`);
  await expect(db.exec(`INSERT INTO d VALUES (2, 6)`)).rejects.toMatchObject({ code: '23000' });
  await db.exec(`INSERT INTO d VALUES (2, 5)`);
});

test('the assertion quotes every name', () => {
  expect(lostDependencyAssertion(LOST)).toBe(`CREATE ASSERTION "one zip per ""street""" CHECK (NOT EXISTS (
    SELECT t2.city, t1."Street"
    FROM address AS t1
      JOIN public."zip code" AS t2 ON t2.zip = t1.zip
    GROUP BY t2.city, t1."Street"
    HAVING count(DISTINCT ROW(t1.zip)) > 1
));`);
});
