import { type Bits, bitItems, hasBit, noBits } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type CodedColumn, type Relation, valueAt } from './relation.ts';

/** Data with the name of its table. */
export interface NamedRelation {
  readonly name: string;
  readonly relation: Relation;
}

/** Every row of the child that has no NULL in the columns has its values in some row of the parent. */
export interface Inclusion {
  readonly child: number;
  readonly childColumns: readonly number[];
  readonly parent: number;
  readonly parentColumns: readonly number[];
}

export interface InclusionOptions {
  /** Columns on each side at most. Default 2. */
  readonly maxArity?: number;
  /** Inclusions of more than one column that are tried at most. Default 20,000. */
  readonly maxTried?: number;
}

export interface InclusionResult {
  readonly value: readonly Inclusion[];
  readonly complete: boolean;
  readonly reason?: string;
}

/** A column of some table. */
interface Attribute {
  readonly table: number;
  readonly column: number;
  readonly coded: CodedColumn;
}

function attributesOf(tables: readonly NamedRelation[]): Attribute[] {
  return tables.flatMap(({ relation }, table) => relation.columns.map((coded, column) => ({ table, column, coded })));
}

/**
 * For each attribute those that hold all its values: each value strikes, for the attributes that have it, every attribute
 * that does not (De Marchi, Lopes, Petit, EDBT 2002). An attribute without values is in none and has nothing to say.
 */
function holders(attributes: readonly Attribute[], budget: Budget): (Bits | undefined)[] | undefined {
  const words = noBits(attributes.length).length;
  const ids = new Map<string, number>();
  let owners = new Int32Array(1024 * words);
  for (const [at, { coded }] of attributes.entries()) {
    if (budget.shouldStop()) return undefined;
    budget.progress?.((at / attributes.length) * 0.5, 'comparing values of columns');
    coded.values.forEach((value, code) => {
      if (code === coded.nullCode) return;
      let id = ids.get(value);
      if (id === undefined) {
        id = ids.size;
        ids.set(value, id);
        if ((id + 1) * words > owners.length) {
          const grown = new Int32Array(owners.length * 2);
          grown.set(owners);
          owners = grown;
        }
      }
      const slot = id * words + (at >>> 5);
      owners[slot] = (owners[slot] as number) | (1 << (at & 31));
    });
  }
  const kept = attributes.map((): Bits | undefined => undefined);
  for (let id = 0; id < ids.size; id++) {
    if (id % 4096 === 0 && budget.shouldStop()) return undefined;
    const owner = owners.subarray(id * words, (id + 1) * words);
    for (const at of bitItems(owner)) {
      const before = kept[at];
      kept[at] = before === undefined ? owner.slice() : before.map((word, i) => word & (owner[i] as number));
    }
  }
  return kept;
}

/** The different combinations of values of some columns, rows with NULL left out. */
function tuples(relation: Relation, columns: readonly number[]): Set<string> {
  const coded = columns.map((column) => relation.columns[column] as CodedColumn);
  const found = new Set<string>();
  for (let row = 0; row < relation.rows; row++) {
    const values = coded.map((column) => valueAt(column, row));
    if (values.every((value) => value !== undefined)) found.add(JSON.stringify(values));
  }
  return found;
}

/**
 * Inclusion dependencies within and across tables: all of one column, and those of more whose parts of fewer columns all
 * hold, found by growing (as in BINDER, Papenbrock et al., PVLDB 2015). The columns of a side are different; child columns
 * are in ascending order. Trivial ones, of columns in themselves, are left out.
 */
export function inclusions(tables: readonly NamedRelation[], budget: Budget, options: InclusionOptions = {}): InclusionResult {
  const attributes = attributesOf(tables);
  const held = holders(attributes, budget);
  if (held === undefined) return { value: [], complete: false, reason: 'stopped while values were compared' };
  const unary: Inclusion[] = [];
  attributes.forEach((child, at) => {
    const parents = held[at];
    if (parents === undefined) return;
    attributes.forEach((parent, to) => {
      if (to === at || !hasBit(parents, to)) return;
      unary.push({ child: child.table, childColumns: [child.column], parent: parent.table, parentColumns: [parent.column] });
    });
  });
  const all = [...unary];
  let level: readonly Inclusion[] = unary;
  let tried = 0;
  const sets = new Map<string, Set<string>>();
  const tuplesOf = (table: number, columns: readonly number[]) => {
    const key = `${table}:${columns.join()}`;
    const known = sets.get(key);
    if (known !== undefined) return known;
    const made = tuples((tables[table] as NamedRelation).relation, columns);
    sets.set(key, made);
    return made;
  };
  for (let arity = 2; arity <= (options.maxArity ?? 2) && level.length > 0; arity++) {
    const next: Inclusion[] = [];
    sets.clear();
    for (const candidate of grown(level, unary)) {
      if (budget.shouldStop()) return { value: all, complete: false, reason: `stopped among ${arity} columns a side` };
      if (++tried > (options.maxTried ?? 20_000)) {
        return { value: all, complete: false, reason: `too many candidates of ${arity} columns a side` };
      }
      const outer = tuplesOf(candidate.parent, candidate.parentColumns);
      const inner = tuplesOf(candidate.child, candidate.childColumns);
      // Rows without NULL in all of the columns: where there are none, nothing speaks for it.
      if (inner.size === 0 || inner.size > outer.size) continue;
      let within = true;
      for (const tuple of inner) {
        if (outer.has(tuple)) continue;
        within = false;
        break;
      }
      if (within) next.push(candidate);
    }
    all.push(...next);
    level = next;
  }
  return { value: all, complete: true };
}

/** Each inclusion with one more column on each side, from those of one column between the same tables. */
function* grown(level: readonly Inclusion[], unary: readonly Inclusion[]): Generator<Inclusion> {
  const known = new Set(level.map(keyOf));
  const byTables = new Map<string, Inclusion[]>();
  for (const one of unary) {
    const key = `${one.child},${one.parent}`;
    byTables.set(key, [...(byTables.get(key) ?? []), one]);
  }
  for (const one of level) {
    const last = one.childColumns[one.childColumns.length - 1] as number;
    for (const more of byTables.get(`${one.child},${one.parent}`) ?? []) {
      const child = more.childColumns[0] as number;
      const parent = more.parentColumns[0] as number;
      if (child <= last || one.parentColumns.includes(parent)) continue;
      const whole = { ...one, childColumns: [...one.childColumns, child], parentColumns: [...one.parentColumns, parent] };
      if (partsOf(whole).every((part) => part.childColumns.length === 1 || known.has(keyOf(part)))) yield whole;
    }
  }
}

function keyOf({ child, childColumns, parent, parentColumns }: Inclusion): string {
  return `${child}:${childColumns.join()}<${parent}:${parentColumns.join()}`;
}

/** The inclusion without each of its pairs of columns. */
function partsOf(whole: Inclusion): Inclusion[] {
  return whole.childColumns.map((_, drop) => ({
    ...whole,
    childColumns: whole.childColumns.filter((_column, i) => i !== drop),
    parentColumns: whole.parentColumns.filter((_column, i) => i !== drop),
  }));
}
