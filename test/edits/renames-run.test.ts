/** After many random renames what is written still runs on its engine and does the same: nothing of ours says so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document, Id } from '#model/types.ts';
import { type Case, corpus, executable } from '#test/corpus.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { throughFile } from '#test/fidelity/measure.ts';
import { seeded } from '#test/generated-document.ts';
import { more, seedOf } from '#test/runs.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { loadSqlite } from '../../src/cli/sqlite.ts';
import { renameAtRandom } from './renames.ts';

const RENAMES = 200;
const SEEDS = Array.from({ length: more(1, 5) }, (_, i) => seedOf(20_261_120) + i);

/** Queries and triggers as people rarely write them. */
const CORNERS: Case = {
  name: 'corners',
  sql: `
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) > 1), boss INT REFERENCES person (id), born TEXT);
CREATE TABLE visit (id INTEGER PRIMARY KEY, person INT REFERENCES person (id), name TEXT, at TEXT, cost REAL DEFAULT 0,
  total REAL GENERATED ALWAYS AS (cost * 2) STORED, UNIQUE (person, at));
CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT, name TEXT);
CREATE INDEX by_name ON visit (lower(name), cost DESC) WHERE cost > 0 AND at IS NOT NULL;
CREATE VIEW everything AS SELECT * FROM visit;
CREATE VIEW names AS SELECT p.name, v.name AS visited, boss FROM person AS p LEFT JOIN visit v ON v.person = p.id ORDER BY p.name, visited;
CREATE VIEW twice (a, b) AS SELECT name, cost FROM everything WHERE cost IN (SELECT cost FROM visit WHERE visit.id = everything.id);
CREATE VIEW chain AS WITH RECURSIVE up (id, boss) AS (SELECT id, boss FROM person UNION ALL SELECT p.id, up.boss FROM person p JOIN up ON up.id = p.boss),
  last AS (SELECT person, max(at) AS at FROM visit GROUP BY person) SELECT up.id, boss, at FROM up JOIN last ON last.person = up.id;
CREATE VIEW sums AS SELECT name, sum(cost) AS cost FROM (SELECT person.name, cost FROM person, visit WHERE person = person.id) GROUP BY name HAVING sum(cost) > 1;
CREATE VIEW both_names AS SELECT name FROM person UNION SELECT what FROM log ORDER BY name DESC;
CREATE VIEW ranked AS SELECT id, rank() OVER (PARTITION BY person ORDER BY cost) AS place, CASE WHEN cost > 1 THEN name ELSE at END AS label FROM visit;
CREATE VIEW stars AS SELECT v.*, e.total AS other FROM visit v JOIN everything e ON e.id = v.id AND e.cost = v.cost;
CREATE VIEW who AS SELECT (SELECT name FROM person WHERE id = v.person) AS name, v.at FROM visit v WHERE EXISTS (SELECT 1 FROM log WHERE log.name = v.name);
CREATE TRIGGER seen AFTER UPDATE OF cost, name ON visit WHEN new.cost <> old.cost BEGIN
  INSERT INTO log (what, name) SELECT new.name, name FROM person WHERE id = new.person;
  UPDATE person SET born = old.at WHERE name = new.name AND id IN (SELECT person FROM visit WHERE cost = new.cost);
  DELETE FROM log WHERE name = (SELECT max(name) FROM person WHERE person.boss = old.person);
  INSERT INTO person (id, name) VALUES (old.person, old.name) ON CONFLICT (id) DO UPDATE SET name = excluded.name, born = person.born;
END;
CREATE TRIGGER instead INSTEAD OF INSERT ON names BEGIN INSERT INTO person (name, boss) VALUES (new.name, new.boss); END;`,
};

const ident = (name: string) => `"${name.replaceAll('"', '""')}"`;

