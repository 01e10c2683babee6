import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { EMPTY_HISTORY, type History, record } from '#model/history.ts';
import { announceChanges, announceStore, stepSaid } from './announce.ts';
import { beginGesture, cancelGesture, endGesture, load, redo, run, runAlong, undo } from './document.ts';

const said = () => announceStore.getState().text;
const serial = () => announceStore.getState().serial;
const add = (name: string) => ({ name: 'addTable' as const, args: { table: { name } } });

describe('what is said aloud', () => {
  beforeEach(() => {
    load(emptyDocument());
    announceStore.setState({ text: '', serial: 0 });
    const off = announceChanges();
    return off;
  });

  it('says a step, that it was taken back, and that it was done again', () => {
    expect(run(add('orders'), 'Add table orders').ok).toBe(true);
    expect(said()).toBe('Add table orders');
    undo();
    expect(said()).toBe('Undone: Add table orders');
    redo();
    expect(said()).toBe('Done again: Add table orders');
    expect(serial()).toBe(3);
  });

  it('says a gesture once, at its end, and nothing of one that was called off', () => {
    beginGesture();
    run(add('a'), 'A part');
    run(add('b'), 'Another part');
    expect(serial()).toBe(0);
    endGesture('Move 2 objects');
    expect([said(), serial()]).toEqual(['Move 2 objects', 1]);
    beginGesture();
    run(add('c'), 'Part');
    cancelGesture();
    expect(serial()).toBe(1);
  });

  it('says a step of one edit that was a gesture', () => {
    run(add('z'), 'First');
    beginGesture();
    run(add('a'), 'Part');
    endGesture('Move a');
    expect(said()).toBe('Move a');
  });

  it('names what came along by the step it belongs to', () => {
    run(add('a'), 'Add table a');
    runAlong(add('b'));
    expect(said()).toBe('Add table a');
  });

  it('says nothing of a document that is opened with its history', () => {
    const step = { label: 'Long ago', diff: [{ collection: 'tables', id: 'x', from: undefined, to: {} }] as never };
    const history: History = record(record(EMPTY_HISTORY, step), { ...step, label: 'Less long ago' });
    load(emptyDocument(), history);
    expect(serial()).toBe(0);
    expect(stepSaid(EMPTY_HISTORY, EMPTY_HISTORY)).toBeUndefined();
  });
});
