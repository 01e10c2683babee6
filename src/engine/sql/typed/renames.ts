import { DEFAULT_SCHEMA } from '#model/create.ts';
import type { Collection, Document, Id } from '#model/types.ts';
import type { Definition, SqlLanguage } from '../language.ts';
import type { WrittenStatement } from '../written.ts';
import { columnChanges } from './columns.ts';
import { sameDefinition, statementsOf, type TypedStatement } from './definitions.ts';

/** What typed text does to the names it stands for. */
export interface NameChanges {
  readonly renames: readonly { readonly record: Id; readonly part?: Id; readonly from: string; readonly to: string }[];
  readonly moves: readonly { readonly record: Id; readonly name: string; readonly from: string; readonly to: string }[];
  readonly removedColumns: readonly { readonly table: Id; readonly ids: readonly Id[] }[];
  /** Records whose defining statement is gone. */
  readonly removed: readonly { readonly collection: Collection; readonly id: Id }[];
}

interface Pair {
  readonly record: Id;
  readonly was: Definition;
  readonly is: Definition;
}

/** Compares what statements defined with what the typed ones define. */
export function nameChanges(
  old: readonly WrittenStatement[],
  now: readonly TypedStatement[],
  document: Document,
  language: SqlLanguage,
): NameChanges {
  const defined = old.flatMap((one) => {
    const definition =
      one.what === 'create' ? statementsOf(one.sql, language).find((each) => each.definition)?.definition : undefined;
    return definition === undefined ? [] : [{ record: one.record, definition }];
  });
  const { pairs, lost } = pairDefinitions(
    defined,
    now.flatMap((one) => one.definition ?? []),
  );
  const renames: NameChanges['renames'][number][] = [];
  const moves: NameChanges['moves'][number][] = [];
  const removedColumns: { table: Id; ids: Id[] }[] = [];
  for (const { record, was, is } of pairs) {
    if (was.schema !== is.schema) moves.push({ record, name: was.name, from: was.schema, to: is.schema });
    if (was.name !== is.name) renames.push({ record, from: was.name, to: is.name });
    const columns = columnChanges(record, was.columns ?? [], is.columns ?? [], document);
    renames.push(...columns.renames);
    if (columns.removed.length > 0) removedColumns.push({ table: record, ids: columns.removed });
  }
  const removed = lost.map(({ record, definition }) => ({ collection: definition.collection, id: record }));
  return { renames, moves, removedColumns, removed };
}

interface Defined {
  readonly record: Id;
  readonly definition: Definition;
}

/** What was defined with what it is defined as now: by its whole name, then what can only be it under another. */
function pairDefinitions(defined: readonly Defined[], now: readonly Definition[]): { pairs: Pair[]; lost: readonly Defined[] } {
  const open = [...now];
  const pairs: Pair[] = [];
  const ways: readonly ((was: Definition, is: Definition) => boolean)[] = [
    sameDefinition,
    (was, is) => was.collection === is.collection && was.name === is.name,
    (was, is) => was.collection === is.collection && alike(was, is),
  ];
  let left = defined;
  for (const fits of ways) {
    left = left.filter(({ record, definition }) => {
      const at = open.findIndex((one) => fits(definition, one));
      const [is] = at < 0 ? [] : open.splice(at, 1);
      if (is !== undefined) pairs.push({ record, was: definition, is });
      return is === undefined;
    });
  }
  return { pairs, lost: left };
}

/** A table that shares no column with the old one is another table, typed in its place. */
function alike(was: Definition, is: Definition): boolean {
  const [before, after] = [was.columns ?? [], is.columns ?? []];
  if (before.length === 0 || after.length === 0) return true;
  return before.some((one) => after.some(({ name }) => name === one.name));
}

/**
 * Text of a table's statement in which the other mentions of a renamed column follow: keys, checks, generated columns. What
 * stands behind a point or within REFERENCES ... ( ) names something of another table and stays.
 * @param own names of the table itself, which REFERENCES may say too. @param schema the one that the table is in.
 */
