import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { Collection, Document, Id, Ref, Table } from '#model/types.ts';
import type { Dependent } from '../../../queries.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { splitSql } from '../../../sql/split.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { PostgresReader } from './reader.ts';
import { replaceColumnName } from './rename-text.ts';
import type { MutableTable } from './state.ts';
import { sameType } from './types.ts';
import type { Writable } from './writable.ts';

/** What was read again, and what is known about its relation to the document. */
export interface ReadAgainResult {
  readonly document: Document;
  /** Ids of what was read that are known to be others of the document: renamed tables and columns. */
  readonly hints: ReadonlyMap<Id, Id>;
  readonly renames: readonly { readonly ref: Ref; readonly name: string }[];
  readonly statements: readonly { readonly start: number; readonly end: number; readonly record?: Id }[];
  /** Parts whose statements no longer fit, such as an index on a column that is gone. */
  readonly lost: readonly Dependent[];
}

const RENAMABLE = ['tables', 'views', 'types', 'sequences'] as const;

/**
 * Reads the statements of some objects again: typed ones in place of those they replace, the others as they are written.
 * A table (view, type, sequence) that the typed text calls by another name is the same one renamed, and statements that
 * still say the old name find it.
 */
export class ReadAgain {
  problem: { readonly message: string; readonly position: number } | undefined;
  private readonly reader: PostgresReader;
  private readonly document: Document;
  private readonly replaced: readonly WrittenStatement[];
  private readonly hints = new Map<Id, Id>();
  private readonly renames: { ref: Ref; name: string }[] = [];
  private readonly statements: { start: number; end: number; record?: Id }[] = [];
  private readonly lost: Dependent[] = [];
  private readonly gone = new Set<Id>();
  private readonly base: Document;

  /** @param base the document without the objects that are read again. @param replaced statements that typed text replaces. */
  constructor(base: Document, document: Document, parser: PgParser, replaced: readonly WrittenStatement[]) {
    this.reader = new PostgresReader(base, parser);
    this.base = base;
    this.document = document;
    this.replaced = replaced;
  }

  /** Reads a statement that is as it was written. One of an object that the typed text no longer defines is left out. */
  sibling(statement: WrittenStatement): void {
    if (this.gone.has(statement.record)) return;
    for (const span of splitSql(statement.sql, 'postgresql')) {
      const sql = statement.sql.slice(span.start, span.end);
      if (span.kind === 'gap') {
        this.reader.gap(sql);
        continue;
      }
      const said = this.reader.statement(sql);
      if (said.state !== 'error' || statement.what === 'comment' || statement.what === 'owner') continue;
      const ref: Ref =
        statement.part === undefined ? { record: statement.record } : { record: statement.record, part: statement.part };
      this.lost.push({ ref, label: said.object ?? statement.what });
    }
  }

  /** Reads the typed text. */
  typed(text: string): void {
    const made = new Set<Id>();
    let start = 0;
    for (const span of splitSql(text, 'postgresql')) {
      const sql = text.slice(span.start, span.end);
      if (span.kind === 'gap') {
        this.reader.gap(sql);
        continue;
      }
      const said = span.kind === 'data' ? undefined : this.reader.statement(sql);
      if (said?.state === 'error') {
        this.problem ??= { message: said.reason ?? 'This cannot be read.', position: span.start + (said.position ?? 0) };
        return;
      }
      const record = said?.record;
      if (record !== undefined) made.add(record);
      this.statements.push({ start, end: span.end, ...(record === undefined ? {} : { record }) });
      start = span.end;
    }
    this.findSchemas(made);
    for (const collection of RENAMABLE) this.findRenames(collection, made);
    this.findGone();
  }

  /** A schema whose statement is gone is renamed when another came in its place, else removed when nothing is in it. */
  private findSchemas(made: ReadonlySet<Id>): void {
    const { state } = this.reader;
    const fresh = [...made].filter(
      (id) => state.get('schemas', id) !== undefined && recordIn(this.base, 'schemas', id) === undefined,
    );
    for (const { collection, record, what } of this.replaced) {
      if (collection !== 'schemas' || what !== 'create' || made.has(record)) continue;
      const old = state.get('schemas', record);
      const next = fresh.shift();
      if (old === undefined) continue;
      const used = (['tables', 'views', 'types', 'sequences', 'routines'] as const).some((kind) => {
        return Object.values(this.document[kind]).some((one) => one.schema === record);
      });
      if (next !== undefined) {
        this.hints.set(next, record);
        this.renames.push({ ref: { record }, name: state.get('schemas', next)?.name ?? '' });
      } else if (used) {
        this.problem ??= { message: `Schema ${old.name} still holds objects. Move or delete them first.`, position: 0 };
        continue;
      }
      state.dropSchema(old.name);
    }
  }

