import { beforeEach, expect, it } from 'vitest';
import { decompositionStore } from '#state/decomposition.ts';
import { sessionStore, settle } from './session.ts';

beforeEach(() => decompositionStore.setState({ subject: { table: 't', choice: 'recommended' } }));

it('what is said of a plan adds up, plan by plan', () => {
  settle('BCNF', 'a|b', { names: { 1: 'places' } });
  settle('BCNF', 'a|b', { nulls: { 1: 'keep' } });
  settle('BCNF', 'a|b', { names: { 2: 'people' }, places: { 1: { x: 4, y: 8 } } });
  settle('3NF', 'a|b', { names: { 1: 'zips' } });
  const { kept } = sessionStore.getState();
  expect(kept.BCNF?.settled).toEqual({ names: { 1: 'places', 2: 'people' }, nulls: { 1: 'keep' }, places: { 1: { x: 4, y: 8 } } });
  expect(kept['3NF']?.settled.names).toEqual({ 1: 'zips' });
});

it('of a plan with other tables nothing is kept', () => {
  settle('BCNF', 'a|b', { names: { 1: 'places' } });
  settle('BCNF', 'a|b|c', { names: { 2: 'people' } });
  expect(sessionStore.getState().kept.BCNF).toEqual({ shape: 'a|b|c', settled: { names: { 2: 'people' }, nulls: {}, places: {} } });
});

it('another table begins anew', () => {
  settle('BCNF', 'a|b', { names: { 1: 'places' } });
  sessionStore.setState({ picked: 'keep' });
  decompositionStore.setState({ subject: { table: 'u', choice: 'recommended' } });
  expect(sessionStore.getState()).toEqual({ kept: {} });
});

it('a view of the old shape stays wanted until somebody says otherwise', () => {
  settle('3NF', 'views', { view: true });
  settle('3NF', 'views', { names: { 1: 'zips' } });
  expect(sessionStore.getState().kept['3NF']?.settled.view).toBe(true);
  settle('3NF', 'views', { view: false });
  expect(sessionStore.getState().kept['3NF']?.settled.view).toBe(false);
});
