import { createStore } from 'zustand/vanilla';

export type Theme = 'system' | 'light' | 'dark';

/** How this browser shows the studio: remembered between visits, no part of any document. */
export interface Preferences {
  readonly theme: Theme;
  readonly navigatorOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly dockOpen: boolean;
  /** Pixels. */
  readonly navigatorWidth: number;
  readonly inspectorWidth: number;
  readonly dockHeight: number;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  navigatorOpen: true,
  inspectorOpen: true,
  dockOpen: true,
  navigatorWidth: 260,
  inspectorWidth: 340,
  dockHeight: 280,
};

export const preferencesStore = createStore<Preferences>(() => DEFAULT_PREFERENCES);
