import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { STATES } from '../e2e/a11y-list.ts';

const ROOT = join(import.meta.dirname, '..');
const states = Object.values(STATES).flat();

/** Whether a spec names a state: whole, or as a beginning in front of names that it goes through. */
function names(spec: string, state: string): boolean {
  const quoted = (text: string) => spec.includes(`'${text}'`) || spec.includes(`"${text}"`);
  const [head = '', ...tail] = state.split(': ');
  return quoted(state) || (spec.includes(`\`${head}: \${`) && quoted(tail.join(': ')));
}

it('every state that is listed as checked for accessibility is one of its file, and listed once', () => {
  const missing = Object.entries(STATES).flatMap(([file, listed]) => {
    const spec = readFileSync(join(ROOT, 'e2e', file), 'utf8');
    return listed.filter((state) => !names(spec, state)).map((state) => `${file}: ${state}`);
  });
  expect(missing).toEqual([]);
  expect(new Set(states).size).toBe(states.length);
});

it('the documents tell how many there are', () => {
  const said = /all (\d+) states of `e2e\/a11y-list\.ts`/.exec(readFileSync(join(ROOT, 'docs/testing.md'), 'utf8'));
  expect(Number(said?.[1])).toBe(states.length);
});
