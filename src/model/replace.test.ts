import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import { runCommands } from './commands/run.ts';
import { emptyDocument } from './create.ts';
import { parseDocument } from './format/parse.ts';
import { serialize } from './format/serialize.ts';
import { replaceArgs } from './replace.ts';
import type { Document } from './types.ts';

/** Two documents that a random walk passes through, the second some steps after the first. */
function pair(seed: number): readonly [Document, Document] {
  const dice = seededDice(seed);
  const ids = derivedIds();
  let document = emptyDocument();
  let half = document;
  for (let n = 0; n < 160; n++) {
    const ran = runCommands(document, [randomCall(document, dice)], ids);
    if (ran.ok) document = ran.value.document;
    if (n === 80) half = document;
  }
  return [half, document];
}

function replaced(from: Document, to: Document): Document {
  const ran = runCommands(from, [{ name: 'putRecords', args: replaceArgs(from, to, 'Replace') }], derivedIds());
  if (!ran.ok) throw new Error(`${ran.problem.code}: ${ran.problem.message}`);
  return ran.value.document;
}

describe('replacing a document', () => {
  it('gives exactly the other one, forward and back', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b] = pair(seed);
        expect(serialize(replaced(a, b))).toBe(serialize(b));
        expect(serialize(replaced(b, a))).toBe(serialize(a));
      }),
      runs(21, 60),
    );
  });

  it('touches only what differs, even in a document that was read from a file', () => {
    const [, b] = pair(5);
    const read = parseDocument(serialize(b));
    expect(read.ok && replaceArgs(b, read.value.document, 'x')).toMatchObject({ put: [], remove: [] });
    if (read.ok) expect(replaced(b, read.value.document)).toBe(b);
  });
});

describe('putRecords', () => {
  it('takes along what cannot stand without a removed record, unless it is put too', () => {
    const calls = [
      { name: 'addTable', args: { table: { id: 'a', name: 'a' } } },
      { name: 'addTable', args: { table: { id: 'b', name: 'b' } } },
      { name: 'addRelationship', args: { relationship: { id: 'r', child: 'a', parent: 'b' } } },
    ] as const;
    const made = runCommands(emptyDocument(), calls, derivedIds());
    if (!made.ok) throw new Error(made.problem.message);
    const { document } = made.value;
    const remove = [{ collection: 'tables', id: 'b' }] as const;
    const run = (put: Parameters<typeof replaceArgs>[0]['relationships'][string][]) =>
      runCommands(
        document,
        [{ name: 'putRecords', args: { label: 'x', remove, put: put.map((record) => ({ collection: 'relationships', record })) } }],
        derivedIds(),
      );
    const gone = run([]);
    expect(gone.ok && [Object.keys(gone.value.document.tables), gone.value.document.relationships]).toEqual([['a'], {}]);
    const kept = run([{ id: 'r', child: 'a', parent: 'a', childColumns: [], parentColumns: [] }]);
    expect(kept.ok && kept.value.document.relationships['r']?.parent).toBe('a');
  });

  it('refuses hostile names of records and collections', () => {
    const put = (collection: string, id: string) =>
      runCommands(
        emptyDocument(),
        [{ name: 'putRecords', args: { label: 'x', put: [{ collection: collection as 'notes', record: { id } as never }] } }],
        derivedIds(),
      );
    expect(put('constructor', 'x')).toMatchObject({ problem: { code: 'no-collection' } });
    expect(put('notes', '__proto__')).toMatchObject({ problem: { code: 'bad-id' } });
  });
});
