import type { Id, ReferentialAction, Relationship } from '#model/types.ts';
import { ident } from '../quote.ts';
import { deferralSql } from './parts.ts';
import type { Scope } from './scope.ts';

function namesOf(scope: Scope, table: Id, columns: readonly Id[], relationship: Relationship): string[] {
  return columns.map((id) => {
    const name = scope.columnName(table, id);
    if (name === undefined) {
      scope.note({
        part: relationship.id,
        feature: 'foreign key',
        message: 'A column of this foreign key does not exist any more. Choose its columns again.',
      });
    }
    return ident(name ?? id);
  });
}

function columnList(names: readonly string[], period: boolean): string {
  const last = names.length - 1;
  return `(${names.map((name, i) => (period && i === last ? `PERIOD ${name}` : name)).join(', ')})`;
}

function action(scope: Scope, relationship: Relationship, word: 'DELETE' | 'UPDATE', value: ReferentialAction | undefined): string {
  if (value === undefined || value === 'no action') return '';
  const text = ` ON ${word} ${value.toUpperCase()}`;
  const columns = word === 'DELETE' ? relationship.onDeleteColumns : undefined;
  if (columns === undefined || columns.length === 0) return text;
  if (!scope.has('set-null-columns', 'The action is written for all columns of the key.', relationship.id)) return text;
  return `${text} ${columnList(namesOf(scope, relationship.child, columns, relationship), false)}`;
}

/** `REFERENCES parent (columns) ...` with everything that follows. */
export function referencesSql(scope: Scope, relationship: Relationship): string {
  const parents = namesOf(scope, relationship.parent, relationship.parentColumns, relationship);
  const period = relationship.period === true;
  const enforced = relationship.notEnforced === true ? ' NOT ENFORCED' : '';
  return [
    `REFERENCES ${scope.name(relationship.parent)}`,
    parents.length === 0 ? '' : ` ${columnList(parents, period)}`,
    relationship.match === 'full' ? ' MATCH FULL' : '',
    action(scope, relationship, 'DELETE', relationship.onDelete),
    action(scope, relationship, 'UPDATE', relationship.onUpdate),
    deferralSql(relationship.deferral),
    relationship.notValid === true ? ' NOT VALID' : '',
    enforced,
  ].join('');
}

/** Whether the target can hold this foreign key at all; says so when it cannot. */
export function canWrite(scope: Scope, relationship: Relationship): boolean {
  if (relationship.period === true && !scope.has('period-foreign-key', 'The foreign key is left out.', relationship.id))
    return false;
  return relationship.notEnforced !== true || scope.has('not-enforced', 'The foreign key is left out.', relationship.id);
}

/** The foreign key as a table constraint. */
export function foreignKeySql(scope: Scope, relationship: Relationship): string {
  if (relationship.name !== undefined) scope.checkName(relationship.name, relationship.id);
  const name = relationship.name === undefined ? '' : `CONSTRAINT ${ident(relationship.name)} `;
  const names = namesOf(scope, relationship.child, relationship.childColumns, relationship);
  return `${name}FOREIGN KEY ${columnList(names, relationship.period === true)} ${referencesSql(scope, relationship)}`;
}
