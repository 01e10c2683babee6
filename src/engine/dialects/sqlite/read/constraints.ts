import type { Deferral, ReferentialAction, Sql } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlConstraint, DdlElement, DdlForeignKey } from '../../base/read/ddl.ts';
import { localName } from './names.ts';

/** `ON CONFLICT REPLACE`, which no other dialect knows: as text. */
export function conflictClause(cursor: Cursor): Sql | undefined {
  const from = cursor.at;
  if (!cursor.take('ON', 'CONFLICT')) return undefined;
  if (cursor.takeAny('ROLLBACK', 'ABORT', 'FAIL', 'IGNORE', 'REPLACE') === undefined)
    cursor.fail('a way to resolve it was expected');
  return cursor.slice(from).toUpperCase();
}

function readAction(cursor: Cursor): ReferentialAction | undefined {
  if (cursor.take('SET', 'NULL')) return 'set null';
  if (cursor.take('SET', 'DEFAULT')) return 'set default';
  if (cursor.take('CASCADE')) return 'cascade';
  if (cursor.take('RESTRICT')) return 'restrict';
  // The action that is meant when none is given.
  if (!cursor.take('NO', 'ACTION')) cursor.fail('an action was expected');
  return undefined;
}

/** `DEFERRABLE INITIALLY DEFERRED` and its shorter and negated forms. Undefined when it means what is meant without it. */
function readDeferral(cursor: Cursor): Deferral | undefined {
  const not = cursor.take('NOT');
  cursor.expect('DEFERRABLE');
  const initially = cursor.take('INITIALLY') ? cursor.takeAny('DEFERRED', 'IMMEDIATE') : undefined;
  if (not) return undefined;
  return initially === 'DEFERRED' ? 'initially deferred' : 'deferrable';
}

