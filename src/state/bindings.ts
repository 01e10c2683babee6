import { type Action, actionsStore } from './actions.ts';
import { preferencesStore } from './preferences.ts';

/** Keys a person chose, by action id: they replace the ones it comes with. An empty list takes its keys away. */
export type Bindings = Readonly<Record<string, readonly string[]>>;

const MODIFIERS = ['mod', 'ctrl', 'alt', 'shift'] as const;
const ALIASES: Readonly<Record<string, string>> = { ' ': 'space', esc: 'escape', del: 'delete', plus: '+' };

/** A combination in the one way it is written: modifiers in order, lower case, signs without Shift. */
export function normalKeys(combination: string): string {
  const parts = combination.toLowerCase().split(/\+(?=.)/);
  const last = parts.at(-1) ?? '';
  const key = Object.hasOwn(ALIASES, last) ? (ALIASES[last] as string) : last;
  // A sign says itself whether Shift was held.
  const sign = key.length === 1 && !/[a-z0-9]/.test(key);
  const held = MODIFIERS.filter((one) => parts.slice(0, -1).includes(one) && !(sign && one === 'shift'));
  return [...held, key].join('+');
}

/** The actions with a person's keys in place of those they come with; unchanged ones keep their identity. */
export function bound(actions: readonly Action[], bindings: Bindings): readonly Action[] {
  return actions.map((action) => {
    if (!Object.hasOwn(bindings, action.id)) return action;
    return { ...action, keys: bindings[action.id] ?? [] };
  });
}

/** Whether the keys of two actions can be pressed at the same place. */
function meet(a: Action, b: Action): boolean {
  return (a.where ?? 'everywhere') === (b.where ?? 'everywhere') || a.where !== 'canvas' || b.where !== 'canvas';
}

/**
 * The other actions that answer to a combination where this one would. An action of the canvas that shadows one of the
 * whole studio counts too: the other would stop working there.
 */
export function conflictsOf(actions: readonly Action[], id: string, combination: string): readonly Action[] {
  const wanted = normalKeys(combination);
  const own = actions.find((one) => one.id === id);
  if (own === undefined) return [];
  return actions.filter((one) => one.id !== id && meet(one, own) && one.keys?.some((keys) => normalKeys(keys) === wanted) === true);
}

const without = (keys: readonly string[] | undefined, combination: string) =>
  (keys ?? []).filter((one) => normalKeys(one) !== normalKeys(combination));

/**
 * The bindings after an action got a combination as its only key.
 * @param actions as they are bound now.
 * @param defaults as they come.
 * @param others `swap`: whoever had it gets the key this action had; `take`: they lose it; `keep`: both answer to it.
 */
export function rebound(
  bindings: Bindings,
  actions: readonly Action[],
  defaults: readonly Action[],
  id: string,
  combination: string,
  others: 'swap' | 'take' | 'keep' = 'keep',
): Bindings {
  const next: Record<string, readonly string[]> = { ...bindings, [id]: [normalKeys(combination)] };
  if (others !== 'keep') {
    const free = actions.find((one) => one.id === id)?.keys?.[0];
    for (const other of conflictsOf(actions, id, combination)) {
      const left = without(other.keys, combination);
      next[other.id] = others === 'swap' && free !== undefined ? [free, ...without(left, free)] : left;
    }
  }
  return trimmed(next, defaults);
}

/** Bindings without those that say what holds anyway, and of actions that exist. */
function trimmed(bindings: Bindings, defaults: readonly Action[]): Bindings {
  const kept: Record<string, readonly string[]> = {};
  for (const action of defaults) {
    if (!Object.hasOwn(bindings, action.id)) continue;
    const keys = bindings[action.id] ?? [];
    const own = (action.keys ?? []).map(normalKeys);
    if (keys.length !== own.length || keys.some((one, at) => normalKeys(one) !== own[at])) kept[action.id] = keys;
  }
  return kept;
}

let given: readonly Action[] = [];

/** Offers these actions, with a person's own keys; follows when they bind others. Returns how to stop. */
export function provideActions(actions: readonly Action[]): () => void {
  given = actions;
  let known: Bindings | undefined;
  const apply = () => {
    const { bindings } = preferencesStore.getState();
    if (bindings === known) return;
    known = bindings;
    actionsStore.setState({ actions: bound(given, bindings) });
  };
  apply();
  return preferencesStore.subscribe(apply);
}

/** Gives an action another key. */
export function bindKeys(id: string, combination: string, others: 'swap' | 'take' | 'keep' = 'keep'): void {
  const { actions } = actionsStore.getState();
  preferencesStore.setState(({ bindings }) => ({ bindings: rebound(bindings, actions, given, id, combination, others) }));
}

/** Takes an action's keys away. */
export function unbindKeys(id: string): void {
  preferencesStore.setState(({ bindings }) => ({ bindings: trimmed({ ...bindings, [id]: [] }, given) }));
}

/** Gives an action, or every one, the keys it comes with. */
export function resetKeys(id?: string): void {
  preferencesStore.setState(({ bindings }) => ({
    bindings: id === undefined ? {} : Object.fromEntries(Object.entries(bindings).filter(([one]) => one !== id)),
  }));
}
