import { describe, expect, it } from 'vitest';
import type { Action } from '#state/actions.ts';
import { isMeant, onCanvasOnly, sheetOf } from './sheet.ts';

const run = () => {};
const undo: Action = { id: 'undo', label: 'Undo', group: 'Edit', keys: ['mod+z'], run };
const fit: Action = {
  id: 'fit',
  label: 'Fit the whole diagram',
  group: 'View',
  keys: ['shift+1'],
  where: 'canvas',
  keywords: ['zoom'],
  run,
};
const bare: Action = { id: 'bare', label: 'Add a schema', group: 'Model', run };
const freed: Action = { ...undo, id: 'freed', label: 'Freed', keys: [] };

describe('the shortcuts sheet', () => {
  it('lists what has a key, by group, and everything when asked to', () => {
    expect(sheetOf([fit, bare, undo, freed], '', false, false).map(([group, list]) => [group, list.map((one) => one.id)])).toEqual([
      ['Edit', ['undo']],
      ['View', ['fit']],
    ]);
    expect(sheetOf([fit, bare, undo, freed], '', true, false).flatMap(([, list]) => list)).toHaveLength(4);
  });

  it('is searched by label, other words and keys as the keyboard names them; a search reaches what has no key', () => {
    expect(isMeant(fit, 'zoom', false)).toBe(true);
    expect(isMeant(undo, 'ctrl+z', false)).toBe(true);
    expect(isMeant(undo, 'Ctrl Z', false)).toBe(true);
    expect(isMeant(undo, 'ctrl+z', true)).toBe(false);
    expect(isMeant(undo, '⌘z', true)).toBe(true);
    expect(isMeant(undo, 'y', false)).toBe(false);
    expect(sheetOf([bare], 'schema', false, false)).toHaveLength(1);
    expect(sheetOf([bare], 'nothing like it', true, false)).toEqual([]);
  });

  it('says which keys act on the canvas only', () => {
    expect(onCanvasOnly(fit)).toBe(true);
    expect(onCanvasOnly(undo)).toBe(false);
    expect(onCanvasOnly({ ...undo, keys: ['u'] })).toBe(true);
  });
});
