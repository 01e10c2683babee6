import type { Fix } from '../../finding.ts';
import { defineRule, fix, type RelationshipContext } from '../define.ts';
import { relationshipLabel } from '../labels.ts';
import { declaredEnds } from './declared-ends.ts';

function nullability(at: RelationshipContext, nullable: boolean): Fix[] {
  const { relationship, child } = at;
  const primary = child.table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const columns = relationship.childColumns.filter((id) => child.column(id)?.nullable !== nullable);
  if (columns.some((id) => !child.owns(id) || primary.includes(id))) return [];
  const calls = columns.map((id) => ({ name: 'setColumn', args: { table: child.table.id, id, patch: { nullable } } }) as const);
  return [fix(`${nullable ? 'Allow NULL in' : 'Make NOT NULL:'} ${child.title}.${child.names(columns)}`, ...calls)];
}

export const cardinalityMismatch = defineRule({
  id: 'cardinality-mismatch',
  category: 'relationships',
  scope: 'relationship',
  severity: 'warning',
  title: 'Declared cardinality that the keys do not enforce',
  docs: {
    what: 'The declared cardinality of a relationship differs from what keys and NOT NULL enforce. A declared 1:1 without a unique key is reported by one-to-one-not-unique.',
    why: 'The diagram says one thing and the database does another: the next reader believes the wrong one.',
    todo: 'Change the columns or keys to enforce what was declared, or declare what is enforced.',
  },
  sources: ['The physical ends follow from uniqueness and nullability of the foreign key columns'],
  check(at) {
    const found = declaredEnds(at);
    const { relationship, child, parent } = at;
    if (found === undefined) return [];
    const childWrong = found.child && found.ends.child !== '0..n';
    if (!childWrong && !found.parent) return [];
    const { ends } = found;
    const says = [
      ...(childWrong
        ? [`${relationship.declared?.child ?? ''} ${child.title} for each ${parent.title}, but a key allows one at most`]
        : []),
      ...(found.parent
        ? [
            `${relationship.declared?.parent ?? ''} ${parent.title} for each ${child.title}, but the columns ${ends.parent === '1' ? 'are NOT NULL' : 'may be NULL'}`,
          ]
        : []),
    ];
    const follow = {
      ...(relationship.declared?.child === undefined ? {} : { child: childWrong ? ends.child : relationship.declared.child }),
      ...(relationship.declared?.parent === undefined ? {} : { parent: ends.parent }),
    };
    return [
      {
        at: [{ record: relationship.id }, ...relationship.childColumns.map((id) => child.ref(id))],
        what: `${relationshipLabel(at.document, relationship)} declares ${says.join('; and ')}.`,
        fixes: [
          ...(found.parent ? nullability(at, ends.parent === '1') : []),
          fix('Declare what the keys enforce', {
            name: 'setRelationship',
            args: { id: relationship.id, patch: { declared: follow } },
          }),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        note: 'The relationship is declared mandatory: exactly one user for each post.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users);`,
        given: (document) =>
          Object.values(document.relationships).map((one) => ({
            name: 'setRelationship',
            args: { id: one.id, patch: { declared: { parent: '1' } } },
          })),
        expect: ['posts → users'],
      },
    ],
    good: [
      {
        note: 'The relationship is declared mandatory: exactly one user for each post.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users);`,
        given: (document) =>
          Object.values(document.relationships).map((one) => ({
            name: 'setRelationship',
            args: { id: one.id, patch: { declared: { parent: '1', child: '1..n' } } },
          })),
      },
    ],
  },
});
