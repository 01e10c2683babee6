import { expect, test } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import type { Choice } from '#engine/decompose/types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { planning } from '#test/decompose.ts';
import { parserForTests } from '#test/read-ddl.ts';

test('facts that only two tables say together come back in one UPDATE: alone, each has several rows for one of the old', async () => {
  const table: Table = {
    ...emptyTable('tbl_t', 'sch_public', 't'),
    columns: ['a', 'b', 'd', 'c'].map((name) => ({ id: name, name, type: { kind: 'builtin', name: 'NUMBER' }, nullable: false })),
    keys: [{ id: 'key_p', kind: 'primary', name: 'pk_t', columns: ['a', 'b', 'd'] }],
    dependencies: [
      { id: 'fd_1', determinant: ['a', 'b'], dependent: ['c'] },
      { id: 'fd_2', determinant: ['c'], dependent: ['b'] },
    ],
  };
  const document: Document = { ...emptyDocument('torn', 19, 'oracle'), tables: { tbl_t: table } };
  const choice: Choice = [
    { columns: ['a', 'b', 'd'], keys: [] },
    { columns: ['a', 'c'], keys: [] },
    { columns: ['c', 'b'], keys: [['c']] },
  ];
  const proposed = proposeDecomposition(document, 'tbl_t', choice, UNLIMITED);
  if (!proposed.ok) throw new Error(proposed.problem.message);
  const { change } = planning(document, await parserForTests(), proposed.value);
  const fill = change.back.find(({ phase }) => phase === 'fill')?.sql ?? '';
  expect(fill.match(/^UPDATE /gm)).toHaveLength(1);
  // The inner query joins both tables on all that they share, and its rows find the old ones by the key.
  expect(fill.match(/\n +JOIN /g)).toHaveLength(2);
  expect(fill).toContain('WHERE j."a" = r."a" AND j."b" = r."b" AND j."d" = r."d")');
});
