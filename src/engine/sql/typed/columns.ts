import type { Document, Id } from '#model/types.ts';
import type { DefinedColumn } from '../language.ts';

/** A column that has another name now. */
export interface ColumnRename {
  readonly record: Id;
  readonly part: Id;
  readonly from: string;
  readonly to: string;
}

type Run = { readonly gone: DefinedColumn[]; readonly come: DefinedColumn[] };

/**
 * What went and what came between columns that kept their names. A kept column that was moved opens no new run: runs are
 * those between columns that kept their order as well.
 */
function runs(before: readonly DefinedColumn[], after: readonly DefinedColumn[]): Run[] {
  const placed = new Map(after.map(({ name }, i) => [name, i]));
  const found: Run[] = [];
  let run: Run = { gone: [], come: [] };
  let next = 0;
  const known = new Set(before.map(({ name }) => name));
  const close = (to: number) => {
    for (; next < to; next++) {
      const one = after[next];
      if (one !== undefined && !known.has(one.name)) run.come.push(one);
    }
    next = Math.max(next, to + 1);
    found.push(run);
    run = { gone: [], come: [] };
  };
  for (const one of before) {
    const at = placed.get(one.name);
    if (at === undefined) run.gone.push(one);
    else if (at >= next) close(at);
  }
  close(after.length);
  return found;
}

function count(list: readonly DefinedColumn[], type: string): number {
  return list.filter((one) => one.type === type).length;
}

/** Pairs of one run: one with one whatever their types; of more, those that alone have their type; the rest by place and type. */
function pairsOf({ gone, come }: Run): [DefinedColumn, DefinedColumn][] {
  const [first, other] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && first !== undefined && other !== undefined) return [[first, other]];
  return gone.flatMap((one, i): [DefinedColumn, DefinedColumn][] => {
    const there = gone.length === come.length ? come[i] : undefined;
    if (there !== undefined && there.type === one.type) return [[one, there]];
    if (count(gone, one.type) !== 1 || count(come, one.type) !== 1) return [];
    const only = come.find(({ type }) => type === one.type);
    return only === undefined ? [] : [[one, only]];
  });
}

/**
 * Columns by name before and after. One that is gone is taken as renamed where a new one stands in its place and nothing
 * else could be meant, by position first and then by type; otherwise it was deleted and the new one added.
 */
export function columnChanges(
  record: Id,
  before: readonly DefinedColumn[],
  after: readonly DefinedColumn[],
  document: Document,
): { renames: ColumnRename[]; removed: Id[] } {
  const idOf = new Map(document.tables[record]?.columns.map(({ name, id }) => [name, id]));
  const pairs = runs(before, after).flatMap(pairsOf);
  const gone = before.filter(({ name }) => !after.some((one) => one.name === name));
  const come = after.filter(({ name }) => !before.some((one) => one.name === name));
  const [lost, found] = [gone[0], come[0]];
  // One that is also moved is still the same while it keeps its type.
  if (pairs.length === 0 && gone.length === 1 && come.length === 1 && lost !== undefined && found?.type === lost.type) {
    pairs.push([lost, found]);
  }
  const to = new Map(pairs.map(([one, other]) => [one.name, other.name]));
  const renames: ColumnRename[] = [];
  const removed: Id[] = [];
  for (const { name } of gone) {
    const part = idOf.get(name);
    if (part === undefined) continue;
    const now = to.get(name);
    if (now === undefined) removed.push(part);
    else renames.push({ record, part, from: name, to: now });
  }
  return { renames, removed };
}
