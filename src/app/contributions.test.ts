import { describe, expect, it } from 'vitest';
import { ICONS } from '#ui/icons.ts';
import { CONTRIBUTIONS } from './contributions.ts';

describe('the list of actions', () => {
  it('has each id once', () => {
    const ids = CONTRIBUTIONS.map((action) => action.id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('names icons that are shipped', () => {
    expect(
      CONTRIBUTIONS.filter(({ icon }) => icon !== undefined && !Object.hasOwn(ICONS, icon)).map((one) => `${one.id}: ${one.icon}`),
    ).toEqual([]);
  });

  it('gives a key to one action at a place', () => {
    const taken = CONTRIBUTIONS.flatMap((action) => (action.keys ?? []).map((keys) => `${action.where ?? 'everywhere'} ${keys}`));
    expect(taken.filter((one, at) => taken.indexOf(one) !== at)).toEqual([]);
  });

  it('keeps single keys to the canvas', () => {
    const loose = CONTRIBUTIONS.filter(
      (action) => action.where !== 'canvas' && action.keys?.some((keys) => /^[a-z0-9]$/.test(keys)),
    );
    expect(loose.map((action) => action.id)).toEqual([]);
  });
});
