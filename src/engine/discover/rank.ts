import { bitItems } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import type { Fd } from '../normalize/dependencies.ts';
import { Partitioner } from './fds/partitions.ts';
import { Grains, WholeTests } from './grain.ts';
import { saysKey, shared, subjectOf } from './names.ts';
import type { ColumnProfile } from './profile/profile.ts';
import { gridOf, type NullMeaning, type Relation } from './relation.ts';

/**
 * What speaks for a dependency being a rule and not chance, each from 0 to 1. Length, value, position and duplication are
 * the scores of Papenbrock and Naumann, "Data-driven Schema Normalization" (EDBT 2017, section 7.2), duplication from exact
 * counts; the others are ours.
 */
export interface FdScores {
  /** Short left sides, many columns on the right. */
  readonly length: number;
  /** Left values are short, as those of keys are. */
  readonly value: number;
  /** The columns of each side stand together. */
  readonly position: number;
  /** Values repeat on both sides. */
  readonly duplication: number;
  /** Share of the things with a left value (see `things`) whose right side need not be stored. */
  readonly redundancy: number;
  /** Things with a left value that another has too: each could have disagreed. Half at ten. */
  readonly support: number;
  /** The sides speak of the same thing by their names. */
  readonly name: number;
  /** The left side's columns are of a kind that identifies things. */
  readonly type: number;
}

export interface RankedFd {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** From 0 to 1; 0 when there is no evidence. */
  readonly score: number;
  readonly scores: FdScores;
  /** Different left values that stand in more than one row. Without any, nothing in the data speaks for the dependency. */
  readonly groups: number;
  /** Different left values. */
  readonly distinct: number;
  /** Different things that have a left value: not rows, where rows repeat whole things ({@link Grains}). */
  readonly things: number;
  /** Cells of the right side that repeat what the left side says already. */
  readonly redundantCells: number;
  readonly evidence: boolean;
}

export type Weights = Readonly<Record<keyof FdScores, number>>;

/** Only what the paper has, each alike. */
export const PUBLISHED: Weights = {
  length: 1,
  value: 1,
  position: 1,
  duplication: 1,
  redundancy: 0,
  support: 0,
  name: 0,
  type: 0,
};

export const WEIGHTS: Weights = {
  length: 2,
  value: 1,
  position: 1,
  duplication: 1,
  redundancy: 2,
  support: 2,
  name: 2,
  type: 3,
};

const KEYS = Object.keys(WEIGHTS) as (keyof FdScores)[];

/** Type scores from here on are those of columns that stand for things. */
const IDENTIFYING = 0.7;
/** Longer left sides are taken for chance more and more. */
const USUAL_LEFT = 3;
/** Dependencies whose rows are counted; of more, the ones with the smallest left sides. */
const MAX_COUNTED = 5000;

/** How close columns stand: 1 without others between them. */
function coherence(columns: readonly number[]): number {
  if (columns.length < 2) return 1;
  const span = Math.max(...columns) - Math.min(...columns) + 1;
  return 1 / (span - columns.length + 1);
}

function valueScore(columns: readonly number[], profiles: readonly ColumnProfile[]): number {
  const longest = columns.reduce((sum, column) => sum + (profiles[column]?.longest ?? 0), 0);
  return 1 / Math.max(1, longest - 7);
}

/** How well kinds of values identify: measures, free text and moments hardly ever do. */
function typeScore(columns: readonly number[], profiles: readonly ColumnProfile[]): number {
  const each = columns.map((column) => {
    const profile = profiles[column];
    if (profile?.kind === undefined) return 0;
    const said = saysKey(profile.name);
    if (profile.kind === 'uuid' || profile.kind === 'integer') return said ? 1 : 0.7;
    if (said) return 0.85;
    if (profile.kind === 'text') return profile.averageLength > 40 ? 0.1 : 0.6;
    return profile.kind === 'date' || profile.kind === 'boolean' ? 0.3 : 0.05;
  });
  return each.length === 0 ? 0 : Math.min(...each);
}

function nameScore(left: readonly number[], right: readonly number[], subjects: readonly (readonly string[])[]): number {
  const words = (columns: readonly number[]) => columns.map((column) => subjects[column] ?? []);
  const sides = words(left);
  const best = words(right).map((one) => Math.max(0, ...sides.map((side) => shared(side, one))));
  return best.length === 0 ? 0 : best.reduce((sum, one) => sum + one, 0) / best.length;
}

/** Rows that a column's values repeat, as a share. */
function repeated(columns: readonly number[], profiles: readonly ColumnProfile[]): number {
  const each = columns.map((column) => {
    const profile = profiles[column];
    return profile === undefined || profile.rows === 0 ? 0 : 1 - (profile.distinct + (profile.nulls > 0 ? 1 : 0)) / profile.rows;
  });
  return each.length === 0 ? 0 : each.reduce((sum, one) => sum + one, 0) / each.length;
}

