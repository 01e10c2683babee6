import type { IdSource } from '#lib/ids.ts';
import { DEFAULT_SCHEMA } from '#model/create.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { endsBatch } from '../../../sql/lexing.ts';
import type { StatementParser } from '../../../sql/parser-port.ts';
import { finish } from '../../postgres/read/finish.ts';
import { failed, modelled, note, type Outcome } from '../../postgres/read/outcome.ts';
import { addRemark, gapComments, remarkFirst } from '../../postgres/read/remarks.ts';
import { ReadState } from '../../postgres/read/state.ts';
import { withHint } from '../hints.ts';
import { quotedName } from '../quote.ts';
import { nameKey, TRAITS } from '../traits.ts';
import { Cursor } from './cursor.ts';
import type { Ddl } from './ddl.ts';
import { foldDdl } from './fold/fold.ts';
import { type Folding, keepSql } from './fold/folding.ts';
import { atHome } from './fold/home.ts';
import { KeptObjects } from './fold/kept.ts';
import { namesIn } from './fold/rename-words.ts';
import type { Grammar } from './grammar.ts';
import { remarksOf, trailingLast } from './remarks.ts';

/** Worst last: what a statement that does several things is said to be. */
const STATES = ['skipped', 'modelled', 'residue', 'verbatim', 'error'] as const;

/** Changes of a table that need nothing but the table. */
const ADDITIONS: ReadonlySet<string> = new Set(['add constraint', 'alter constraint', 'alter trigger']);

/** Headings of SQL Developer's exports: they say again what the statement says, and would go stale. */
const EXPORT_NOTE = /^-{20,200}\r?\n--\s{1,9}(?:DDL for|Constraints for Table|Ref Constraints for Table) [^\r\n]*\r?\n-{20,200}$/gm;

/** What a statement adds to something that comes later in the text, as it does in folders that are ordered by name. */
function mayStandEarly(ddl: Ddl, { state }: Outcome): boolean {
  if (ddl.kind === 'trigger') return state === 'verbatim';
  if (state !== 'error') return false;
  if (ddl.kind === 'alter table') return ddl.actions.length > 0 && ddl.actions.every(({ kind }) => ADDITIONS.has(kind));
  return ddl.kind === 'comment' || ddl.kind === 'create index';
}

/** Folds the statements of a dialect with a {@link Grammar} into a document. */
export class GrammarReader {
  readonly state: ReadState;
  private readonly dialect: Dialect;
  private readonly grammar: Grammar;
  private readonly second: StatementParser | undefined;
  /** Comments that wait for the next object. */
  private waiting: string[] = [];
  /** The last object that was made or changed. */
  private latest: Id | undefined;
  /** What the statement just before made. */
  private last: Id | undefined;
  /** The part of it, when it made one: an index, a column. */
  private lastPart: Id | undefined;
  private readonly kept: KeptObjects;
  /** Comments and indexes that stand before what they are about. */
  private readonly early: { readonly cursor: Cursor; readonly ddl: readonly Ddl[]; readonly outcome: Outcome }[] = [];

  /**
   * @param document what to fold into; it is not changed.
   * @param second tells of a statement that the grammar refuses whether another parser takes it.
   */
  constructor(document: Document, dialect: Dialect, grammar: Grammar, ids?: IdSource, second?: StatementParser) {
    const naming = {
      schema: DEFAULT_SCHEMA[dialect],
      key: (name: string) => nameKey(name, dialect),
      ident: (name: string) => quotedName(name, dialect),
      namesIn: (sql: string) => namesIn(sql, dialect),
    };
    this.state = new ReadState(document, ids, naming);
    this.dialect = dialect;
    this.kept = new KeptObjects(dialect, () =>
      Object.values(document.verbatim).flatMap(({ id, sql }) => {
        const read = grammar.read(new Cursor(sql, dialect));
        return read.ok ? read.ddl.map((ddl) => ({ ddl, record: id })) : [];
      }),
    );
    this.grammar = grammar;
    this.second = second;
  }

  /** Another text begins: what stands at its head is on no line of the one before. */
  begin(): void {
    this.last = undefined;
  }

  gap(gap: string): void {
    const text = (this.grammar.gap?.(gap) ?? gap).replaceAll(EXPORT_NOTE, '');
    for (const { text: comment, sameLine } of gapComments(text)) {
      const { last } = this;
      const at = this.lastPart ?? 'end';
      const mine = sameLine && last !== undefined && addRemark(this.state, last, { at, text: comment, trailing: true });
      if (!mine) this.waiting.push(comment);
    }
  }

  /** Comments that stand between a statement and the end of its batch are about that statement. */
  line(text: string): void {
    const { last } = this;
    if (last === undefined || !endsBatch(text, this.dialect)) return;
    this.waiting = this.waiting.filter((comment) => !addRemark(this.state, last, { at: 'end', text: comment }));
    this.last = undefined;
  }

  /** @param sql one statement with its terminator. */
  statement(sql: string): Outcome {
    return this.mended(sql, (ddl) => ddl);
  }

