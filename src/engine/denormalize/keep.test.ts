/**
 * What keeps counters and copies, executed: after any changes, with every action of foreign keys, the reconcile query gives
 * nothing, and a row that is spoilt on purpose alone.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adviceFor,
  built,
  busy,
  CHANGES,
  carryOut,
  disagreeing,
  documentOf,
  mustRun,
  openMaria,
  openPglite,
  openSqljs,
  proposed,
  type Runs,
} from '#test/denormalize.ts';
import { runs } from '#test/runs.ts';
import type { Denormalization, Proposal } from './types.ts';

interface Shape {
  /** Actions of the foreign key. */
  readonly actions: string;
  readonly slots?: true;
  readonly kind: Proposal['idea']['kind'];
}

const SHAPES: readonly Shape[] = [
  { kind: 'counter', actions: '' },
  { kind: 'counter', actions: 'ON DELETE CASCADE' },
  { kind: 'counter', actions: 'ON DELETE SET NULL ON UPDATE CASCADE' },
  { kind: 'counter', actions: 'ON DELETE CASCADE ON UPDATE SET NULL' },
  { kind: 'counter', actions: 'ON DELETE CASCADE', slots: true },
  { kind: 'copy', actions: '' },
  { kind: 'copy', actions: 'ON DELETE SET NULL ON UPDATE CASCADE' },
  { kind: 'copy', actions: 'ON DELETE CASCADE ON UPDATE CASCADE' },
  { kind: 'snapshot', actions: 'ON DELETE SET NULL' },
];

const ddlOf = (actions: string) => `
CREATE TABLE parents (id int NOT NULL PRIMARY KEY, name varchar(50), price decimal(10,2));
CREATE TABLE children (id int NOT NULL PRIMARY KEY, parent_id int, amount int, note varchar(20),
  CONSTRAINT children_parent FOREIGN KEY (parent_id) REFERENCES parents (id) ${actions});`;

const SEED = [
  "INSERT INTO parents (id, name) VALUES (1, 'one'), (2, 'two'), (3, NULL)",
  'INSERT INTO children (id, parent_id, amount) VALUES (1, 1, 5), (2, 1, NULL), (3, 2, 7), (4, NULL, 1)',
];

async function prepare(db: Runs, { actions, kind, slots }: Shape): Promise<Denormalization | string> {
  const document = await documentOf(ddlOf(actions), db.dialect);
  const children = Object.values(document.tables).find(({ name }) => name === 'children');
  const amount = children?.columns.find(({ name }) => name === 'amount')?.id ?? '';
  const proposal = proposed(adviceFor(document, busy(document, { measures: [amount] })), kind);
  const [first] = proposal.keepers;
  if (first?.keeper !== 'trigger') return proposal.keepers.find(({ refused }) => refused !== undefined)?.refused ?? '';
  const made = built(document, proposal, { keeper: 'trigger', ...(slots === true ? { slots } : {}) });
  await db.reset();
  await mustRun(db, ddlOf(actions));
  for (const one of SEED) await mustRun(db, one);
  await carryOut(db, made);
  return made;
}

const titleOf = ({ kind, actions, slots }: Shape) => `${kind}${slots ? ' in slots' : ''} ${actions || 'without actions'}`;

/** Takes the triggers away and spoils one row. */
async function spoil(db: Runs, made: Denormalization, shape: Shape): Promise<void> {
  for (const trigger of Object.values(made.after.triggers)) {
    const on = made.after.tables[trigger.on]?.name;
    const problem = await db.run(
      db.dialect === 'postgresql' ? `DROP TRIGGER ${trigger.name} ON ${on}` : `DROP TRIGGER ${trigger.name}`,
    );
    expect(problem).toBeUndefined();
  }
  if (shape.kind === 'copy') await mustRun(db, "UPDATE children SET parent_name = 'spoilt' WHERE id = 90");
  else if (shape.slots === true)
    await mustRun(db, 'INSERT INTO child_count_slots (parent_id, slot, child_count, amount_total) VALUES (9, 99, 3, 0)');
  else await mustRun(db, 'UPDATE parents SET child_count = child_count + 3 WHERE id = 9');
}

