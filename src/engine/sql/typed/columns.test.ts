import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import type { DefinedColumn } from '../language.ts';
import { columnChanges } from './columns.ts';

/** `a int, b text` */
const columns = (text: string): DefinedColumn[] =>
  text.split(', ').map((one) => ({ name: one.split(' ')[0] as string, type: one.split(' ')[1] as string }));

function changes(before: string, after: string): string[] {
  const own = columns(before).map(({ name }) => ({
    id: `id_${name}`,
    name,
    type: { kind: 'builtin' as const, name: 'text' },
    nullable: true,
  }));
  const document: Document = { ...emptyDocument('x'), tables: { t: { ...emptyTable('t', 's', 't'), columns: own } } };
  const { renames, removed } = columnChanges('t', columns(before), columns(after), document);
  return [...renames.map(({ part, to }) => `${part} > ${to}`), ...removed.map((id) => `${id} gone`)];
}

describe('columns that are called otherwise', () => {
  it.each([
    ['one in its place', 'a int, b text, c int', 'a int, x text, c int', ['id_b > x']],
    ['one in its place with another type', 'a int, b text, c int', 'a int, x uuid, c int', ['id_b > x']],
    ['one that was moved too, by its type', 'a int, b text, c int', 'a int, c int, x text', ['id_b > x']],
    ['one that was moved and has another type is another', 'a int, b text, c int', 'a int, c int, x uuid', ['id_b gone']],
    ['two in their places', 'a int, b text, c uuid', 'a int, x text, y uuid', ['id_b > x', 'id_c > y']],
    ['two that changed places, each by its type', 'a int, b text, c uuid', 'a int, y uuid, x text', ['id_b > x', 'id_c > y']],
    ['two of one type in their places', 'a int, b text, c text', 'a int, x text, y text', ['id_b > x', 'id_c > y']],
    ['one of two, the other deleted, by its type', 'a int, b text, c uuid', 'a int, y uuid', ['id_c > y', 'id_b gone']],
    ['one of two of one type: either could be meant', 'a int, b text, c text', 'a int, x text', ['id_b gone', 'id_c gone']],
    ['one, and another beside it', 'a int, b text', 'a int, n uuid, x text', ['id_b > x']],
    ['an added one renames nothing', 'a int, b text', 'a int, n text, b text', []],
    ['a deleted one renames nothing', 'a int, b text, c int', 'a int, c int', ['id_b gone']],
    ['an order renames nothing', 'a int, b text, c int', 'c int, a int, b text', []],
    ['in separate places', 'a int, b text, c int, d text', 'x int, b text, c int, y text', ['id_a > x', 'id_d > y']],
  ])('%s', (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});
