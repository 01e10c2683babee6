import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WrittenStatement } from '#engine/sql/written.ts';
import { runs } from '#test/runs.ts';
import { arrange, editsOf, locate, type Segments, segmentsOf, startOf, textOf, typed } from './segments.ts';
import { applyEdits, editsBetween, longestIncreasing, narrowEdit } from './text-edits.ts';

const statement = (key: string, sql: string): WrittenStatement => ({
  key,
  collection: 'tables',
  record: key,
  what: 'create',
  sql,
  parts: [],
});
const shown = (one: WrittenStatement) => one.sql;
const abc = [statement('a', 'CREATE A;'), statement('b', 'CREATE B;'), statement('c', 'CREATE C;')];

describe('edits between texts', () => {
  it('turn any blocks into any others, in ascending order, without touching what is equal', () => {
    const blocks = fc
      .uniqueArray(fc.integer({ min: 0, max: 15 }), { maxLength: 14 })
      .chain((ids) =>
        fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(`b${id}`), text: fc.string({ unit: 'binary', maxLength: 6 }) }))),
      );
    fc.assert(
      fc.property(blocks, blocks, (before, after) => {
        const text = before.map((one) => one.text).join('');
        const edits = editsBetween(before, after);
        expect(applyEdits(text, edits)).toBe(after.map((one) => one.text).join(''));
        for (const [i, edit] of edits.entries())
          if (i > 0) expect(edit.start).toBeGreaterThan((edits[i - 1] as { end: number }).end);
      }),
      runs(11, 600),
    );
  });

  it('are as small as the change', () => {
    expect(narrowEdit('id bigint', 'id integer', 10)).toEqual({ start: 13, end: 19, text: 'integer' });
  });

  it('never split a surrogate pair', () => {
    const edit = narrowEdit('x😀', 'x😁', 0);
    expect(edit).toEqual({ start: 1, end: 3, text: '😁' });
  });

  it('span everything once too many blocks change', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ id: `${i}`, text: `${i};\n` }));
    const edits = editsBetween(
      many,
      many.map((one) => ({ ...one, text: `x${one.text}` })),
    );
    expect(edits).toHaveLength(1);
  });

  it('find a longest increasing subsequence', () => {
    expect(longestIncreasing([3, 0, 1, -1, 5, 2]).map((i) => [3, 0, 1, -1, 5, 2][i])).toEqual([0, 1, 2]);
  });
});

describe('segments', () => {
  it('tile the written text', () => {
    const segments = segmentsOf(abc, shown);
    expect(textOf(segments)).toBe('CREATE A;\n\nCREATE B;\n\nCREATE C;\n');
    expect(locate(segments, 11)).toEqual({ index: 1, start: 11 });
    expect(startOf(segments, 2)).toBe(22);
  });

  it('become a draft where one types, and clean again when it is typed back', () => {
    const segments = segmentsOf(abc, shown);
    const one = typed(segments, { start: 18, end: 19, text: 'BB' });
    expect(one.map((segment) => segment.draft)).toEqual([false, true, false]);
    expect(typed(one, { start: 18, end: 20, text: 'B' }).every((segment) => !segment.draft)).toBe(true);
  });

  it('merge into one draft when an edit spans them', () => {
    const joined = typed(segmentsOf(abc, shown), { start: 4, end: 25, text: '!' });
    expect(joined).toHaveLength(1);
    expect(joined[0]?.keys).toEqual(['a', 'b', 'c']);
  });

  it('keep a draft in its place while the model changes around it', () => {
    const drafted = typed(segmentsOf(abc, shown), { start: 18, end: 19, text: 'half typed' });
    const now = arrange(drafted, [statement('n', 'CREATE N;'), ...abc.slice(0, 2), statement('c', 'CREATE CC;')], shown);
    expect(textOf(now)).toBe('CREATE N;\n\nCREATE A;\n\nCREATE half typed;\n\nCREATE CC;\n');
    expect(now.map((segment) => segment.draft)).toEqual([false, false, true, false]);
  });

  it('keep the typed text of a statement that is gone', () => {
    const drafted = typed(segmentsOf(abc, shown), { start: 18, end: 19, text: 'X' });
    const now = arrange(drafted, [abc[0] as WrittenStatement, abc[2] as WrittenStatement], shown);
    expect(textOf(now)).toContain('CREATE X;');
    expect(now[1]?.keys).toEqual([]);
  });

  it('agree with the editor through any mixture of typing and model changes', () => {
    const change = fc.oneof(
      fc.record({ at: fc.nat(60), length: fc.nat(12), text: fc.constantFrom('', 'x', '\n', 'CREATE D;\n\n') }),
      fc.subarray(['a', 'b', 'c', 'd', 'e']).chain((keys) => fc.tuple(fc.shuffledSubarray(keys), fc.nat(2))),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        let segments: Segments = segmentsOf(abc, shown);
        let editor = textOf(segments);
        for (const one of changes) {
          if (Array.isArray(one)) {
            const [keys, version] = one as [string[], number];
            const next = arrange(
              segments,
              keys.map((key) => statement(key, `CREATE ${key} ${version};`)),
              shown,
            );
            editor = applyEdits(editor, editsOf(segments, next));
            segments = next;
          } else {
            const start = Math.min(one.at, editor.length);
            const edit = { start, end: Math.min(editor.length, start + one.length), text: one.text };
            editor = applyEdits(editor, [edit]);
            segments = typed(segments, edit);
          }
          expect(textOf(segments)).toBe(editor);
          expect(new Set(segments.map((segment) => segment.id)).size).toBe(segments.length);
        }
      }),
      runs(3, 400),
    );
  });
});
