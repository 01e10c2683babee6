import { createStore } from 'zustand/vanilla';
import { recordIn } from '#model/collections.ts';
import type { History, Step } from '#model/history.ts';
import { documentStore } from './document.ts';
import { narrowStore } from './narrow.ts';
import { viewStore } from './view.ts';

/** What has just happened, in words for people who do not see it happen: the one polite voice of the studio. */
export const announceStore = createStore<{ readonly text: string; readonly serial: number }>(() => ({ text: '', serial: 0 }));

/** Says something once, politely. */
export function announce(text: string): void {
  announceStore.setState(({ serial }) => ({ text, serial: serial + 1 }));
}

/** The step that was added between two histories; undefined when another document came, or a gesture still runs. */
function added(before: History, now: History): Step | undefined {
  const last = now.done.at(-1);
  if (now.mark !== undefined || last === undefined || last === before.done.at(-1)) return undefined;
  const below = now.done.at(-2);
  const follows = below === before.done.at(-1) && now.done.length >= before.done.length;
  // What came along with a step has just become a part of it.
  const folded = before.mark === undefined && now.done.length === before.done.length - 1 && below === before.done.at(-3);
  const squashed = before.mark !== undefined && now.done.length === before.mark + 1;
  return follows || folded || squashed ? last : undefined;
}

/** What a change of the history means in words: the step that was done, taken back or done again. */
export function stepSaid(before: History, now: History): string | undefined {
  if (now.mark !== undefined) return undefined;
  const undone = now.undone.at(-1);
  if (undone !== undefined && now.undone.length === before.undone.length + 1 && undone.diff === before.done.at(-1)?.diff) {
    return `Undone: ${undone.label}`;
  }
  const redone = before.undone.at(-1);
  if (redone !== undefined && now.undone.length === before.undone.length - 1 && redone === now.done.at(-1)) {
    return `Done again: ${redone.label}`;
  }
  return now.undone.length === 0 ? added(before, now)?.label : undefined;
}

function tablesSaid(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'table' : 'tables'}`;
}

/** Says each step, what was hidden or shown, and which diagram is looked at. Returns how to stop. */
export function announceChanges(): () => void {
  const offs = [
    documentStore.subscribe((now, before) => {
      const said = now.history === before.history ? undefined : stepSaid(before.history, now.history);
      if (said !== undefined) announce(said);
    }),
    narrowStore.subscribe(({ count }, before) => {
      if (count === before.count || (count?.shown === before.count?.shown && count?.of === before.count?.of)) return;
      if (count === undefined) announce('The whole diagram is shown again');
      else announce(`${tablesSaid(count.shown)} shown, ${count.of - count.shown} hidden`);
    }),
    viewStore.subscribe(({ diagram }, before) => {
      if (diagram === before.diagram) return;
      const name = recordIn(documentStore.getState().document, 'diagrams', diagram)?.name;
      if (name !== undefined) announce(`Diagram ${name}`);
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}
