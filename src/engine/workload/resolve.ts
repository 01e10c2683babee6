import { recordIn } from '#model/collections.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Document, Id, View } from '#model/types.ts';
import { Names } from '../dialects/base/expressions/names.ts';
import { bind } from './bind.ts';
import { readQuery } from './block.ts';
import { Draft, type UseDraft } from './build.ts';
import { readChange } from './change.ts';
import { Conditions, type Place } from './conditions.ts';
import { expressionType } from './expression-type.ts';
import type { QueryFinding, Spot } from './facts.ts';
import { relationOf } from './from.ts';
import { addPolicies } from './policies.ts';
import type { Answer, QueryPort, Resolving, Sub } from './resolving.ts';
import { newScope, type Out, type Scope } from './scope.ts';
import { isStoredView, type StoredColumn, type StoredView, storedViewOf } from './stored-view.ts';
import { type Samples, Terms } from './terms.ts';
import type { Expr, Query, Statement, TableFrom } from './tree.ts';
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
  /** The materialized view that the statement refreshes. */
  refreshed: Id | undefined;
  #unknownStars = 0;
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
    if (statement.is !== 'other') return readChange(this, statement, scope);
    const first = this.draft.uses.length;
    return { outs: statement.refreshes === undefined ? undefined : this.#refresh(statement.refreshes), first };
  }

  /** REFRESH runs the query of the view, and writes what that gives. */
  #refresh(from: TableFrom): readonly Out[] | undefined {
    const id = relationOf(this, from);
    if (id === undefined) return undefined;
    const table = recordIn(this.document, 'tables', id);
    const view = table !== undefined && isStoredView(table) ? table.view : recordIn(this.document, 'views', id);
    if (view?.materialized !== true) {
      this.finding('not-understood', 'Only a materialized view can be refreshed.', from.at);
      return undefined;
    }
    this.refreshed = view.id;
    return this.viewOuts(view);
  }

  unknownStar(): void {
    this.#unknownStars += 1;
  }

  viewOuts(view: View): readonly Out[] | undefined {
    const unknown = this.#unknownStars;
    const outs = this.inView(view.id, () => {
      const parsed = this.port.parse(view.query);
      return parsed.ok && parsed.statement.is === 'select' ? this.query(parsed.statement.query, newScope()).outs : undefined;
    });
    if (this.#unknownStars > unknown) return undefined;
    return outs?.map((out, i) => (view.columns?.[i] === undefined ? out : { ...out, name: view.columns[i] }));
  }

  stored(view: View): StoredView | undefined {
    return readStoredView(this.document, view, this.port)?.table;
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

/** A materialized view as a table, and what its query was read as. */
export interface ReadStoredView {
  readonly table: StoredView;
  readonly outs: readonly Out[];
  readonly draft: Draft;
}

const storedViews = new WeakMap<Document, Map<Id, ReadStoredView | undefined>>();

/** A materialized view of a document as a table, looked at once; undefined when its columns cannot be told from its query. */
export function readStoredView(document: Document, view: View, port: QueryPort): ReadStoredView | undefined {
  const known = storedViews.get(document) ?? new Map<Id, ReadStoredView | undefined>();
  storedViews.set(document, known);
  if (known.has(view.id)) return known.get(view.id);
  // One that reads itself, which no engine makes, has no columns.
  known.set(view.id, undefined);
  const resolver = new Resolver(document, port, {});
  const outs = resolver.viewOuts(view);
  const { draft } = resolver;
  const columnOf = (use: number, id: Id) => draft.uses[use]?.columns.find((one) => one.id === id);
  // What an outer join adds may be NULL in any column.
  const outer = draft.joins.some(({ kind }) => kind === 'left' || kind === 'right' || kind === 'full');
  const columns = outs?.map(({ name, of }): StoredColumn => {
    const type = expressionType(document, of, (use, id) => columnOf(use, id)?.type);
    const base = of.is === 'inner' ? of.of : of;
    const column = base.is === 'base' && !outer ? columnOf(base.use, base.column) : undefined;
    return { name, nullable: column?.nullable ?? true, ...(type === undefined ? {} : { type }) };
  });
  const read =
    outs === undefined || columns === undefined ? undefined : { table: storedViewOf(view, columns, undefined), outs, draft };
  known.set(view.id, read);
  return read;
}
