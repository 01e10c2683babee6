import { describe, expect, it } from 'vitest';
import { ariaKeys, keyCaps, keyText } from './keys.ts';

describe('key names', () => {
  it('are those of the board', () => {
    expect(keyCaps('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('mod+shift+z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keyText('mod+arrowup', false)).toBe('Ctrl+↑');
    expect(keyCaps('f6', false)).toEqual(['F6']);
    expect(keyCaps('+', false)).toEqual(['+']);
  });

  it('are said in the notation of aria-keyshortcuts', () => {
    expect(ariaKeys('mod+alt+1', false)).toBe('Control+Alt+1');
    expect(ariaKeys('mod+k', true)).toBe('Meta+K');
    expect(ariaKeys('delete', false)).toBe('Delete');
  });
});
