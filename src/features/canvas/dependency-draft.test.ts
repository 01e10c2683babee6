import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { declareCalls, dependencyWords, drawnDependency, textOfSelected, withArrow } from './dependency-draft.ts';

const table: Table = {
  ...emptyTable('t', 'sch_public', 't'),
  columns: ['id', 'zip', 'city', 'state'].map((name) => ({
    id: name,
    name,
    type: { kind: 'builtin', name: 'text' },
    nullable: false,
  })),
  keys: [{ id: 'pk', kind: 'primary', columns: ['id'] }],
};
const document: Document = { ...emptyDocument(), tables: { t: table, other: { ...table, id: 'other' } } };
const plug = (column?: string, of = 't') => ({ table: of, ...(column === undefined ? {} : { column }) });
const with_ = (...dependencies: Dependency[]): Table => ({ ...table, dependencies });
const nameOf = (id: string) => id;

describe('a drag between two rows of a table', () => {
  it('says what the first determines', () => {
    expect(drawnDependency(document, plug('zip'), plug('city'), [], false)).toEqual({ determinant: ['zip'], dependent: ['city'] });
    expect(drawnDependency(document, plug('zip'), plug('city'), [], true)).toEqual({
      determinant: ['zip'],
      dependent: ['city'],
      multivalued: true,
    });
  });

  it('takes the selected rows along, but not the one it goes to, and only when it begins at one of them', () => {
    const both = drawnDependency(document, plug('zip'), plug('state'), ['zip', 'city', 'state'], false);
    expect(both).toEqual({ determinant: ['zip', 'city'], dependent: ['state'] });
    expect(drawnDependency(document, plug('city'), plug('state'), ['zip'], false)?.determinant).toEqual(['city']);
  });

  it('is a relationship to a key, to another table, from or to a title', () => {
    expect(drawnDependency(document, plug('zip'), plug('id'), [], false)).toBeUndefined();
    expect(drawnDependency(document, plug('zip'), plug('city', 'other'), [], false)).toBeUndefined();
    expect(drawnDependency(document, plug('zip'), plug(), [], false)).toBeUndefined();
    expect(drawnDependency(document, plug(), plug('zip'), [], false)).toBeUndefined();
    expect(drawnDependency(document, plug('zip'), plug('zip'), [], false)).toBeUndefined();
  });
});

describe('selected columns', () => {
  it('begin a text in which the last follows from the others', () => {
    expect(textOfSelected(document, table, ['zip', 'city', 'state'])).toBe('zip, city -> state');
    expect(textOfSelected(document, table, ['zip']).trimEnd()).toBe('zip ->');
    expect(textOfSelected(document, table, [])).toBe('');
  });
});

describe('declaring', () => {
  it('adds to what the same columns determine already', () => {
    const known = with_({ id: 'd', determinant: ['zip'], dependent: ['city'] });
    expect(declareCalls(known, { determinant: ['zip'], dependent: ['state'] })).toEqual([
      { name: 'setDependency', args: { table: 't', id: 'd', patch: { dependent: ['city', 'state'] } } },
    ]);
    expect(declareCalls(known, { determinant: ['zip'], dependent: ['city'] })).toEqual([]);
    expect(declareCalls(table, { determinant: ['zip'], dependent: ['city'] })).toMatchObject([{ name: 'addDependency' }]);
  });

  it('leaves alone what something is said of, and what is of another kind', () => {
    const exempt = with_({
      id: 'd',
      determinant: ['zip'],
      dependent: ['city'],
      exempt: { kind: 'temporal', reason: 'then' } as never,
    });
    expect(declareCalls(exempt, { determinant: ['zip'], dependent: ['city', 'state'] })).toEqual([
      { name: 'addDependency', args: { table: 't', part: { determinant: ['zip'], dependent: ['state'] } } },
    ]);
    const known = with_({ id: 'd', determinant: ['zip'], dependent: ['city'] });
    expect(declareCalls(known, { determinant: ['zip'], dependent: ['city'], multivalued: true })).toMatchObject([
      { name: 'addDependency', args: { part: { multivalued: true } } },
    ]);
  });
});

it('the arrow of a text is changed where there is one, else put', () => {
  expect(withArrow('zip -> city', '->>')).toBe('zip ->> city');
  expect(withArrow('zip ->> city', '->')).toBe('zip -> city');
  expect(withArrow('zip ↠ city', '->')).toBe('zip -> city');
  expect(withArrow('zip --> city', '->>')).toBe('zip ->> city');
  expect(withArrow('zip', '->')).toBe('zip -> ');
});

it('a dependency is said in a sentence', () => {
  expect(dependencyWords({ determinant: ['zip'], dependent: ['city', 'state'] }, nameOf)).toBe(
    'Rows with the same zip have the same city and state, always.',
  );
  expect(dependencyWords({ determinant: [], dependent: ['city'] }, nameOf)).toBe('city has one value in all rows.');
  expect(dependencyWords({ determinant: ['course'], dependent: ['teacher'], multivalued: true }, nameOf)).toContain(
    'of that course',
  );
});
