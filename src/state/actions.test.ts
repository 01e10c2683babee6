import { afterEach, describe, expect, it } from 'vitest';
import { type Action, actionsStore, perform } from './actions.ts';

const done: string[] = [];
const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'Edit',
  run: () => void done.push(id),
  ...more,
});

afterEach(() => {
  actionsStore.setState({ actions: [] });
  done.length = 0;
});

describe('perform', () => {
  it('does what can be done, and nothing else', () => {
    actionsStore.setState({ actions: [action('a'), action('b', { when: () => false })] });
    perform('a');
    perform('b');
    perform('c');
    expect(done).toEqual(['a']);
  });

  it('does once, when the list comes, what was wished for before', () => {
    perform('a');
    expect(done).toEqual([]);
    actionsStore.setState({ actions: [action('a')] });
    actionsStore.setState({ actions: [action('a'), action('b')] });
    expect(done).toEqual(['a']);
  });
});
