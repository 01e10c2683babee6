import { hash32 } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Table } from '#model/types.ts';
import { keptName, utf8Length } from '../../dialects/postgres/names.ts';
import { NAME_BYTES } from '../../dialects/postgres/quote.ts';
import { defineRule, fix, type ObjectContext } from '../define.ts';
import { type NamedThing, namesIn } from './names.ts';

/** Cut to the limit, with a hash of the whole so that two long names stay two. */
function shortened(name: string): string {
  const tail = `_${hash32(name).toString(36)}`;
  let head = keptName(name);
  while (utf8Length(head + tail) > NAME_BYTES) head = [...head].slice(0, -1).join('');
  return head + tail;
}

/** Names of constraints and indexes stand in no other statement: they can be changed right here. */
function rename(at: ObjectContext, { name, ref }: NamedThing): CommandCall | undefined {
  if (at.collection !== 'tables' || ref.part === undefined) return undefined;
  const table = at.record as Table;
  const args = { table: table.id, id: ref.part, patch: { name: shortened(name) } };
  if (table.indexes.some((one) => one.id === ref.part)) return { name: 'setIndex', args };
  if (table.keys.some((one) => one.id === ref.part)) return { name: 'setKey', args };
  if (table.checks.some((one) => one.id === ref.part)) return { name: 'setCheck', args };
  return undefined;
}

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
        const call = rename(at, one);
        return {
          at: [one.ref],
          what: `The name ${one.name} has ${utf8Length(one.name)} bytes; PostgreSQL keeps ${NAME_BYTES}: ${keptName(one.name)}.`,
          fixes: call === undefined ? [] : [fix(`Call it ${shortened(one.name)}`, call)],
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
