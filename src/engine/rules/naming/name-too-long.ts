import { keptName, utf8Length } from '../../dialects/postgres/names.ts';
import { NAME_BYTES } from '../../dialects/postgres/quote.ts';
import { defineRule, renameFix } from '../define.ts';
import { namesIn } from './names.ts';
import { shortened } from './suggest.ts';

const LONG = 'index_of_a_table_with_a_name_that_goes_on_and_on_until_nobody_reads_it';

export const nameTooLong = defineRule({
  id: 'name-too-long',
  category: 'naming',
  scope: 'object',
  severity: 'error',
  title: 'Name longer than PostgreSQL keeps',
  docs: {
    what: 'A name has more than 63 bytes in UTF-8.',
    why: 'PostgreSQL cuts it silently: the object has another name than the text says, and two long names can become one.',
    todo: 'Choose a shorter name.',
  },
  sources: [
    'PostgreSQL documentation, Lexical Structure: Identifiers (NAMEDATALEN)',
    'Checked likewise by squawk (identifier-too-long)',
  ],
  check(at) {
    return namesIn(at)
      .filter(({ name }) => utf8Length(name) > NAME_BYTES)
      .map((one) => {
        return {
          at: [one.ref],
          what: `The name ${one.name} has ${utf8Length(one.name)} bytes; PostgreSQL keeps ${NAME_BYTES}: ${keptName(one.name)}.`,
          fixes: [renameFix(`Call it ${shortened(one.name)}`, [{ target: one.ref, to: shortened(one.name) }])],
        };
      });
  },
  examples: {
    bad: [
      {
        note: 'Read from DDL a name is cut already; typed in the model it is not: the index is renamed to one with 70 bytes.',
        ddl: `CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX t_a ON t (a);`,
        given: (document) =>
          Object.values(document.tables).flatMap((table) =>
            table.indexes.map(({ id }) => ({
              name: 'setIndex' as const,
              args: { table: table.id, id, patch: { name: LONG } },
            })),
          ),
        expect: [`t (${LONG})`],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX index_of_a_table_with_a_name_that_has_sixty_three_bytes_no_more ON t (a);`,
      },
    ],
  },
});
