import { afterAll, beforeAll, describe, it } from 'vitest';
import { PUBLISHED } from '#engine/discover/rank.ts';
import { lcg } from '../test/normalize-oracle.ts';
import { TestDatabase } from '../test/pglite.ts';
import { type Explored, exploreFlat, recover, reranked } from '../test/recovery/recover.ts';
import type { Score } from '../test/recovery/score.ts';
import { type Flat, flatten, SHAPES, type Shape } from '../test/recovery/shapes.ts';

/**
 * Schemas joined along their foreign keys into one flat table, and what of their tables comes back from its rows alone:
 * discovery up to three columns on the left, ranking, belief, recommended decomposition.
 */

const HEAD = ['flat table', 'rows x columns', 'tables', 'precision', 'recall', 'like prec.', 'like recall', 'keys', 'CPU ms'];
const WIDTHS = [44, 14, 8, 10, 8, 11, 11, 6, 8];

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0))).join('  '));
}

function row(what: string, { relation, flat }: Explored, score: Score, ms?: number): void {
  const { precision, recall, softPrecision, softRecall, keys } = score;
  const figures = [precision, recall, softPrecision, softRecall, keys].map((one) => one.toFixed(2));
  const size = `${relation.rows} x ${relation.columns.length}`;
  print([what, size, String(flat.originals.length), ...figures, ms === undefined ? '' : ms.toFixed(0)]);
}

const f1 = ({ precision, recall }: Score) => (precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall));

/** The best that some threshold gives, known afterwards: more than anybody could reach who has to choose one before. */
function bestOf(seen: Explored): Score {
  const published = reranked(seen, PUBLISHED);
  const scores = Array.from({ length: 11 }, (_, at) => recover(published, 0.4 + at * 0.05));
  return scores.reduce((a, b) => (f1(b) > f1(a) ? b : a));
}

/** The columns in another order, called c1, c2, ...: what is reached when names and places say nothing. */
function disguised({ csv, originals }: Flat, names: boolean, places: boolean): Flat {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  const columns = head.split(',');
  const random = lcg(7);
  const order = columns.map((_, at) => ({ at, by: places ? random() : at })).sort((a, b) => a.by - b.by);
  const called = new Map(order.map(({ at }, place) => [columns[at] as string, names ? `c${place + 1}` : (columns[at] as string)]));
  const rename = (list: readonly string[]) => list.map((name) => called.get(name) ?? name);
  const rows = lines.map((line) => {
    const cells = fieldsOf(line);
    return order.map(({ at }) => cells[at]).join(',');
  });
  const fresh = order.map(({ at }) => called.get(columns[at] as string));
  return {
    csv: [fresh.join(','), ...rows].join('\n'),
    originals: originals.map((one) => ({ ...one, columns: rename(one.columns), key: rename(one.key) })),
  };
}

/** The fields of a line as they stand, quotes and all. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at <= line.length; at++) {
    const character = line[at];
    if (character === '"') quoted = !quoted;
    if ((character === ',' && !quoted) || at === line.length) {
      fields.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return fields;
}

function details({ pairs, extra }: Score): void {
  for (const { original, recovered, likeness } of pairs) {
    if (likeness === 1) continue;
    const missing = original.columns.filter((name) => recovered?.columns.includes(name) !== true);
    const more = (recovered?.columns ?? []).filter((name) => !original.columns.includes(name));
    const lists = [missing.length > 0 ? `without ${missing.join(', ')}` : '', more.length > 0 ? `with ${more.join(', ')}` : ''];
    console.log(
      `    ${original.name} ${likeness.toFixed(2)}: ${recovered === undefined ? 'not there' : lists.filter(Boolean).join('; ')}`,
    );
  }
  for (const table of extra) console.log(`    not in the schema: ${table.columns.join(', ')}`);
}

function measure(shape: Shape, flat: Flat): void {
  const start = process.cpuUsage();
  const seen = exploreFlat(flat);
  const score = recover(seen);
  const { user, system } = process.cpuUsage(start);
  row(`${shape.name}${shape.tuned ? ' (tuned on)' : ' (judged on)'}`, seen, score, (user + system) / 1000);
  details(score);
  row('  scores of EDBT 2017 alone, best threshold', seen, bestOf(seen));
  // A line of text may go over several lines of the file: then columns cannot be moved about as lines.
  const plain = flat.csv.trimEnd().split('\n').length === seen.relation.rows + 1;
  if (!plain) return;
  for (const [what, names, places] of [
    ['  names hidden', true, false],
    ['  columns shuffled', false, true],
    ['  both', true, true],
  ] as const) {
    const other = exploreFlat(disguised(flat, names, places));
    row(what, other, recover(other));
  }
}

describe('recovery', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
    console.log(
      '\nTables recovered from a flat table. A table is recovered when its columns are the original ones, all and no others;',
    );
    console.log(
      '"like" counts tables by the Jaccard index of their columns; "keys" are originals whose primary key is one of its twin.',
    );
    console.log(
      'Beside them the scores of Papenbrock and Naumann (EDBT 2017) in place of ours, run here: their own figures were not at hand.',
    );
    print(HEAD);
  });
  afterAll(() => db.close());

  it.each(SHAPES.map((shape) => [shape.name, shape] as const))('prints how many tables come back: %s', async (_, shape) => {
    measure(shape, await flatten(shape, db));
  });
});
