import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';
import { findMariadb, type Mariadb, openMariadb } from '#test/engines/mariadb.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { loadSqlite } from '../../cli/sqlite.ts';
import type { LostDependency } from './base/lost-dependency.ts';
import { LOST_TRIGGERS } from './lost-triggers.ts';

/** The classic: street and city determine the zip code, the zip code its city; BCNF keeps only the second. */
const LOST: LostDependency = {
  name: "one zip per street's",
  left: ['city', 'Street'],
  right: ['zip'],
  tables: [
    { name: 'address', columns: ['Street', 'zip'] },
    { name: 'zip code', columns: ['zip', 'city'] },
  ],
};

type Run = (sql: string) => Promise<string | undefined>;

/** What has to be the same on every engine. @param q the dialect's quotes around a name. */
async function expectKept(run: Run, dialect: Dialect, q: (name: string) => string): Promise<void> {
  const [address, code] = [q('address'), q('zip code')];
  const fine = async (sql: string) => expect([sql, await run(sql)]).toEqual([sql, undefined]);
  const broken = async (sql: string) =>
    expect([sql, await run(sql)]).toEqual([sql, expect.stringContaining('no longer determines zip')]);
  await fine(`CREATE TABLE ${code} (zip varchar(9) NOT NULL PRIMARY KEY, city varchar(20))`);
  await fine(
    `CREATE TABLE ${address} (${q('Street')} varchar(30) NOT NULL, zip varchar(9) NOT NULL, PRIMARY KEY (${q('Street')}, zip))`,
  );
  for (const text of LOST_TRIGGERS[dialect](LOST)) {
    for (const span of splitSql(text, dialect)) if (span.kind === 'statement') await fine(statementText(text, span));
  }
  await fine(`INSERT INTO ${code} VALUES ('8001', 'Zürich'), ('8002', 'Zürich'), ('3011', 'Bern')`);
  await fine(`INSERT INTO ${address} VALUES ('Bahnhofstrasse', '8001'), ('Bahnhofstrasse', '3011'), ('Seestrasse', '8002')`);
  await broken(`INSERT INTO ${address} VALUES ('Bahnhofstrasse', '8002')`);
  await broken(`UPDATE ${code} SET city = 'Zürich' WHERE zip = '3011'`);
  await broken(`UPDATE ${address} SET zip = '8002' WHERE ${q('Street')} = 'Bahnhofstrasse' AND zip = '3011'`);
  await fine(`INSERT INTO ${address} VALUES ('Seestrasse', '3011')`);
  await fine(`UPDATE ${code} SET city = 'Berne' WHERE zip = '3011'`);
  await fine(`INSERT INTO ${code} VALUES ('9999', NULL), ('9998', NULL)`);
  await fine(`INSERT INTO ${address} VALUES ('Nowhere', '9999')`);
  // NULL is a value like others: one city, none, and two zip codes.
  await broken(`INSERT INTO ${address} VALUES ('Nowhere', '9998')`);
}

it('SQLite refuses rows that break a lost dependency, by RAISE, and takes others', async () => {
  const database = (await loadSqlite()).open();
  await expectKept(
    async (sql) => database.run(sql)?.message,
    'sqlite',
    (name) => `"${name}"`,
  );
  database.close();
});

const found = findMariadb();
if (!found.ok) console.warn(`Triggers of a lost dependency are not run: ${found.reason}`);

describe.skipIf(!found.ok)('MariaDB', () => {
  let db: Mariadb;
  beforeAll(async () => {
    db = await openMariadb();
    await db.reset();
  });
  afterAll(() => db?.close());

  it.each(['mysql', 'mariadb'] as const)(
    'refuses rows that break a lost dependency, by SIGNAL, and takes others: %s',
    async (dialect) => {
      await db.reset();
      await expectKept(
        async (sql) => (await db.run([sql]))[0]?.message,
        dialect,
        (name) => `\`${name}\``,
      );
    },
  );
});

describe('triggers that no engine here runs', () => {
  let parser: PgParser;
  beforeAll(async () => {
    parser = await parserForTests();
  });

  it.each([
    ['mssql', 'sp_getapplock', 2],
    ['oracle', 'IN EXCLUSIVE MODE', 2],
  ] as const)('are read as triggers of their tables: %s', (dialect, locks, count) => {
    const names =
      dialect === 'oracle'
        ? ['"address"', '"zip code"', '"zip"', '"Street"', '"city"']
        : ['address', '[zip code]', 'zip', 'Street', 'city'];
    const [address, code, zip, street, city] = names;
    const type = dialect === 'oracle' ? 'VARCHAR2(30)' : 'nvarchar(30)';
    const end = dialect === 'oracle' ? ';\n' : ';\nGO\n';
    const tables = [
      `CREATE TABLE ${code} (${zip} ${type}, ${city} ${type})`,
      `CREATE TABLE ${address} (${street} ${type}, ${zip} ${type})`,
    ];
    const triggers = LOST_TRIGGERS[dialect](LOST);
    const text = `${tables.map((sql) => sql + end).join('')}${triggers.join('\n')}\n`;
    const read = readSql([{ name: 'x.sql', text }], { dialect }, { parser });
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
    expect(
      Object.values(read.value.document.triggers)
        .map((one) => read.value.document.tables[one.on]?.name)
        .sort(),
    ).toEqual(['address', 'zip code']);
    expect(triggers).toHaveLength(count);
    expect(triggers.every((sql) => sql.includes(locks))).toBe(true);
  });
});