  /** Objects whose defining statement was replaced, and is not there under its old name. */
  private undefinedNow(collection: Collection): Id[] {
    return this.replaced.flatMap((statement) => {
      if (statement.collection !== collection || statement.what !== 'create') return [];
      const old = recordIn(this.document, collection, statement.record);
      if (old === undefined || !('schema' in old)) return [];
      const { state } = this.reader;
      const found = collection === 'types' ? state.typeIn(old.schema, old.name) : state.relationIn(old.schema, old.name)?.id;
      return found === undefined ? [old.id] : [];
    });
  }

  private findRenames(collection: (typeof RENAMABLE)[number], made: ReadonlySet<Id>): void {
    const { state } = this.reader;
    const olds = this.undefinedNow(collection);
    const news = [...made].filter((id) => {
      return (
        recordIn(this.base, collection, id) === undefined &&
        state.get(collection, id) !== undefined &&
        !this.isKnown(collection, id)
      );
    });
    olds.forEach((oldId, i) => {
      const newId = news[i];
      const old = recordIn(this.document, collection, oldId);
      const now = newId === undefined ? undefined : state.get(collection, newId);
      if (old === undefined || now === undefined) return;
      this.hints.set(now.id, oldId);
      if (old.name !== now.name) this.renames.push({ ref: { record: oldId }, name: now.name });
      if (collection === 'types') state.registerType(old.schema, old.name, now.id);
      else state.alias(old.schema, old.name, { kind: collection, id: now.id });
    });
    if (collection === 'tables') this.findColumnRenames(made);
  }

  /** An object of this very name existed before. */
  private isKnown(collection: (typeof RENAMABLE)[number], id: Id): boolean {
    const now = this.reader.state.get(collection, id);
    const records = Object.values(this.document[collection] as Readonly<Record<Id, { name: string; schema: Id }>>);
    return now === undefined || records.some((one) => one.name === now.name && one.schema === now.schema);
  }

  private findColumnRenames(made: ReadonlySet<Id>): void {
    for (const id of made) {
      const now = this.reader.state.get('tables', id);
      if (now === undefined) continue;
      const hinted = this.hints.get(id);
      const old =
        hinted === undefined
          ? Object.values(this.document.tables).find((one) => one.name === now.name && one.schema === now.schema)
          : recordIn(this.document, 'tables', hinted);
      const replaced = this.replaced.some((statement) => statement.record === old?.id && statement.what === 'create');
      if (old !== undefined && replaced) this.pairColumns(old, now);
    }
  }

  /** Columns that stand where one of another name stood are that column renamed. */
  private pairColumns(old: Table, now: MutableTable): void {
    const oldNames = new Set(old.columns.map((column) => column.name));
    const newNames = new Set(now.columns.map((column) => column.name));
    const gone = old.columns.filter((column) => !newNames.has(column.name));
    const fresh = now.columns.filter((column) => !oldNames.has(column.name));
    for (const column of fresh) {
      const was = gone.find((one) => this.isRenamed(old, now, one, column, gone.length === 1 && fresh.length === 1));
      if (was === undefined || this.hints.has(column.id)) continue;
      this.hints.set(column.id, was.id);
      this.renames.push({ ref: { record: old.id, part: was.id }, name: column.name });
      this.reader.state.aliasColumn(now.id, was.name, column.id);
      replaceColumnName(now, was.name, this.reader.state.quote(column.name));
    }
  }

  private isRenamed(old: Table, now: MutableTable, was: Column, column: Writable<Column>, alone: boolean): boolean {
    if ([...this.hints.values()].includes(was.id)) return false;
    const samePlace = old.columns.indexOf(was) === now.columns.indexOf(column);
    return samePlace && old.columns.length === now.columns.length && (alone || sameType(was.type, column.type));
  }

  private findGone(): void {
    for (const statement of this.replaced) {
      const { collection, record, what } = statement;
      if (what !== 'create' || [...this.hints.values()].includes(record)) continue;
      const old = recordIn(this.document, collection, record);
      if (old === undefined || !('schema' in old)) continue;
      const { state } = this.reader;
      const found = collection === 'types' ? state.typeIn(old.schema, old.name) : state.relationIn(old.schema, old.name);
      if (found === undefined && collection !== 'routines') this.gone.add(record);
    }
  }

  finish(): ReadAgainResult {
    const document = this.reader.finish();
    // Siblings read after a rename still say the old names in their expressions.
    for (const { ref, name } of this.renames) this.rewriteSiblings(document, ref, name);
    const { hints, renames, statements, lost } = this;
    return { document, hints, renames, statements, lost };
  }

  private rewriteSiblings(document: Document, ref: Ref, name: string): void {
    if (ref.part === undefined) return;
    const old = recordIn(this.document, 'tables', ref.record)?.columns.find((column) => column.id === ref.part);
    const [newId] = [...this.hints].find(([, oldId]) => oldId === ref.part) ?? [];
    const table = Object.values(document.tables).find((one) => one.columns.some((column) => column.id === newId));
    if (old !== undefined && table !== undefined) replaceColumnName(table as MutableTable, old.name, this.reader.state.quote(name));
  }
}
