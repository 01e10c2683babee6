import type { Dialect, Id, ReferentialAction, Relationship, Remark, Sql } from '#model/types.ts';
import { endsInLineComment } from '../quoting.ts';
import type { KitScope } from './kit.ts';
import { type SqlText, sqlText } from './text.ts';

/** Clauses that several dialects share. */

/** SQL in round brackets; a line comment at its end does not swallow the closing one. */
export function bracketed(sql: Sql, dialect: Dialect): string {
  return endsInLineComment(sql, dialect) ? `(${sql}\n)` : `(${sql})`;
}

/** SQL of a person, to be followed by more on the same line. */
export function closed(sql: Sql, dialect: Dialect): string {
  return endsInLineComment(sql, dialect) ? `${sql}\n` : sql;
}

/** Clauses kept verbatim, each with a leading space. */
export function residueSql(residue: readonly Sql[] | undefined, dialect: Dialect): string {
  return (residue ?? []).map((clause) => ` ${closed(clause, dialect)}`).join('');
}

/** The remarks of one place, as complete comment lines. */
export function remarksAt(scope: KitScope, remarks: readonly Remark[] | undefined, at: Id, trailing: boolean): string[] {
  return (remarks ?? [])
    .filter((remark) => remark.at === at && (remark.trailing ?? false) === trailing)
    .map((remark) => scope.kit.remark(remark.text));
}

/** Remark lines that stand before a statement or part, ending in a line break, or nothing. */
export function remarksBefore(scope: KitScope, remarks: readonly Remark[] | undefined, at: Id): string {
  return remarksAt(scope, remarks, at, false)
    .map((text) => `${text}\n`)
    .join('');
}

/** A whole statement: remarks before it, its terminator, the remarks of its end. @param at the place the remarks are of. */
export function statement(
  scope: KitScope,
  remarks: readonly Remark[] | undefined,
  text: string | SqlText,
  body = false,
  at = 'before',
): SqlText {
  const end = at === 'before' ? 'end' : at;
  const last = end === 'end' ? remarksAt(scope, remarks, end, false) : [];
  // Inside the statement they stay its own, whatever comes after it; a body would take them for a part of itself.
  const whole = sqlText(text);
  if (!body) for (const remark of last) whole.add(`\n${remark}`);
  const out = sqlText(remarksBefore(scope, remarks, at)).add(scope.kit.ended(whole, body));
  for (const remark of remarksAt(scope, remarks, end, true)) out.add(` ${remark}`);
  if (body) for (const remark of last) out.add(`\n${remark}`);
  return out;
}

/** `CONSTRAINT name `, or nothing for one that the engine names. */
export function constraintName(scope: KitScope, name: string | undefined, part: Id): string {
  if (name === undefined) return '';
  scope.checkName(name, part);
  return `CONSTRAINT ${scope.ident(name)} `;
}

function action(scope: KitScope, word: 'DELETE' | 'UPDATE', value: ReferentialAction | undefined): string {
  if (value === undefined || (value === 'no action' && scope.kit.saysNoAction !== true)) return '';
  if (word === 'UPDATE' && !scope.says('update action')) return '';
  if ((value === 'set default' || value === 'set null' || value === 'restrict') && !scope.says(value)) return '';
  return ` ON ${word} ${value.toUpperCase()}`;
}

/** `REFERENCES parent (columns) ...` as standard SQL says it, of what the target has words for. */
export function foreignKeyTail(scope: KitScope, link: Relationship): string {
  const parents = scope.columnNames(link.parent, link.parentColumns, link.id, 'foreign key');
  const deferral = link.deferral === undefined || !scope.says('deferred foreign key') ? '' : ' DEFERRABLE';
  return [
    `REFERENCES ${scope.name(link.parent)}`,
    parents.length === 0 ? '' : ` (${parents.join(', ')})`,
    link.match === 'full' && scope.says('match full') ? ' MATCH FULL' : '',
    action(scope, 'DELETE', link.onDelete),
    action(scope, 'UPDATE', link.onUpdate),
    deferral,
    deferral !== '' && link.deferral === 'initially deferred' ? ' INITIALLY DEFERRED' : '',
  ].join('');
}

/** A foreign key as a constraint of its table. */
export function foreignKeySql(scope: KitScope, link: Relationship): string {
  const name = scope.says('foreign key name') ? constraintName(scope, link.name, link.id) : '';
  const columns = scope.columnNames(link.child, link.childColumns, link.id, 'foreign key');
  return `${name}FOREIGN KEY (${columns.join(', ')}) ${foreignKeyTail(scope, link)}${residueSql(link.residue, scope.kit.dialect)}`;
}

/** A SQL text without its final semicolon and the white space around it. */
export function trimmed(sql: Sql): string {
  return sql.trim().replace(/;\s*$/, '').trimEnd();
}
