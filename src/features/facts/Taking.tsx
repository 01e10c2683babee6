import { type ReactNode, useMemo, useState } from 'react';
import { factChanges, type GivenFacts, takeArgs } from '#engine/facts/take.ts';
import { many } from '#lib/amounts.ts';
import type { Document, Id } from '#model/types.ts';
import { run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { FactChanges } from './FactChanges.tsx';

export interface TakingProps {
  readonly document: Document;
  /** Absent: nothing was given yet. */
  readonly given: GivenFacts | undefined;
  /** Kept with the facts: where they are from. */
  readonly source: string;
  /** What is said where nothing is given. */
  readonly waiting: { readonly title: string; readonly text: string };
  /** Above the changes: what was found and what not. */
  readonly found?: ReactNode;
  readonly onDone: () => void;
}

const NOTHING_LEFT: ReadonlySet<Id> = new Set();

/** Facts that come from elsewhere: what they would change, and the button that takes them over as one step. */
export function Taking({ document, given, source, waiting, found, onDone }: TakingProps) {
  const [left, setLeft] = useState(NOTHING_LEFT);
  const changes = useMemo(() => (given === undefined ? [] : factChanges(document, given, source)), [document, given, source]);
  const { tables } = takeArgs(changes, (id) => !left.has(id));
  const facts = changes.reduce((sum, one) => sum + (left.has(one.id) ? 0 : one.changes.length), 0);
  const leave = (id: Id, out: boolean) => {
    const next = new Set(left);
    if (out) next.add(id);
    else next.delete(id);
    setLeft(next);
  };
  const take = () => {
    const ran = run({ name: 'setFacts', args: { tables } }, `Take ${many(facts, 'fact')} from ${source}`);
    if (!ran.ok) {
      notify({ tone: 'bad', text: ran.problem.message });
      return;
    }
    notify({ tone: 'ok', text: `Took ${many(facts, 'fact')} of ${many(tables.length, 'table')}.` });
    onDone();
  };
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-1 flex-col">
      {found}
      {given === undefined ? (
        <EmptyState icon="Database" title={waiting.title} text={waiting.text} />
      ) : changes.length === 0 ? (
        <EmptyState icon="CircleCheck" title="Nothing would change" text="The facts of these tables are as they are told here." />
      ) : (
        <FactChanges document={document} changes={changes} left={left} onLeave={leave} />
      )}
      <footer className="flex items-center justify-end gap-2 border-line border-t px-4 py-2.5">
        <p role="status" className="mr-auto text-xs text-ink-2">
          {given === undefined ? '' : `${many(facts, 'fact')} of ${many(tables.length, 'table')} would change, as one step.`}
        </p>
        <Button onClick={onDone}>Back to the facts</Button>
        <Button variant="primary" disabled={tables.length === 0} onClick={take}>
          Take {tables.length === 0 ? 'facts' : many(facts, 'fact')}
        </Button>
      </footer>
    </section>
  );
}
