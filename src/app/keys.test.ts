import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '#state/actions.ts';
import { matches, type Press } from '#ui/press.ts';
import { browserKey } from './browser-keys.ts';
import { actionFor, actsIn, combinationOf } from './keys.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('key combinations', () => {
  it('take mod as Ctrl, or as Command on a Mac', () => {
    expect(matches('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matches('mod+k', press('k', { metaKey: true }), true)).toBe(true);
    expect(matches('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matches('mod+k', press('k'), false)).toBe(false);
  });

  it('tell shifted letters apart, and take signs as they are typed', () => {
    expect(matches('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matches('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matches('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches('+', press('+', { shiftKey: true }), false)).toBe(true);
    expect(matches(']', press(']'), false)).toBe(true);
  });

  it('go by the place of the key where a modifier or layout changes the character', () => {
    expect(matches('shift+1', press('!', { code: 'Digit1', shiftKey: true }), false)).toBe(true);
    expect(matches('mod+alt+1', press('¡', { code: 'Digit1', metaKey: true, altKey: true }), true)).toBe(true);
    expect(matches('mod+k', press('л', { code: 'KeyK', ctrlKey: true }), false)).toBe(true);
    // On an AZERTY board the key at Q's place types A: what is typed counts.
    expect(matches('q', press('a', { code: 'KeyQ' }), false)).toBe(false);
  });

  it('know named keys', () => {
    expect(matches('space', press(' '), false)).toBe(true);
    expect(matches('delete', press('Delete'), false)).toBe(true);
    expect(matches('shift+f6', press('F6', { shiftKey: true }), false)).toBe(true);
    expect(matches('f6', press('F6', { shiftKey: true }), false)).toBe(false);
  });
});

describe('where keys act', () => {
  it('leaves a field its own keys, and takes commands', () => {
    expect(actsIn('field', 'mod+k', undefined)).toBe(true);
    expect(actsIn('field', 'f6', undefined)).toBe(true);
    for (const own of ['mod+z', 'mod+shift+z', 'mod+a', 'mod+c', 't', '?', 'delete', 'enter']) {
      expect(actsIn('field', own, undefined), own).toBe(false);
    }
  });

  it('leaves the editor more', () => {
    for (const own of ['mod+f', 'f8', 'f12', 'mod+.', 'mod+/', 'mod+z']) expect(actsIn('editor', own, undefined), own).toBe(false);
    for (const ours of ['mod+k', 'mod+s', 'mod+b', 'f6', 'mod+alt+1']) expect(actsIn('editor', ours, undefined), ours).toBe(true);
  });

  it('gives the keys of the canvas to the canvas only, and none to what lies under a dialog', () => {
    expect(actsIn('canvas', 't', 'canvas')).toBe(true);
    expect(actsIn('elsewhere', 't', 'canvas')).toBe(false);
    expect(actsIn('modal', 'mod+k', undefined)).toBe(false);
  });

  it('prefers the action that can be done, and the one of the canvas', () => {
    const run = () => {};
    const actions: Action[] = [
      { id: 'a', label: 'a', group: 'Edit', keys: ['escape'], run },
      { id: 'b', label: 'b', group: 'Canvas', keys: ['escape'], where: 'canvas', run },
      { id: 'c', label: 'c', group: 'Canvas', keys: ['delete'], when: () => false, run },
    ];
    expect(actionFor(actions, press('Escape'), 'canvas', false)?.id).toBe('b');
    expect(actionFor(actions, press('Escape'), 'elsewhere', false)?.id).toBe('a');
    expect(actionFor(actions, press('Delete'), 'canvas', false)).toBeUndefined();
  });
});

describe('recording a combination', () => {
  it('writes what was pressed as the list does', () => {
    expect(combinationOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+z');
    expect(combinationOf(press('z', { metaKey: true }), true)).toBe('mod+z');
    expect(combinationOf(press('!', { code: 'Digit1', shiftKey: true }), false)).toBe('shift+1');
    expect(combinationOf(press('?', { code: 'Slash', shiftKey: true }), false)).toBe('?');
    expect(combinationOf(press(' '), false)).toBe('space');
    expect(combinationOf(press('ArrowLeft', { altKey: true }), false)).toBe('alt+arrowleft');
    expect(combinationOf(press('¡', { code: 'Digit1', altKey: true, metaKey: true }), true)).toBe('mod+alt+1');
  });

  it('waits for more than a modifier, and takes none that no binding can say', () => {
    expect(combinationOf(press('Control', { ctrlKey: true }), false)).toBeUndefined();
    expect(combinationOf(press('Shift', { shiftKey: true }), false)).toBeUndefined();
    expect(combinationOf(press('a', { metaKey: true }), false)).toBeUndefined();
    expect(combinationOf(press('a', { ctrlKey: true }), true)).toBeUndefined();
    expect(combinationOf(press('Dead', { altKey: true }), true)).toBeUndefined();
  });

  it('records what the same press then means', () => {
    const presses = fc.record({
      letter: fc.constantFrom('a', 'k', 'z', '1', '7', 'F6', 'Enter', ' ', 'ArrowUp', 'Delete'),
      ctrlKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
    });
    fc.assert(
      fc.property(presses, ({ letter, ...held }) => {
        const key = held.shiftKey && /^[a-z]$/.test(letter) ? letter.toUpperCase() : letter;
        const code = /^\d$/.test(letter) ? `Digit${letter}` : /^[a-z]$/.test(letter) ? `Key${letter.toUpperCase()}` : letter;
        const one = { ...press(key), code, ...held };
        const recorded = combinationOf(one, false);
        expect(recorded !== undefined && matches(recorded, one, false), recorded).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it('keeps a bare letter to the canvas, wherever its action acts', () => {
    expect(actsIn('elsewhere', 'u', undefined)).toBe(false);
    expect(actsIn('elsewhere', 'shift+1', undefined)).toBe(false);
    expect(actsIn('canvas', 'u', undefined)).toBe(true);
    expect(actsIn('elsewhere', '?', undefined)).toBe(true);
  });

  it('warns of what the browser keeps, and of what is taken from it', () => {
    expect(browserKey('mod+w', false)?.kind).toBe('reserved');
    expect(browserKey('mod+3', false)?.kind).toBe('reserved');
    expect(browserKey('mod+q', true)?.kind).toBe('reserved');
    expect(browserKey('mod+q', false)).toBeUndefined();
    expect(browserKey('mod+p', false)?.says).toContain('prints');
    expect(browserKey('mod+alt+1', false)).toBeUndefined();
  });
});
