import { useMemo, useState } from 'react';
import type { Id } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pill } from '#ui/Pill.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { addDecision, inOrder } from './decision-edits.ts';

const TONE = { proposed: 'warn', accepted: 'ok', superseded: 'plain' } as const;

/** The decisions of the design: a list, and the chosen one to edit. */
export function Decisions() {
  const records = useDocumentState((state) => state.document.decisions);
  const decisions = useMemo(() => inOrder(records), [records]);
  const [chosen, setChosen] = useState<Id>();
  const [fresh, setFresh] = useState<Id>();
  const current = decisions.find((one) => one.id === chosen) ?? decisions[0];
  const add = () => {
    const id = addDecision();
    setFresh(id);
    setChosen(id);
  };
  if (current === undefined) {
    return (
      <EmptyState
        icon="Lightbulb"
        title="No decision is recorded yet"
        text="What was decided, why, and what follows from it: those who come later ask for nothing more often."
      >
        <Button variant="primary" icon="Plus" onClick={add}>
          Record a decision
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 items-start gap-2 border-line border-b px-3 py-2">
        <ul aria-label="Decisions" className="flex max-h-40 min-w-0 flex-1 flex-col overflow-y-auto">
          {decisions.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one === current}
                className={cx(
                  'flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left -outline-offset-2',
                  one === current ? 'bg-accent-soft' : 'hover:bg-sunken',
                )}
                onClick={() => setChosen(one.id)}
              >
                <span className="min-w-0 flex-1 truncate">{one.title}</span>
                <Pill tone={TONE[one.status]}>{one.status}</Pill>
                <span className="shrink-0 text-xs tabular-nums text-ink-2">{one.date}</span>
              </button>
            </li>
          ))}
        </ul>
        <Button icon="Plus" size="sm" onClick={add}>
          Record a decision
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <DecisionForm key={current.id} decision={current} fresh={current.id === fresh} />
      </div>
    </div>
  );
}
