import { type Bits, bitItems, bitsOf, isEmpty, isSubset, sameBits } from '#lib/bitset.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { holdsNoKey } from '#model/commands/refactor/extract-table.ts';
import { sharedColumns } from '#model/commands/refactor/transfer.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Budget } from '../budget.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { closeMixed } from '../normalize/basis.ts';
import { decomposeBcnf } from '../normalize/bcnf.ts';
import { type Closer, closer } from '../normalize/closure.ts';
import { synthesize3nf } from '../normalize/decompose.ts';
import type { FdSet } from '../normalize/dependencies.ts';
import { lostBy } from '../normalize/join.ts';
import { findPlans } from '../normalize/plans.ts';
import { recommend } from '../normalize/recommend.ts';
import { dependenciesOf, isNotNull, type TableDependencies, toNormalize } from '../normalize/table-dependencies.ts';
import { canEqualNulls } from './equal-nulls.ts';
import { joinsOf, mayMissRows } from './joins.ts';
import { isLossless } from './lossless.ts';
import { freeTableName, keyNameFor, tableNameFor } from './names.ts';
import type { Choice, GivenPart, NullPolicy, Proposal, ProposedJoin, ProposedLink, ProposedTable } from './types.ts';

interface Part {
  readonly attributes: Bits;
  readonly keys: readonly Bits[];
}

interface Work {
  readonly document: Document;
  readonly table: Table;
  readonly given: TableDependencies;
  readonly known: Closer;
}

/** Without accepted redundancy, and without constants: a table of one row has no key. */
function normalizable({ given }: Work): FdSet {
  const set = toNormalize(given);
  return { size: set.size, fds: set.fds.filter(({ left }) => !isEmpty(left)) };
}

/** With multivalued dependencies what they imply together counts, and 4NF is the aim. */
function fourth(work: Work, budget: Budget): readonly Part[] {
  const { mvds } = work.given;
  return findPlans(closeMixed(normalizable(work), mvds, budget).value, mvds, budget).fourth.value.parts;
}

const PLANS: Readonly<Record<Exclude<Choice, readonly GivenPart[]>, (work: Work, budget: Budget) => readonly Part[]>> = {
  recommended: (work, budget) =>
    work.given.mvds.length > 0 ? fourth(work, budget) : recommend(normalizable(work), budget).value.parts,
  '3NF': (work, budget) => synthesize3nf(normalizable(work), budget).value.parts,
  BCNF: (work, budget) => decomposeBcnf(normalizable(work), budget).value.parts,
  '4NF': fourth,
};

function partsOf(work: Work, choice: Choice, budget: Budget): Result<readonly Part[]> {
  if (typeof choice === 'string') return ok(PLANS[choice](work, budget));
  const { columns } = work.given;
  const at = new Map(columns.map(({ id }, position) => [id, position]));
  const unknown = choice.flatMap((part) => [...part.columns, ...part.keys.flat()]).find((id) => !at.has(id));
  if (unknown !== undefined)
    return err('not-found', `${work.table.name} has no column ${unknown} any more: work the decomposition out again.`);
  const bits = (ids: readonly Id[]) =>
    bitsOf(
      columns.length,
      ids.map((id) => at.get(id) as number),
    );
  const read = ({ columns: own, keys }: GivenPart): Part => ({
    attributes: bits(own),
    keys: keys.length === 0 ? [bits(own)] : keys.map(bits),
  });
  const parts = choice.map(read);
  const covered = new Set(choice.flatMap((part) => part.columns));
  const left = columns.find(({ id }) => !covered.has(id));
  if (left !== undefined) return err('column-left-out', `${left.name} is in no part: every column needs a place.`);
  return ok(parts);
}

function refusal(document: Document, table: Table, given: TableDependencies): Result<never> | undefined {
  const shared = sharedColumns(document, table);
  if (shared !== undefined) return { ok: false, problem: shared };
  if (given.keys.length === 0) {
    return err(
      'no-key',
      `${table.name} has no key that the database enforces, so equal rows may repeat, and no set of smaller tables could give them back. Give it a primary key first.`,
    );
  }
  return undefined;
}

/** The part that keeps the table: one that determines everything, with the primary key if possible, else the widest. */
function remainderOf(work: Work, parts: readonly Part[]): { readonly at: number; readonly repeats: boolean } {
  const { given, known, table } = work;
  const size = given.columns.length;
  const number = (ids: readonly Id[]) =>
    bitsOf(
      size,
      ids.flatMap((id) => {
        const at = given.columns.findIndex((column) => column.id === id);
        return at < 0 ? [] : [at];
      }),
    );
  const primary = table.keys.find(({ kind }) => kind === 'primary');
  const keys = given.keys.map(({ columns }) => number(columns));
  const first = primary === undefined ? undefined : number(primary.columns);
  const score = (part: Part) => {
    const whole = bitItems(known.close(part.attributes)).length === size ? 1_000_000 : 0;
    const own = first !== undefined && isSubset(first, part.attributes) ? 100_000 : 0;
    const any = keys.some((key) => isSubset(key, part.attributes)) ? 10_000 : 0;
    return whole + own + any + bitItems(part.attributes).length;
  };
  const scores = parts.map(score);
  const at = scores.indexOf(Math.max(...scores));
  return { at, repeats: (scores[at] as number) < 1_000_000 };
}

