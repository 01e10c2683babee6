import { type Action, actionsStore } from '#state/actions.ts';
import { normalKeys } from '#state/bindings.ts';
import { IS_MAC } from '#ui/keys.ts';
import { matches, type Press, placedKey } from '#ui/press.ts';

/** Where the focus is when a key is pressed. */
export type Focus = 'canvas' | 'elsewhere' | 'field' | 'editor' | 'modal';

const MODIFIER = /^(?:control|shift|alt|meta|altgraph|capslock|numlock|fn|hyper|super|os|dead|process|unidentified|compose)$/;

/**
 * The combination a press stands for, as the shortcuts list writes it; undefined for a modifier alone, for what a keyboard
 * composes, and for what no binding can say (Control on a Mac, the Windows key elsewhere).
 */
export function combinationOf(press: Press, mac: boolean = IS_MAC): string | undefined {
  const key = press.key.toLowerCase();
  if (MODIFIER.test(key) || (mac ? press.ctrlKey : press.metaKey)) return undefined;
  const placed = placedKey(press.code);
  const typed = key === ' ' ? 'space' : key;
  const letter = placed !== undefined && (press.altKey || press.shiftKey || !/^[ -~]$/.test(key)) ? placed : typed;
  const mod = mac ? press.metaKey : press.ctrlKey;
  return normalKeys([mod ? 'mod+' : '', press.altKey ? 'alt+' : '', press.shiftKey ? 'shift+' : '', letter].join(''));
}

/** Keys that belong to whoever edits text: a field's own undo, clipboard, selection and deletion. */
const FIELD_OWN =
  /^(?:mod\+(?:shift\+)?(?:[zyacxvd]|backspace|enter|arrow\w+)|alt\+arrow\w+|(?:shift\+)?(?:delete|backspace|enter|arrow\w+))$/;
/** More that an editor of code has of its own: find, quick fix, rename, go to. */
const EDITOR_OWN = /^(?:mod\+(?:[fhgl./\][]|shift\+[kl]|alt\+arrow\w+)|(?:shift\+)?f(?:1|2|3|7|8|9|12)|alt\+\w)$/;

/** Whether a combination may act while the focus is there. */
export function actsIn(focus: Focus, combination: string, where: Action['where']): boolean {
  if (focus === 'modal') return false;
  if ((where === 'canvas' || /^(?:shift\+)?[a-z0-9]$/.test(combination)) && focus !== 'canvas') return false;
  if (focus === 'canvas' || focus === 'elsewhere') return true;
  const command = /^(?:mod\+|alt\+|(?:shift\+)?f\d)/.test(combination);
  if (!command || FIELD_OWN.test(combination)) return false;
  return focus === 'field' || !EDITOR_OWN.test(combination);
}

/** The action a press means with the focus there, if one can be done now. */
export function actionFor(actions: readonly Action[], press: Press, focus: Focus, mac: boolean = IS_MAC): Action | undefined {
  const fits = actions.filter((action) =>
    action.keys?.some((keys) => matches(keys, press, mac) && actsIn(focus, keys.toLowerCase(), action.where)),
  );
  const able = fits.filter((action) => action.when?.() ?? true);
  return able.find((action) => action.where === 'canvas') ?? able[0];
}

const FIELD =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true], [role=combobox], [data-edits] input';

/** Where the focus is, from the element that has it. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest('.monaco-editor') !== null) return 'editor';
  if (target.closest('[data-modal]') !== null) return 'modal';
  if (target.closest('[role=menu], [role=listbox]') !== null) return 'modal';
  if (target.closest('[role=tablist]') !== null) return 'elsewhere';
  if (target.closest(FIELD) !== null) return 'field';
  // Cells of a grid that stands on the canvas have keys of their own: arrows, letters, Delete.
  if (target.closest('[role=grid]') !== null) return 'elsewhere';
  return target === document.body || target.closest('[data-pane=canvas]') !== null ? 'canvas' : 'elsewhere';
}

/** The browser turns these into clipboard events, which carry the data. */
const CLIPBOARD = ['mod+c', 'mod+x', 'mod+v'];

/** Enter and Space press the control that has the focus, whatever else they mean. */
function presses(target: EventTarget | null, key: string): boolean {
  return (
    (key === 'Enter' || key === ' ') && target instanceof Element && target.closest('button, a, summary, [role=separator]') !== null
  );
}

/** Hears every key once, before anybody else, and does the action it means. Returns how to stop. */
export function listenToKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (presses(event.target, event.key) || CLIPBOARD.some((keys) => matches(keys, event))) return;
    const focus = focusOf(event.target);
    const action = actionFor(actionsStore.getState().actions, event, focus);
    if (action === undefined) return;
    event.preventDefault();
    // The editor of SQL has a meaning of its own for saving: it hears that key too.
    if (!matches('mod+s', event)) event.stopPropagation();
    action.run();
  };
  window.addEventListener('keydown', onKeyDown, true);
  return () => window.removeEventListener('keydown', onKeyDown, true);
}