/**
 * Orders dependencies by how likely a person would call them rules. Those whose left side never repeats come last: every
 * set of columns with a key in it "determines" everything, and rows can say nothing for or against it.
 * @param fds minimal dependencies, small left sides first. @returns all of them when there are at most 5,000, or that many.
 */
export function rankFds(
  relation: Relation,
  profiles: readonly ColumnProfile[],
  fds: readonly Fd[],
  budget: Budget,
  nulls: NullMeaning = 'equal',
  weights: Weights = WEIGHTS,
): RankedFd[] {
  const grid = gridOf(relation, nulls);
  const parts = new Partitioner(grid);
  const types = profiles.map((_, column) => typeScore([column], profiles));
  const looking = {
    profiles,
    subjects: profiles.map((profile) => subjectOf(profile.name)),
    parts,
    grains: new Grains(
      grid,
      fds,
      types.map((type) => type >= IDENTIFYING),
      types.map((type) => type > IDENTIFYING),
    ),
    tests: new WholeTests(parts),
  };
  const all = KEYS.reduce((sum, key) => sum + weights[key], 0);
  const ranked: RankedFd[] = [];
  for (const fd of fds) {
    if (ranked.length >= MAX_COUNTED || budget.shouldStop()) break;
    const left = bitItems(fd.left);
    // A constant column follows from nothing; it is told as what it is.
    if (left.length === 0) continue;
    const seen = evidenceOf(looking, left, bitItems(fd.right));
    const sum = KEYS.reduce((total, key) => total + weights[key] * seen.scores[key], 0);
    const holdsNull = left.some((column) => (profiles[column]?.nulls ?? 0) > 0);
    const penalty = (left.length > USUAL_LEFT ? USUAL_LEFT / left.length / 2 : 1) * (holdsNull ? 0.5 : 1);
    ranked.push({ ...seen, score: seen.evidence ? (sum / all) * penalty : 0 });
  }
  return ranked.sort((a, b) => b.score - a.score || a.left.length - b.left.length);
}

/** What is asked for each dependency of a table. */
interface Looking {
  readonly profiles: readonly ColumnProfile[];
  /** What each column is about, by its name. */
  readonly subjects: readonly (readonly string[])[];
  readonly parts: Partitioner;
  readonly grains: Grains;
  readonly tests: WholeTests;
}

function evidenceOf(
  { profiles, subjects, parts, grains, tests }: Looking,
  left: readonly number[],
  right: readonly number[],
): Omit<RankedFd, 'score'> {
  const { grid } = parts;
  const { rows } = grid;
  const partition = parts.of(left);
  const groups = partition.starts.length - 1;
  const saved = partition.rows.length - groups;
  const distinct = rows - saved;
  const grain = grains.of(left, distinct);
  const things = grain === undefined ? rows : (grid.cards[grain] as number);
  const together = left.length > 1 && left.length <= USUAL_LEFT && groups > 0;
  const repeats = together ? tests.repeats(left, partition, right, grain) : things - distinct;
  const others = Math.max(1, grid.size - 2);
  const scores: FdScores = {
    length: (1 / left.length + Math.min(1, right.length / others)) / 2,
    value: valueScore(left, profiles),
    position: (coherence(left) + coherence(right)) / 2,
    duplication: (saved / Math.max(1, rows) + repeated(right, profiles)) / 2,
    redundancy: repeats / Math.max(1, things),
    support: repeats / (repeats + 10),
    name: nameScore(left, right, subjects),
    type: typeScore(left, profiles),
  };
  return { left, right, scores, groups, distinct, things, redundantCells: saved * right.length, evidence: groups > 0 };
}

export interface RankedKey {
  readonly columns: readonly number[];
  readonly score: number;
}

/**
 * Orders keys by how well they would serve as primary keys: the key score of the same paper (section 7.1; nothing for a key
 * that holds NULL), and whether names and kinds speak for it.
 */
export function rankKeys(keys: readonly (readonly number[])[], profiles: readonly ColumnProfile[]): RankedKey[] {
  const keyColumns = new Set(keys.flatMap((key) => (key.length === 1 ? key : [])));
  const ranked = keys.map((columns): RankedKey => {
    if (columns.length === 0 || columns.some((column) => (profiles[column]?.nulls ?? 0) > 0)) return { columns, score: 0 };
    const first = Math.min(...columns);
    const leftOf = Array.from({ length: first }, (_, column) => column).filter((column) => !keyColumns.has(column)).length;
    const position = (1 / (leftOf + 1) + coherence(columns)) / 2;
    const published = (1 / columns.length + valueScore(columns, profiles) + position) / 3;
    return { columns, score: (published + typeScore(columns, profiles)) / 2 };
  });
  return ranked.sort((a, b) => b.score - a.score || a.columns.length - b.columns.length);
}