/** Parts in the order in which the one refers to the next, the remainder first; what nothing refers to comes last. */
function order(
  work: Work,
  parts: readonly Part[],
  keys: readonly Bits[],
  first: number,
): { readonly order: number[]; readonly links: [number, number][] } {
  const reached = [first];
  const links: [number, number][] = [];
  const waiting = new Set(parts.map((_, at) => at).filter((at) => at !== first));
  const take = (child: number) => {
    for (const at of [...waiting]) {
      if (!isSubset(keys[at] as Bits, (parts[child] as Part).attributes)) continue;
      waiting.delete(at);
      reached.push(at);
    }
  };
  for (let at = 0; at < reached.length || waiting.size > 0; at++) {
    if (at === reached.length) {
      const [next] = waiting;
      waiting.delete(next as number);
      reached.push(next as number);
    }
    take(reached[at] as number);
  }
  for (const [at, child] of reached.entries()) {
    for (const parent of reached.slice(at + 1)) {
      if (isSubset(keys[parent] as Bits, (parts[child] as Part).attributes)) links.push([child, parent]);
    }
  }
  return { order: reached, links: links.filter((link) => !isImplied(work, link, links, keys)) };
}

/** Whether the rows of a link exist because of two others: child to middle, middle to parent. NULLs would leave a hole. */
function isImplied(
  work: Work,
  [child, parent]: [number, number],
  links: readonly [number, number][],
  keys: readonly Bits[],
): boolean {
  return links.some(([from, middle]) => {
    if (from !== child || middle === parent || !links.some(([a, b]) => a === middle && b === parent)) return false;
    const key = keys[middle] as Bits;
    return isSubset(keys[parent] as Bits, key) && bitItems(key).every((item) => isFilled(work, item));
  });
}

function isFilled({ document, table, given }: Work, item: number): boolean {
  const column = given.columns[item];
  return column !== undefined && isNotNull(document, table, column);
}

function canBeKey({ document, given }: Work, key: Bits): boolean {
  return bitItems(key).every((item) => {
    const column = given.columns[item];
    return column !== undefined && !holdsNoKey(document, column.type) && !isKeyless(document, column.type);
  });
}

/** Whether no key of the dialect can hold whole values of a type. */
function isKeyless(document: Document, type: ColumnType): boolean {
  const { keyless } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
  return type.kind === 'builtin' && keyless?.test(`${type.name}(${(type.args ?? []).join(',')})`) === true;
}

/** The candidate key that others can refer to best: held by another part, never NULL, short. */
function keyOf(work: Work, parts: readonly Part[], at: number): Bits | undefined {
  const { keys, attributes } = parts[at] as Part;
  const cost = (key: Bits) => {
    const held = parts.some((other, n) => n !== at && isSubset(key, other.attributes));
    const nulls = bitItems(key).filter((item) => !isFilled(work, item)).length;
    return (held ? 0 : 10_000) + 100 * nulls + bitItems(key).length;
  };
  const fit = keys.filter((key) => isSubset(key, attributes) && canBeKey(work, key));
  return fit.length === 0 ? undefined : fit.reduce((best, key) => (cost(key) < cost(best) ? key : best));
}

/** Why rows whose key holds a NULL cannot do without a row in a new table; nothing when they can. */
function keepRefusal(work: Work, tables: readonly ProposedTable[], joins: readonly ProposedJoin[], at: number): string | undefined {
  const { columns } = work.given;
  const { key = [], columns: own = [] } = tables[at] ?? {};
  const names = (ids: readonly Id[]) => ids.map((id) => columns.find((one) => one.id === id)?.name ?? id).join(', ');
  if (key.length === own.length) return `the table says only which ${names(key)} there are, and would not say these`;
  // A row that is kept apart is missing in the new table: right only where nothing else of it can be known.
  const gives = joins.find(({ table }) => table === at)?.gives ?? [];
  const sure = gives.filter((id) =>
    isFilled(
      work,
      columns.findIndex((one) => one.id === id),
    ),
  );
  if (sure.length > 0) return `${names(sure)} has a value in every row, which would be lost`;
  if (mayMissRows(tables, joins, at)) return undefined;
  return `rows come back by what several tables share, not by ${names(key)} alone, and those without a row here would be lost`;
}

/** With its policies for NULL. */
function withPolicies(work: Work, tables: readonly ProposedTable[], joins: readonly ProposedJoin[], at: number): ProposedTable {
  const one = tables[at] as ProposedTable;
  if (one.nullable.length === 0) return one;
  const refused = one.remainder ? undefined : keepRefusal(work, tables, joins, at);
  const policies: NullPolicy[] = [
    ...(one.remainder || refused !== undefined ? [] : (['keep'] as const)),
    ...(canEqualNulls(work.document, one.nullable.length, one.remainder) ? (['own row'] as const) : []),
    'refuse',
  ];
  return { ...one, policies, ...(refused === undefined ? {} : { noKeep: refused }) };
}

