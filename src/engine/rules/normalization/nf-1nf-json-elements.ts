import { offerElements } from '../../reshape/offers.ts';
import { queriedElements } from '../../smells/elements.ts';
import { defineRule, reshapeFix } from '../define.ts';
import { titleOf } from '../labels.ts';

export const nf1nfJsonElements = defineRule({
  id: 'nf-1nf-json-elements',
  category: 'normalization',
  scope: 'model',
  severity: 'info',
  title: 'JSON array queried by element',
  docs: {
    what: 'Views, routines, generated columns, indexes, checks or given queries take elements out of a JSON column: by position (-> 0, $[*]), one by one (jsonb_array_elements, JSON_TABLE, OPENJSON, json_each) or by asking whether one is in it (@>, JSON_CONTAINS). JSON that is stored and read as a whole is left alone.',
    why: 'What is asked for one by one are rows: no foreign key, type or check holds an element, an update rewrites them all, and the planner guesses how many there are.',
    todo: 'Keep the elements in a child table with a position. Where they are only filtered by, a GIN index helps the search and nothing else.',
  },
  sources: ['PostgreSQL documentation, 8.14 JSON Types: Designing JSON Documents', 'Bill Karwin, SQL Antipatterns: Jaywalking'],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table) =>
      queriedElements(at.document, table, at.uses()).map((found) => {
        const offer = offerElements(at.document, table, found);
        return {
          at: [{ record: table.id, part: found.column.id }],
          what: `Elements of ${titleOf(at.document, table)}.${found.column.name} are asked for one by one.`,
          evidence: found.evidence,
          ...(offer?.kind === 'elements'
            ? { fixes: [reshapeFix(`Give each element a row of a new table ${offer.name}`, offer)] }
            : {}),
        };
      }),
    ),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE orders (id int PRIMARY KEY, lines jsonb NOT NULL);
CREATE VIEW order_lines AS SELECT o.id, l ->> 'sku' AS sku FROM orders o CROSS JOIN LATERAL jsonb_array_elements(o.lines) AS l;`,
        expect: ['orders.lines'],
      },
      {
        note: 'The first element has an index of its own.',
        ddl: `CREATE TABLE profiles (id int PRIMARY KEY, emails jsonb);
CREATE INDEX profiles_first_email ON profiles ((emails ->> 0));`,
        expect: ['profiles.emails'],
      },
    ],
    good: [
      {
        note: 'A field of an object is no element of a list.',
        ddl: `CREATE TABLE profiles (id int PRIMARY KEY, settings jsonb, raw jsonb);
CREATE VIEW themes AS SELECT id, settings ->> 'theme' AS theme, settings #>> '{editor,font}' AS font, raw FROM profiles;`,
      },
    ],
  },
});
