import type { Id } from '#model/types.ts';
import { termKey } from './build.ts';
import type { Join, Keyset, Predicate, Spot, Term, Test, Value } from './facts.ts';
import { patternTest } from './patterns.ts';
import { isAggregated, type Terms } from './terms.ts';
import type { Expr } from './tree.ts';
import { conjuncts, dependsOnRows, disjuncts, holds, mapChildren, usesIn, visit } from './walk.ts';

/** Where a condition stands, which decides what it restricts. */
export interface Place {
  /** ON of an outer join: the side whose rows are all kept, and the uses of both sides. */
  readonly outer?: {
    readonly kind: 'left' | 'right' | 'full';
    readonly left: ReadonlySet<number>;
    readonly right: ReadonlySet<number>;
  };
  /** In a subquery: uses from this one on are its own; others are of queries around it, to which it is joined like this. */
  readonly sub?: { readonly from: number; readonly kind: 'semi' | 'anti' | 'scalar' };
  readonly policy?: Id;
  /** Places are those of the query's text. */
  readonly spots: boolean;
}

/** Where what is found in a condition goes: the query as a whole, or one arm of an OR. */
interface Sink {
  predicate(use: number, predicate: Predicate): void;
  join(join: Join): void;
  keyset(use: number, keyset: Keyset): void;
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '@>': '<@', '<@': '@>' };

/** Operators that a GIN, GiST, SP-GiST or full-text index serves (PostgreSQL manual, 11.2, 65, F.32; MySQL MATCH). */
const CONTAINS: ReadonlySet<string> = new Set(
  '@> <@ ? ?| ?& @@ @@@ @? && << >> &< &> -|- ~> <<= >>= <<| |>> &<| |&> ~= match ^@ % %> <% <-> @'.split(' '),
);

/** Functions that say what such an operator says. */
const CONTAINING =
  /^(?:json_contains|json_overlaps|member of|contains|freetext|st_(?:contains|within|intersects|dwithin|covers|coveredby|overlaps|touches|crosses|equals))$/;

/** Tests that no NULL passes. */
const STRICT: ReadonlySet<Test> = new Set(['equal', 'in', 'range', 'not null', 'prefix', 'pattern', 'contains', 'differs']);

const MAX_ARMS = 64;

/** The name under which a mark of an outer join (Oracle) stands in the tree. */
const PLUS = '(+)';

function testOf(op: string): Test {
  if (op === '=') return 'equal';
  if (op === '<' || op === '<=' || op === '>' || op === '>=') return 'range';
  if (op === '<>') return 'differs';
  return CONTAINS.has(op) ? 'contains' : 'other';
}

/** Turns conditions into predicates and joins of table uses. */
export class Conditions {
  readonly terms: Terms;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  /** Adds a resolved condition, taken apart. */
  add(condition: Expr, place: Place): void {
    for (const one of conjuncts(condition)) this.#one(one, place);
  }

