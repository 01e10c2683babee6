import { err, ok, type Result } from '#lib/result.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { AnyRecord, Collection, Document, Id, Ref, Routine, Table } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { lexSql, tokenName } from '../../base/lex.ts';
import { nameKey, TRAITS } from '../../base/traits.ts';
import { lex } from '../lex.ts';
import { ident, quoteIdent } from '../quote.ts';
import { mentionsIn } from '../write/mentions.ts';
import { analyse, type SqlContext } from './analyse.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { mapTexts, WITH_TEXTS } from './texts.ts';
import { maySpell, renameIn, type Wanted } from './uses.ts';

/** Text that names the thing in a way no rename can follow. */
export interface Left {
  readonly ref: Ref;
  readonly why: string;
}

export interface Renaming {
  /** One call that renames the thing and rewrites every SQL text that names it. */
  readonly calls: readonly CommandCall[];
  /** Texts that may name it and were left as they are: bodies in other languages, text that does not parse. */
  readonly left: readonly Left[];
}

interface Task {
  readonly document: Document;
  readonly catalog: Catalog;
  readonly parser: PgParser;
  readonly wanted: Wanted;
  readonly from: string;
  readonly to: string;
}

/** Tables that take columns from this one, directly or not. */
function heirsOf(document: Document, table: Id): Table[] {
  const found: Table[] = [];
  const queue = [table];
  const seen = new Set(queue);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const one of Object.values(document.tables)) {
      if (seen.has(one.id) || !(one.partitionOf?.parent === id || one.inherits?.includes(id) === true)) continue;
      seen.add(one.id);
      found.push(one);
      queue.push(one.id);
    }
  }
  return found;
}

/** Whether a text can name the thing at all; spares parsing the many that cannot. */
function mayName(sql: string, task: Task): boolean {
  if (maySpell(sql, task.from)) return true;
  // Names without a schema are found in `public`, which they do not spell.
  return 'record' in task.wanted && task.from === 'public' && recordIn(task.document, 'schemas', task.wanted.record) !== undefined;
}

function rewrite(sql: string, context: SqlContext, task: Task, onLeft: (why: string) => void): string {
  if (!mayName(sql, task)) return sql;
  const { uses, unsure, readable } = analyse(task.parser, task.catalog, sql, context);
  if (!readable) {
    onLeft(`Its SQL does not parse, so ${task.from} is not looked for in it.`);
    return sql;
  }
  const { wanted } = task;
  if ('columns' in wanted && unsure?.some(({ parts }) => parts.some((id) => wanted.columns.has(id))) === true)
    onLeft(`It says ${task.from} where that may be this column or another: it was left as it is.`);
  const next = renameIn(sql, uses, wanted, task.to);
  if (next !== sql && unsure !== undefined && saysAlready(sql, task))
    onLeft(`It says ${task.to} already, which may mean another thing now.`);
  return next;
}

/** Whether a text has the new name as a name of its own, so that it may be found in place of what it meant. */
function saysAlready(sql: string, { document, to }: Task): boolean {
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const key = nameKey(to, dialect);
  return lexSql(sql, dialect).tokens.some(
    (token, at, all) =>
      (token.kind === 'word' || token.kind === 'quoted') &&
      all[at - 1]?.word !== '.' &&
      nameKey(tokenName(token, dialect), dialect) === key,
  );
}

/** Bodies that only run-time knows the names of: in PostgreSQL those that are not SQL. */
function unreadBody(routine: Routine, { document, from: name }: Task): boolean {
  if ((document.settings['settings']?.dialect ?? 'postgresql') !== 'postgresql') return false;
  const language = /\blanguage\s+'?([a-z_]+)/i.exec(routine.definition)?.[1]?.toLowerCase();
  if (language === undefined || language === 'sql') return false;
  return lex(routine.definition).some((token) => token.kind === 'dollar' && mentionsIn(token.text).names.includes(name));
}

