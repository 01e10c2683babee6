import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction } from '../../base/read/ddl.ts';
import type { Read } from '../../base/read/grammar.ts';
import { type Node, statementNodes } from '../split.ts';

/** What a branch is taken to find: objects that may be there already, or may not. */
interface Finding {
  readonly ifExists: boolean;
  readonly ifNotExists: boolean;
}

const PLAIN: Finding = { ifExists: false, ifNotExists: false };
const ABSENT: Finding = { ifExists: false, ifNotExists: true };
const PRESENT: Finding = { ifExists: true, ifNotExists: false };
const UNKNOWN: Finding = { ifExists: true, ifNotExists: true };

/** A statement in a statement, and what it may count on. */
interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly finding: Finding;
}

/** What a condition says of the object that the branch is about. */
function findingOf(condition: string): Finding {
  const text = condition.replaceAll(/\s+/g, ' ').trim();
  if (/^\(*\s*NOT\s*\(*\s*EXISTS\b/i.test(text)) return ABSENT;
  if (/^\(*\s*EXISTS\b/i.test(text)) return PRESENT;
  if (/\b(?:[A-Z]+_ID|COL_LENGTH|COLUMNPROPERTY|[A-Z]*PROPERTY(?:EX)?)\s*\(/i.test(text)) {
    if (/\bIS NULL\b|= ?0$/i.test(text)) return ABSENT;
    if (/\bIS NOT NULL\b|= ?1$|> ?0$/i.test(text)) return PRESENT;
  }
  return UNKNOWN;
}

function leavesOf(text: string, node: Node, finding: Finding, all: Leaf[]): void {
  switch (node.kind) {
    case 'leaf':
      all.push({ start: node.start, end: node.end, finding });
      return;
    case 'block':
      for (const inner of node.body) leavesOf(text, inner, finding, all);
      return;
    case 'if': {
      const found = findingOf(text.slice(node.condition.start, node.condition.end));
      leavesOf(text, node.body, found, all);
      // The other branch is for a database that has the object: this one begins with none.
      if (node.otherwise !== undefined && found === PRESENT) leavesOf(text, node.otherwise, ABSENT, all);
      return;
    }
    // What runs any number of times, or when something failed, says nothing of the schema.
    case 'while':
    case 'handler':
  }
}

function guardedAction(action: DdlAction, { ifExists, ifNotExists }: Finding): DdlAction {
  if (ifNotExists && (action.kind === 'add column' || action.kind === 'add constraint')) return { ...action, ifNotExists };
  if (ifExists && (action.kind === 'drop column' || action.kind === 'drop constraint')) return { ...action, ifExists };
  return action;
}

/** What a statement says when it runs only where something is there, or is not. @param sql the statement itself. */
function guarded(ddl: Ddl, finding: Finding, sql: string): Ddl {
  const { ifExists, ifNotExists } = finding;
  switch (ddl.kind) {
    case 'table':
    case 'create index':
    case 'sequence':
    case 'schema':
      return ifNotExists ? { ...ddl, ifNotExists } : ddl;
    case 'view':
    case 'routine':
    case 'type':
    case 'trigger':
      return ifNotExists && ddl.replace !== true ? { ...ddl, ifNotExists } : ddl;
    case 'alter table': {
      const actions = ddl.actions.map((action) => guardedAction(action, finding));
      return { ...ddl, actions, ...(ifExists ? { ifExists } : {}) };
    }
    case 'drop':
      return ifExists ? { ...ddl, ifExists } : ddl;
    case 'keep':
      if (ifExists && ddl.words.startsWith('DROP ')) return { kind: 'skip', reason: 'it drops what is not in the text' };
      return ddl.sql === undefined ? { ...ddl, sql } : ddl;
    default:
      return ddl;
  }
}

/** The tokens of a leaf as a cursor of their own. @param from the token to look from. */
function partOf(cursor: Cursor, { start, end }: Leaf, from: number): { part: Cursor; next: number } {
  let first = from;
  while ((cursor.tokens[first]?.start ?? Number.POSITIVE_INFINITY) < start) first++;
  let next = first;
  while ((cursor.tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= end) next++;
  return { part: cursor.part(first, next), next };
}

/**
 * Reads IF, WHILE and BEGIN ... END: every statement that runs on an empty database, one after the other. `IF NOT EXISTS`
 * and `IF OBJECT_ID(...) IS NULL` become `ifNotExists` of what they guard.
 */
export function readCompound(cursor: Cursor, readOne: (part: Cursor) => Read): Read {
  const leaves: Leaf[] = [];
  for (const node of statementNodes(cursor.text)) leavesOf(cursor.text, node, PLAIN, leaves);
  const all: Ddl[] = [];
  let at = 0;
  for (const leaf of leaves) {
    const { part, next } = partOf(cursor, leaf, at);
    at = next;
    if (part.done) continue;
    const read = readOne(part);
    if (!read.ok) return read;
    for (const ddl of read.ddl) all.push(guarded(ddl, leaf.finding, part.text.slice(leaf.start, part.tokens.at(-1)?.end)));
  }
  return { ok: true, ddl: whole(all) };
}

/** One reason is enough for what does nothing; what is kept in a guard is kept with it when nothing else is in it. */
function whole(all: readonly Ddl[]): readonly Ddl[] {
  const telling = all.filter((ddl) => ddl.kind !== 'skip');
  const [first] = telling;
  if (first === undefined) return [all[0] ?? { kind: 'skip', reason: 'control of flow: it changes nothing by itself' }];
  if (!telling.every((ddl) => ddl.kind === 'keep')) return telling;
  const { sql: _, ...rest } = first as Ddl & { kind: 'keep' };
  return [rest];
}
