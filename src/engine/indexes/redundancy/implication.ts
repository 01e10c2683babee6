import { type Atom, type Comparison, type Condition, type Literal, readCondition, type Term } from './condition.ts';

/**
 * What values a column has, so that two literals can be told apart or put in order: `number`; `text` whose values are equal
 * only when they are the same characters (no case folding, no padding); `date` for dates and times without a time zone;
 * `boolean`. Of anything else only that equal literals are equal is taken to be known.
 */
export type ValueKind = 'number' | 'text' | 'date' | 'boolean';

/** The kind of a column's values; undefined when nothing is known of them. */
export type KindOf = (column: string) => ValueKind | undefined;

/** Ways a condition can be satisfied that are looked at one by one, at most. */
const MOST_CASES = 64;
/** Digits in which two decimals may differ and still be told apart as floating-point numbers. */
const SAFE_DIGITS = 15;

/** Digits without sign and point, and how many of them stand behind the point. */
function scaled(text: string): { readonly value: bigint; readonly scale: number } | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  if ((whole + fraction).replace(/^-?0*/, '').length > SAFE_DIGITS) return undefined;
  return { value: BigInt(whole + fraction), scale: fraction.length };
}

function compareNumbers(a: string, b: string): number | undefined {
  const left = scaled(a);
  const right = scaled(b);
  if (left === undefined || right === undefined) return undefined;
  const scale = Math.max(left.scale, right.scale);
  const difference = left.value * 10n ** BigInt(scale - left.scale) - right.value * 10n ** BigInt(scale - right.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const SHAPES = [/^\d{4}-\d\d-\d\d$/, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/];

/** How two literals of one term compare; undefined when that is not known. `text` is only told apart: then it is NaN. */
function compareLiterals(a: Literal, b: Literal, kind: ValueKind | undefined): number | undefined {
  if (a.kind === b.kind && a.text === b.text) return 0;
  if (a.kind !== b.kind) return undefined;
  if (kind === 'number' && a.kind === 'number') return compareNumbers(a.text, b.text);
  if (kind === 'boolean' && a.kind === 'boolean') return Number.NaN;
  if (kind === 'text' && a.kind === 'string') return Number.NaN;
  if (kind === 'date' && a.kind === 'string' && SHAPES.some((shape) => shape.test(a.text) && shape.test(b.text)))
    return a.text < b.text ? -1 : 1;
  return undefined;
}

/** Whether a value that is known satisfies a comparison; undefined when it cannot be told. */
function satisfies(value: Literal, op: Comparison, bound: Literal, kind: ValueKind | undefined): boolean {
  const order = compareLiterals(value, bound, kind);
  if (order === undefined) return false;
  if (op === '=') return order === 0;
  if (op === '<>') return order !== 0;
  if (Number.isNaN(order)) return false;
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return op === '>' ? order > 0 : order >= 0;
}

/** Whether `term fact value` makes `term op bound` true for every value of the term. */
function follows(fact: Comparison, value: Literal, op: Comparison, bound: Literal, kind: ValueKind | undefined): boolean {
  if (fact === '=') return satisfies(value, op, bound, kind);
  const order = compareLiterals(value, bound, kind);
  if (order === undefined) return false;
  if (fact === '<>') return op === '<>' && order === 0;
  if (fact === '>' || fact === '>=') {
    const strict = order > 0 || (order === 0 && fact === '>');
    return op === '>=' ? order >= 0 : (op === '>' || op === '<>') && strict;
  }
  const strict = order < 0 || (order === 0 && fact === '<');
  return op === '<=' ? order <= 0 : (op === '<' || op === '<>') && strict;
}

/** Facts that hold together, and whether they make one more condition true. */
class Facts {
  private readonly atoms: readonly Atom[];
  private readonly kindOf: KindOf;

  constructor(atoms: readonly Atom[], kindOf: KindOf) {
    this.atoms = atoms;
    this.kindOf = kindOf;
  }

  private about(term: Term): Exclude<Atom, { is: 'opaque' }>[] {
    return this.atoms.flatMap((atom) => (atom.is !== 'opaque' && atom.term.key === term.key ? [atom] : []));
  }

  private compares(term: Term, op: Comparison, bound: Literal): boolean {
    const kind = term.column === undefined ? undefined : this.kindOf(term.column);
    return this.about(term).some((fact) => {
      if (fact.is === 'compare') return follows(fact.op, fact.value, op, bound, kind);
      if (fact.is === 'in') return fact.values.length > 0 && fact.values.every((value) => satisfies(value, op, bound, kind));
      return fact.is === 'not in' && op === '<>' && fact.values.some((value) => compareLiterals(value, bound, kind) === 0);
    });
  }

  /** Whether the facts leave the term no value but some of these. */
  private within(term: Term, values: readonly Literal[]): boolean {
    const kind = term.column === undefined ? undefined : this.kindOf(term.column);
    const isOne = (value: Literal) => values.some((one) => compareLiterals(value, one, kind) === 0);
    return this.about(term).some(
      (fact) =>
        (fact.is === 'compare' && fact.op === '=' && isOne(fact.value)) ||
        (fact.is === 'in' && fact.values.length > 0 && fact.values.every(isOne)),
    );
  }

  private makeAtom(atom: Atom): boolean {
    switch (atom.is) {
      case 'opaque':
        return this.atoms.some((fact) => fact.is === 'opaque' && fact.text === atom.text);
      case 'null':
        return this.about(atom.term).some((fact) => fact.is === 'null');
      // A comparison is true of values only.
      case 'not null':
        return this.about(atom.term).some((fact) => fact.is !== 'null');
      case 'in':
        return this.within(atom.term, atom.values);
      case 'not in':
        return atom.values.every((value) => this.compares(atom.term, '<>', value));
      case 'compare':
        return atom.op === '=' ? this.within(atom.term, [atom.value]) : this.compares(atom.term, atom.op, atom.value);
    }
  }

  make(condition: Condition): boolean {
    if (condition.is === 'atom') return this.makeAtom(condition.atom);
    if (condition.is === 'and') return condition.parts.every((part) => this.make(part));
    if (condition.parts.some((part) => this.make(part))) return true;
    // A choice among values of one term is a list.
    const lists = condition.parts.map(valuesOf);
    const [first] = lists;
    if (first === undefined || !lists.every((one) => one?.term.key === first.term.key)) return false;
    return this.within(
      first.term,
      lists.flatMap((one) => one?.values ?? []),
    );
  }
}

function valuesOf(condition: Condition): { readonly term: Term; readonly values: readonly Literal[] } | undefined {
  if (condition.is !== 'atom') return undefined;
  const { atom } = condition;
  if (atom.is === 'in') return { term: atom.term, values: atom.values };
  return atom.is === 'compare' && atom.op === '=' ? { term: atom.term, values: [atom.value] } : undefined;
}

/** The ways a condition can be satisfied, each as facts that hold together; undefined when there are too many. */
function casesOf(condition: Condition): Atom[][] | undefined {
  if (condition.is === 'atom') return [[condition.atom]];
  let cases: Atom[][] = condition.is === 'and' ? [[]] : [];
  for (const part of condition.parts) {
    const more = casesOf(part);
    if (more === undefined) return undefined;
    cases = condition.is === 'or' ? [...cases, ...more] : cases.flatMap((one) => more.map((other) => [...one, ...other]));
    if (cases.length > MOST_CASES) return undefined;
  }
  return cases;
}

/**
 * Whether every row that satisfies one condition satisfies another, so that a partial index with the first holds no row that
 * one with the second lacks. Sound, not complete: false when it is not so or cannot be told.
 *
 * Understood are AND, OR, NOT, comparisons with literals, IN, BETWEEN, IS [NOT] NULL and boolean columns; other conditions
 * imply only themselves. PostgreSQL's planner proves the same kind of things (predtest.c).
 *
 * @param stronger SQL text of the condition that is given. @param weaker SQL text of the one that should follow
 */
export function implies(stronger: string, weaker: string, kindOf: KindOf): boolean {
  const given = casesOf(readCondition(stronger));
  const wanted = readCondition(weaker);
  return given?.every((facts) => new Facts(facts, kindOf).make(wanted)) ?? false;
}
