import { referencingType } from '#model/derive/foreign-key-columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import { defineRule, fix, type RelationshipContext, type Said } from '../define.ts';
import { relationshipLabel } from '../labels.ts';
import { integerRank, type TypeFacts, typeFacts, typeFamily } from '../type-facts.ts';

/** How much two types of a foreign key disagree: not at all, in cost, or so that PostgreSQL refuses the key. */
function disagreement(child: TypeFacts, parent: TypeFacts): 'none' | 'cost' | 'refused' {
  if (typeFamily(child) !== typeFamily(parent)) return 'refused';
  if (child.name === parent.name) {
    // A shorter text cannot hold every key; a longer one can.
    const limits = [Number(child.args[0] ?? Number.POSITIVE_INFINITY), Number(parent.args[0] ?? Number.POSITIVE_INFINITY)] as const;
    return typeFamily(child) === 'text' && limits[0] < limits[1] ? 'cost' : 'none';
  }
  const ranks = [integerRank(child), integerRank(parent)] as const;
  // A narrower integer is fk-int-narrower-than-pk; a wider one is harmless.
  if (ranks[0] !== undefined && ranks[1] !== undefined) return 'none';
  const texts = [child.name, parent.name];
  if (typeFamily(child) === 'text' && !texts.includes('char')) {
    return child.name === 'varchar' && child.args.length > 0 ? 'cost' : 'none';
  }
  return 'cost';
}

function compare(at: RelationshipContext, position: number): Said[] {
  const { relationship, child, parent, document } = at;
  const from = child.column(relationship.childColumns[position] ?? '');
  const to = parent.column(relationship.parentColumns[position] ?? '');
  if (from === undefined || to === undefined) return [];
  const found = disagreement(typeFacts(document, from.type), typeFacts(document, to.type));
  const collations = from.collation !== undefined && to.collation !== undefined && from.collation !== to.collation;
  if (found === 'none' && !collations) return [];
  const type = referencingType(to.type);
  const names = [typeName(document, from.type), typeName(document, to.type)] as const;
  return [
    {
      at: [child.ref(from.id), { record: relationship.id }, parent.ref(to.id)],
      severity: found === 'refused' ? 'error' : 'warning',
      what: `${child.title}.${from.name} and ${parent.title}.${to.name}, which it refers to, differ: ${
        found === 'none' ? `collation ${from.collation} and ${to.collation}` : `${names[0]} and ${names[1]}`
      }.`,
      why:
        found === 'refused'
          ? 'PostgreSQL has no equality between the two types and refuses the foreign key.'
          : 'The foreign key cannot hold every value of the key, or every check and join needs a cast that may not use the index.',
      evidence: [relationshipLabel(document, relationship)],
      fixes:
        child.owns(from.id) && found !== 'none'
          ? [
              fix(`Make ${child.title}.${from.name} ${typeName(document, type)}`, {
                name: 'setColumn',
                args: { table: child.table.id, id: from.id, patch: { type } },
              }),
            ]
          : [],
    },
  ];
}

export const fkTypeMismatch = defineRule({
  id: 'fk-type-mismatch',
  category: 'relationships',
  scope: 'relationship',
  severity: 'error',
  title: 'Foreign key of another type than the key',
  docs: {
    what: 'A foreign key column and the key column it refers to differ in type, length or collation so that it matters: types without a common equality, a shorter text, numeric against integer, char against varchar. A narrower integer is reported by fk-int-narrower-than-pk; a wider one is harmless.',
    why: 'PostgreSQL and MySQL refuse keys of unrelated types; between related ones checks and joins cast, and values that do not fit cannot refer.',
    todo: 'Give the foreign key column the type of the key.',
  },
  sources: ['MySQL error 3780; PostgreSQL error 42804', 'Checked likewise by pg-index-health, SchemaCrawler, active_record_doctor'],
  check: (at) => at.relationship.childColumns.flatMap((_, position) => compare(at, position)),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE customers (id uuid PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id text REFERENCES customers);`,
        expect: ['orders.customer_id'],
      },
      {
        ddl: `CREATE TABLE countries (code varchar(3) PRIMARY KEY);
CREATE TABLE cities (id int PRIMARY KEY, country varchar(2) REFERENCES countries);`,
        expect: ['cities.country'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id bigint REFERENCES customers);`,
      },
      {
        note: 'text and varchar are one type to PostgreSQL.',
        ddl: `CREATE TABLE countries (code text PRIMARY KEY);
CREATE TABLE cities (id int PRIMARY KEY, country varchar REFERENCES countries);`,
      },
    ],
  },
});
