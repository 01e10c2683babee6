// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { afterDialogs, type Hold, holdFocus, isFocusLost } from './returning.ts';

const settled = () => Promise.resolve();
let holds: Hold[] = [];

function hold(): Hold {
  const made = holdFocus();
  holds.push(made);
  return made;
}

function focused(tag: string): HTMLElement {
  const element = document.createElement(tag);
  element.tabIndex = 0;
  document.body.append(element);
  element.focus();
  return element;
}

afterEach(() => {
  for (const one of holds) one.release();
  holds = [];
  document.body.replaceChildren();
});

test('where nothing has the focus on loan it is done at once', () => {
  const done: string[] = [];
  afterDialogs(() => done.push('now'));
  expect(done).toEqual(['now']);
});

test('a dialog that has not given the focus back is waited for, and what is asked for twice is done once', async () => {
  const done: string[] = [];
  const what = () => done.push('then');
  const { release } = hold();
  afterDialogs(what);
  afterDialogs(what);
  await settled();
  expect(done).toEqual([]);
  release();
  expect(done, 'the dialog ends first what it is doing').toEqual([]);
  await settled();
  expect(done).toEqual(['then']);
  release();
  await settled();
  expect(done).toEqual(['then']);
});

test('of two dialogs the last one counts', async () => {
  const done: string[] = [];
  const [first, second] = [hold(), hold()];
  afterDialogs(() => done.push('then'));
  second.release();
  await settled();
  expect(done).toEqual([]);
  first.release();
  await settled();
  expect(done).toEqual(['then']);
});

test('the focus goes back to where it was, and when that was in something that is gone, to where it was before', () => {
  const button = focused('button');
  const menu = hold();
  expect(menu.places).toEqual([button]);
  const item = focused('div');
  expect(hold().places, 'a dialog that a menu opens').toEqual([item, button]);
  item.remove();
  expect(hold().places, 'one that comes after the menu went').toEqual([item, button]);
});

test('the focus is lost when the page or a dialog as a whole has it', () => {
  expect(isFocusLost()).toBe(true);
  const button = focused('button');
  expect(isFocusLost()).toBe(false);
  button.remove();
  expect(isFocusLost()).toBe(true);
  focused('div').setAttribute('data-modal', '');
  expect(isFocusLost()).toBe(true);
});
