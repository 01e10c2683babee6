import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import { TestDatabase } from '#test/pglite.ts';
import { planMove } from './plan.ts';

const SHOP = `CREATE TABLE orders (
  id int AUTO_INCREMENT PRIMARY KEY,
  note varchar(40),
  payload json,
  twice int GENERATED ALWAYS AS (id * 2) STORED,
  seen datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);
CREATE TABLE events (note varchar(40), at timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);`;

let shop: Document;
beforeAll(async () => {
  const read = readSql([{ name: 'shop.sql', text: SHOP }], { dialect: 'mysql' }, await loadPorts('mysql'));
  if (!read.ok) throw new Error(read.problem.message);
  shop = read.value.document;
});

function moved(to: Dialect, choice?: string) {
  const version = DEFAULT_VERSION[to];
  const plan = planMove(shop, to, version, choice === undefined ? {} : { 'value:on-update': choice });
  const { statements, unsupported } = writeDocument(plan.document, { version });
  return { plan, unsupported, statements: statements.map(({ sql }) => sql) };
}

/** What the three updates below must leave: set where the column was left alone, not where it was said, nor where nothing changed. */
const UPDATES = [
  `INSERT INTO orders (id, note, seen) VALUES (1, 'a', '2000-01-01 00:00:00'), (2, 'a', '2000-01-01 00:00:00'), (3, 'a', '2000-01-01 00:00:00')`,
  `UPDATE orders SET note = 'b' WHERE id = 1`,
  `UPDATE orders SET note = 'b', seen = '2001-01-01 00:00:00' WHERE id = 2`,
  `UPDATE orders SET note = 'a' WHERE id = 3`,
];

describe('a value that updates set', () => {
  it('is set by SQLite, also where triggers may fire again', async () => {
    const ports: ReadPorts = await loadPorts('sqlite');
    for (const recursive of ['OFF', 'ON']) {
      const database = ports.sqlite?.open();
      if (database === undefined) throw new Error('no SQLite');
      database.run(`PRAGMA recursive_triggers = ${recursive}`);
      for (const sql of [...moved('sqlite').statements, ...UPDATES]) database.run(sql);
      const rows = database.rows("SELECT seen > '2020' AS late, seen = '2001-01-01 00:00:00' AS said FROM orders ORDER BY id");
      expect(rows).toEqual([
        [1, 0],
        [0, 1],
        [0, 0],
      ]);
      database.close();
    }
  });

  describe('on PostgreSQL', () => {
    let db: TestDatabase;
    beforeAll(async () => {
      db = await TestDatabase.open();
    });
    afterAll(() => db.close());

    it('is set by the real one', async () => {
      expect(await db.run([...moved('postgresql').statements, ...UPDATES])).toEqual([]);
      const rows = await db.query("SELECT seen > '2020-01-01' AS late, seen = '2001-01-01' AS said FROM orders ORDER BY id");
      expect(rows).toEqual([
        { late: true, said: false },
        { late: false, said: true },
        { late: false, said: false },
      ]);
    });

    it('is set there also beside a type without equality', async () => {
      await db.reset();
      const { statements } = moved('postgresql');
      const json = statements.map((sql) => sql.replace(/\bjsonb\b/g, 'json'));
      expect(json).not.toEqual(statements);
      expect(await db.run([...json, ...UPDATES, `UPDATE orders SET payload = '[1]' WHERE id = 3`])).toEqual([]);
      const rows = await db.query("SELECT seen > '2020-01-01' AS late FROM orders ORDER BY id");
      expect(rows).toEqual([{ late: true }, { late: false }, { late: true }]);
    });
  });

  it.each(['postgresql', 'sqlite', 'mssql', 'oracle'] as const)('is a trigger of %s that reads back the same', async (to) => {
    const { plan, unsupported } = moved(to);
    expect(unsupported).toEqual([]);
    expect(Object.values(plan.document.triggers).map(({ on }) => plan.document.tables[on]?.name.toLowerCase())).toContain('orders');
    expect(roundTrip(plan.document, await loadPorts(to)).differences).toEqual([]);
  });

  it('of SQL Server looks at all rows of the statement, at columns it does not name, and stops at itself', () => {
    const body = Object.values(moved('mssql').plan.document.triggers)[0]?.execute ?? '';
    expect(body).toContain('IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;');
    expect(body).toContain('IF NOT UPDATE([seen])');
    expect(body).toContain('JOIN inserted AS i ON i.[id] = t.[id]');
    expect(body).toContain('EXISTS (SELECT i.[note], i.[payload] EXCEPT SELECT d.[note], d.[payload])');
  });

  it('of Oracle asks whether the statement names the column, and of values that have no equality too', () => {
    const bodies = Object.values(moved('oracle').plan.document.triggers).map(({ execute }) => execute);
    expect(bodies.find((body) => body.includes('PAYLOAD'))).toMatch(/:NEW\.NOTE <> :OLD\.NOTE .*\n {2}OR UPDATING \('PAYLOAD'\)/);
    for (const body of bodies) expect(body).toMatch(/IF NOT UPDATING \('(?:SEEN|AT)'\) THEN :NEW\.(?:SEEN|AT) := /);
  });

  it('is told as lost by SQL Server for a table without a key, and kept for the other', () => {
    const { plan } = moved('mssql');
    expect(plan.losses.map(({ object, feature }) => [object, feature])).toContainEqual(['events.at', 'value that an update sets']);
    expect(Object.values(plan.document.triggers)).toHaveLength(1);
  });

  it.each(['postgresql', 'sqlite', 'mssql', 'oracle'] as const)(
    'is left out of %s where that is chosen, and can be taken back',
    (to) => {
      const { plan } = moved(to, 'leave out');
      expect([plan.document.triggers, plan.document.routines]).toEqual([{}, {}]);
      expect(plan.losses.filter(({ mapping }) => mapping === 'value:on-update')).toHaveLength(2);
      const row = plan.mappings.find(({ id }) => id === 'value:on-update');
      expect([row?.verdict, row?.chosen, row?.options?.map(({ id }) => id)]).toEqual([
        'lost',
        'leave out',
        ['trigger', 'leave out'],
      ]);
    },
  );

  it('has a row without choice where the product sets it by itself', () => {
    const { plan } = moved('mariadb');
    expect([plan.document.triggers, plan.losses]).toEqual([{}, []]);
  });
});