function rewriteTexts(task: Task): {
  readonly changed: Map<Id, { collection: Collection; record: AnyRecord }>;
  readonly left: Left[];
} {
  const changed = new Map<Id, { collection: Collection; record: AnyRecord }>();
  const left: Left[] = [];
  for (const collection of WITH_TEXTS) {
    for (const record of Object.values(task.document[collection]) as AnyRecord[]) {
      const next = mapTexts(collection, record, (sql, context, part) =>
        rewrite(sql, context, task, (why) =>
          left.push({ ref: part === undefined ? { record: record.id } : { record: record.id, part }, why }),
        ),
      );
      if (next !== record) changed.set(record.id, { collection, record: next });
      if (collection === 'routines' && unreadBody(record as Routine, task)) {
        left.push({
          ref: { record: record.id },
          why: `Its body names ${task.from} in a language whose names are only known when it runs.`,
        });
      }
    }
  }
  return { changed, left };
}

/** The record as changed so far. */
function current(task: Task, changed: Map<Id, { collection: Collection; record: AnyRecord }>, id: Id): AnyRecord | undefined {
  return changed.get(id)?.record ?? findRecord(task.document, id)?.record;
}

function renameColumns(table: Table, columns: ReadonlySet<Id>, { document, from, to: name }: Task): Table {
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const follows = TRAITS[dialect].checksNamedByColumn === true;
  const isOwn = (check: { readonly name?: string }) =>
    check.name !== undefined && nameKey(check.name, dialect) === nameKey(from, dialect);
  return {
    ...table,
    columns: table.columns.map((column) => (columns.has(column.id) ? { ...column, name } : column)),
    checks: follows ? table.checks.map((check) => (isOwn(check) ? { ...check, name } : check)) : table.checks,
  };
}

const PARTS = ['keys', 'checks', 'exclusions', 'indexes', 'policies'] as const;

/** A table with the name of one of its constraints, indexes or policies changed. */
function renamePart(table: Table, part: Id, name: string): Table | undefined {
  for (const list of PARTS) {
    const parts: readonly { readonly id: Id }[] = table[list];
    if (!parts.some((one) => one.id === part)) continue;
    return { ...table, [list]: parts.map((one) => (one.id === part ? { ...one, name } : one)) };
  }
  return undefined;
}

function otherSchema(type: ColumnType, from: string, to: string): ColumnType {
  return type.kind === 'other' && type.schema === from ? { ...type, schema: to } : type;
}

/** Types of elsewhere that live in a renamed schema. */
function renameTypeSchemas(task: Task, changed: Map<Id, { collection: Collection; record: AnyRecord }>): void {
  for (const id of Object.keys(task.document.tables)) {
    const table = current(task, changed, id) as Table;
    const columns = table.columns.map((column) => {
      const type = otherSchema(column.type, task.from, task.to);
      return type === column.type ? column : { ...column, type };
    });
    if (columns.some((column, i) => column !== table.columns[i]))
      changed.set(id, { collection: 'tables', record: { ...table, columns } });
  }
}

/** Argument types of routines, which identify them in COMMENT and OWNER statements. */
function renameSignatures(task: Task, changed: Map<Id, { collection: Collection; record: AnyRecord }>): void {
  for (const id of Object.keys(task.document.routines)) {
    const routine = current(task, changed, id) as Routine;
    let signature = routine.signature;
    for (const token of lex(signature).toReversed()) {
      if ((token.kind !== 'word' && token.kind !== 'quoted') || token.text !== task.from) continue;
      signature = signature.slice(0, token.start) + ident(task.to) + signature.slice(token.end);
    }
    if (signature !== routine.signature) changed.set(id, { collection: 'routines', record: { ...routine, signature } });
  }
}

/** What the document calls a record or part now. */
export function nameOfTarget(document: Document, target: Ref): { readonly name: string; readonly column: boolean } | undefined {
  const table = recordIn(document, 'tables', target.record);
  if (target.part !== undefined) {
    const column = table === undefined ? undefined : columnsOf(document, table).find((one) => one.id === target.part);
    if (column !== undefined) return { name: column.name, column: true };
    for (const list of PARTS) {
      const part = table?.[list].find((one) => one.id === target.part);
      if (part !== undefined) return { name: part.name ?? '', column: false };
    }
    const type = recordIn(document, 'types', target.record);
    const attribute = type?.kind === 'composite' ? type.attributes.find((one) => one.id === target.part) : undefined;
    return attribute === undefined ? undefined : { name: attribute.name, column: true };
  }
  const record = findRecord(document, target.record)?.record;
  return record !== undefined && 'name' in record && typeof record.name === 'string'
    ? { name: record.name, column: false }
    : undefined;
}

