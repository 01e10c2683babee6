import { uniqueSets } from '#model/derive/ends.ts';
import { defineRule, fix } from '../define.ts';
import { relationshipLabel } from '../labels.ts';

export const fkTargetNotKey = defineRule({
  id: 'fk-target-not-key',
  category: 'relationships',
  scope: 'relationship',
  severity: 'error',
  title: 'Foreign key to columns that are no key',
  docs: {
    what: 'A foreign key refers to columns that no primary key, unique constraint or full unique index covers exactly.',
    why: 'PostgreSQL refuses such a foreign key: which parent a value means would not be certain.',
    todo: 'Add a unique key on exactly those columns of the parent, or refer to its primary key.',
  },
  sources: ['PostgreSQL documentation, CREATE TABLE: REFERENCES', 'Checked likewise by skeema (fk-parent)'],
  check(at) {
    const { relationship, parent } = at;
    const wanted = relationship.parentColumns;
    if (wanted.length === 0 || wanted.some((id) => parent.column(id) === undefined)) return [];
    // A partition's key may stand at its parent.
    if (parent.table.partitionOf !== undefined) return [];
    const names = (ids: readonly string[]) => ids.map(parent.name).sort().join('\n');
    if (uniqueSets(parent.table).some((set) => set.length === wanted.length && names(set) === names(wanted))) return [];
    return [
      {
        at: [{ record: relationship.id }, ...wanted.map((id) => parent.ref(id))],
        what: `${relationshipLabel(at.document, relationship)} refers to ${parent.title} (${parent.names(wanted)}), which is no key.`,
        fixes: wanted.every((id) => parent.owns(id))
          ? [
              fix(`Add a unique key on ${parent.title} (${parent.names(wanted)})`, {
                name: 'addKey',
                args: { table: parent.table.id, part: { kind: 'unique', columns: wanted } },
              }),
            ]
          : [],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE countries (id int PRIMARY KEY, code text NOT NULL);
CREATE TABLE cities (id int PRIMARY KEY, country text REFERENCES countries (code));`,
        expect: ['cities → countries'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE countries (id int PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE cities (id int PRIMARY KEY, country text REFERENCES countries (code));`,
      },
    ],
  },
});
