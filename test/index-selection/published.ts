import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Combination, IndexOption, SelectionProblem } from '#engine/indexes/select/problem.ts';

/** A what-if matrix of the published form: for every query its cost under every combination of indexes, and every index's size. */
export interface PublishedMatrix {
  readonly name: string;
  readonly problem: Omit<SelectionProblem, 'budget'>;
  /** By index id its columns in order, where the file names them. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

const DATA = new URL('../data/index-selection/', import.meta.url);

/** The matrices that are part of the project. */
export const OWN_MATRICES = ['tpch_3_1.txt.gz', 'job_1_2.txt.gz'].map((name) => new URL(name, DATA).pathname);

const words = (text: string) => text.split(' ').filter((word) => word !== '');

/** The words of a line between `:=` and a semicolon. */
function assigned(line: string): string[] {
  return words(line.slice(line.indexOf(':=') + 2).replace(';', ' '));
}

/** Reads the form: sets and parameters of an AMPL data file. Only queries named in `set QUERIES` count. */
export function parseMatrix(name: string, text: string): PublishedMatrix {
  const indexes: IndexOption[] = [];
  const columns = new Map<string, string[]>();
  const combinations = new Map<string, string[]>();
  const costs = new Map<string, Combination[]>();
  let part = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('set QUERIES')) for (const query of assigned(line)) costs.set(query, []);
    else if (line.startsWith('set indexes_per_combination[')) {
      combinations.set(line.slice(line.indexOf('[') + 1, line.indexOf(']')), assigned(line));
    } else if (line.startsWith('param ')) part = words(line)[1] ?? '';
    else if (line.startsWith(';')) part = '';
    else if (part === 'size' && line !== '') {
      const [id = '', bytes] = words(line);
      indexes.push({ id, bytes: Number(bytes), writeCost: 0, standing: 'candidate' });
      const list = line.slice(line.indexOf('#') + 1);
      if (line.includes('#'))
        columns.set(
          id,
          [...list.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? ''),
        );
    } else if (part === 'costs' && line !== '') {
      const [query = '', combination = '', cost] = words(line);
      costs.get(query)?.push({ indexes: combinations.get(combination) ?? [], cost: Number(cost) });
    }
  }
  return { name, columns, problem: { indexes, costs, queries: [...costs.keys()].map((id) => ({ id, calls: 1 })) } };
}

/** What keeps a text from being a matrix of the published form; undefined when it is one. */
export function matrixFault({ problem }: PublishedMatrix): string | undefined {
  const { costs, indexes } = problem;
  if (costs.size === 0) return 'it names no queries: a line "set QUERIES := 1 2 3;" is needed';
  if (indexes.length === 0) return 'it has no sizes: a part "param size :=" with a line "INDEX BYTES" for each index is needed';
  const known = new Set(indexes.map(({ id }) => id));
  const unsized = indexes.find(({ bytes }) => !Number.isFinite(bytes) || bytes < 0);
  if (unsized !== undefined) return `index ${unsized.id} has no size in bytes`;
  for (const [query, list] of costs) {
    if (list.length === 0)
      return `query ${query} has no costs: a part "param costs :=" with lines "QUERY COMBINATION COST" is needed`;
    if (!list.some((one) => one.indexes.length === 0)) return `query ${query} has no cost without indexes`;
    const odd = list.find(({ cost }) => !Number.isFinite(cost) || cost < 0);
    if (odd !== undefined) return `query ${query} has a cost that is no number of zero or more`;
    const missing = list.flatMap((one) => one.indexes).find((id) => !known.has(id));
    if (missing !== undefined) return `index ${missing}, which query ${query} may use, has no size`;
  }
  return undefined;
}

/** @param path of a file of the published form, or of one compressed with gzip. */
export function readMatrix(path: string): PublishedMatrix {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  const matrix = parseMatrix(basename(path).replace(/\.gz$/, ''), text);
  const fault = matrixFault(matrix);
  if (fault !== undefined) throw new Error(`${path} is no what-if matrix of the published form: ${fault}.`);
  return matrix;
}

/** The total cost with no index and with all of them: what tells one matrix from another. */
export function endsOf({ problem }: PublishedMatrix): { readonly none: number; readonly all: number } {
  let none = 0;
  let all = 0;
  for (const list of problem.costs.values()) {
    none += list.find(({ indexes }) => indexes.length === 0)?.cost ?? 0;
    all += list.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  }
  return { none, all };
}

interface Optima {
  readonly none: number;
  readonly all: number;
  /** Budget in millions of bytes, and the least total cost under it. */
  readonly budgets: readonly (readonly [number, number])[];
}

/** What the authors proved with an integer program: notebooks/Graphs.ipynb of the same repository. */
export const PUBLISHED: readonly Optima[] = [
  {
    none: 34_746_687.52,
    all: 23_308_077.8,
    budgets: [
      [250, 34_380_645.08],
      [500, 33_818_483.44],
      [1000, 33_175_526.84],
      [1500, 32_898_379.09],
      [2000, 28_243_364.04],
      [2500, 27_814_746.6],
      [3000, 27_314_826.62],
      [3500, 26_407_652.82],
      [4250, 25_598_119.51],
      [5000, 25_039_547.51],
      [5750, 24_841_420.84],
      [6500, 24_442_037.82],
      [8000, 23_998_252.03],
      [10_000, 23_497_725.26],
      [12_500, 23_408_087.08],
      [15_000, 23_332_660.05],
    ],
  },
  {
    none: 86_768_822.8,
    all: 24_763_974.91,
    budgets: [
      [250, 75_079_495.33],
      [500, 69_086_234.95],
      [1000, 54_977_085.42],
      [1500, 50_687_539.75],
      [2000, 46_159_506.78],
      [2500, 37_484_609.32],
      [3000, 28_011_167.16],
      [5000, 25_963_809.01],
      [8000, 24_763_974.91],
    ],
  },
];

/** The published optima of a matrix, by its ends; none when nobody published any. */
export function optimaOf(matrix: PublishedMatrix): Optima['budgets'] {
  const { none, all } = endsOf(matrix);
  return PUBLISHED.find((one) => Math.abs(one.none - none) < 1 && Math.abs(one.all - all) < 1)?.budgets ?? [];
}
