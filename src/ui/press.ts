import { IS_MAC } from './keys.ts';

/** What a key press has that matters here: a DOM KeyboardEvent fits. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMED: Readonly<Record<string, string>> = { space: ' ', plus: '+', esc: 'escape', del: 'delete' };

/** The key by its place on the board where the character depends on layout or modifiers. */
export function placedKey(code: string): string | undefined {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  if (/^(?:Digit|Numpad)\d$/.test(code)) return code.at(-1);
  return undefined;
}

/** Whether a press is the combination, such as `mod+alt+1` or `?`. */
export function matches(combination: string, press: Press, mac: boolean = IS_MAC): boolean {
  const parts = combination.toLowerCase().split(/\+(?=.)/);
  const named = parts.at(-1) ?? '';
  const wanted = Object.hasOwn(NAMED, named) ? (NAMED[named] as string) : named;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (parts.includes('mod') !== mod || other || parts.includes('alt') !== press.altKey) return false;
  const key = press.key.toLowerCase();
  // A sign such as `?` or `+` says itself whether Shift was held; letters, digits and named keys do not.
  const sign = wanted.length === 1 && !/[a-z0-9 ]/.test(wanted);
  if (!sign && parts.includes('shift') !== press.shiftKey) return false;
  return key === wanted || (!sign && placedKey(press.code) === wanted && (press.altKey || press.shiftKey || !/^[ -~]$/.test(key)));
}
