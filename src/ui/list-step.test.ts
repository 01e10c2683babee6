import { expect, it } from 'vitest';
import { listStep } from './list-step.ts';

it('goes by rows, pages and to the ends, and stays within the list', () => {
  const from = (at: number) => ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => listStep(key, at, 20, 8));
  expect(from(10)).toEqual([11, 9, 18, 2, 0, 19]);
  expect(from(0)).toEqual([1, 0, 8, 0, 0, 19]);
  expect(from(19)).toEqual([19, 18, 19, 11, 0, 19]);
});

it('says nothing of other keys, nor of a list without rows', () => {
  expect(['Enter', 'a', 'constructor'].map((key) => listStep(key, 3, 20, 8))).toEqual([undefined, undefined, undefined]);
  expect(listStep('ArrowDown', 0, 0, 8)).toBeUndefined();
});