  #one(given: Expr, place: Place): void {
    const plus = plusUses(given);
    if (plus.size > 0) {
      const condition = withoutPlus(given);
      const left = new Set([...usesIn(condition)].filter((use) => !plus.has(use)));
      this.#restricts(condition, { ...place, outer: { kind: 'left', left, right: plus } });
    } else this.#restricts(given, place);
  }

  #restricts(condition: Expr, place: Place): void {
    const set = eitherIn(condition);
    if (set !== undefined) {
      for (let arm = 0; arm < Math.min(set.arms, MAX_ARMS); arm++) this.add(armOf(condition, set.set, arm), place);
    } else if (condition.is === 'or' || (condition.is === 'not' && disjuncts(condition).length > 1)) this.#or(condition, place);
    else this.#classify(condition, place, this.#sink(place));
  }

  #sink({ outer }: Place): Sink {
    const { draft } = this.terms;
    return {
      predicate: (use, predicate) => {
        if (isStrict(predicate) && outer === undefined) draft.strict.add(use);
        const own = draft.uses[use]?.predicates;
        const same = (one: Predicate) =>
          one.sql === predicate.sql &&
          termKey(one.term) === termKey(predicate.term) &&
          one.filterOnly === predicate.filterOnly &&
          one.policy === predicate.policy;
        if (own?.some(same) === false) own.push(predicate);
        if (outer === undefined && isLoose(predicate)) draft.loose.push({ use, predicate });
      },
      join: (join) => {
        const { kind, left, right, operator } = join;
        const refuses = outer === undefined && operator !== '<=>' && (kind === 'inner' || kind === 'semi');
        if (refuses) for (const { use, term } of [left, right]) if (term.column !== undefined) draft.strict.add(use);
        const text = joinText(join);
        if (!draft.joins.some((one) => joinText(one) === text)) draft.joins.push(join);
      },
      keyset: (use, keyset) => draft.uses[use]?.keysets.push(keyset),
    };
  }

  #or(condition: Expr, place: Place): void {
    let arms = disjuncts(condition).map((arm) => conjuncts(arm));
    if (arms.length > MAX_ARMS) return;
    const keyed = arms.map((arm) => new Map(arm.map((one) => [this.terms.key(one), one])));
    const [first, ...others] = keyed;
    const common = [...(first ?? [])].filter(([key]) => others.every((arm) => arm.has(key)));
    for (const [, one] of common) this.#one(one, place);
    const shared = new Set(common.map(([key]) => key));
    arms = keyed.map((arm) => [...arm].filter(([key]) => !shared.has(key)).map(([, one]) => one));
    if (arms.some((arm) => arm.length === 0)) return;
    const found = arms.map((arm) => this.#arm(arm, place));
    if (place.outer === undefined)
      for (const use of usesIn(condition))
        if (found.every((arm) => arm.get(use)?.some(isStrict) === true)) this.terms.draft.strict.add(use);
    if (this.#sameTerm(found, condition, place)) return;
    for (const use of usesIn(condition)) {
      const own = found.map((arm) => arm.get(use) ?? []);
      const useful = own.every((arm) =>
        arm.some(({ test, filterOnly }) => filterOnly !== true && test !== 'differs' && test !== 'other'),
      );
      if (useful) this.terms.draft.uses[use]?.alternatives.push({ arms: own, ...spot(condition, place) });
    }
  }

  /** What an arm of an OR says of each use. Comparisons of two uses say something of both. */
  #arm(arm: readonly Expr[], place: Place): Map<number, Predicate[]> {
    const found = new Map<number, Predicate[]>();
    const put = (use: number, predicate: Predicate) => found.set(use, [...(found.get(use) ?? []), predicate]);
    const row: Value = { kind: 'row' };
    for (const one of arm) {
      this.#classify(one, place, {
        predicate: put,
        keyset: () => undefined,
        join: ({ left, right, operator }) => {
          for (const end of [left, right])
            put(end.use, {
              test: testOf(operator),
              term: end.term,
              operator,
              values: [row],
              sql: this.terms.bare(one),
              ...spot(one, place),
            });
        },
      });
    }
    return found;
  }

  /** `a = 1 OR a = 2` is `a IN (1, 2)`. */
  #sameTerm(arms: readonly ReadonlyMap<number, readonly Predicate[]>[], condition: Expr, place: Place): boolean {
    const only = arms.map((arm) =>
      (arm.size === 1 ? [...arm] : []).flatMap(([use, list]) => list.map((predicate) => ({ use, predicate }))),
    );
    const [first] = only[0] ?? [];
    if (first === undefined) return false;
    const same = only.every(
      ([one, ...more]) =>
        one !== undefined &&
        more.length === 0 &&
        one.use === first.use &&
        (one.predicate.test === 'equal' || one.predicate.test === 'in') &&
        one.predicate.operator !== '<=>' &&
        termKey(one.predicate.term) === termKey(first.predicate.term),
    );
    if (!same) return false;
    const values = only.flatMap(([one]) => one?.predicate.values ?? []);
    const predicate: Predicate = {
      ...first.predicate,
      test: 'in',
      operator: 'IN',
      values,
      sql: this.terms.bare(condition),
      ...spot(condition, place),
    };
    this.terms.draft.uses[first.use]?.predicates.push(predicate);
    return true;
  }

  #classify(expr: Expr, place: Place, sink: Sink): void {
    if (isAggregated(expr) || !dependsOnRows(expr)) return;
    switch (expr.is) {
      case 'binary':
        this.#comparison(expr.op, expr.left, expr.right, expr, place, sink);
        return;
      case 'distinct':
        if (expr.not) this.#comparison('<=>', expr.left, expr.right, expr, place, sink);
        else this.#single(expr.left, 'differs', 'IS DISTINCT FROM', [expr.right], expr, place, sink);
        return;
      case 'between':
        if (expr.not) this.#single(expr.of, 'differs', 'NOT BETWEEN', [expr.low, expr.high], expr, place, sink);
        else this.#single(expr.of, 'range', 'BETWEEN', [expr.low, expr.high], expr, place, sink);
        return;
      case 'in':
        if (expr.of.is === 'row' && !expr.not)
          for (const one of expr.of.items) this.#single(one, 'in', 'IN', [], expr, place, sink);
        else this.#single(expr.of, expr.not ? 'differs' : 'in', expr.not ? 'NOT IN' : 'IN', expr.list, expr, place, sink);
        return;
      case 'any':
        this.#any(expr, place, sink);
        return;
      case 'like':
        this.#single(expr.of, patternTest(expr, this.terms.texts(expr.pattern)), likeWord(expr), [expr.pattern], expr, place, sink);
        return;
      case 'null':
        this.#single(expr.of, expr.not ? 'not null' : 'null', expr.not ? 'IS NOT NULL' : 'IS NULL', [], expr, place, sink);
        return;
      case 'truth':
        if (!expr.not && expr.what !== 'unknown') this.#truth(expr.of, expr.what === 'true', expr, place, sink);
        else this.#single(expr.of, 'other', 'IS', [], expr, place, sink);
        return;
      case 'base':
      case 'inner':
        this.#truth(expr, true, expr, place, sink);
        return;
      case 'not':
        if (expr.of.is === 'base' || expr.of.is === 'inner') this.#truth(expr.of, false, expr, place, sink);
        else if (expr.of.is === 'any' && !expr.of.all)
          this.#single(expr.of.of, 'differs', '<> ALL', [expr.of.array], expr, place, sink);
        else this.#other(expr, place, sink);
        return;
      case 'call':
        this.#call(expr, place, sink);
        return;
      default:
        this.#other(expr, place, sink);
    }
  }

  #truth(of: Expr, value: boolean, whole: Expr, place: Place, sink: Sink): void {
    const literal: Expr = { is: 'literal', type: 'truth', text: String(value), at: whole.at };
    this.#single(of, 'equal', '=', [literal], whole, place, sink);
  }

  #call(expr: Expr & { is: 'call' }, place: Place, sink: Sink): void {
    const name = expr.path.at(-1) ?? '';
    const [first, second] = expr.args;
    if (name === 'starts_with' && first !== undefined && second !== undefined && !dependsOnRows(second))
      this.#single(first, 'prefix', 'starts_with', [second], expr, place, sink);
    else if (CONTAINING.test(name)) {
      const term = expr.args.find((arg) => this.terms.termOf(arg, true) !== undefined);
      const rest = expr.args.filter((arg) => arg !== term);
      if (term !== undefined) this.#single(term, 'contains', name, rest, expr, place, sink);
    } else this.#other(expr, place, sink);
  }

  #any(expr: Expr & { is: 'any' }, place: Place, sink: Sink): void {
    const { of, op, array, all } = expr;
    if (!dependsOnRows(of))
      this.#single(array, all ? 'other' : 'contains', `${op} ${all ? 'ALL' : 'ANY'}`, [of], expr, place, sink);
    else if (dependsOnRows(array)) this.#other(expr, place, sink);
    else if (all) this.#single(of, 'differs', `${op} ALL`, [array], expr, place, sink);
    else this.#single(of, op === '=' ? 'in' : testOf(op), `${op} ANY`, [array], expr, place, sink);
  }

  #comparison(op: string, left: Expr, right: Expr, whole: Expr, place: Place, sink: Sink): void {
    if (left.is === 'row' && right.is === 'row' && left.items.length === right.items.length) {
      this.#rows(op, left.items, right.items, whole, place, sink);
      return;
    }
    const test = op === '<=>' ? 'equal' : testOf(op);
    if (!dependsOnRows(right)) this.#single(left, test, op, [right], whole, place, sink);
    else if (!dependsOnRows(left)) this.#single(right, test, TURNED[op] ?? op, [left], whole, place, sink);
    else this.#joined(op, left, right, whole, place, sink);
  }

  #rows(op: string, left: readonly Expr[], right: readonly Expr[], whole: Expr, place: Place, sink: Sink): void {
    if (op === '=') {
      left.forEach((one, i) => {
        this.#comparison('=', one, right[i] as Expr, whole, place, sink);
      });
      return;
    }
    const turned = left.every((one) => !dependsOnRows(one));
    const [terms, values] = turned ? [right, left] : [left, right];
    const found = terms.map((one) => this.terms.termOf(one, true));
    const use = found[0]?.use;
    const order = (turned ? TURNED[op] : op) ?? op;
    if (use === undefined || found.some((one) => one?.use !== use) || values.some(dependsOnRows) || testOf(order) !== 'range')
      return;
    const operator = order as Keyset['operator'];
    const said = found.flatMap((one) => (one === undefined ? [] : [one.term]));
    sink.keyset(use, { terms: said, operator, values: values.map((one) => this.terms.value(one)), ...spot(whole, place) });
  }

  /** A comparison of two things that depend on rows. */
  #joined(op: string, left: Expr, right: Expr, whole: Expr, place: Place, sink: Sink): void {
    const [a, b] = [this.terms.termOf(left, false), this.terms.termOf(right, false)];
    if (a !== undefined && b !== undefined && a.use !== b.use) {
      sink.join(joinOf(op, a, b, place, whole));
      return;
    }
    const [usesOfLeft, usesOfRight] = [usesIn(left), usesIn(right)];
    const sides = [
      { end: a, others: usesOfRight, operator: op },
      { end: b, others: usesOfLeft, operator: TURNED[op] ?? op },
    ];
    let found = false;
    for (const { end, others, operator } of sides) {
      if (end === undefined || others.has(end.use) || !isOwn(end.use, place)) continue;
      found = true;
      const test = op === '<=>' ? 'equal' : testOf(operator);
      this.#put(end, { test, operator, values: [{ kind: 'row' }] }, whole, place, sink);
    }
    if (!found) this.#other(whole, place, sink);
  }

  /** A condition that compares one expression with what does not depend on rows. */
  #single(of: Expr, test: Test, operator: string, values: readonly Expr[], whole: Expr, place: Place, sink: Sink): void {
    const constant = values.every((one) => !dependsOnRows(one));
    const end = this.terms.termOf(of, constant);
    if (end === undefined) {
      this.#other(whole, place, sink);
      return;
    }
    const others = values.flatMap((one) => [...usesIn(one)]);
    if (others.includes(end.use)) this.#other(whole, place, sink);
    else this.#put(end, { test, operator, values: values.map((one) => this.terms.value(one)) }, whole, place, sink);
  }

  /** A condition on one use that no index finds rows by; it may still be the predicate of a partial one. */
  #other(whole: Expr, place: Place, sink: Sink): void {
    const [use, ...more] = usesIn(whole);
    if (use === undefined || more.length > 0 || holds(whole, (one) => one.is === 'inner' && one.takes === 'nothing')) return;
    const end = this.terms.termOf(whole, !holds(whole, (one) => one.is === 'parameter'));
    if (end !== undefined) this.#put(end, { test: 'other', operator: '', values: [] }, whole, place, sink);
  }

  #put(
    end: { readonly use: number; readonly term: Term },
    said: Pick<Predicate, 'test' | 'operator' | 'values'>,
    whole: Expr,
    place: Place,
    sink: Sink,
  ): void {
    sink.predicate(end.use, {
      ...said,
      term: end.term,
      sql: this.terms.bare(whole),
      ...spot(whole, place),
      ...(place.policy === undefined ? {} : { policy: place.policy }),
      ...(isKept(end.use, place) || !isOwn(end.use, place) ? { filterOnly: true as const } : {}),
    });
  }
}

