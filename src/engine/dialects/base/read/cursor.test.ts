import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor.ts';

const over = (text: string) => new Cursor(text, 'mysql');

describe('the cursor', () => {
  it('takes words, names, texts and numbers', () => {
    const cursor = over("CREATE TABLE `a b`.c COMMENT 'x' -12 ;");
    expect(cursor.take('CREATE', 'TABLE')).toBe(true);
    expect(cursor.take('TABLE')).toBe(false);
    expect(cursor.qualified()).toEqual({ schema: 'a b', name: 'c' });
    expect(cursor.takeAny('X', 'COMMENT')).toBe('COMMENT');
    expect(cursor.string()).toBe('x');
    expect(cursor.number()).toBe('-12');
    expect(cursor.done).toBe(true);
    expect(cursor.problem).toBeUndefined();
  });

  it('gives expressions as they are written', () => {
    const cursor = over('DEFAULT (a  +  f(1, 2)) , CHECK (b > 0 /* why */ AND c) NOT NULL');
    expect(cursor.take('DEFAULT')).toBe(true);
    expect(cursor.until()).toBe('(a  +  f(1, 2))');
    expect(cursor.take(',')).toBe(true);
    expect(cursor.take('CHECK')).toBe(true);
    expect(cursor.bracketed()).toBe('b > 0 /* why */ AND c');
    expect(cursor.rest()).toBe('NOT NULL');
  });

  it('stops at words outside brackets', () => {
    const cursor = over('a + (1 NOT 2) NOT NULL');
    expect(cursor.until('NOT')).toBe('a + (1 NOT 2)');
  });

  it('lists', () => {
    const cursor = over('(a, `b`, c) x');
    expect(cursor.list(() => cursor.name())).toEqual(['a', 'b', 'c']);
    expect(cursor.word()).toBe('X');
  });

  it('tell a comma behind the last entry, where it stands', () => {
    const cursor = over('(a, b,) x');
    cursor.list(() => cursor.name());
    expect(cursor.problem).toMatchObject({ message: expect.stringContaining('behind the comma'), position: 5 });
    const taken = over('(a, b,) x');
    expect(taken.list(() => taken.name(), 'comma')).toEqual(['a', 'b']);
    expect(taken.word()).toBe('X');
  });

  it('remembers the first thing that does not fit, and goes to the end', () => {
    const cursor = over('a (b c) d');
    cursor.name();
    cursor.list(() => cursor.name());
    expect(cursor.problem).toEqual({ message: 'a comma or a closing bracket was expected, but here is c', position: 5 });
    cursor.expect('X');
    expect(cursor.problem?.position).toBe(5);
    expect(cursor.done).toBe(true);
  });

  it.each(['', '(', '()', '(a', '(a,', "('", '((((', ')'])('never goes on for ever: %s', (text) => {
    const cursor = over(text);
    cursor.list(() => cursor.name());
    expect(cursor.done).toBe(true);
    expect(cursor.problem).toBeDefined();
  });
});
