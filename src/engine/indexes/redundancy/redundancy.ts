import type { IndexElement } from '#model/table-parts.ts';
import { type Access, elementText, isPrefix } from '../../rules/index-facts.ts';
import { implies, type KindOf } from './implication.ts';

/**
 * Why an index is not needed beside another one:
 * - `duplicate`: both are the same, in the same direction or exactly the opposite one;
 * - `of-unique`: it is plain, and the other has the same columns and is unique;
 * - `prefix`: it is plain, and the other begins with it, or with more characters of its columns;
 * - `enforces-nothing`: both are unique, and the other allows even fewer rows, for its columns are among the columns of this one.
 */
export type Redundancy = 'duplicate' | 'of-unique' | 'prefix' | 'enforces-nothing';

export interface Relation {
  readonly kind: Redundancy;
  /**
   * `same`: both hold the same rows. `fewer`: this one holds some of the other's rows only, by its predicate. Whatever it
   * finds the other finds too, but reads more for it: that is for costs to decide.
   */
  readonly rows: 'same' | 'fewer';
  /** `enforces-nothing` only: queries can look up what the other one cannot give them, so that it is needed as a plain index. */
  readonly looksUpMore?: true;
}

/** What has to be known of the table. */
export interface IndexSurroundings {
  readonly kindOf: KindOf;
  /** Elements that every index of the table ends with: those of the primary key where indexes hold it, else none. */
  readonly tail: readonly IndexElement[];
}

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, at) => one === b[at]);

/** What an element compares by, whatever its direction. */
function equality(element: IndexElement): string {
  return elementText({
    ...(element.column === undefined ? {} : { column: element.column }),
    ...(element.columnName === undefined ? {} : { columnName: element.columnName }),
    ...(element.expression === undefined ? {} : { expression: element.expression }),
    ...(element.collation === undefined ? {} : { collation: element.collation }),
    ...(element.operatorClass === undefined ? {} : { operatorClass: element.operatorClass }),
    ...(element.length === undefined ? {} : { length: element.length }),
  });
}

/** How the rows of one index lie to those of another; undefined when it may hold rows that the other lacks. */
function rowsWithin(access: Access, by: Access, kindOf: KindOf): Relation['rows'] | undefined {
  if (access.where === by.where) return 'same';
  if (by.predicate === undefined) return 'fewer';
  if (access.predicate === undefined || !implies(access.predicate, by.predicate, kindOf)) return undefined;
  return implies(by.predicate, access.predicate, kindOf) ? 'same' : 'fewer';
}

/** Two unique indexes: what is unique by fewer columns is unique by more. */
function enforcesNothing(access: Access, by: Access, rows: Relation['rows'], later: boolean): Relation | undefined {
  // Equal NULLs are equal only where both say so.
  if (access.nullsNotDistinct && !by.nullsNotDistinct) return undefined;
  if (access.method !== 'btree' || by.method !== 'btree') return undefined;
  const mine = access.elements.map(equality);
  const others = by.elements.map(equality);
  if (!others.every((one) => mine.includes(one))) return undefined;
  // The same columns in another order: each says what the other says.
  const alike = others.length === mine.length && rows === 'same' && access.nullsNotDistinct === by.nullsNotDistinct;
  if (alike && !later) return undefined;
  // Its first columns find at most one row in the other one, and there is nothing more to look up.
  const begins = others.every((one) => mine.indexOf(one) < others.length);
  const columns = new Set([...by.include, ...by.elements.flatMap((element) => element.column ?? [])]);
  const covered = access.include.every((column) => columns.has(column));
  return { kind: 'enforces-nothing', rows, ...(begins && covered && !by.invisible ? {} : { looksUpMore: true }) };
}

/** Same elements in the same order; of a B-tree, all directions may be opposite. */
function sameElements(access: Access, by: Access): boolean {
  if (access.elements.length !== by.elements.length) return false;
  const texts = (one: Access) => one.elements.map((element) => elementText(element));
  return sameList(texts(access), texts(by)) || isPrefix(access, by);
}

/**
 * Why an index is not needed beside another of the same table, if it is not.
 *
 * Table of truth: same method, operator classes, collations and directions (or all opposite), and no row that the other
 * lacks. Both plain: its columns are the first of the other's, and what it includes is in the other. Plain beside unique:
 * likewise. Unique beside plain: never. Both unique: the other's columns are among its own. Active Record Doctor
 * (extraneous_indexes), pt-duplicate-key-checker, skeema and pg-index-health agree on it but for predicates, which they only
 * compare as text.
 *
 * @param later whether it comes after the other one, and so is the one to go of two that are equal
 */
export function redundancy(access: Access, by: Access, later: boolean, { kindOf, tail }: IndexSurroundings): Relation | undefined {
  if (access.method !== by.method) return undefined;
  const rows = rowsWithin(access, by, kindOf);
  if (rows === undefined) return undefined;
  const held = new Set([...by.include, ...[...by.elements, ...tail].flatMap((element) => element.column ?? [])]);
  const covered = access.include.every((column) => held.has(column));
  const equal = sameElements(access, by);
  if (equal && rows === 'same' && access.unique === by.unique && access.nullsNotDistinct === by.nullsNotDistinct && covered) {
    if (by.invisible && !access.invisible) return undefined;
    const same = access.include.length === by.include.length;
    const goes = same ? later || (access.invisible && !by.invisible) : access.include.length < by.include.length;
    return goes ? { kind: 'duplicate', rows } : undefined;
  }
  if (access.unique) {
    if (!by.unique || (equal && rows === 'same')) return undefined;
    return enforcesNothing(access, by, rows, later);
  }
  if (by.invisible || !covered) return undefined;
  if (equal) return { kind: by.unique ? 'of-unique' : 'duplicate', rows };
  const whole = withTail(by, tail);
  if (access.method !== 'btree' || !isBeginning(access, whole)) return undefined;
  // Two of which each begins with the other, for what every index ends with: the one that names more of it goes.
  const alike = rows === 'same' && !by.unique && isBeginning(by, withTail(access, tail));
  return alike && access.elements.length < by.elements.length ? undefined : { kind: 'prefix', rows };
}

/**
 * Whether an index begins with the elements of a shorter one, or with more characters of their columns: whatever is found by
 * leading characters is found by more of them (skeema's RedundantTo says the same).
 */
function isBeginning(short: Access, long: Access): boolean {
  const elements = long.elements.map((element, at) => {
    const length = short.elements[at]?.length;
    return length !== undefined && element.column !== undefined && length <= (element.length ?? length)
      ? { ...element, length }
      : element;
  });
  return isPrefix(short, { ...long, elements });
}

/** The index with what it ends with: columns that it does not name itself. */
function withTail(access: Access, tail: readonly IndexElement[]): Access {
  const named = new Set(access.elements.flatMap((element) => (element.length === undefined ? (element.column ?? []) : [])));
  const more = tail.filter(({ column }) => column !== undefined && !named.has(column));
  return more.length === 0 ? access : { ...access, elements: [...access.elements, ...more] };
}
