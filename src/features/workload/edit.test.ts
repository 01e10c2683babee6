import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { queriesInOrder } from '#model/derive/queries.ts';
import { documentStore, load, undo } from '#state/document.ts';
import { noticesStore } from '#state/notices.ts';
import { runs } from '#test/runs.ts';
import {
  addQuery,
  literalProblem,
  moveQuery,
  readShare,
  removeQueries,
  setQuery,
  sharesProblem,
  shareText,
  withParameter,
} from './edit.ts';

beforeEach(() => load(emptyDocument()));

const names = () => queriesInOrder(documentStore.getState().document).map(({ name }) => name);

describe('queries', () => {
  it('are added behind the others under a free name, changed, moved and removed, each as one step', () => {
    const [a, b, c] = [addQuery() ?? '', addQuery() ?? '', addQuery() ?? ''];
    expect(names()).toEqual(['New query', 'New query 2', 'New query 3']);
    setQuery(b, { name: 'second', callsPerHour: 5 });
    moveQuery(c, -1);
    expect(names()).toEqual(['New query', 'New query 3', 'second']);
    moveQuery(a, -1);
    moveQuery(b, 1);
    expect(names()).toEqual(['New query', 'New query 3', 'second']);
    removeQueries([a, c]);
    expect(names()).toEqual(['second']);
    expect([undo(), undo(), undo()]).toEqual(['Remove 2 queries', 'Reorder the queries', 'Rename query New query 2 to second']);
    expect(names()).toEqual(['New query', 'New query 2', 'New query 3']);
  });

  it('that were removed come back by what the message offers, unless something was done since', () => {
    const id = addQuery() ?? '';
    removeQueries([id]);
    const message = noticesStore.getState().notices.at(-1);
    expect(message?.text).toBe('Query New query was removed.');
    message?.action?.run();
    expect(names()).toEqual(['New query']);
    removeQueries([id]);
    const late = noticesStore.getState().notices.at(-1);
    addQuery();
    late?.action?.run();
    expect(names()).toEqual(['New query']);
    expect(queriesInOrder(documentStore.getState().document)[0]?.id).not.toBe(id);
    expect(noticesStore.getState().notices.at(-1)?.tone).toBe('warn');
  });

  it('say why they cannot be changed', () => {
    expect(setQuery('gone', { callsPerHour: 1 })).toBe(false);
    expect(noticesStore.getState().notices.at(-1)?.tone).toBe('bad');
    const id = addQuery() ?? '';
    expect(setQuery(id, { name: '' })).toBe(false);
  });
});

describe('values of parameters', () => {
  it('are literals of SQL', () => {
    for (const good of [
      '42',
      '-1.5',
      '1e9',
      "'open'",
      "'it''s'",
      "date '2026-01-01'",
      "E'x'",
      'NULL',
      'true',
      'ARRAY[1, 2]',
      '(1, 2)',
    ])
      expect(literalProblem(good), good).toBeUndefined();
    for (const bad of ['', '  ', 'open', "'open", "a' or 'b", '1; DROP TABLE x', 'now()'])
      expect(literalProblem(bad), bad).toBeDefined();
  });

  it('have shares as fractions or in percent', () => {
    expect(['0.8', '80%', '80 %', '80', '1', '100', '0', ''].map(readShare)).toEqual([0.8, 0.8, 0.8, 0.8, 1, 1, 0, undefined]);
    expect(['101', '-1', 'many', '1.2.3'].map(readShare)).toEqual(Array(4).fill('bad'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (n) => {
        expect(readShare(shareText(n / 10_000))).toBeCloseTo(n / 10_000, 9);
      }),
      runs(5),
    );
    expect(shareText(undefined)).toBe('');
  });

  it('take the place of those known before, and are forgotten when there are none', () => {
    const one = { name: '$1', values: [{ sql: '1' }] };
    const two = { name: '$2', values: [{ sql: '2', share: 0.5 }] };
    expect(withParameter(undefined, one)).toEqual([one]);
    expect(withParameter([one, two], { name: '$1', values: [] })).toEqual([two]);
    expect(withParameter([one], { name: '$1', values: [] })).toBeNull();
    expect(sharesProblem(two)).toBeUndefined();
    expect(
      sharesProblem({
        name: '$2',
        values: [
          { sql: '1', share: 0.7 },
          { sql: '2', share: 0.6 },
        ],
      }),
    ).toContain('130 %');
  });
});
