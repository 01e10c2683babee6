import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import { applyDiff, reverseDiff } from '../diff.ts';
import type { Document } from '../types.ts';
import { validate } from '../validate.ts';
import type { CommandCall } from './registry.ts';
import { runCommands } from './run.ts';

/** People and pets are kept by the concept only; customers have a table. */
function document(): Document {
  const table = (id: string, name: string) => emptyTable(id, 'sch_public', name);
  return {
    ...emptyDocument(),
    tables: { c: table('c', 'customers') },
    entities: { p: table('p', 'people'), q: table('q', 'pets') },
    hierarchies: { isa: { id: 'isa', supertype: 'p', subtypes: ['c', 'q'] } },
  };
}

const setEntity = (id: string, patch: object): CommandCall => ({ name: 'setEntity', args: { id, patch } }) as CommandCall;

function ran(...calls: CommandCall[]) {
  return runCommands(document(), calls, derivedIds());
}

describe('an entity without a table', () => {
  it('is renamed and described in one step that can be taken back', () => {
    const done = ran(setEntity('p', { name: 'persons', comment: 'Whoever we know' }));
    if (!done.ok) throw new Error(done.problem.message);
    expect(done.value.label).toBe('Rename entity people to persons');
    expect(done.value.document.entities['p']).toMatchObject({ name: 'persons', comment: 'Whoever we know' });
    expect(validate(done.value.document)).toEqual([]);
    expect(applyDiff(done.value.document, reverseDiff(done.value.diff))).toEqual(document());
  });

  it('forgets a comment that is emptied', () => {
    const done = ran(setEntity('p', { comment: 'x' }), setEntity('p', { comment: null }));
    expect(done.ok && done.value.document).toEqual(document());
  });

  it('changes nothing else, whatever the patch holds', () => {
    const done = ran(setEntity('p', { name: 'persons', columns: [{ id: 'x' }], schema: 'gone', id: 'other' }));
    expect(done.ok && done.value.document.entities['p']).toEqual({ ...document().entities['p'], name: 'persons' });
  });

  it('is refused names that a table or another entity has, and unusable ones', () => {
    const code = (call: CommandCall) => {
      const done = ran(call);
      return done.ok ? 'done' : done.problem.code;
    };
    expect(code(setEntity('p', { name: 'customers' }))).toBe('name-taken');
    expect(code(setEntity('p', { name: 'pets' }))).toBe('name-taken');
    expect(code(setEntity('p', { name: '' }))).toBe('name-unusable');
    expect(code(setEntity('p', { name: 'people' }))).toBe('done');
    expect(code(setEntity('c', { name: 'x' }))).toBe('not-found');
    expect(code(setEntity('__proto__', { name: 'x' }))).toBe('not-found');
  });
});
