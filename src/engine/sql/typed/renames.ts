import type { Collection, Document, Id } from '#model/types.ts';
import type { PgParser } from '../parser-port.ts';
import type { WrittenStatement } from '../written.ts';
import { type Definition, sameDefinition, statementsOf, type TypedStatement } from './definitions.ts';

/** What typed text does to the names it stands for. */
export interface NameChanges {
  readonly renames: readonly { readonly record: Id; readonly part?: Id; readonly from: string; readonly to: string }[];
  readonly removedColumns: readonly { readonly table: Id; readonly ids: readonly Id[] }[];
  /** Records whose defining statement is gone. */
  readonly removed: readonly { readonly collection: Collection; readonly id: Id }[];
}

interface Pair {
  readonly record: Id;
  readonly was: Definition;
  readonly is: Definition;
}

/**
 * Columns by name before and after: one that is gone is taken as renamed when a new one stands in its place, or when there
 * is but one of each; otherwise it was deleted.
 */
function columnChanges(pair: Pair, document: Document): { renames: NameChanges['renames'][number][]; removed: Id[] } {
  const before = pair.was.columns ?? [];
  const after = pair.is.columns ?? [];
  const gone = before.filter((name) => !after.includes(name));
  const come = new Set(after.filter((name) => !before.includes(name)));
  const single = gone.length === 1 && come.size === 1 && before.length === after.length;
  const renames: NameChanges['renames'][number][] = [];
  const removed: Id[] = [];
  const table = document.tables[pair.record];
  for (const name of gone) {
    const id = table?.columns.find((column) => column.name === name)?.id;
    if (id === undefined) continue;
    const there = after[before.indexOf(name)];
    const to = single ? [...come][0] : before.length === after.length && there !== undefined && come.has(there) ? there : undefined;
    if (to === undefined) removed.push(id);
    else {
      come.delete(to);
      renames.push({ record: pair.record, part: id, from: name, to });
    }
  }
  return { renames, removed };
}

/** Compares what statements defined with what the typed ones define. */
export function nameChanges(
  old: readonly WrittenStatement[],
  now: readonly TypedStatement[],
  document: Document,
  parser: PgParser,
): NameChanges {
  const defined = old.flatMap((one) => {
    const definition =
      one.what === 'create' ? statementsOf(one.sql, parser).find((each) => each.definition)?.definition : undefined;
    return definition === undefined ? [] : [{ record: one.record, definition }];
  });
  const open = now.flatMap((one) => one.definition ?? []);
  const pairs: Pair[] = [];
  const lost: typeof defined = [];
  const take = (was: (typeof defined)[number], at: number) => {
    const [is] = open.splice(at, 1);
    if (is !== undefined) pairs.push({ record: was.record, was: was.definition, is });
  };
  for (const was of defined) {
    const at = open.findIndex((one) => sameDefinition(one, was.definition));
    if (at >= 0) take(was, at);
    else lost.push(was);
  }
  const removed: { collection: Collection; id: Id }[] = [];
  for (const was of lost) {
    const { collection } = was.definition;
    const at = open.findIndex((one) => one.collection === collection);
    if (at >= 0) take(was, at);
    else removed.push({ collection, id: was.record });
  }
  const renames: NameChanges['renames'][number][] = [];
  const removedColumns: { table: Id; ids: Id[] }[] = [];
  for (const pair of pairs) {
    if (pair.was.name !== pair.is.name) renames.push({ record: pair.record, from: pair.was.name, to: pair.is.name });
    const columns = columnChanges(pair, document);
    renames.push(...columns.renames);
    if (columns.removed.length > 0) removedColumns.push({ table: pair.record, ids: columns.removed });
  }
  return { renames, removedColumns, removed };
}

/** Whether a token is the name, quoted or not. */
function isName(token: string, name: string): boolean {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') === name : token.toLowerCase() === name;
}

/**
 * Text of a table's statement in which the other mentions of a renamed column follow: keys, checks, generated columns. What
 * stands behind a point or within REFERENCES ... ( ) names something of another table and stays.
 */
export function carryColumn(sql: string, from: string, to: string, parser: PgParser): string {
  const tokens = parser.scan(sql);
  const quoted = /^[a-z_][a-z0-9_$]*$/.test(to) ? to : `"${to.replaceAll('"', '""')}"`;
  let out = '';
  let at = 0;
  let foreign = 0;
  let depth = 0;
  let references = false;
  for (const [i, token] of tokens.entries()) {
    const word = sql.slice(token.start, token.end);
    if (/^references$/i.test(word)) references = true;
    if (word === '(') {
      depth += 1;
      if (references) {
        foreign = depth;
        references = false;
      }
    } else if (word === ')') {
      if (foreign === depth) foreign = 0;
      depth -= 1;
    } else if (word === ',' || word === ';') references = false;
    const before = i === 0 ? '' : sql.slice(tokens[i - 1]?.start, tokens[i - 1]?.end);
    const next = tokens[i + 1];
    const call = next !== undefined && sql.slice(next.start, next.end) === '(';
    // Outside of inner brackets a column is named only at the head of an element; what follows is its type.
    const head = depth > 1 || before === '(' || before === ',';
    if (!isName(word, from) || foreign > 0 || references || before === '.' || call || !head) continue;
    out += sql.slice(at, token.start) + quoted;
    at = token.end;
  }
  return out + sql.slice(at);
}