function spot(expr: Expr, place: Place): { at?: Spot } {
  return place.spots && expr.at.end > expr.at.start ? { at: expr.at } : {};
}

function likeWord(expr: Expr & { is: 'like' }): string {
  return `${expr.not ? 'NOT ' : ''}${expr.op.toUpperCase()}`;
}

/** In the ON of an outer join, conditions on the side that is kept whole leave none of its rows out. */
function isKept(use: number, { outer }: Place): boolean {
  if (outer === undefined) return false;
  if (outer.kind === 'full') return true;
  return outer.kind === 'left' ? outer.left.has(use) : outer.right.has(use);
}

/** In a subquery, conditions on rows of the query around it do not restrict what that one reads. */
function isOwn(use: number, { sub }: Place): boolean {
  return sub === undefined || use >= sub.from;
}

function joinOf(op: string, a: Join['left'], b: Join['right'], place: Place, whole: Expr): Join {
  const more = { ...spot(whole, place), ...(place.policy === undefined ? {} : { policy: place.policy }) };
  const { sub, outer } = place;
  const [ownA, ownB] = [isOwn(a.use, place), isOwn(b.use, place)];
  if (sub !== undefined && ownA !== ownB) {
    return ownB
      ? { kind: sub.kind, left: a, right: b, operator: op, ...more }
      : { kind: sub.kind, left: b, right: a, operator: TURNED[op] ?? op, ...more };
  }
  if (outer !== undefined && outer.left.has(a.use) !== outer.left.has(b.use)) {
    const turned = outer.right.has(a.use);
    return turned
      ? { kind: outer.kind, left: b, right: a, operator: TURNED[op] ?? op, ...more }
      : { kind: outer.kind, left: a, right: b, operator: op, ...more };
  }
  return { kind: 'inner', left: a, right: b, operator: op, ...more };
}

