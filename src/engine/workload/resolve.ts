import type { Policy } from '#model/table-parts.ts';
import type { Document, Id } from '#model/types.ts';
import { Names } from '../dialects/base/expressions/names.ts';
import { bind } from './bind.ts';
import { readQuery } from './block.ts';
import { Draft, type UseDraft } from './build.ts';
import { readChange } from './change.ts';
import { Conditions, type Place } from './conditions.ts';
import type { QueryFinding, Spot } from './facts.ts';
import { addPolicies } from './policies.ts';
import type { Answer, QueryPort, Resolving, Sub } from './resolving.ts';
import { newScope, type Scope } from './scope.ts';
import { type Samples, Terms } from './terms.ts';
import type { Expr, Query, Statement } from './tree.ts';
import { usesIn, visit } from './walk.ts';
import { readWhere } from './where.ts';

const SEVERITY: Readonly<Partial<Record<QueryFinding['code'], QueryFinding['severity']>>> = {
  'joins-without-condition': 'warning',
  'not-understood': 'info',
};

const memo = new WeakMap<Document, Names>();

/** Names of a document, gathered once. */
export function namesOf(document: Document): Names {
  let names = memo.get(document);
  if (names === undefined) {
    names = new Names(document, document.settings['settings']?.dialect ?? 'postgresql', () => undefined);
    memo.set(document, names);
  }
  return names;
}

export interface ResolveOptions {
  readonly role?: string;
  readonly samples?: Samples;
}

/** One statement being resolved. */
export class Resolver implements Resolving {
  readonly document: Document;
  readonly names: Names;
  readonly port: QueryPort;
  readonly draft = new Draft();
  readonly terms: Terms;
  readonly conditions: Conditions;
  readonly findings: QueryFinding[] = [];
  role: string | undefined;
  through: readonly Id[] = [];
  spots = true;
  readonly #watchers: Set<number>[] = [];

  constructor(document: Document, port: QueryPort, options: ResolveOptions) {
    this.document = document;
    this.names = namesOf(document);
    this.port = port;
    this.role = options.role;
    this.terms = new Terms(document, this.names.dialect, this.draft, options.samples ?? new Map());
    this.conditions = new Conditions(this.terms);
  }

  finding(code: QueryFinding['code'], message: string, at: Spot, suggestions: readonly string[] = []): void {
    if (!this.spots) return;
    const known = this.findings.some((one) => one.code === code && one.at.start === at.start && one.message === message);
    if (!known) this.findings.push({ code, severity: SEVERITY[code] ?? 'error', message, at, suggestions });
  }

  need(expr: Expr): void {
    visit(expr, (one) => {
      if (one.is === 'base') this.draft.uses[one.use]?.needed.add(one.column);
      return true;
    });
    for (const use of usesIn(expr)) for (const watcher of this.#watchers) watcher.add(use);
  }

  watching<T>(run: () => T): { readonly value: T; readonly needed: ReadonlySet<number> } {
    const needed = new Set<number>();
    this.#watchers.push(needed);
    const value = run();
    this.#watchers.pop();
    return { value, needed };
  }

  bind(expr: Expr, scope: Scope): Expr {
    return bind(this, expr, scope);
  }

  bound(expr: Expr, scope: Scope): Expr {
    const made = bind(this, expr, scope);
    this.need(made);
    return made;
  }

  query(query: Query, scope: Scope, sub?: Sub): Answer {
    return readQuery(this, query, scope, sub);
  }

  statement(statement: Statement, scope: Scope): Answer {
    if (statement.is === 'select') return this.query(statement.query, scope);
    return statement.is === 'other' ? { outs: undefined, first: this.draft.uses.length } : readChange(this, statement, scope);
  }

  where(condition: Expr, scope: Scope, place: Place): readonly ReadonlySet<number>[] {
    return readWhere(this, condition, scope, place);
  }

  policies(use: UseDraft, commands: readonly Policy['command'][], place: Place): void {
    const { spots } = this;
    // Names in a policy that mean nothing are findings of the model, not of the query.
    this.spots = false;
    addPolicies(this, use, commands, place);
    this.spots = spots;
  }

  inView<T>(view: Id, run: () => T): T {
    const { spots, through, role } = this;
    const record = this.document.views[view];
    const invoker = record?.options?.some(
      (one) => one.name.toLowerCase() === 'security_invoker' && !/^(?:false|off|0|no)$/i.test(one.value),
    );
    this.spots = false;
    this.through = [...through, view];
    if (invoker !== true && record?.owner !== undefined) this.role = record.owner;
    const value = run();
    this.spots = spots;
    this.through = through;
    this.role = role;
    return value;
  }

  /** Resolves a whole statement: all that it gives is needed. */
  run(statement: Statement): void {
    const { outs } = this.statement(statement, newScope());
    for (const out of outs ?? []) this.need(out.of);
  }
}