function holds(open: () => Promise<Runs | undefined>, seed: number, count: number): void {
  let db: Runs | undefined;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());

  for (const shape of SHAPES.filter(({ kind }) => kind !== 'snapshot')) {
    it(`${titleOf(shape)}: nothing disagrees after random changes, and only what is spoilt afterwards`, async () => {
      if (db === undefined) return;
      const runsOn = db;
      let done = 0;
      await fc.assert(
        fc.asyncProperty(CHANGES, async (changes) => {
          const made = await prepare(runsOn, shape);
          if (typeof made === 'string') return expect(made).toMatch(/foreign key/);
          expect(await disagreeing(runsOn, made)).toEqual([]);
          for (const change of changes) {
            if ((await runsOn.run(change)) === undefined) done++;
            expect(await disagreeing(runsOn, made), change).toEqual([]);
          }
          await mustRun(runsOn, "INSERT INTO parents (id, name) VALUES (9, 'nine')");
          await mustRun(runsOn, 'INSERT INTO children (id, parent_id, amount) VALUES (90, 9, 4)');
          await spoil(runsOn, made, shape);
          const wrong = await disagreeing(runsOn, made);
          expect(wrong.map(([id]) => id)).toEqual([shape.kind === 'copy' ? '90' : '9']);
          for (const repair of made.repair) await mustRun(runsOn, repair);
          expect(await disagreeing(runsOn, made)).toEqual([]);
        }),
        runs(seed, count, 10),
      );
      if (done > 0) expect(done).toBeGreaterThan(count * 5);
    });
  }

  it('a snapshot is taken once and never follows; a given value stays', async () => {
    if (db === undefined) return;
    const made = await prepare(db, { kind: 'snapshot', actions: '' });
    if (typeof made === 'string') throw new Error(made);
    await mustRun(db, "INSERT INTO parents (id, name, price) VALUES (9, 'nine', 5)");
    await mustRun(db, 'INSERT INTO children (id, parent_id, amount) VALUES (90, 9, 1)');
    await mustRun(db, 'INSERT INTO children (id, parent_id, amount, parent_price) VALUES (91, 9, 1, 3)');
    await mustRun(db, 'UPDATE parents SET price = 8 WHERE id = 9');
    await mustRun(db, 'INSERT INTO children (id, parent_id, amount) VALUES (92, 9, 1)');
    const rows = await db.rows('SELECT id, parent_price FROM children WHERE id >= 90 ORDER BY id');
    expect(rows.map(([id, price]) => [id, Number(price)])).toEqual([
      ['90', 5],
      ['91', 3],
      ['92', 8],
    ]);
    expect(await db.rows('SELECT count(*) FROM children WHERE id < 90 AND parent_price IS NOT NULL')).toEqual([['0']]);
  });

  it('the way back leaves the schema as it was', async () => {
    if (db === undefined) return;
    for (const shape of SHAPES) {
      await db.reset();
      await mustRun(db, ddlOf(shape.actions));
      const before = await db.catalog();
      const made = await prepare(db, shape);
      if (typeof made === 'string') continue;
      expect(await db.catalog()).not.toEqual(before);
      for (const { sql } of made.change.back) await mustRun(db, sql);
      const kept = (line: string) => !line.includes('children_parent_id_idx');
      expect((await db.catalog()).filter(kept)).toEqual(before);
    }
  });
}

describe('on PostgreSQL (PGlite)', () => holds(openPglite, 51, 6));
describe('on SQLite (sql.js)', () => holds(openSqljs, 52, 25));
describe('on MariaDB', () => holds(openMaria, 53, 4));