describe('SQLite', () => {
  let ports: ReadPorts;
  let open: Awaited<ReturnType<typeof loadSqlite>>['open'];
  beforeAll(async () => {
    ports = await loadPorts('sqlite');
    open = (await loadSqlite()).open;
  });

  /**
   * Programs that SQLite makes of every view and of every change of rows, triggers in them: places of columns, no names.
   * @param order statements in the order in which they are executed. @param original what has another name now.
   */
  function programs(document: Document, order: string[], original: ReadonlyMap<string, string>): Map<Id, string> {
    const database = open();
    const { statements } = writeDocument(document, { version: 3 });
    if (order.length === 0) order.push(...statements.map(({ key }) => key));
    for (const { sql } of statements.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key)))
      for (const one of executable(sql, 'sqlite')) expect(database.run(one), one).toBeUndefined();
    const pages = new Map<unknown, string>();
    for (const { id, name } of Object.values(document.tables)) {
      const own = database.rows('SELECT rootpage FROM sqlite_schema WHERE tbl_name = ? AND rootpage > 0 ORDER BY rootpage', [name]);
      for (const [at, [page]] of own.entries()) pages.set(page, `${id}#${at}`);
    }
    const program = (sql: string) =>
      database
        .rows(`EXPLAIN ${sql}`)
        .map(([, op, p1, p2, p3, p4]) => {
          const onPage = /^(?:Open(?:Read|Write)|ReopenIdx)$/.test(String(op));
          const first = op === 'Clear' ? pages.get(p1) : p1;
          return [
            op,
            first,
            onPage ? pages.get(p2) : p2,
            p3,
            op === 'String8' || op === 'Function' ? (original.get(String(p4)) ?? p4) : '',
          ].join(' ');
        })
        .join('\n');
    const found = new Map<Id, string>();
    for (const { id, name } of Object.values(document.views)) {
      const columns = database.rows('SELECT name FROM pragma_table_xinfo(?)', [name]).map(([one]) => String(one));
      // What a star passes on is called as its column is.
      found.set(id, `${program(`SELECT * FROM ${ident(name)}`)}\n${columns.map((one) => original.get(one) ?? one).join()}`);
    }
    for (const { id, name, columns } of Object.values(document.tables)) {
      const free = columns.filter((one) => one.generated === undefined).map((one) => ident(one.name));
      const changes = [
        ...free.map((one) => `UPDATE ${ident(name)} SET ${one} = 1`),
        `DELETE FROM ${ident(name)}`,
        `INSERT INTO ${ident(name)} (${free[0]}) VALUES (1)`,
      ];
      found.set(id, changes.map(program).join('\n\n'));
    }
    database.close();
    return found;
  }

  it.each([CORNERS, ...corpus('sqlite')].flatMap((one) => SEEDS.map((seed) => ({ ...one, seed }))))(
    `$name does the same after ${RENAMES} random renames (seed $seed)`,
    ({ seed, ...one }) => {
      const { document: start } = throughFile(one, 'sqlite', ports);
      const order: string[] = [];
      const before = programs(start, order, new Map());
      expect([...before.values()].filter((text) => text.length < 20)).toEqual([]);
      let done = 0;
      const { told } = renameAtRandom(start, RENAMES, seeded(seed), (_old, document, from, _renaming, original) => {
        done++;
        if (done % 10 !== 0) return;
        const now = programs(document, order, original);
        for (const [id, program] of before) expect(now.get(id), `${id} after rename ${done}, of ${from}`).toBe(program);
      });
      expect([...told]).toEqual([]);
    },
    600_000,
  );
});

describe('MariaDB', () => {
  const found = ENGINES.MariaDB.find();
  if (!found.ok) console.log(`skipped: renames on MariaDB: ${found.reason}`);
  describe.skipIf(!found.ok)('executed', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await ENGINES.MariaDB.open();
    });
    afterAll(() => engine?.close());

    /** The catalog with what has another name now called as at first. */
    async function catalog(document: Document, original: ReadonlyMap<string, string>): Promise<string[]> {
      await engine.reset();
      const statements = writeDocument(document, { version: 11 }).statements.flatMap(({ sql }) => executable(sql, 'mariadb'));
      expect((await engine.run(statements)).map(({ message, statement }) => `${message}: ${statement.slice(0, 2000)}`)).toEqual([]);
      const names = [...original].toSorted(([a], [b]) => b.length - a.length);
      const lines = (await engine.catalog()).map((line) => {
        let said = line;
        for (const [now, first] of names) said = said.replaceAll(now.replaceAll('`', '``'), first).replaceAll(now, first);
        // Bodies say names in quotes where they had none.
        return said.replaceAll('`', '').replaceAll(/\b(\w+) AS \1\b/g, '$1');
      });
      return lines.toSorted();
    }

    it.each(corpus('mariadb').filter(({ name }) => /sakila|employees/.test(name)))(
      `$name is the same after ${RENAMES} random renames`,
      async (one) => {
        const { document: start } = throughFile(one, 'mariadb', await loadPorts('mariadb'));
        const before = await catalog(start, new Map());
        const { document, original } = renameAtRandom(start, RENAMES, seeded(SEEDS[0] as number), () => {});
        expect(await catalog(document, original)).toEqual(before);
      },
      600_000,
    );
  });
});
