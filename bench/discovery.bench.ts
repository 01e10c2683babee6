import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { discoverDependencies } from '#engine/discover/dependencies.ts';
import { explore } from '#engine/discover/explore.ts';
import { findDependencies } from '#engine/discover/fds/find.ts';
import { gridOf, type Relation } from '#engine/discover/relation.ts';
import { balance, combinations, KNOWN_TABLES, measures, orderLines, readKnown, wide } from '../test/discovery/tables.ts';
import { tane } from '../test/discovery/tane.ts';
import { timesOf } from './measure.ts';

/**
 * All minimal dependencies and keys of tables of the literature and of generated ones: CPU ms, the ratio to TANE in the same
 * process, and beside them HyFD in C++ as it was measured elsewhere. `npm run bench:discovery -- --data DIR` reads the tables
 * that are not in the project; `--prototype FILE.mjs` runs another program in the same process, on the same codes, as often.
 */

const FOLDER = process.env['DISCOVERY_DATA'];
const PROTOTYPE = process.env['DISCOVERY_PROTOTYPE'];

/** What a program to compare with exports: all minimal dependencies of columns of codes, then the keys. */
interface Prototype {
  discover(
    relation: PrototypeRelation,
    options: { readonly deadline: number },
  ): {
    readonly fds: number;
    readonly exact: boolean;
    readonly stopped: boolean;
  };
  keys(relation: PrototypeRelation, found: unknown, options: { readonly deadline: number }): number;
}

interface PrototypeRelation {
  readonly n: number;
  readonly R: number;
  readonly cols: readonly { readonly codes: Int32Array; readonly card: number }[];
}
/** What TANE may take on one table. */
const TANE_SECONDS = 10;
/** Seconds that another program may take on one table. */
const PROTOTYPE_SECONDS = 60;
/** What measuring one table may take, so that short ones run often. */
const MEASURED_MS = 600;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The best CPU ms of some runs, short ones often; one run when it is long. */
function bestOf(work: () => unknown): number {
  const start = cpuMs();
  work();
  const once = cpuMs() - start;
  return once > 2000
    ? once
    : Math.min(...timesOf(Math.max(3, Math.min(200, Math.ceil(MEASURED_MS / Math.max(once, 1)))), () => void work()));
}

/** CPU ms of the program to compare with, its keys included where it has them; the count of dependencies must be ours. Negative when it was stopped. */
function prototypeMs(prototype: Prototype | undefined, relation: Relation, count: number): number | undefined {
  if (prototype === undefined) return undefined;
  const { rows, size, codes, cards } = gridOf(relation, 'equal');
  const given = { n: size, R: rows, cols: codes.map((one, at) => ({ codes: one, card: cards[at] as number })) };
  let stopped = false;
  const ms = bestOf(() => {
    const deadline = performance.now() + PROTOTYPE_SECONDS * 1000;
    const found = prototype.discover(given, { deadline });
    stopped ||= found.stopped;
    if (found.exact) prototype.keys(given, found, { deadline });
    if (!found.stopped) expect(found.fds).toBe(count);
  });
  return stopped ? -ms : ms;
}

function best(relation: Relation): { readonly ms: number; readonly line: string; readonly count: number } {
  const grid = gridOf(relation, 'equal');
  const found = findDependencies(grid, UNLIMITED);
  const ms = bestOf(() => findDependencies(grid, UNLIMITED));
  const count = found.lists.slice(0, -1).reduce((sum, list) => sum + list.count, 0);
  return { ms, line: `${found.way.source}, ${found.way.search}`, count };
}

/** CPU ms of TANE; negative when it was stopped after that long. */
function taneMs(relation: Relation): number | undefined {
  if (relation.columns.length > 30) return undefined;
  const grid = gridOf(relation, 'equal');
  const start = cpuMs();
  const done = tane(grid.rows, grid.codes, () => cpuMs() - start > TANE_SECONDS * 1000);
  const ms = cpuMs() - start;
  return done === undefined ? -ms : ms;
}

const HEAD = [
  'table',
  'rows x columns',
  'dependencies',
  'CPU ms',
  'TANE',
  'TANE / ours',
  'C++ HyFD',
  'C++ / ours',
  'prototype',
  'p. / ours',
  'way',
];
const WIDTHS = [22, 14, 13, 10, 10, 12, 9, 11, 10, 10, 0];

function print(cells: readonly string[]): void {
  console.log(
    cells.map((cell, i) => (i === 0 || i === 10 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0))).join('  '),
  );
}

function measure(name: string, relation: Relation, prototype: Prototype | undefined, cpp?: number): number {
  const { ms, line, count } = best(relation);
  const other = taneMs(relation);
  const taneText = other === undefined ? '' : other < 0 ? `> ${(-other).toFixed(0)}` : other.toFixed(1);
  const ratio = other === undefined ? '' : `${other < 0 ? '> ' : ''}${(Math.abs(other) / ms).toFixed(1)}`;
  const beside = cpp === undefined ? ['', ''] : [String(cpp), (cpp / ms).toFixed(1)];
  const third = prototypeMs(prototype, relation, count);
  const last =
    third === undefined
      ? ['', '']
      : [Math.abs(third).toFixed(2), (Math.abs(third) / ms).toFixed(1)].map((one) => (third < 0 ? `> ${one}` : one));
  print([
    name,
    `${relation.rows} x ${relation.columns.length}`,
    String(count),
    ms.toFixed(2),
    taneText,
    ratio,
    ...beside,
    ...last,
    line,
  ]);
  return count;
}

describe('discovery', () => {
  it('prints what tables cost', async () => {
    const prototype = PROTOTYPE === undefined ? undefined : ((await import(PROTOTYPE)) as Prototype);
    console.log('\nDependency discovery: best CPU ms of this process. C++ HyFD (Desbordante 2.0.0) was measured on another day.');
    print(HEAD);
    for (const table of KNOWN_TABLES) {
      const relation = readKnown(table, FOLDER);
      if (relation === undefined) console.log(`${table.name}: not here; give --data DIR`);
      else expect(measure(table.name, relation, prototype, table.cpp)).toBe(table.dependencies);
    }
    measure('balance (generated)', balance(), prototype);
    measure('combinations (gen.)', combinations(), prototype);
    measure('measures (generated)', measures(20_000), prototype);
  });

  it('prints what 100,000 order lines of 20 columns cost, with progress', () => {
    const relation = orderLines(100_000);
    let told = 0;
    const start = cpuMs();
    const found = discoverDependencies(relation, { shouldStop: () => false, progress: () => void told++ });
    const ms = cpuMs() - start;
    console.log(
      `\n100,000 x 20: ${ms.toFixed(0)} CPU ms, ${found.value.count} dependencies, ${found.value.keys.count} keys, progress told ${told} times`,
    );
    expect(found.complete).toBe(true);
    const again = cpuMs();
    explore(relation, { name: 'lines.csv', dialect: 'postgresql' }, UNLIMITED);
    console.log(`with profiles, ranking, near dependencies and the proposed table: ${(cpuMs() - again).toFixed(0)} CPU ms`);
  });

  it('prints how far 1,000 rows of 223 columns come in ten seconds', () => {
    const relation = wide(1000, 223);
    const start = cpuMs();
    const found = discoverDependencies(relation, { shouldStop: () => cpuMs() - start > 10_000 });
    console.log(
      `1,000 x 223, stopped after ${((cpuMs() - start) / 1000).toFixed(1)} s: ${found.value.count} dependencies; ${found.reason}`,
    );
    expect(found.complete).toBe(false);
  });
});
