import { describe, expect, it } from 'vitest';
import { TypingHistory } from './typing-history.ts';

const insert = (at: number, text: string) => ({ start: at, end: at, text });

describe('undo of typing', () => {
  it('takes a run of letters back at once, and gives it again', () => {
    const history = new TypingHistory();
    history.record('d', 'a', insert(1, 'b'), 0);
    history.record('d', 'ab', insert(2, 'c'), 100);
    expect(history.undo('d', 'abc')).toBe('a');
    expect(history.undo('d', 'a')).toBeUndefined();
    expect(history.redo('d', 'a')).toBe('abc');
  });

  it('begins a new step after a rest, at white space and when the kind changes', () => {
    const history = new TypingHistory();
    history.record('d', '', insert(0, 'a'), 0);
    history.record('d', 'a', insert(1, 'b'), 5000);
    history.record('d', 'ab', insert(2, ' '), 5100);
    history.record('d', 'ab ', { start: 2, end: 3, text: '' }, 5200);
    expect(history.undo('d', 'ab')).toBe('ab ');
    expect(history.undo('d', 'ab ')).toBe('ab');
    expect(history.undo('d', 'ab')).toBe('a');
    expect(history.undo('d', 'a')).toBe('');
  });

  it('loses what was undone once one types on, and everything with the draft', () => {
    const history = new TypingHistory();
    history.record('d', '', insert(0, 'a'), 0);
    history.undo('d', 'a');
    history.record('d', '', insert(0, 'x'), 10);
    expect(history.redo('d', 'x')).toBeUndefined();
    history.forget('d');
    expect(history.undo('d', 'x')).toBeUndefined();
  });
});
