import { defineRule, fix } from '../define.ts';
import { piiKind } from '../words.ts';

export const piiUnclassified = defineRule({
  id: 'pii-unclassified',
  category: 'security',
  scope: 'table',
  severity: 'info',
  title: 'Personal data that is not classified',
  docs: {
    what: 'Columns are called like personal data (email, phone, first_name, date_of_birth, iban, ip_address ...) and carry no classification. Classify a column as none when it holds none.',
    why: 'Masking, retention and answers to people who ask what is stored about them need to know where personal data is.',
    todo: 'Classify the columns; the classification is kept in the document and appears in the design document.',
  },
  sources: ['Regulation (EU) 2016/679, articles 15 and 30', 'Related: splinter 0023 (sensitive_columns_exposed)'],
  check(at) {
    const found = at.table.columns.flatMap((column) => {
      const kind = column.classification === undefined ? piiKind(column.name) : undefined;
      return kind === undefined ? [] : [{ column, kind }];
    });
    if (found.length === 0 || at.table.partitionOf !== undefined) return [];
    return [
      {
        at: found.map(({ column }) => at.ref(column.id)),
        what: `${at.title}: ${found.map(({ column }) => column.name).join(', ')} ${found.length > 1 ? 'look' : 'looks'} like personal data and ${found.length > 1 ? 'are' : 'is'} not classified.`,
        evidence: found.map(({ column, kind }) => `${column.name}: ${kind}`),
        fixes: [
          fix(
            `Classify ${found.map(({ column, kind }) => `${column.name} as ${kind}`).join(', ')}`,
            ...found.map(({ column, kind }) => ({
              name: 'setColumn' as const,
              args: { table: at.table.id, id: column.id, patch: { classification: kind } },
            })),
          ),
        ],
      },
    ];
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE users (id int PRIMARY KEY, email text, first_name text);', expect: ['users.email'] }],
    good: [
      {
        note: 'The columns are classified.',
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, email text);',
        given: (document) =>
          Object.values(document.tables).flatMap((table) =>
            table.columns.map(
              (column) =>
                ({ name: 'setColumn', args: { table: table.id, id: column.id, patch: { classification: 'contact' } } }) as const,
            ),
          ),
      },
      { ddl: 'CREATE TABLE products (id int PRIMARY KEY, name text, email_template_id int);' },
    ],
  },
});
