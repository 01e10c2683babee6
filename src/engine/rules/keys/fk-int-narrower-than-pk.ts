import { referencingType } from '#model/derive/foreign-key-columns.ts';
import { defineRule, fix, type RelationshipContext, type Said } from '../define.ts';
import { relationshipLabel } from '../labels.ts';
import { integerRank, typeFacts } from '../type-facts.ts';

const RANGE = ['32,767', '2,147,483,647', '9,223,372,036,854,775,807'];

function narrower(at: RelationshipContext, position: number): Said[] {
  const { relationship, child, parent, document } = at;
  const from = child.column(relationship.childColumns[position] ?? '');
  const to = parent.column(relationship.parentColumns[position] ?? '');
  if (from === undefined || to === undefined) return [];
  const rank = integerRank(typeFacts(document, from.type));
  const wanted = integerRank(typeFacts(document, to.type));
  if (rank === undefined || wanted === undefined || rank >= wanted) return [];
  const type = referencingType(to.type);
  const fixes =
    child.owns(from.id) && from.type.kind === 'builtin' && type.kind === 'builtin'
      ? [
          fix(`Make ${child.title}.${from.name} ${type.name}`, {
            name: 'setColumn',
            args: { table: child.table.id, id: from.id, patch: { type } },
          }),
        ]
      : [];
  return [
    {
      at: [child.ref(from.id), { record: relationship.id }, parent.ref(to.id)],
      what: `${child.title}.${from.name} is narrower than ${parent.title}.${to.name}, which it refers to.`,
      why: `It ends at ${RANGE[rank]}; the key goes on to ${RANGE[wanted]}. From then on no row of ${child.title} can point at newer rows of ${parent.title}.`,
      evidence: [relationshipLabel(document, relationship)],
      fixes,
    },
  ];
}

export const fkIntNarrowerThanPk = defineRule({
  id: 'fk-int-narrower-than-pk',
  category: 'keys',
  scope: 'relationship',
  severity: 'error',
  title: 'Foreign key narrower than the key',
  docs: {
    what: 'An integer foreign key column has a smaller type than the key column it refers to.',
    why: 'The foreign key overflows before the key does: new parents can then have no children. Comparing the two also needs a cast.',
    todo: 'Give the foreign key column the type of the key.',
  },
  sources: [
    'PostgreSQL documentation, Numeric Types',
    'Checked likewise by active_record_doctor (mismatched_foreign_key_type), pglinter B008, SchemaCrawler',
  ],
  check: (at) => at.relationship.childColumns.flatMap((_, position) => narrower(at, position)),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers);`,
        expect: ['orders.customer_id'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE customers (id serial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers);`,
      },
      {
        note: 'Wider is harmless.',
        ddl: `CREATE TABLE customers (id integer PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint REFERENCES customers);`,
      },
    ],
  },
});