/** The records as they are after a rename, that of the target among them. */
export interface Renamed {
  readonly label: string;
  readonly changed: ReadonlyMap<Id, { readonly collection: Collection; readonly record: AnyRecord }>;
  readonly left: readonly Left[];
}

/**
 * Renames a record, column, attribute of a composite type, constraint, index or policy together with every SQL text that names it: checks, defaults,
 * generated columns, index expressions and predicates, policies, views, triggers, SQL function bodies, partition keys and
 * verbatim statements. Views keep the names of their own columns, as they do in PostgreSQL.
 * @returns one command call, with the texts that could not be followed; or why the thing cannot be named so.
 */
export function renameCalls(document: Document, parser: PgParser, target: Ref, newName: string): Result<Renaming> {
  const done = renamed(document, parser, target, newName);
  if (!done.ok) return done;
  const { label, changed, left } = done.value;
  return ok({ calls: changed.size === 0 ? [] : [{ name: 'putRecords', args: { label, put: [...changed.values()] } }], left });
}

/** {@link renameCalls}, as the records that change; none when it has the name already. */
export function renamed(document: Document, parser: PgParser, target: Ref, newName: string): Result<Renamed> {
  const valid = quoteIdent(newName);
  if (!valid.ok) return valid;
  const found = nameOfTarget(document, target);
  if (found === undefined) return err('rename-missing', 'What should be renamed is not in the document any more.');
  const label = `Rename ${found.name === '' ? 'it' : found.name} to ${newName}`;
  const table = recordIn(document, 'tables', target.record);
  if (target.part !== undefined && !found.column) {
    // Queries name indexes in hints.
    const wanted: Wanted = { columns: new Set([target.part]) };
    const { changed, left } = rewriteTexts({
      document,
      catalog: catalogOf(document),
      parser,
      wanted,
      from: found.name,
      to: newName,
    });
    const held = table === undefined ? undefined : changed.get(table.id)?.record;
    const next = table === undefined ? undefined : renamePart((held ?? table) as Table, target.part, newName);
    if (next !== undefined) changed.set(next.id, { collection: 'tables', record: next });
    return ok({ label, changed, left });
  }
  if (found.name === newName) return ok({ label, changed: new Map(), left: [] });
  const family = found.column && table !== undefined ? [table, ...heirsOf(document, table.id)] : [];
  const columns = new Set(
    family.flatMap((one) => one.columns.filter((column) => column.name === found.name).map((column) => column.id)),
  );
  const type = recordIn(document, 'types', target.record);
  if (found.column && table === undefined && target.part !== undefined) columns.add(target.part);
  const wanted: Wanted = found.column ? { columns } : { record: target.record };
  const task: Task = { document, catalog: catalogOf(document), parser, wanted, from: found.name, to: newName };
  const { changed, left } = rewriteTexts(task);
  if (found.column) {
    for (const { id } of family) {
      const record = renameColumns(current(task, changed, id) as Table, columns, task);
      changed.set(id, { collection: 'tables', record });
    }
    if (type?.kind === 'composite') {
      const attributes = type.attributes.map((one) => (one.id === target.part ? { ...one, name: newName } : one));
      changed.set(type.id, { collection: 'types', record: { ...type, attributes } });
    }
    return ok({ label, changed, left });
  }
  const collection = findRecord(document, target.record)?.collection as Collection;
  if (collection === 'schemas') renameTypeSchemas(task, changed);
  if (collection === 'schemas' || collection === 'types' || collection === 'tables') renameSignatures(task, changed);
  const { implicit: _given, ...before } = current(task, changed, target.record) as AnyRecord & { readonly implicit?: boolean };
  // A schema that every database has is one to create once it has another name.
  const record = { ...before, name: newName } as AnyRecord;
  changed.set(target.record, { collection, record });
  return ok({ label, changed, left });
}