function isPlus(expr: Expr): expr is Expr & { is: 'call' } {
  return expr.is === 'call' && expr.path[0] === PLUS;
}

/** Uses whose rows may be missing, as Oracle marks them with (+). */
function plusUses(expr: Expr): ReadonlySet<number> {
  const uses = new Set<number>();
  visit(expr, (one) => {
    if (isPlus(one)) usesIn(one, uses);
    return true;
  });
  return uses;
}

function withoutPlus(expr: Expr): Expr {
  const [inner] = isPlus(expr) ? expr.args : [];
  return inner ?? mapChildren(expr, withoutPlus);
}

/** Whether a row that an outer join fills with NULL does not meet it. */
function isStrict({ test, operator, term, filterOnly }: Predicate): boolean {
  return STRICT.has(test) && operator !== '<=>' && term.column !== undefined && filterOnly !== true;
}

/** Whether a row that an outer join fills with NULL may meet it for being NULL. */
function isLoose({ test, operator, filterOnly }: Predicate): boolean {
  return filterOnly !== true && (test === 'null' || operator === '<=>' || operator === 'IS DISTINCT FROM');
}

function joinText({ kind, left, right, operator }: Join): string {
  return [kind, left.use, termKey(left.term), operator, right.use, termKey(right.term)].join(' ');
}

/** The first set operation whose columns a condition looks at. */
function eitherIn(expr: Expr): { readonly set: number; readonly arms: number } | undefined {
  let found: { set: number; arms: number } | undefined;
  holds(expr, (one) => {
    if (one.is === 'either') found ??= { set: one.set, arms: one.arms.length };
    return found !== undefined;
  });
  return found;
}

/** The expression with one arm in place of the columns of a set operation. */
function armOf(expr: Expr, set: number, arm: number): Expr {
  if (expr.is === 'either' && expr.set === set) return expr.arms[arm] ?? { is: 'elsewhere', at: expr.at };
  return mapChildren(expr, (child) => armOf(child, set, arm));
}
