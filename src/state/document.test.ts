import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { applyDiff } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import {
  beginGesture,
  cancelGesture,
  type DocumentChange,
  documentStore,
  endGesture,
  follow,
  load,
  onDocumentChange,
  redo,
  run,
  runAlong,
  setReadOnly,
  undo,
} from './document.ts';

let heard: DocumentChange[];
let stop: () => void;

beforeEach(() => {
  load(emptyDocument('x'));
  heard = [];
  stop = onDocumentChange((change) => heard.push(change));
});

afterEach(() => stop());

const now = () => documentStore.getState();
const text = () => serialize(now().document);
const tables = () => Object.values(now().document.tables).map((table) => table.name);
const labels = () => now().history.done.map((step) => step.label);

function add(name: string): void {
  const done = run({ name: 'addTable', args: { table: { name } } });
  if (!done.ok) throw new Error(done.problem.message);
}

function tableId(name: string): string {
  return Object.values(now().document.tables).find((table) => table.name === name)?.id ?? '';
}

function rename(from: string, to: string): void {
  const done = run({ name: 'setTable', args: { id: tableId(from), patch: { name: to } } });
  if (!done.ok) throw new Error(done.problem.message);
}

describe('the open document', () => {
  it('runs commands as one step, all of them or none', () => {
    const done = run(
      [
        { name: 'addTable', args: { table: { name: 'a' } } },
        { name: 'addTable', args: { table: { name: 'b' } } },
      ],
      'Add two',
    );
    expect(done.ok).toBe(true);
    expect(labels()).toEqual(['Add two']);
    const before = now();
    const failed = run([
      { name: 'addTable', args: { table: { name: 'c' } } },
      { name: 'setTable', args: { id: 'nothing', patch: { name: 'd' } } },
    ]);
    expect(failed.ok).toBe(false);
    expect(now()).toBe(before);
    expect(heard).toHaveLength(1);
    expect(undo()).toBe('Add two');
    expect(tables()).toEqual([]);
  });

  it('makes no step of a command that changes nothing', () => {
    add('a');
    const { revision } = now();
    rename('a', 'a');
    expect([now().revision, labels().length, heard.length]).toEqual([revision, 1, 1]);
  });

  it('forgets what was undone at the next edit', () => {
    add('a');
    add('b');
    undo();
    expect(redo()).toBe('Add table b');
    undo();
    add('c');
    expect(redo()).toBeUndefined();
    expect(tables()).toEqual(['a', 'c']);
  });

  it('refuses every edit, undo and redo while it is read-only, and says why', () => {
    add('a');
    add('b');
    undo();
    setReadOnly('Another tab has it.');
    const before = text();
    const done = run({ name: 'addTable', args: { table: { name: 'c' } } });
    expect(!done.ok && done.problem.message).toBe('Another tab has it.');
    expect([undo(), redo()]).toEqual([undefined, undefined]);
    expect(text()).toBe(before);
    setReadOnly(undefined);
    expect(redo()).toBe('Add table b');
  });

  it('takes a part of the last step back together with it', () => {
    add('new_table');
    runAlong({ name: 'setTable', args: { id: tableId('new_table'), patch: { name: 'order' } } });
    expect([labels().length, tables()]).toEqual([1, ['order']]);
    undo();
    expect(tables()).toEqual([]);
    redo();
    expect(tables()).toEqual(['order']);
  });

  it('follows another tab without a step of its own, and starts anew with another document', () => {
    add('a');
    const before = now().document;
    add('b');
    const after = now().document;
    const diff = heard.at(-1)?.diff ?? [];
    undo();
    follow(diff);
    expect(serialize(now().document)).toBe(serialize(after));
    expect(labels()).toEqual(['Add table a']);
    expect(heard.at(-1)?.source).toBe('follow');
    load(before);
    expect([heard.at(-1)?.source, labels(), undo()]).toEqual(['load', [], undefined]);
  });
});

describe('a gesture', () => {
  it('is one step with one label, however many edits it has', () => {
    add('a');
    const before = text();
    beginGesture();
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ] as const)
      rename(from, to);
    endGesture('Drag');
    const after = text();
    expect(labels()).toEqual(['Add table a', 'Drag']);
    expect(undo()).toBe('Drag');
    expect(text()).toBe(before);
    redo();
    expect(text()).toBe(after);
  });

  it('that is cancelled leaves nothing behind, and tells those who listen how to go back', () => {
    add('a');
    const before = text();
    let replica: Document = now().document;
    const end = onDocumentChange(({ diff }) => {
      replica = applyDiff(replica, diff);
    });
    beginGesture();
    rename('a', 'b');
    add('c');
    cancelGesture();
    end();
    expect(text()).toBe(before);
    expect(serialize(replica)).toBe(before);
    expect(labels()).toEqual(['Add table a']);
    expect(redo()).toBeUndefined();
  });

  it('without an edit is no step', () => {
    add('a');
    beginGesture();
    endGesture('Drag');
    beginGesture();
    cancelGesture();
    expect(labels()).toEqual(['Add table a']);
    undo();
    expect(tables()).toEqual([]);
  });
});

describe('random work', () => {
  it('goes back and forth to the same bytes, and whoever applies the diffs has the same document', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const dice = seededDice(seed);
        load(emptyDocument('x'));
        let replica = now().document;
        let revision = now().revision;
        const end = onDocumentChange((change) => {
          expect(change.revision).toBe(revision + 1);
          revision = change.revision;
          replica = applyDiff(replica, change.diff);
          expect(change.document).toBe(now().document);
        });
        const states = [text()];
        for (let i = 0; i < 60; i++) {
          const roll = dice.roll(10);
          const steps = now().history.done.length;
          if (roll === 0) {
            if (undo() !== undefined) expect(text()).toBe(states[steps - 1]);
          } else if (roll === 1) {
            if (redo() !== undefined) expect(text()).toBe(states[steps + 1]);
          } else if (roll === 2) {
            beginGesture();
            for (let n = dice.roll(4); n > 0; n--) run(randomCall(now().document, dice));
            if (dice.roll(2) === 0) {
              cancelGesture();
              expect(text()).toBe(states[steps]);
            } else endGesture('Gesture');
          } else run(randomCall(now().document, dice));
          // A new step cuts what could be done again; doing one again does not.
          if (roll !== 1 && now().history.done.length > steps) states.length = steps + 1;
          states[now().history.done.length] = text();
          expect(serialize(replica)).toBe(text());
        }
        end();
        while (undo() !== undefined) expect(text()).toBe(states[now().history.done.length]);
        expect(text()).toBe(states[0]);
      }),
      runs(31, 25),
    );
  });
});
