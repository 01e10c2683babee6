import { expect, test } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { changeFiles, changeScript } from './changes.ts';
import { dependencyTable, exemptionText } from './dependencies.ts';
import { fileStem } from './set.ts';

const table: Table = {
  ...emptyTable('t', 'sch_public', 't'),
  columns: ['zip', 'city'].map((name) => ({ id: name, name, type: { kind: 'builtin', name: 'text' }, nullable: false })),
};
const one: Dependency = { id: 'fd', determinant: ['zip'], dependent: ['city'] };
const rowOf = (...dependencies: Dependency[]) =>
  dependencyTable(emptyDocument(), { ...table, dependencies })
    .split('\n')
    .slice(4);

test('a dependency says where it comes from', () => {
  expect(rowOf(one)).toEqual(['| `zip -> city` | declared |   |   |']);
  const discovered = { source: 'a|b.csv', rows: 500, error: 0.004, date: '2026-01-02' };
  expect(rowOf({ ...one, multivalued: true, discovered, note: 'x' })[0]).toContain(
    '| `zip ->> city` | found in a\\|b.csv (500 rows, with 0.4 % of the rows against it), accepted 2026-01-02 |   | x |',
  );
  expect(dependencyTable(emptyDocument(), table)).toBe('');
});

test('an exemption says why, and what keeps copies equal', () => {
  const exempt = { kind: 'accepted', reason: 'Read often.', maintenance: 'trigger', date: '2026-01-02' } as const;
  expect(exemptionText({ exempt })).toBe('accepted redundancy, kept equal by a trigger, at once. Read often. (2026-01-02)');
  expect(exemptionText({ exempt: { ...exempt, maintenance: 'materialized view', staleness: '5 minutes' } })).toContain(
    'by a materialized view, within 5 minutes',
  );
  expect(exemptionText({ exempt: { kind: 'temporal', reason: 'Price then.', date: '2026-01-02' } })).toContain(
    'never normalised. Price then.',
  );
});

test('changes are scripts in the order of their dates, which no title can break', () => {
  const step = { phase: 'guard', note: 'looks\nfirst', sql: 'SELECT 1;' } as const;
  const change = { kind: 'decomposition', dialect: 'postgresql', version: 18, about: [], forward: [step], back: [] } as const;
  const document: Document = {
    ...emptyDocument(),
    changes: {
      b: { ...change, id: 'b', title: 'Later', date: '2026-02-01' },
      a: { ...change, id: 'a', title: 'First\nDROP TABLE t;', date: '2026-01-01' },
    },
  };
  const files = changeFiles(document, fileStem);
  expect(files.map(({ path }) => path)).toEqual([
    'changes/001-first-drop-table-t.sql',
    'changes/001-first-drop-table-t.down.sql',
    'changes/002-later.sql',
    'changes/002-later.down.sql',
  ]);
  const [first] = files;
  expect(first?.text.split('\n').filter((line) => line !== '' && !line.startsWith('--'))).toEqual([
    'BEGIN;',
    'SELECT 1;',
    'COMMIT;',
  ]);
  expect(changeScript({ ...change, id: 'x', title: 'X', date: 'd' }, [], 'back')).toContain(
    'X: the way back (d), for PostgreSQL 18.',
  );
});