type Reference = Pick<DdlForeignKey, 'parent' | 'parentColumns' | 'onDelete' | 'onUpdate' | 'match' | 'deferral' | 'residue'>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `REFERENCES parent (columns) ON DELETE ...` (https://sqlite.org/syntax/foreign-key-clause.html). */
export function readReference(cursor: Cursor): Reference {
  cursor.expect('REFERENCES');
  const parent = { name: cursor.name() };
  const parentColumns = cursor.is('(') ? cursor.list(() => cursor.name()) : [];
  const reference: Writable<Reference> = { parent, parentColumns };
  for (;;) {
    if (cursor.take('ON', 'DELETE')) {
      const action = readAction(cursor);
      if (action !== undefined) reference.onDelete = action;
    } else if (cursor.take('ON', 'UPDATE')) {
      const action = readAction(cursor);
      if (action !== undefined) reference.onUpdate = action;
    } else if (cursor.take('ON', 'INSERT')) readAction(cursor);
    else if (cursor.is('MATCH')) {
      // SQLite reads it and does nothing else with it.
      const from = cursor.at;
      cursor.next();
      if (cursor.name().toLowerCase() === 'full') reference.match = 'full';
      else reference.residue = [...(reference.residue ?? []), cursor.slice(from)];
    } else if (cursor.is('DEFERRABLE') || cursor.is('NOT', 'DEFERRABLE')) {
      const deferral = readDeferral(cursor);
      if (deferral !== undefined) reference.deferral = deferral;
    } else return reference;
  }
}

/** The tokens from `from` to `to`, when they are a single name with or without brackets around it. */
function nameAlone(cursor: Cursor, from: number, to: number): string | undefined {
  let [first, last] = [from, to - 1];
  while (first < last && cursor.tokens[first]?.word === '(' && cursor.tokens[last]?.word === ')') {
    first++;
    last--;
  }
  const token = cursor.tokens[first];
  if (first !== last || token === undefined) return undefined;
  return token.kind === 'word' || token.kind === 'quoted' || token.kind === 'string' ? localName(token) : undefined;
}

/** A member of a key or an index: a column or an expression, with collation and order. */
export function readElement(cursor: Cursor): DdlElement {
  const from = cursor.at;
  let end = from;
  let collation: Sql | undefined;
  while (!cursor.done && !cursor.isAny(',', ')', 'ASC', 'DESC', 'AUTOINCREMENT', 'NULLS')) {
    if (cursor.take('COLLATE')) {
      const at = cursor.at;
      cursor.next();
      collation = cursor.slice(at);
    } else {
      // A collation within an expression belongs to what follows it.
      if (collation !== undefined) collation = undefined;
      cursor.skip();
      end = cursor.at;
    }
  }
  if (end === from) cursor.fail('a column or an expression was expected');
  const column = nameAlone(cursor, from, end);
  const order = cursor.takeAny('ASC', 'DESC') === 'DESC' ? { order: 'desc' as const } : {};
  const what = column === undefined ? { expression: cursor.slice(from, end) } : { column };
  return { ...what, ...(collation === undefined ? {} : { collation }), ...order };
}

/** Whether a table constraint begins here. */
export function beginsConstraint(cursor: Cursor): boolean {
  if (cursor.is('CONSTRAINT') || cursor.is('PRIMARY', 'KEY') || cursor.is('FOREIGN', 'KEY')) return true;
  return (cursor.is('UNIQUE') || cursor.is('CHECK')) && cursor.word(1) === '(';
}

/** What a table constraint says, and whether a key counts up by itself. */
export interface TableConstraint {
  readonly constraint?: DdlConstraint;
  readonly autoIncrement?: boolean;
  /** A name that names nothing. */
  readonly residue?: Sql;
}

/**
 * What the members of a key say beyond their columns and order has no field in the model: then the whole list is kept as text
 * in the key's residue, with its brackets.
 */
function keyResidue(cursor: Cursor, from: number, elements: readonly DdlElement[]): Sql[] {
  return elements.some((one) => one.collation !== undefined) ? [cursor.slice(from)] : [];
}

function readKey(cursor: Cursor, kind: 'primary' | 'unique', head: { start: number; name?: string }): TableConstraint {
  const from = cursor.at;
  let autoIncrement = false;
  const elements = cursor.list(() => {
    const element = readElement(cursor);
    if (kind === 'primary' && cursor.take('AUTOINCREMENT')) autoIncrement = true;
    return element;
  });
  const residue = keyResidue(cursor, from, elements);
  const conflict = conflictClause(cursor);
  if (conflict !== undefined) residue.push(conflict);
  const rest = residue.length === 0 ? {} : { residue };
  return { constraint: { ...head, end: cursor.endOffset, kind, elements, ...rest }, autoIncrement };
}

/** A constraint of a table (https://sqlite.org/syntax/table-constraint.html). */
export function readTableConstraint(cursor: Cursor): TableConstraint {
  const from = cursor.at;
  const name = cursor.take('CONSTRAINT') ? cursor.name() : undefined;
  const head = { start: cursor.tokens[from]?.start ?? 0, ...(name === undefined ? {} : { name }) };
  if (cursor.take('PRIMARY', 'KEY')) return readKey(cursor, 'primary', head);
  if (cursor.is('UNIQUE') && cursor.word(1) === '(') {
    cursor.next();
    return readKey(cursor, 'unique', head);
  }
  if (cursor.is('CHECK') && cursor.word(1) === '(') {
    cursor.next();
    const expression = cursor.bracketed();
    const conflict = conflictClause(cursor);
    const residue = conflict === undefined ? {} : { residue: [conflict] };
    return { constraint: { ...head, end: cursor.endOffset, kind: 'check', expression, ...residue } };
  }
  if (cursor.take('FOREIGN', 'KEY')) {
    const columns = cursor.list(() => cursor.name());
    const reference = readReference(cursor);
    return { constraint: { ...head, end: cursor.endOffset, kind: 'foreign', columns, ...reference } };
  }
  if (name === undefined) cursor.fail('a constraint was expected');
  return { residue: cursor.slice(from) };
}
