import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { handMadeModel } from '#test/planner/hand-made-model.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { type Budget, UNLIMITED } from '../../budget.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import type { Scenario } from './advice.ts';
import { type Advised, type AdviseOptions, advise } from './advise.ts';
import { prepareAdvice } from './prepare.ts';

const DDL = `
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, town text NOT NULL, born date);
CREATE INDEX people_town_idx ON people (town);
CREATE INDEX people_town_name_idx ON people (town, name);
CREATE INDEX people_born_idx ON people (born);
CREATE TABLE visits (id integer PRIMARY KEY, person integer NOT NULL, at date NOT NULL);`;

type Queries = Readonly<Record<string, Omit<WorkloadQuery, 'id' | 'name'>>>;

const QUERIES: Queries = {
  byName: { sql: 'SELECT id FROM people WHERE name = $1 AND born > $2', callsPerHour: 30 },
  byTown: { sql: 'SELECT id FROM people WHERE town = $1', callsPerHour: 10 },
  recent: { sql: 'SELECT * FROM visits WHERE person = $1 ORDER BY at', callsPerHour: 50 },
  move: { sql: 'UPDATE people SET town = $1 WHERE id = $2', callsPerHour: 400 },
  arrive: { sql: 'INSERT INTO visits VALUES ($1, $2, $3)', callsPerHour: 500 },
};

let parser: PgParser;
let empty: Document;

beforeAll(async () => {
  parser = await parserForTests();
  empty = readDdl(parser, DDL);
});

const documentOf = (queries: Queries): Document => ({
  ...empty,
  queries: Object.fromEntries(Object.entries(queries).map(([id, query]) => [id, { id, name: id, ...query }])),
});

interface Run {
  readonly seed?: number;
  readonly queries?: Queries;
  readonly refuse?: (ids: readonly string[]) => readonly string[];
  readonly budget?: Budget;
  readonly options?: AdviseOptions;
  /** Name of an index of which somebody said why it is there beside a longer one. */
  readonly meant?: string;
}

function withReason(document: Document, name: string): Document {
  const table = Object.values(document.tables).find((one) => one.indexes.some((index) => index.name === name));
  const part = table?.indexes.find((index) => index.name === name)?.id;
  if (table === undefined || part === undefined) throw new Error(name);
  const at = { record: table.id, part };
  const waiver = { id: 'wvr_1', rule: 'ix-prefix-redundant', at, reason: 'smaller', date: '2026-01-01' };
  return { ...document, waivers: { wvr_1: waiver } };
}

async function run({ seed = 1, queries = QUERIES, refuse = () => [], budget = UNLIMITED, options = {}, meant }: Run = {}) {
  const plain = documentOf(queries);
  const document = meant === undefined ? plain : withReason(plain, meant);
  const prepared = prepareAdvice(document, parser, UNLIMITED);
  const model = handMadeModel(prepared, seed, refuse(prepared.candidates.map(({ id }) => id)));
  const advised = await advise(document, prepared, model, budget, options);
  if (!advised.ok) throw new Error(advised.problem.message);
  return { document, prepared, model, ...advised.value };
}

const total = (one: Scenario, penalty = 1) => one.reads + penalty * one.writes;

/** The best of all sets, each weighed as a whole. */
async function best({ advice, weigh }: Advised, budget: number, penalty: number): Promise<number> {
  const gone = new Set(advice.indexes.filter(({ why }) => why === 'superseded').map(({ id }) => id));
  const movable = [...advice.indexes.filter(({ verdict }) => verdict !== 'rule'), ...advice.losers]
    .map(({ id }) => id)
    .filter((id) => !gone.has(id));
  expect(movable.length).toBeLessThan(14);
  let least = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 1 << movable.length; mask++) {
    const set = await weigh(movable.filter((_, at) => (mask >> at) & 1));
    if (!set.ok) throw new Error(set.problem.message);
    if (set.value.bytes <= budget) least = Math.min(least, total(set.value, penalty));
  }
  return least;
}

