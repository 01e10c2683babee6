import { stringValue } from '../../base/lex.ts';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction } from '../../base/read/ddl.ts';
import { keep } from './tables.ts';

/** Statements that a block runs to define something; whatever else it runs says nothing of the schema. */
const DEFINING = new Set(['CREATE', 'ALTER', 'DROP', 'COMMENT', 'RENAME']);

/** A guard stands around what may be there already, or not yet: both are settled by the order of the text. */
function guardedAction(action: DdlAction): DdlAction {
  if (action.kind === 'add column' || action.kind === 'add constraint') return { ...action, ifNotExists: true };
  if (action.kind === 'drop column' || action.kind === 'drop constraint') return { ...action, ifExists: true };
  return action;
}

function guarded(ddl: Ddl): Ddl {
  switch (ddl.kind) {
    case 'drop':
      return { ...ddl, ifExists: true };
    case 'table':
    case 'create index':
    case 'sequence':
      return { ...ddl, ifNotExists: true };
    case 'alter table':
      return { ...ddl, actions: ddl.actions.map(guardedAction) };
    default:
      return ddl;
  }
}

/** What `EXECUTE IMMEDIATE '...'` defines, token by token; undefined when its text is put together or cannot be read. */
function executed(cursor: Cursor, at: number, readOne: (inner: Cursor) => Ddl[]): Ddl[] | undefined {
  const text = cursor.tokens[at];
  if (text?.kind !== 'string' || cursor.tokens[at + 1]?.word !== ';') return undefined;
  const inner = new Cursor(stringValue(text.text, 'oracle'), 'oracle');
  if (!DEFINING.has(inner.word())) return undefined;
  const found = readOne(inner);
  const read = inner.problem === undefined && inner.done && found.every((one) => one.kind !== 'keep');
  return read ? found.filter((one) => one.kind !== 'skip') : undefined;
}

/**
 * A block that defines or drops something with `EXECUTE IMMEDIATE '...'`, in case it is there or is not, reads as what it
 * executes; any other block is kept.
 */
export function readBlock(cursor: Cursor, readOne: (inner: Cursor) => Ddl[]): Ddl[] {
  const words = cursor.word();
  const all: Ddl[] = [];
  for (const [at, token] of cursor.tokens.entries()) {
    if (token.word !== 'IMMEDIATE' || cursor.tokens[at - 1]?.word !== 'EXECUTE') continue;
    const found = executed(cursor, at + 1, readOne);
    if (found === undefined) return keep(cursor, words);
    all.push(...found);
  }
  if (all.length === 0) return keep(cursor, words);
  cursor.rest();
  return all.map(guarded);
}
