import { afterEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_PREFERENCES,
  noteRecentAction,
  parsePreferences,
  preferencesStore,
  rememberPreferences,
  setPreferences,
} from './preferences.ts';

afterEach(() => preferencesStore.setState(DEFAULT_PREFERENCES));

describe('preferences', () => {
  it('come by default when nothing, or nonsense, is stored', () => {
    for (const text of [null, '', '{', '[]', 'null', '"x"']) expect(parsePreferences(text)).toEqual(DEFAULT_PREFERENCES);
  });

  it('keep what makes sense of a store where some does not', () => {
    const stored = JSON.stringify({ theme: 'dark', navigatorWidth: 9000, dockHeight: 300, dockOpen: 'yes', recentActions: ['a'] });
    expect(parsePreferences(stored)).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark', dockHeight: 300, recentActions: ['a'] });
  });

  it('are remembered with each change', () => {
    const kept = new Map<string, string>([['crowfoot.preferences', JSON.stringify({ theme: 'light' })]]);
    const stop = rememberPreferences({ getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) });
    expect(preferencesStore.getState().theme).toBe('light');
    setPreferences({ inspectorOpen: false });
    expect(parsePreferences(kept.get('crowfoot.preferences') ?? null)).toMatchObject({ theme: 'light', inspectorOpen: false });
    stop();
  });

  it('do without a store that refuses', () => {
    const refuse = () => {
      throw new Error('denied');
    };
    rememberPreferences({ getItem: refuse, setItem: refuse })();
    const stop = rememberPreferences({ getItem: () => null, setItem: refuse });
    setPreferences({ theme: 'dark' });
    expect(preferencesStore.getState().theme).toBe('dark');
    stop();
  });

  it('put the last used action first, once', () => {
    for (const id of ['a', 'b', 'a']) noteRecentAction(id);
    expect(preferencesStore.getState().recentActions).toEqual(['a', 'b']);
    for (let n = 0; n < 30; n++) noteRecentAction(`x${n}`);
    expect(preferencesStore.getState().recentActions).toHaveLength(12);
  });
});
