import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { entriesFor } from './entries.ts';

const column = (id: string, name: string) => ({ id, name, type: { kind: 'builtin' as const, name: 'text' }, nullable: true });
const document: Document = {
  ...emptyDocument(),
  tables: {
    t1: { ...emptyTable('t1', 'sch_public', 'orders'), columns: [column('c1', 'ship_zip')] },
    t2: { ...emptyTable('t2', 'sch_public', 'order_items'), columns: [column('c2', 'quantity')] },
  },
};
const run = () => {};
const actions: Action[] = [
  { id: 'edit.undo', label: 'Undo', group: 'Edit', keys: ['mod+z'], when: () => false, run },
  { id: 'canvas.fit', label: 'Fit the whole diagram', group: 'Canvas', keys: ['shift+1'], keywords: ['zoom'], run },
  { id: 'view.settings', label: 'Settings', group: 'View', run },
];

describe('the command box', () => {
  it('offers what was used last first, and leaves out what cannot be done now', () => {
    const entries = entriesFor(document, actions, ['view.settings', 'edit.undo'], '');
    expect(entries.map((one) => `${one.group}: ${one.label}`)).toEqual([
      'Recently used: Settings',
      'Tables: orders',
      'Tables: order_items',
      'Actions: Fit the whole diagram',
    ]);
  });

  it('finds tables by initials and columns with their table', () => {
    expect(entriesFor(document, actions, [], 'oi')[0]).toMatchObject({ label: 'order_items', ref: { record: 't2' } });
    expect(entriesFor(document, actions, [], 'zip')[0]).toMatchObject({
      label: 'orders.ship_zip',
      ref: { record: 't1', part: 'c1' },
    });
  });

  it('finds actions by their other words', () => {
    expect(entriesFor(document, actions, [], 'zoom').map((one) => one.label)).toContain('Fit the whole diagram');
  });

  it('says nothing when nothing matches', () => {
    expect(entriesFor(document, actions, [], 'qqqq')).toEqual([]);
  });
});
