import { describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import { fuzzyText } from '#lib/fuzzy.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { load } from '#state/document.ts';
import { placesStore, rememberPlaces } from '#state/places.ts';
import { preferencesStore } from '#state/preferences.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { act, deedOf, go, hintOf } from './act.ts';
import type { Item } from './item.ts';

const empty = emptyDocument();
const document: Document = {
  ...empty,
  schemas: { ...empty.schemas, sales: { id: 'sales', name: 'sales' } },
  diagrams: { ...empty.diagrams, few: { id: 'few', name: 'Few', chosen: true } },
  tables: {
    o: {
      ...emptyTable('o', 'sales', 'orders'),
      columns: [{ id: 'zip', name: 'zip', type: { kind: 'builtin', name: 'text' }, nullable: true }],
    },
    p: emptyTable('p', 'sch_public', 'plain'),
  },
};
const item = (more: Partial<Item>): Item => ({ key: 'x', kind: 'table', text: fuzzyText('x'), ...more });
const finding = (fixes: Finding['fixes']): Finding => ({
  rule: 'r',
  severity: 'error',
  at: [{ record: 'o' }],
  message: { what: 'what', why: '', todo: '' },
  fixes,
});

describe('what can be done with what is found', () => {
  it('is renaming, putting it on the diagram, previewing a fix, changing a key', () => {
    viewStore.setState({ diagram: 'diagram_main' });
    expect(deedOf(document, item({ ref: { record: 'o' } }))).toBe('rename it');
    expect(deedOf(document, item({ kind: 'column', ref: { record: 'o', part: 'zip' } }))).toBe('rename it');
    expect(deedOf(document, item({ kind: 'finding', finding: finding([{ label: 'f', calls: [] }]) }))).toBe('preview the fix');
    expect(deedOf(document, item({ kind: 'finding', finding: finding([]) }))).toBeUndefined();
    expect(deedOf(document, item({ kind: 'action', action: { id: 'a', label: 'a', group: 'Go', run: () => {} } }))).toBe(
      'change its key',
    );
    expect(deedOf(document, item({ kind: 'diagram', diagram: 'few' }))).toBeUndefined();
    viewStore.setState({ diagram: 'few' });
    expect(deedOf(document, item({ ref: { record: 'o' } }))).toBe('put it on this diagram');
    expect(deedOf(document, item({ kind: 'column', ref: { record: 'o', part: 'zip' } }))).toBe('rename it');
  });

  it('says a column’s type and a table’s schema, unless that is the implicit one', () => {
    expect(hintOf(document, item({ kind: 'column', ref: { record: 'o', part: 'zip' } }))).toBe('text');
    expect(hintOf(document, item({ ref: { record: 'o' } }))).toBe('sales');
    expect(hintOf(document, item({ ref: { record: 'p' } }))).toBeUndefined();
    expect(hintOf(document, item({ hint: 'view', ref: { record: 'o' } }))).toBe('view');
    expect(hintOf(document, item({ ref: { record: 'gone' } }))).toBeUndefined();
  });

  it('goes there, or does it, and remembers that', () => {
    const stop = rememberPlaces();
    load(document);
    openDialog('palette');
    go(item({ ref: { record: 'o' } }));
    expect(viewStore.getState()).toMatchObject({ dialog: undefined, selection: [{ record: 'o' }], reveal: { from: 'palette' } });
    expect(placesStore.getState().recent).toEqual([{ record: 'o' }]);
    let ran = 0;
    go(item({ kind: 'action', action: { id: 'a.b', label: 'a', group: 'Go', run: () => (ran += 1) } }));
    expect(ran).toBe(1);
    expect(preferencesStore.getState().recentActions[0]).toBe('a.b');
    go(item({ kind: 'area', ref: { record: 'p' }, diagram: 'few' }));
    expect(viewStore.getState()).toMatchObject({ diagram: 'few', selection: [{ record: 'p' }] });
    stop();
  });

  it('opens the shortcuts at an action, and the name of an object for editing', () => {
    load(document);
    viewStore.setState({ diagram: 'diagram_main' });
    act(item({ kind: 'action', action: { id: 'a.b', label: 'a', group: 'Go', run: () => {} } }));
    expect(viewStore.getState()).toMatchObject({ dialog: 'shortcuts', dialogSubject: 'a.b' });
    act(item({ ref: { record: 'o' } }));
    expect(viewStore.getState()).toMatchObject({ dialog: undefined, rename: { ref: { record: 'o' } } });
  });
});
