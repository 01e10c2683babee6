/** Real schemas on the way to PostgreSQL, in detail: the real PostgreSQL runs them, and every loss is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationGuide } from '#engine/documents/migration.ts';
import { orphanQueries, verificationQueries } from '#engine/documents/migration-figures.ts';
import { loadOrder } from '#engine/documents/migration-load.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import type { Dialect } from '#model/types.ts';
import { corpus, DIALECTS } from '#test/corpus.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { unaccounted } from './accounting.ts';
import { documentOf, type Moved, moveTo } from './moves.ts';

async function moved(from: Dialect, file: string, to: Dialect): Promise<Moved> {
  const found = corpus(from).find(({ name }) => name === file);
  if (found === undefined) throw new Error(`${file} is not among the files`);
  return moveTo(file, documentOf(found, from, await loadPorts(from)), to);
}

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it.each([
    ['mysql', 'chinook.sql'],
    ['mysql', 'sakila.sql'],
    ['oracle', 'chinook.sql'],
    ['oracle', 'sakila.sql'],
    ['oracle', 'hr.sql'],
    ['mssql', 'sakila.sql'],
    ['sqlite', 'northwind.sql'],
  ] as const)('%s %s runs without an error, and so do its numbers and figures', async (from, file) => {
    const { statements, plan, unsupported, broken } = await moved(from, file, 'postgresql');
    await db.reset();
    expect(await db.run(statements)).toEqual([]);
    expect([unsupported, broken, unaccounted(plan)]).toEqual([[], [], []]);
    const guide = migrationGuide(plan);
    const setval = [...guide.matchAll(/^SELECT setval.*$/gm)].map(([line]) => line);
    const figures = verificationQueries(plan).map(({ after }) => after);
    const orphans = orphanQueries(plan.document, 'postgresql');
    expect(orphans).toHaveLength(Object.keys(plan.document.relationships).length);
    expect(await db.run([...setval, ...figures, ...orphans])).toEqual([]);
    expect(figures).toHaveLength(Object.keys(plan.document.tables).length);
  });

  it('MySQL sakila: types, keys and triggers are what MySQL had', async () => {
    const { statements } = await moved('mysql', 'sakila.sql', 'postgresql');
    await db.reset();
    await db.run(statements);
    const columns = await db.query<{ name: string; type: string }>(
      `SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0`,
    );
    const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      'film.rental_rate': 'numeric(4,2)',
      'film.rating': 'film_rating',
      'film.special_features': 'text[]',
      'film.release_year': 'smallint',
      'customer.active': 'boolean',
      'staff.picture': 'bytea',
      'rental.rental_date': 'timestamp(0) without time zone',
    });
    const keys = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_constraint WHERE contype = 'f'`);
    expect(keys[0]?.count).toBe(22);
    // ON UPDATE CURRENT_TIMESTAMP, as a trigger: an update that says nothing of it moves the time on.
    await db.query(`INSERT INTO actor (first_name, last_name, last_update) VALUES ('A', 'B', '2000-01-01')`);
    await db.query(`UPDATE actor SET first_name = 'C'`);
    const rows = await db.query<{ late: boolean }>(`SELECT last_update > '2020-01-01' AS late FROM actor`);
    expect(rows).toEqual([{ late: true }]);
  });

  it('Oracle sakila: names without quotes, integers by their digits', async () => {
    const { plan } = await moved('oracle', 'sakila.sql', 'postgresql');
    const film = Object.values(plan.document.tables).find(({ name }) => name === 'film');
    const type = (name: string) => film?.columns.find((column) => column.name === name)?.type;
    expect(type('title')).toEqual({ kind: 'builtin', name: 'varchar', args: ['255'] });
    expect(type('rental_rate')).toEqual({ kind: 'builtin', name: 'numeric', args: ['4', '2'] });
    expect(type('last_update')).toMatchObject({ name: 'timestamp' });
    expect(plan.mappings.find(({ id }) => id === 'name:case')).toMatchObject({ chosen: 'fold' });
    expect(plan.losses.filter(({ feature }) => feature === 'trigger').length).toBeGreaterThan(10);
  });
});

describe('what is written reads back the same', () => {
  it.each(DIALECTS)('from %s to each other dialect', async (from) => {
    const file = from === 'postgresql' ? 'chinook.sql' : from === 'sqlite' || from === 'oracle' ? 'quartz.sql' : 'chinook.sql';
    for (const to of DIALECTS.filter((one) => one !== from)) {
      const { plan } = await moved(from, file, to);
      expect(roundTrip(plan.document, await loadPorts(to)).differences, `${from} -> ${to}`).toEqual([]);
    }
  });
});

describe('the account of losses', () => {
  it('finds what is gone without a word', async () => {
    const { plan } = await moved('postgresql', 'pagila.sql', 'mysql');
    expect(unaccounted(plan)).toEqual([]);
    const silent = { ...plan, losses: [], mappings: plan.mappings.filter(({ verdict }) => verdict !== 'lost') };
    expect(unaccounted(silent).length).toBeGreaterThan(20);
    const table = Object.values(plan.document.tables).find(({ columns }) => columns.length > 3);
    if (table === undefined) throw new Error('no table');
    const robbed = {
      ...plan,
      document: {
        ...plan.document,
        tables: {
          ...plan.document.tables,
          [table.id]: { ...table, keys: [], columns: table.columns.map(({ comment: _, ...one }) => one) },
        },
      },
    };
    expect(unaccounted(robbed).some((one) => one.includes('gone without a word'))).toBe(true);
  });
});

describe('the guide', () => {
  it('orders tables so that parents come first, and names circles', async () => {
    const { plan } = await moved('mysql', 'sakila.sql', 'postgresql');
    const groups = loadOrder(plan.document);
    const place = new Map(groups.flatMap(({ tables }, at) => tables.map(({ id }) => [id, at] as const)));
    for (const link of Object.values(plan.document.relationships))
      expect(place.get(link.parent) ?? 0).toBeLessThanOrEqual(place.get(link.child) ?? 0);
    expect([...place.keys()].length).toBe(Object.keys(plan.document.tables).length);
    expect(groups.filter(({ circle }) => circle !== undefined).map(({ tables }) => tables.map(({ name }) => name))).toEqual([
      ['staff', 'store'],
    ]);
    const guide = migrationGuide(plan);
    expect(guide).toMatch(/pgloader/);
    expect(guide).toMatch(/refer to each other in a circle/);
    expect(guide).toMatch(/Zero dates/);
    expect(guide).toMatch(/SELECT setval\(pg_get_serial_sequence\('actor', 'actor_id'\)/);
    expect(guide).toBe(migrationGuide(plan));
  });

  it('tells each loss with its place, and keeps what must be written anew', async () => {
    const { plan } = await moved('oracle', 'sakila.sql', 'postgresql');
    const guide = migrationGuide(plan);
    expect(guide).toMatch(/ora2pg/);
    expect(guide).toMatch(/Empty text/);
    for (const { feature } of plan.losses) expect(guide).toContain(`| ${feature} |`);
    const trigger = plan.losses.find(({ feature }) => feature === 'trigger');
    expect(guide).toContain((trigger?.sql ?? 'missing').split('\n')[1]?.trim());
  });

  it('is written for every pair', async () => {
    for (const from of DIALECTS)
      for (const to of DIALECTS.filter((one) => one !== from)) {
        const guide = migrationGuide((await moved(from, 'quartz.sql', to)).plan);
        for (const heading of ['## Data types', '## Values', '### Order', '## Verification', '## Cutover'])
          expect(guide, `${from} -> ${to}`).toContain(`\n${heading}\n`);
        expect(guide).not.toMatch(/undefined|\[object/);
      }
  });
});