function tablesOf(work: Work, parts: readonly Part[], keys: readonly Bits[], list: readonly number[]): ProposedTable[] {
  const { document, table, given } = work;
  const ids = (bits: Bits) => bitItems(bits).map((item) => (given.columns[item] as Table['columns'][number]).id);
  const names = (bits: Bits) => bitItems(bits).map((item) => (given.columns[item] as Table['columns'][number]).name);
  const seen = new Set<number>();
  const said: string[] = [];
  return list.map((at, position): ProposedTable => {
    const part = parts[at] as Part;
    const remainder = position === 0;
    const primary = table.keys.find(({ kind }) => kind === 'primary')?.columns;
    const own = ids(part.attributes);
    // A table without a primary key holds its rows apart by another key, which may stay as well.
    const whole = [primary, ...given.keys.map(({ columns }) => columns)].find((one) => one?.every((id) => own.includes(id)));
    const keepsKey = remainder && whole !== undefined;
    const key = keys[at] as Bits;
    const name = remainder
      ? table.name
      : freeTableName(document, table.schema, tableNameFor(names(part.attributes), names(key)), said, keyNameFor(names(key)));
    said.push(name);
    const moved = bitItems(part.attributes).filter((item) => !seen.has(item));
    for (const item of moved) seen.add(item);
    const others = part.keys.filter((one) => !sameBits(one, key) && canBeKey(work, one));
    const enforced = given.keys.map((one) => [...one.columns].sort().join());
    const open = others.filter((one) => !enforced.includes(ids(one).sort().join()));
    const filled = (one: Bits) => bitItems(one).every((item) => isFilled(work, item));
    const nullable = keepsKey ? [] : bitItems(key).filter((item) => !isFilled(work, item));
    return {
      remainder,
      name,
      columns: own,
      moved: remainder ? own : moved.map((item) => (given.columns[item] as Table['columns'][number]).id),
      key: keepsKey ? whole : ids(key),
      keepsKey,
      unique: open.filter(filled).map(ids),
      unenforced: open.filter((one) => !filled(one)).map(ids),
      nullable: nullable.map((item) => (given.columns[item] as Table['columns'][number]).id),
      policies: [],
    };
  });
}

/**
 * Works out what tables a decomposition makes of one: names, keys, foreign keys, and where NULLs ask for a policy.
 * Dependencies that are temporal or accepted take no part. Nothing is changed; {@link planDecomposition} makes commands of
 * the result.
 * @returns why it cannot be done: a table without an enforced key, with columns shared with partitions, one that has
 * nothing to decompose, or given parts that would not join back to the old rows.
 */
export function proposeDecomposition(document: Document, tableId: Id, choice: Choice, budget: Budget): Result<Proposal> {
  const table = recordIn(document, 'tables', tableId);
  if (table === undefined) return err('not-found', 'The table is not in the model any more: select it again.');
  const given = dependenciesOf(document, table);
  const refused = refusal(document, table, given);
  if (refused !== undefined) return refused;
  const work: Work = { document, table, given, known: closer(given.set) };
  const found = partsOf(work, choice, budget);
  if (!found.ok) return found;
  const parts = found.value;
  if (parts.length < 2) return err('one-part', `${table.name} stays whole: no dependency that counts asks for another table.`);
  const heads = parts.map(({ attributes }) => attributes);
  if (!isLossless(given, heads)) {
    return err(
      'lossy',
      `These parts of ${table.name} would not join back to its rows: combinations would appear that were never there.`,
    );
  }
  const rest = remainderOf(work, parts);
  const keys = parts.map((_, at) => keyOf(work, parts, at));
  const keyless = keys.findIndex((key, at) => key === undefined && at !== rest.at);
  if (keyless >= 0) {
    const names = bitItems((parts[keyless] as Part).attributes).map((item) => given.columns[item]?.name);
    return err('key-type', `The table of ${names.join(', ')} would need a key over a type that no key can hold.`);
  }
  const sure = keys.map((key, at) => key ?? (parts[at] as Part).attributes);
  const { order: list, links } = order(work, parts, sure, rest.at);
  const bare = tablesOf(work, parts, sure, list);
  const joins = joinsOf(bare);
  const tables = bare.map((_, at) => withPolicies(work, bare, joins, at));
  const name = (bits: Bits) => bitItems(bits).map((item) => (given.columns[item] as Table['columns'][number]).id);
  return ok({
    table: table.id,
    tables,
    joins,
    links: links.map(
      ([child, parent]): ProposedLink => ({
        child: list.indexOf(child),
        parent: list.indexOf(parent),
        columns: tables[list.indexOf(parent)]?.key ?? [],
      }),
    ),
    lost: lostBy(toNormalize(given), heads).map(({ left, right }) => ({ determinant: name(left), dependent: name(right) })),
    repeats: rest.repeats,
  });
}
