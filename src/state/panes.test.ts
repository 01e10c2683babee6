import { afterEach, describe, expect, it } from 'vitest';
import { focusPane, isPaneOpen, panesStore, setNarrow, showDock, togglePane } from './panes.ts';
import { DEFAULT_PREFERENCES, preferencesStore } from './preferences.ts';
import { viewStore } from './view.ts';

afterEach(() => {
  preferencesStore.setState(DEFAULT_PREFERENCES);
  setNarrow(false);
});

describe('panes', () => {
  it('open and close beside each other in a wide window, and are remembered', () => {
    togglePane('navigator');
    expect(isPaneOpen('navigator')).toBe(false);
    expect(preferencesStore.getState().navigatorOpen).toBe(false);
    expect(isPaneOpen('inspector')).toBe(true);
  });

  it('lie over the canvas one at a time in a narrow window, without touching what is remembered', () => {
    setNarrow(true);
    expect(isPaneOpen('inspector')).toBe(false);
    togglePane('inspector');
    togglePane('dock');
    expect([isPaneOpen('inspector'), isPaneOpen('dock')]).toEqual([false, true]);
    togglePane('dock');
    expect(isPaneOpen('dock')).toBe(false);
    expect(preferencesStore.getState()).toEqual(DEFAULT_PREFERENCES);
  });

  it('open when the focus is wanted in them', () => {
    preferencesStore.setState({ dockOpen: false });
    focusPane('dock');
    expect(isPaneOpen('dock')).toBe(true);
    expect(panesStore.getState().focus?.pane).toBe('dock');
    showDock('problems');
    expect(viewStore.getState().dockTab).toBe('problems');
  });
});
