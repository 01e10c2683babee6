import type { Document, Table } from '#model/types.ts';
import { offerAttributes } from '../../reshape/offers.ts';
import { type AttributeRows, attributeRows } from '../../smells/attributes.ts';
import { defineRule, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

function fixesOf(document: Document, table: Table, rows: AttributeRows): Pick<Said, 'fixes'> {
  const offer = offerAttributes(document, table, rows);
  if (offer?.kind !== 'eav') return {};
  const entity = document.tables[rows.relationship?.parent ?? '']?.name ?? '';
  const label =
    offer.attributes.length === 0
      ? `Keep them in one JSON column of ${entity}`
      : `Give ${entity} columns for ${offer.attributes.length} attributes`;
  return { fixes: [reshapeFix(label, offer)] };
}

export const nfEav = defineRule({
  id: 'nf-eav',
  category: 'normalization',
  scope: 'model',
  severity: 'warning',
  title: 'Entity, attribute, value',
  docs: {
    what: 'A table holds a reference to an entity, the name of an attribute and its value. Settings tables without an entity are left alone.',
    why: 'Values have no types, no checks and no foreign keys; attributes cannot be required; a row of the entity needs a join for each attribute.',
    todo: 'Give the entity real columns for what is known; keep the sparse rest in one jsonb column, or use a table for each kind of entity.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Entity-Attribute-Value'],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table): Said[] => {
      const rows = attributeRows(at.document, table, at.uses());
      if (rows === undefined) return [];
      const { entity, attribute, values, evidence } = rows;
      const named = [...entity, attribute, ...values];
      return [
        {
          at: [{ record: table.id }, ...named.map(({ id: part }) => ({ record: table.id, part }))],
          what: `${titleOf(at.document, table)} stores attributes as rows: ${named.map(({ name }) => name).join(', ')}.`,
          evidence,
          ...fixesOf(at.document, table, rows),
        },
      ];
    }),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE product_attributes (product_id int REFERENCES products, attribute text, value text, PRIMARY KEY (product_id, attribute));`,
        expect: ['product_attributes'],
      },
      {
        note: 'The attributes are known.',
        ddl: `CREATE TABLE products (id int PRIMARY KEY, name text);
CREATE TABLE product_attributes (product_id int REFERENCES products, attribute text CHECK (attribute IN ('colour', 'size')), value text, PRIMARY KEY (product_id, attribute));`,
        expect: ['product_attributes'],
      },
      {
        note: 'A value column for each type.',
        ddl: `CREATE TABLE patients (id int PRIMARY KEY);
CREATE TABLE observations (id int PRIMARY KEY, patient_id int REFERENCES patients, attribute_name text, value_text text, value_int int, value_date date);`,
        expect: ['observations'],
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