export function carryColumn(
  sql: string,
  from: string,
  to: string,
  language: SqlLanguage,
  own: readonly string[] = [],
  schema?: string,
): string {
  const tokens = language.scan(sql);
  const name = language.ident(to);
  const wordAt = (at: number) => sql.slice(tokens[at]?.start ?? 0, tokens[at]?.end ?? 0);
  let out = '';
  let at = 0;
  let foreign = 0;
  let depth = 0;
  let references = false;
  // Whether the element is a key or an index, and how deep the list of its columns is.
  let keyed = false;
  let listed = 0;
  for (const [i, token] of tokens.entries()) {
    const word = sql.slice(token.start, token.end);
    if (/^references$/i.test(word)) references = true;
    if (depth === 1) keyed = word !== ',' && (keyed || /^(?:key|index|unique)$/i.test(word));
    if (word === '(') {
      depth += 1;
      if (depth === 2) listed = keyed && !/^(?:check|default|as)$/i.test(wordAt(i - 1)) ? depth : 0;
      if (references) {
        const last = i === 0 ? '' : sql.slice(tokens[i - 1]?.start, tokens[i - 1]?.end);
        const home = schema === undefined || wordAt(i - 2) !== '.' || language.isName(wordAt(i - 3), schema);
        if (!home || !own.some((one) => language.isName(last, one))) foreign = depth;
        references = false;
      }
    } else if (word === ')') {
      if (foreign === depth) foreign = 0;
      depth -= 1;
    } else if (word === ',' || word === ';') references = false;
    const before = i === 0 ? '' : sql.slice(tokens[i - 1]?.start, tokens[i - 1]?.end);
    const next = tokens[i + 1];
    const call =
      next !== undefined && sql.slice(next.start, next.end) === '(' && !(listed === depth && isLength(sql, tokens, i + 2));
    // Outside of inner brackets a column is named only at the head of an element; what follows is its type.
    const head =
      depth > 1 || before === '(' || before === ',' || BEFORE_COLUMN.test(sql.slice(tokens[i - 2]?.start ?? 0, token.start));
    if (!language.isName(word, from) || foreign > 0 || references || before === '.' || call || !head) continue;
    out += sql.slice(at, token.start) + name;
    at = token.end;
  }
  return out + sql.slice(at);
}

/** Words behind the columns of a table before one of them: of Oracle, how it is stored. */
const BEFORE_COLUMN = /(?:\bcolumn|\bvarray|\bincluding|\bnested\s+table)\s+$/i;

/** Whether a number and a closing bracket stand there: how much of a column an index holds, where its name stands before. */
function isLength(sql: string, tokens: readonly { readonly start: number; readonly end: number }[], at: number): boolean {
  const [number, close] = [tokens[at], tokens[at + 1]];
  if (number === undefined || close === undefined) return false;
  return /^\d+$/.test(sql.slice(number.start, number.end)) && sql[close.start] === ')';
}

/** Words that a relation's name follows. */
const BEFORE_RELATION = /^(?:references|on|only|table|from|join|into|update|view|sequence|of)$/i;

/** A relation that has another name, or stands in another schema. */
export interface RelationChange {
  readonly schema: string;
  readonly name: string;
  readonly toSchema: string;
  readonly toName: string;
}

/** Text in which mentions of a relation by its old name follow: references to itself, indexes, comments, views. */
export function carryRelation(sql: string, change: RelationChange, language: SqlLanguage): string {
  const tokens = language.scan(sql);
  const { ident, isName } = language;
  const usual = DEFAULT_SCHEMA[language.dialect];
  const word = (i: number) => (tokens[i] === undefined ? '' : sql.slice(tokens[i]?.start, tokens[i]?.end));
  const target = change.toSchema === usual ? ident(change.toName) : `${ident(change.toSchema)}.${ident(change.toName)}`;
  let out = '';
  let at = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (!BEFORE_RELATION.test(word(i))) continue;
    const qualified = word(i + 2) === '.' && isName(word(i + 1), change.schema);
    const name = qualified ? i + 3 : i + 1;
    if (!isName(word(name), change.name) || (!qualified && (change.schema !== usual || word(i + 2) === '.'))) continue;
    out += sql.slice(at, tokens[i + 1]?.start) + target;
    at = tokens[name]?.end as number;
  }
  return out + sql.slice(at);
}
