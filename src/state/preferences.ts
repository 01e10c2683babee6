import * as v from 'valibot';
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
  /** Ids of actions a person used, the last one first. */
  readonly recentActions: readonly string[];
  readonly minimapOpen: boolean;
  /** Keys a person chose, by action id. */
  readonly bindings: Readonly<Record<string, readonly string[]>>;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  navigatorOpen: true,
  inspectorOpen: true,
  dockOpen: true,
  navigatorWidth: 260,
  inspectorWidth: 340,
  dockHeight: 280,
  recentActions: [],
  minimapOpen: true,
  bindings: {},
};

/** Limits of the panes, in pixels. */
export const PANE_LIMITS = {
  navigatorWidth: { min: 180, max: 420 },
  inspectorWidth: { min: 280, max: 520 },
  dockHeight: { min: 120, max: 720 },
} as const;

const KEY = 'crowfoot.preferences';
const RECENT_LIMIT = 12;

const pixels = (name: keyof typeof PANE_LIMITS) =>
  v.fallback(v.pipe(v.number(), v.minValue(PANE_LIMITS[name].min), v.maxValue(PANE_LIMITS[name].max)), DEFAULT_PREFERENCES[name]);
const flag = (name: 'navigatorOpen' | 'inspectorOpen' | 'dockOpen' | 'minimapOpen') =>
  v.fallback(v.boolean(), DEFAULT_PREFERENCES[name]);

/** As {@link normalKeys} of bindings writes them. */
const COMBINATION = /^(?:mod\+)?(?:ctrl\+)?(?:alt\+)?(?:shift\+)?(?:[a-z0-9]{2,12}|\S)$/;

const STORED = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), DEFAULT_PREFERENCES.theme),
  navigatorOpen: flag('navigatorOpen'),
  inspectorOpen: flag('inspectorOpen'),
  dockOpen: flag('dockOpen'),
  navigatorWidth: pixels('navigatorWidth'),
  inspectorWidth: pixels('inspectorWidth'),
  dockHeight: pixels('dockHeight'),
  recentActions: v.fallback(v.array(v.string()), []),
  minimapOpen: flag('minimapOpen'),
  bindings: v.fallback(v.record(v.string(), v.array(v.pipe(v.string(), v.regex(COMBINATION)))), {}),
});

/** Preferences from stored text: what is missing or makes no sense is as it comes by default. */
export function parsePreferences(text: string | null): Preferences {
  if (text === null) return DEFAULT_PREFERENCES;
  try {
    const parsed = v.safeParse(STORED, JSON.parse(text));
    return parsed.success ? parsed.output : DEFAULT_PREFERENCES;
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

export const preferencesStore = createStore<Preferences>(() => DEFAULT_PREFERENCES);

/** Takes up what an earlier visit left, and keeps every later change. A browser that stores nothing is no error. */
export function rememberPreferences(storage: Pick<Storage, 'getItem' | 'setItem'>): () => void {
  try {
    preferencesStore.setState(parsePreferences(storage.getItem(KEY)));
  } catch {
    return () => {};
  }
  return preferencesStore.subscribe((preferences) => {
    try {
      storage.setItem(KEY, JSON.stringify(preferences));
    } catch {
      // A full or forbidden store: the studio works on, it only forgets its looks.
    }
  });
}

export function setPreferences(change: Partial<Preferences>): void {
  preferencesStore.setState(change);
}

/** Puts an action at the head of the recently used ones. */
export function noteRecentAction(id: string): void {
  preferencesStore.setState(({ recentActions }) => ({
    recentActions: [id, ...recentActions.filter((one) => one !== id)].slice(0, RECENT_LIMIT),
  }));
}