  /** {@link statement}. @param mend puts right what the text says by what an engine knows of it. */
  mended(sql: string, mend: (ddl: Ddl) => Ddl): Outcome {
    const cursor = new Cursor(sql, this.dialect);
    const read = this.grammar.read(cursor);
    const ddl = read.ok ? read.ddl.map(mend) : [];
    const outcome = read.ok ? this.fold(cursor, ddl) : this.refused(sql, read.problem.message, read.problem.position);
    if (read.ok && ddl.every((one) => mayStandEarly(one, outcome))) this.early.push({ cursor, ddl, outcome });
    this.settle(outcome);
    return outcome;
  }

  /** A statement is over: comments that wait belong to what it made or changed. */
  settle(outcome: Outcome): void {
    const { record, part } = outcome;
    if (record !== undefined) {
      this.latest = record;
      for (const text of this.waiting) addRemark(this.state, record, { at: part ?? 'before', text });
      this.waiting = [];
    }
    this.last = record;
    this.lastPart = part;
  }

  private fold(cursor: Cursor, all: readonly Ddl[]): Outcome {
    const { state, dialect } = this;
    const sql = cursor.slice(0, cursor.tokens.length);
    const outcomes = all.map((ddl) => {
      const folding: Folding = { state, dialect, sql, outcome: { state: 'modelled' }, places: [] };
      const meant = atHome(state, dialect, ddl);
      const outcome = this.kept.fold(folding, meant) ?? foldDdl(folding, meant);
      this.kept.note(meant, outcome);
      // Foreign keys hold on to the folding's own outcome: what a handler returns is copied into it.
      if (outcome !== folding.outcome) Object.assign(folding.outcome, outcome);
      if (folding.outcome.record !== undefined && folding.outcome.state !== 'verbatim') remarksOf(state, cursor, folding);
      return folding.outcome;
    });
    const [only] = outcomes;
    if (only === undefined) return { state: 'skipped', reason: 'an empty statement' };
    return outcomes.length === 1 ? only : together(outcomes);
  }

  /** What the grammar cannot read is kept as text when another parser can, else it is an error at its place. */
  private refused(sql: string, message: string, position: number): Outcome {
    if (this.second?.parse(sql).ok !== true)
      return failed(withHint(sql, this.dialect, { message, position }).message, undefined, position);
    const folding: Folding = {
      state: this.state,
      dialect: this.dialect,
      sql: sql.trim().replace(/;$/, ''),
      outcome: { state: 'modelled' },
      places: [],
    };
    const kind = /^\s*(\w+(?:\s+\w+)?)/.exec(sql)?.[1]?.toUpperCase().replaceAll(/\s+/g, ' ') ?? 'statement';
    const record = keepSql(folding, kind, folding.sql, 'last');
    const reason = `${TRAITS[this.dialect].label} may well take it, but it cannot be modelled (${message}): kept as text`;
    return { state: 'verbatim', object: kind.toLowerCase(), record, reason };
  }

  /** Comments after what was read last; they no longer wait. */
  takeWaiting(): readonly string[] {
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }

  /** Puts comments before everything else that stands before a record, or before a part of it. */
  remarkBefore(record: Id, at: 'before' | Id, texts: readonly string[]): void {
    remarkFirst(this.state, record, at, texts);
  }

  /** Files that were put together in another order than they run in: what is known by now is done now. */
  private retry(): void {
    for (const { cursor, ddl, outcome } of this.early) {
      const kept = outcome.record === undefined ? undefined : this.state.get('verbatim', outcome.record);
      if (kept !== undefined) this.state.records.verbatim.delete(kept.id);
      const now = this.fold(cursor, ddl);
      if (kept !== undefined && (now.state === 'verbatim' || now.record === undefined)) {
        // Still without its table: it stays where it was.
        if (now.record !== undefined) this.state.records.verbatim.delete(now.record);
        this.state.records.verbatim.set(kept.id, kept);
        continue;
      }
      if (now.state === 'error') continue;
      for (const remark of kept?.remarks ?? []) addRemark(this.state, now.record ?? '', remark);
      if (this.latest === kept?.id) this.latest = now.record;
      delete outcome.reason;
      delete outcome.strange;
      note(Object.assign(outcome, now), 'it stands before what it is about, where the engine would refuse it');
    }
  }

  finish(): Document {
    this.retry();
    const { latest } = this;
    // A foreign key may be written inside its table, where it has nothing but a line of its own.
    const at = latest !== undefined && this.state.get('relationships', latest) !== undefined ? 'before' : 'end';
    if (latest !== undefined) {
      for (const text of this.waiting) addRemark(this.state, latest, { at, text });
      trailingLast(this.state, latest);
    }
    this.waiting = [];
    finish(this.state, TRAITS[this.dialect].inlineConstraints === true);
    return this.state.document();
  }
}

/** The outcome of a statement that did several things. */
function together(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.reduce((a, b) => (STATES.indexOf(b.state) > STATES.indexOf(a.state) ? b : a));
  const object = [...new Set(outcomes.flatMap((one) => one.object ?? []))].join(', ');
  const { record } = outcomes.find((one) => one.record !== undefined) ?? {};
  const all = record === undefined ? { ...worst, object } : { ...modelled(object, record), state: worst.state };
  const strange = outcomes.flatMap((one) => one.strange ?? []);
  if (strange.length > 0) all.strange = strange;
  const reasons = [...new Set(outcomes.flatMap((one) => one.reason ?? []))];
  for (const reason of reasons) if (all.reason === undefined || !all.reason.includes(reason)) note(all, reason);
  return all;
}
