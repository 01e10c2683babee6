import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Action, actionsStore, keysOf } from './actions.ts';
import { bindKeys, bound, conflictsOf, normalKeys, provideActions, rebound, resetKeys, unbindKeys } from './bindings.ts';
import { DEFAULT_PREFERENCES, parsePreferences, preferencesStore } from './preferences.ts';

const run = () => {};
const DEFAULTS: readonly Action[] = [
  { id: 'undo', label: 'Undo', group: 'Edit', keys: ['mod+z'], run },
  { id: 'redo', label: 'Redo', group: 'Edit', keys: ['mod+shift+z', 'mod+y'], run },
  { id: 'fit', label: 'Fit', group: 'View', keys: ['shift+1'], where: 'canvas', run },
  { id: 'table', label: 'Draw a table', group: 'Canvas', keys: ['t'], where: 'canvas', run },
  { id: 'bare', label: 'Has no key', group: 'Canvas', run },
];
const ids = (actions: readonly Action[]) => actions.map((one) => one.id);

afterEach(() => {
  preferencesStore.setState(DEFAULT_PREFERENCES);
  actionsStore.setState({ actions: [] });
});

describe('the writing of keys', () => {
  it('is one for each combination', () => {
    expect(normalKeys('Shift+Mod+Z')).toBe('mod+shift+z');
    expect(normalKeys('alt+mod+1')).toBe('mod+alt+1');
    expect(normalKeys('shift+?')).toBe('?');
    expect(normalKeys('mod++')).toBe('mod++');
    expect(normalKeys('mod+plus')).toBe('mod++');
    expect(normalKeys('Esc')).toBe('escape');
    expect(normalKeys('shift+1')).toBe('shift+1');
  });

  it('says the same of what it wrote', () => {
    const part = fc.subarray(['mod', 'alt', 'shift']);
    const key = fc.constantFrom('a', 'z', '0', 'f6', 'arrowleft', '+', '-', '?', 'space', 'Enter');
    fc.assert(
      fc.property(part, key, (held, one) => {
        const written = normalKeys([...held.toReversed(), one].join('+'));
        expect(normalKeys(written)).toBe(written);
        expect(normalKeys([...held, one].join('+'))).toBe(written);
      }),
      { seed: 11 },
    );
  });
});

describe('binding keys', () => {
  it('replaces the keys an action comes with and leaves the others as they are', () => {
    const actions = bound(DEFAULTS, { undo: ['mod+u'] });
    expect(actions[0]?.keys).toEqual(['mod+u']);
    expect(actions[1]).toBe(DEFAULTS[1]);
  });

  it('sees who else answers to a combination, at the same place or over it', () => {
    expect(ids(conflictsOf(DEFAULTS, 'bare', 'mod+y'))).toEqual(['redo']);
    expect(ids(conflictsOf(DEFAULTS, 'bare', 'T'))).toEqual(['table']);
    expect(ids(conflictsOf(DEFAULTS, 'table', 'mod+z'))).toEqual(['undo']);
    expect(conflictsOf(DEFAULTS, 'undo', 'mod+z')).toEqual([]);
    expect(conflictsOf(DEFAULTS, 'undo', 'mod+q')).toEqual([]);
  });

  it('swaps: whoever had the key gets the one given up for it', () => {
    const next = rebound({}, DEFAULTS, DEFAULTS, 'undo', 'mod+y', 'swap');
    expect(next).toEqual({ undo: ['mod+y'], redo: ['mod+z', 'mod+shift+z'] });
    expect(conflictsOf(bound(DEFAULTS, next), 'undo', 'mod+y')).toEqual([]);
  });

  it('takes: whoever had the key goes without', () => {
    expect(rebound({}, DEFAULTS, DEFAULTS, 'bare', 't', 'take')).toEqual({ bare: ['t'], table: [] });
  });

  it('remembers nothing of what is as it comes', () => {
    expect(rebound({ undo: ['mod+u'] }, DEFAULTS, DEFAULTS, 'undo', 'mod+z')).toEqual({});
    expect(rebound({ gone: ['x'] }, DEFAULTS, DEFAULTS, 'bare', 'x')).toEqual({ bare: ['x'] });
  });

  it('never leaves two actions at one place with one key when it swaps, whatever is bound in which order', () => {
    const action = fc.constantFrom(...ids(DEFAULTS));
    const keys = fc.constantFrom('mod+z', 'mod+y', 't', 'shift+1', 'mod+u', 'x', 'mod+shift+z');
    fc.assert(
      fc.property(fc.array(fc.tuple(action, keys), { maxLength: 12 }), (steps) => {
        let bindings = {};
        for (const [id, combination] of steps) {
          bindings = rebound(bindings, bound(DEFAULTS, bindings), DEFAULTS, id, combination, 'swap');
          const actions = bound(DEFAULTS, bindings);
          expect(actions.find((one) => one.id === id)?.keys).toEqual([combination]);
          for (const one of actions) {
            for (const own of one.keys ?? []) expect(ids(conflictsOf(actions, one.id, own)), `${one.id} ${own}`).toEqual([]);
          }
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('the actions on offer', () => {
  it('follow the bindings at once, and come back', () => {
    const stop = provideActions(DEFAULTS);
    expect(keysOf('undo')).toBe('mod+z');
    bindKeys('undo', 'mod+y', 'take');
    expect(keysOf('undo')).toBe('mod+y');
    expect(keysOf('redo')).toBe('mod+shift+z');
    unbindKeys('fit');
    expect(keysOf('fit')).toBeUndefined();
    resetKeys('fit');
    expect(keysOf('fit')).toBe('shift+1');
    resetKeys();
    expect(actionsStore.getState().actions).toEqual(DEFAULTS);
    stop();
  });

  it('are stored as written and read back; nonsense is left out', () => {
    const bindings = { undo: ['mod+shift+u', '?', 'mod++'], redo: [] };
    expect(parsePreferences(JSON.stringify({ bindings })).bindings).toEqual(bindings);
    expect(parsePreferences(JSON.stringify({ bindings: { undo: ['<b>', 'shift+mod+a b'] } })).bindings).toEqual({});
  });
});
