import { expect, it } from 'vitest';
import type { Proposal, ProposedTable } from '#engine/decompose/types.ts';
import { provisionally } from './planner.ts';

const part = (name: string, more: Partial<ProposedTable> = {}): ProposedTable => ({
  remainder: false,
  name,
  columns: [name],
  moved: [name],
  key: [name],
  keepsKey: false,
  unique: [],
  unenforced: [],
  nullable: [],
  policies: [],
  ...more,
});

const proposal: Proposal = {
  table: 't',
  tables: [part('t', { remainder: true }), part('zip', { nullable: ['zip'], policies: ['own row', 'refuse'] }), part('state')],
  links: [],
  joins: [],
  lost: [],
  repeats: false,
};
const names = { 0: 't', 1: 'places', 2: 'states' };

it('a plan that is settled is looked at as it is', () => {
  expect(provisionally({ plan: { proposal }, settled: { names, nulls: { 1: 'refuse' } }, problems: {} })).toBeUndefined();
});

it('what is open of a plan is as proposed: the first policy, names instead of those that cannot be', () => {
  const open = provisionally({ plan: { proposal }, settled: { names, nulls: {} }, problems: {} });
  expect(open?.settled).toMatchObject({ names, nulls: { 1: 'own row' } });
  const wrong = provisionally({
    plan: { proposal },
    settled: { names, nulls: { 1: 'refuse' }, places: { 2: { x: 1, y: 2 } } },
    problems: { 2: 'taken' },
  });
  expect(wrong?.settled).toEqual({
    names: { 0: 't', 1: 'places', 2: 'state' },
    nulls: { 1: 'refuse' },
    places: { 2: { x: 1, y: 2 } },
  });
});
