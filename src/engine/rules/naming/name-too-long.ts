import type { Dialect } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { keptName, utf8Length } from '../../dialects/postgres/names.ts';
import { defineRule, renameFix } from '../define.ts';
import { namesIn } from './names.ts';
import { shortened } from './suggest.ts';

const LONG = 'index_of_a_table_with_a_name_that_goes_on_and_on_until_nobody_reads_it';

/** A name's length in what its dialect counts. */
function lengthOf(name: string, dialect: Dialect): number {
  return TRAITS[dialect].nameLimit.unit === 'bytes' ? utf8Length(name) : [...name].length;
}

export const nameTooLong = defineRule({
  id: 'name-too-long',
  category: 'naming',
  scope: 'object',
  severity: 'error',
  title: 'Name longer than the database takes',
  docs: {
    what: 'A name has more than 63 bytes in UTF-8 (PostgreSQL), 64 characters (MySQL, MariaDB), 128 characters (SQL Server) or 128 bytes (Oracle).',
    why: 'PostgreSQL cuts it silently: the object has another name than the text says, and two long names can become one. The others refuse it.',
    todo: 'Choose a shorter name.',
  },
  sources: [
    'PostgreSQL documentation, Lexical Structure: Identifiers (NAMEDATALEN)',
    'Checked likewise by squawk (identifier-too-long)',
  ],
  check(at) {
    const dialect = at.document.settings['settings']?.dialect ?? 'postgresql';
    const { label, nameLimit } = TRAITS[dialect];
    return namesIn(at)
      .filter(({ name }) => lengthOf(name, dialect) > nameLimit.size)
      .map((one) => {
        const takes =
          dialect === 'postgresql' ? `keeps ${nameLimit.size}: ${keptName(one.name)}` : `takes ${nameLimit.size} at most`;
        return {
          at: [one.ref],
          what: `The name ${one.name} has ${lengthOf(one.name, dialect)} ${nameLimit.unit}; ${label} ${takes}.`,
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
