import { titleOf } from '#engine/rules/labels.ts';
import { findRecord } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Patch } from '#model/patch.ts';
import type { Decision, Document, Id } from '#model/types.ts';
import { interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { today } from '#state/today.ts';

function said(call: CommandCall, label: string): boolean {
  const done = run(call, label);
  if (!done.ok) notify({ tone: 'bad', text: done.problem.message });
  return done.ok;
}

/** Adds an empty decision of today; yields its id. */
export function addDecision(): Id | undefined {
  const id = interactiveIds().next('dec', 'decision');
  const record: Decision = {
    id,
    title: 'New decision',
    status: 'proposed',
    context: '',
    decision: '',
    consequences: '',
    date: today(),
  };
  return said({ name: 'addDecision', args: { record } }, 'Add a decision') ? id : undefined;
}

export function setDecision({ id, title }: Decision, patch: Patch<Decision>): boolean {
  return said({ name: 'setDecision', args: { id, patch } }, `Change the decision ${title}`);
}

export function removeDecision({ id, title }: Decision): boolean {
  return said({ name: 'removeDecisions', args: { ids: [id] } }, `Delete the decision ${title}`);
}

/** In the order of the document: by date, then id. */
export function inOrder(decisions: Document['decisions']): Decision[] {
  return Object.values(decisions).sort((a, b) => {
    if (a.date !== b.date) return a.date < b.date ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
}

const NAMED = ['tables', 'views', 'types', 'routines', 'sequences'] as const;

/** Everything that a decision can be about, by its name as people say it. The first of two that are called the same wins. */
export function subjects(document: Document): ReadonlyMap<string, Id> {
  const found = new Map<string, Id>();
  for (const collection of NAMED) {
    for (const record of Object.values(document[collection])) {
      const title = titleOf(document, record);
      if (!found.has(title)) found.set(title, record.id);
    }
  }
  return found;
}

/** What a decision is about, with names. */
export function aboutOf(document: Document, decision: Decision): readonly { readonly id: Id; readonly title: string }[] {
  return (decision.about ?? []).flatMap((id) => {
    const record = findRecord(document, id)?.record;
    if (record === undefined || !('name' in record)) return [];
    return [{ id, title: 'schema' in record ? titleOf(document, record) : (record.name ?? id) }];
  });
}
