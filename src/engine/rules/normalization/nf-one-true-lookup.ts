import { offerLookup } from '../../reshape/offers.ts';
import { lookupOfAll } from '../../smells/lookups.ts';
import { defineRule, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

export const nfOneTrueLookup = defineRule({
  id: 'nf-one-true-lookup',
  category: 'normalization',
  scope: 'model',
  severity: 'warning',
  title: 'One table for all kinds of codes',
  docs: {
    what: 'A table holds the codes of many kinds, told apart by a column: code_type, code, description. It must be called so (lookups, code_values, reference_data ...) or have codes unique within their kind only and at least two kinds that checks, views, routines or sampled values tell. Codes that belong to another table are left alone.',
    why: 'A foreign key to it accepts a code of any kind: a country where a status belongs. All codes share one width and one set of columns, and every query has to say the kind again.',
    todo: 'Give each kind a table of its own: its key is the code alone, and foreign keys then mean what they say.',
  },
  sources: ['Joe Celko, SQL Programming Style: One True Lookup Table', 'Don Peterson, Lookup Table Madness'],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table): Said[] => {
      const found = lookupOfAll(at.document, table, at.uses());
      if (found === undefined) return [];
      const offer = offerLookup(at.document, table, found);
      return [
        {
          at: [{ record: table.id }, { record: table.id, part: found.type.id }, { record: table.id, part: found.code.id }],
          what: `${titleOf(at.document, table)} holds the codes of every kind that ${found.type.name} names.`,
          evidence: found.evidence,
          ...(offer?.kind === 'lookup'
            ? { fixes: [reshapeFix(`Give each of ${offer.kinds.length} kinds a table of its own`, offer)] }
            : {}),
        },
      ];
    }),
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE lookup_values (lookup_type text, code text, description text NOT NULL, PRIMARY KEY (lookup_type, code));',
        expect: ['lookup_values'],
      },
      {
        note: 'The kinds are known by a check.',
        ddl: "CREATE TABLE codes (kind text CHECK (kind IN ('country', 'currency')), code text, name text NOT NULL, PRIMARY KEY (kind, code));",
        expect: ['codes'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE order_statuses (code text PRIMARY KEY, name text NOT NULL);' },
      {
        note: 'Rooms of a building: its number is a part of their name.',
        ddl: `CREATE TABLE buildings (id int PRIMARY KEY);
CREATE TABLE rooms (building int REFERENCES buildings, kind text, code text, name text, PRIMARY KEY (building, code));`,
      },
    ],
  },
});
