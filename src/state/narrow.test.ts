import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { NO_FILTER } from '#model/derive/narrow.ts';
import { load } from './document.ts';
import { clearFilter, isolate, keepNarrowing, narrowStore, setFilter } from './narrow.ts';
import { select, viewStore } from './view.ts';

let stop: () => void;
beforeEach(() => {
  stop = keepNarrowing();
  setFilter({ name: 'ord' });
  isolate({ kind: 'focus', of: ['orders'] });
});
afterEach(() => stop());

describe('what narrows a diagram', () => {
  it('ends with the diagram and the document', () => {
    viewStore.setState({ diagram: 'another' });
    expect(narrowStore.getState()).toMatchObject({ filter: NO_FILTER, isolation: undefined });
    setFilter({ tags: ['core'] });
    load(emptyDocument());
    expect(narrowStore.getState().filter).toEqual(NO_FILTER);
  });

  it('changes by kinds', () => {
    setFilter({ tags: ['core'] });
    expect(narrowStore.getState().filter).toEqual({ ...NO_FILTER, name: 'ord', tags: ['core'] });
    clearFilter();
    expect(narrowStore.getState().filter).toEqual(NO_FILTER);
    expect(narrowStore.getState().isolation).toBeDefined();
  });

  it('lets a focus follow the selection, but not into nothing; neighbours stay', () => {
    select([{ record: 'customers', part: 'id' }, { record: 'customers' }]);
    expect(narrowStore.getState().isolation).toEqual({ kind: 'focus', of: ['customers'] });
    select([]);
    expect(narrowStore.getState().isolation).toEqual({ kind: 'focus', of: ['customers'] });
    const neighbours = { kind: 'neighbours', of: ['a'], depth: 2, reach: 'both' } as const;
    isolate(neighbours);
    select([{ record: 'orders' }]);
    expect(narrowStore.getState().isolation).toEqual(neighbours);
  });
});
