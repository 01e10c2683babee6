import { defineRule } from '../define.ts';
import { isText, typeFacts } from '../type-facts.ts';
import { isBookkeeping, snake } from '../words.ts';

const ATTRIBUTE =
  /^(attribute|attribute_name|attribute_id|attr|attr_name|attr_id|key|meta_key|property|property_name|property_id|field|field_name|field_id)$/;
const VALUE =
  /^(value|attribute_value|attr_value|meta_value|property_value|field_value|val|value_(text|string|int|integer|number|numeric|date|datetime|bool|boolean|decimal|float|varchar))$/;

export const nfEav = defineRule({
  id: 'nf-eav',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'Entity, attribute, value',
  docs: {
    what: 'A table holds a reference to an entity, the name of an attribute and its value. Settings tables without an entity are left alone.',
    why: 'Values have no types, no checks and no foreign keys; attributes cannot be required; a row of the entity needs a join for each attribute.',
    todo: 'Give the entity real columns for what is known; keep the sparse rest in one jsonb column, or use a table for each kind of entity.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Entity-Attribute-Value'],
  check(at) {
    const attribute = at.table.columns.find((column) => ATTRIBUTE.test(snake(column.name)));
    const values = at.table.columns.filter((column) => VALUE.test(snake(column.name)));
    const value = values[0];
    const entity = at.outgoing.find((one) => attribute !== undefined && !one.childColumns.includes(attribute.id));
    if (attribute === undefined || value === undefined || entity === undefined) return [];
    if (values.length === 1 && !isText(typeFacts(at.document, value.type))) return [];
    const used = new Set([attribute.id, ...values.map((column) => column.id), ...entity.childColumns]);
    const rest = at.columns.filter((column) => !used.has(column.id) && !isBookkeeping(column.name));
    if (rest.length > 2) return [];
    return [
      {
        at: [at.ref(), at.ref(attribute.id), at.ref(value.id)],
        what: `${at.title} stores attributes as rows: ${at.names(entity.childColumns)}, ${attribute.name}, ${value.name}.`,
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE product_attributes (product_id int REFERENCES products, attribute text, value text, PRIMARY KEY (product_id, attribute));`,
        expect: ['product_attributes'],
      },
    ],
    good: [
      {
        note: 'Settings of the whole system belong to no entity.',
        ddl: 'CREATE TABLE settings (key text PRIMARY KEY, value text);',
      },
      { ddl: 'CREATE TABLE products (id int PRIMARY KEY, name text, attributes jsonb);' },
    ],
  },
});