describe('advice', () => {
  it.each([
    [1, Number.POSITIVE_INFINITY, 1],
    [2, 6e6, 1],
    [3, 2.5e6, 0],
    [4, 8e6, 3],
    [5, 1e5, 1],
  ])('is the best of all sets (seed %i, %d bytes, writes %d times)', async (seed, bytes, writePenalty) => {
    const options = { noticed: 0, writePenalty, ...(Number.isFinite(bytes) ? { budget: bytes } : {}) };
    const advised = await run({
      seed,
      options,
      queries: {
        byName: QUERIES['byName'] as Queries[string],
        recent: QUERIES['recent'] as Queries[string],
        move: QUERIES['move'] as Queries[string],
      },
    });
    const { advice } = advised;
    expect(advice.complete).toBe(true);
    expect(advice.advised.bytes).toBeLessThanOrEqual(bytes);
    const ours = total(advice.advised, writePenalty);
    expect(ours).toBeCloseTo(await best(advised, bytes, writePenalty), 4);
    expect(advice.bound).toBeLessThanOrEqual(ours + 1e-6);
  });

  it('gives every index that exists a verdict, and every candidate a place', async () => {
    const { advice, prepared } = await run();
    const cards = [...advice.indexes, ...advice.losers].map(({ id }) => id).sort();
    expect(cards).toEqual([...prepared.present, ...prepared.candidates].map(({ id }) => id).sort());
    for (const one of advice.indexes) {
      expect(one.verdict === 'make').toBe(one.existing === undefined && one.index !== undefined);
      if (one.verdict === 'drop') expect(one.why).toBeDefined();
      expect(one.verdict === 'rule').toBe(one.name.endsWith('_pkey'));
    }
    const order = advice.indexes.map(({ verdict }) => verdict);
    expect(order).toEqual(
      [...order].sort((a, b) => ['make', 'keep', 'drop', 'rule'].indexOf(a) - ['make', 'keep', 'drop', 'rule'].indexOf(b)),
    );
  });

  it.each([1, 2, 3, 6, 7, 8])('leaves out what makes no query noticeably cheaper, and says so (seed %i)', async (seed) => {
    const whole = (await run({ seed, options: { noticed: 0 } })).advice;
    const noticed = 0.6;
    const { advice } = await run({ seed, options: { noticed } });
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make');
    const all = total(advice.advised);
    for (const { worth, gains } of made)
      expect(worth >= (all * noticed) / 10 || gains.some((one) => one.without - one.with >= one.without * noticed)).toBe(true);
    const little = advice.losers.filter(({ why }) => why === 'little');
    expect(new Set(advice.losers.map(({ id }) => id)).size).toBe(advice.losers.length);
    expect(little.every(({ gain }) => gain > 0)).toBe(true);
    expect(all).toBeGreaterThanOrEqual(total(whole.advised) - 1e-6);
    if (little.length === 0) expect(advice.advised.indexes).toEqual(whole.advised.indexes);
  });

  it('says what an index is worth: what the rest costs without it', async () => {
    const { advice, weigh } = await run();
    const free = advice.indexes.filter(({ verdict }) => verdict === 'make' || verdict === 'keep');
    expect(free.length).toBeGreaterThan(0);
    for (const one of free) {
      const without = await weigh(advice.advised.indexes.filter((id) => id !== one.id));
      if (!without.ok) throw new Error(without.problem.message);
      expect(one.worth).toBeCloseTo(total(without.value) - total(advice.advised), 4);
      for (const { query, without: before, with: after } of one.gains) {
        expect(before).toBeCloseTo(without.value.queries.find((each) => each.query === query)?.cost ?? -1);
        expect(after).toBeCloseTo(advice.advised.queries.find((each) => each.query === query)?.cost ?? -1);
      }
    }
  });

  it('drops what another index makes needless, whatever costs say', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { advice } = await run({ seed });
      const kept = advice.indexes.filter(({ verdict }) => verdict !== 'drop').map(({ name }) => name);
      expect(kept.includes('people_town_idx') && kept.includes('people_town_name_idx')).toBe(false);
    }
  });

  it('lets costs judge an index that is meant to be there beside a longer one', async () => {
    const verdicts = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const advised = await run({ seed, meant: 'people_town_idx', options: { noticed: 0 } });
      const short = advised.advice.indexes.find(({ name }) => name === 'people_town_idx');
      expect(short?.why).not.toBe('superseded');
      verdicts.add(short?.verdict ?? '');
      // Whichever it is, the other one is no cheaper.
      const set = advised.advice.advised.indexes;
      const other = set.includes(short?.id ?? '') ? set.filter((id) => id !== short?.id) : [...set, short?.id ?? ''];
      const weighed = await advised.weigh(other);
      expect(weighed.ok && total(weighed.value)).toBeGreaterThanOrEqual(total(advised.advice.advised) - 1e-6);
    }
    expect([...verdicts].sort()).toEqual(['drop', 'keep']);
  });

  it.each([1, 2, 3])('proves no more than was asked, with trifles left out as well (seed %i)', async (seed) => {
    const few = (await run({ seed, options: { noticed: 0.6, answers: 0 } })).advice;
    expect(few.complete).toBe(false);
    expect(few.reason).toMatch(/it is proved only that no set costs less by more than [\d.]+ %/);
    const whole = (await run({ seed, options: { noticed: 0 } })).advice;
    expect(few.bound).toBeLessThanOrEqual(total(whole.advised) + 1e-6);
    const noticed = (await run({ seed, options: { noticed: 0.6 } })).advice;
    expect(noticed.bound).toBeLessThanOrEqual(total(whole.advised) + 1e-6);
  });

  it('names what is to be made, each once, and plans by those names', async () => {
    const { advice, names } = await run({ seed: 2 });
    const all = [...advice.indexes, ...advice.losers].map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make');
    for (const one of made) {
      expect(one.name).toMatch(/^(people|visits)_.*_idx\d*$/);
      expect(names.get(one.id)).toBe(one.name);
      expect(one.sql).toMatch(new RegExp(`^CREATE INDEX ${one.name} ON `));
    }
    const planned = advice.queries.flatMap(({ planAdvised }) => planAdvised.root.index ?? []);
    expect(planned.length).toBeGreaterThan(0);
    for (const name of planned) expect(all).toContain(name);
  });

  it('leaves out queries that cannot be planned, and candidates that cannot be made', async () => {
    const { advice, prepared } = await run({
      queries: { ...QUERIES, odd: { sql: 'SELECT id AS unplanned FROM people WHERE name = $1' } },
      refuse: (ids) => ids.slice(0, 2),
    });
    expect(advice.left).toEqual([{ query: 'odd', reason: 'it cannot be planned' }]);
    expect(advice.refused).toEqual(prepared.candidates.slice(0, 2).map(({ sql }) => ({ sql, reason: 'refused by hand' })));
    expect(advice.queries.map(({ query }) => query)).not.toContain('odd');
  });

  it('counts queries that nobody counted once, and says so', async () => {
    const { advice } = await run({ queries: { byName: { sql: 'SELECT id FROM people WHERE name = $1' } } });
    expect(advice.queries[0]).toMatchObject({ calls: 1, counted: false });
    expect(advice.none.reads).toBe(advice.none.queries[0]?.cost);
  });

  it('keeps what a statement cannot do without', async () => {
    const { advice } = await run({
      queries: { greet: { sql: `INSERT INTO people VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`, callsPerHour: 1e6 } },
    });
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make');
    expect(made.map(({ unique, parts }) => [unique, parts.map(({ text }) => text)])).toEqual([[true, ['name']]]);
    expect(advice.advised.writes).toBeGreaterThan(0);
  });

  it('has nothing to say of a document without queries but what is needless', async () => {
    const { advice } = await run({ queries: {} });
    expect(advice).toMatchObject({ queries: [], left: [], losers: [], complete: true, bound: 0 });
    const verdicts = new Map(advice.indexes.map(({ name, verdict }) => [name, verdict]));
    // `(town)` is the beginning of `(town, name)`; that no query is known to need the others is no reason to drop them.
    expect(verdicts.get('people_town_idx')).toBe('drop');
    expect(verdicts.get('people_town_name_idx')).toBe('keep');
    expect(verdicts.get('people_born_idx')).toBe('keep');
    expect([...verdicts.values()]).not.toContain('make');
    expect(advice.advised.indexes).toHaveLength(2);
  });

  it('says of an index to drop that queries were not weighed which may need it', async () => {
    const odd = { odd: { sql: 'SELECT id AS unplanned FROM people WHERE born = $1' } };
    const dropped = async (queries: Queries) =>
      (await run({ queries })).advice.indexes.find(({ name }) => name === 'people_born_idx');
    const one = { byTown: QUERIES['byTown'] as Queries[string] };
    expect(await dropped(one)).toMatchObject({ verdict: 'drop', notes: [] });
    expect(await dropped({ ...one, ...odd })).toMatchObject({
      verdict: 'drop',
      notes: ['1 query could not be weighed: whether it needs it is not known.'],
    });
    expect(await dropped(odd)).toMatchObject({ verdict: 'keep' });
  });

  it('is no worse than nothing wherever it is stopped', async () => {
    for (const most of [0, 1, 3, 10, 30]) {
      let asked = 0;
      const { advice } = await run({ budget: { shouldStop: () => ++asked > most } });
      expect(total(advice.advised)).toBeLessThanOrEqual(total(advice.none) + 1e-6);
      expect(advice.bound).toBeLessThanOrEqual(total(advice.advised) + 1e-6);
      expect(advice.complete ? advice.reason : 'told').toBe(advice.complete ? undefined : 'told');
    }
  });
});
