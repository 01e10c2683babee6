import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import { copyText, type Fragment, parseFragment, pasteArgs } from './clipboard.ts';
import { runCommands } from './commands/run.ts';
import { emptyDocument } from './create.ts';
import { endsOf } from './derive/ends.ts';
import { typeName } from './derive/type-name.ts';
import type { Document, Id, Table } from './types.ts';
import { validate } from './validate.ts';

function walk(seed: number, steps: number): Document {
  const dice = seededDice(seed);
  const ids = derivedIds();
  let document = emptyDocument();
  for (let n = 0; n < steps; n++) {
    const ran = runCommands(document, [randomCall(document, dice)], ids);
    if (ran.ok) document = ran.value.document;
  }
  return document;
}

function fragmentOf(document: Document, ids: readonly Id[]): Fragment {
  const text = copyText(document, ids);
  const fragment = text === undefined ? undefined : parseFragment(text);
  if (fragment === undefined || !fragment.ok) throw new Error(fragment === undefined ? 'nothing' : fragment.problem.message);
  return fragment.value;
}

function paste(document: Document, fragment: Fragment): Document {
  const args = pasteArgs(document, fragment, derivedIds(), { x: 100, y: 50 });
  if (!args.ok) throw new Error(args.problem.message);
  const ran = runCommands(document, [{ name: 'putRecords', args: args.value }], derivedIds());
  if (!ran.ok) throw new Error(`${ran.problem.code} ${ran.problem.message}`);
  return ran.value.document;
}

describe('the clipboard', () => {
  it('[P1] whatever is copied can be pasted into the same and into an empty document, sound and beside the old', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const document = walk(seed, 120);
        const ids = Object.keys(document.tables).filter((_, at) => at % 2 === 0);
        if (ids.length === 0) return;
        const fragment = fragmentOf(document, ids);
        for (const target of [document, emptyDocument()]) {
          const pasted = paste(target, fragment);
          expect(validate(pasted)).toEqual([]);
          expect(Object.keys(pasted.tables)).toHaveLength(Object.keys(target.tables).length + ids.length);
          for (const id of Object.keys(target.tables)) expect(pasted.tables[id]).toBe(target.tables[id]);
        }
      }),
      runs(11, 60),
    );
  });

  it('[P2] a pasted pair of tables relates as the copied pair does', () => {
    const made = runCommands(
      emptyDocument(),
      [
        { name: 'addType', args: { record: { id: 'mood', name: 'mood', kind: 'enum', schema: 'sch_public', values: ['ok'] } } },
        {
          name: 'addTable',
          args: {
            table: {
              id: 'p',
              name: 'parents',
              columns: [
                { id: 'p1', name: 'id', type: { kind: 'builtin', name: 'bigint' }, nullable: false },
                { id: 'p2', name: 'mood', type: { kind: 'custom', type: 'mood' }, nullable: true },
              ],
            },
            place: { x: 10, y: 10 },
          },
        },
        { name: 'addTable', args: { table: { id: 'c', name: 'children' }, place: { x: 300, y: 90 } } },
        { name: 'setPrimaryKey', args: { table: 'p', columns: ['p1'] } },
        {
          name: 'addRelationship',
          args: { relationship: { child: 'c', parent: 'p', onDelete: 'cascade' }, createColumns: { key: 'unique' } },
        },
      ],
      derivedIds(),
    );
    if (!made.ok) throw new Error(made.problem.message);
    const pasted = paste(emptyDocument(), fragmentOf(made.value.document, ['c', 'p']));
    const [relationship] = Object.values(pasted.relationships);
    if (relationship === undefined) throw new Error('no relationship');
    expect(endsOf(pasted, relationship)).toEqual({ child: '0..1', parent: '1', identifying: false });
    expect(relationship).toMatchObject({ onDelete: 'cascade' });
    const parents = Object.values(pasted.tables).find((one) => one.name === 'parents') as Table;
    expect(parents.columns.map((one) => typeName(pasted, one.type))).toEqual(['bigint', 'mood']);
    expect(Object.values(pasted.placements).map(({ x, y }) => [x, y])).toEqual([
      [390, 130],
      [100, 50],
    ]);
    const twice = paste(pasted, fragmentOf(pasted, [parents.id]));
    expect(Object.values(twice.tables).map((one) => one.name)).toContain('parents_2');
    expect(Object.keys(twice.types)).toHaveLength(1);
  });

  it('[P3] what is no fragment, or a hostile one, is refused', () => {
    const codes = [
      'hello',
      '{"format":"crowfoot-fragment"}',
      '{"format":"crowfoot-fragment","__proto__":{}}',
      '"crowfoot-fragment',
    ].map((text) => {
      const read = parseFragment(text);
      return read.ok ? 'read' : read.problem.code;
    });
    expect(codes).toEqual(['not-fragment', 'not-fragment', 'hostile-key', 'json-syntax']);
    expect(copyText(emptyDocument(), ['nothing', '__proto__'])).toBeUndefined();
  });
});
