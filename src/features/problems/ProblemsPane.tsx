import { useEffect, useMemo, useRef } from 'react';
import type { Ref } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { useResults, useView } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { filterProblems, type GroupBy, groupProblems, type Problem, problemsOf, rowsOf } from './arrange.ts';
import { ProblemDetail } from './ProblemDetail.tsx';
import { ProblemsList } from './ProblemsList.tsx';
import { problemsStore, useProblems } from './problems-store.ts';
import { RULE_COUNT } from './rule-count.ts';

const GROUPS: readonly { value: GroupBy; label: string }[] = [
  { value: 'severity', label: 'By severity' },
  { value: 'rule', label: 'By rule' },
  { value: 'table', label: 'By table' },
];

function Toolbar({ shown, total, waivedCount }: { readonly shown: number; readonly total: number; readonly waivedCount: number }) {
  const { filter, groupBy, waived } = useProblems((state) => state);
  const counted = waived
    ? `${shown} waived`
    : shown === total
      ? `${total} ${total === 1 ? 'problem' : 'problems'}`
      : `${shown} of ${total}`;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-2.5 py-1.5">
      <TextField
        label="Filter the problems"
        hideLabel
        value={filter}
        onChange={(text) => problemsStore.setState({ filter: text })}
        placeholder="Filter by table, rule or words"
        start={<Icon name="Filter" size={13} className="text-ink-3" />}
        boxClassName="w-64 max-w-full"
      />
      <Select
        size="sm"
        label="Group the problems"
        value={groupBy}
        options={GROUPS}
        onValueChange={(value) => problemsStore.setState({ groupBy: value })}
      />
      <span className="text-xs text-ink-2" aria-live="polite">
        {counted}
      </span>
      <span className="flex-1" />
      {waivedCount === 0 && !waived ? null : (
        <Button
          size="sm"
          variant="ghost"
          icon="ShieldCheck"
          aria-pressed={waived}
          className={waived ? 'bg-accent-soft text-accent' : ''}
          onClick={() => problemsStore.setState({ waived: !waived })}
        >
          Waived ({waivedCount})
        </Button>
      )}
    </div>
  );
}

function Nothing({ filtered, waived }: { readonly filtered: boolean; readonly waived: boolean }) {
  if (filtered) {
    return (
      <EmptyState icon="Filter" title="No problem matches the filter">
        <Button size="sm" onClick={() => problemsStore.setState({ filter: '' })}>
          Clear the filter
        </Button>
      </EmptyState>
    );
  }
  if (waived)
    return <EmptyState icon="ShieldCheck" title="Nothing is waived" text="A problem put aside with a reason is listed here." />;
  const isEmpty = Object.keys(documentStore.getState().document.tables).length === 0;
  if (isEmpty) {
    return (
      <EmptyState
        icon="ListChecks"
        title="Nothing to check yet"
        text={`${RULE_COUNT} rules look at every table as soon as there is one.`}
      />
    );
  }
  return (
    <EmptyState
      icon="CircleCheck"
      title={`No problems found by ${RULE_COUNT} rules`}
      text="The rules look again after every edit."
    />
  );
}

const matches = (problem: Problem, ref: Ref) =>
  problem.finding.at.some((at) => at.record === ref.record && (ref.part === undefined || at.part === ref.part));

/** When something else is revealed, the first problem at it is chosen. */
function useFollow(problems: readonly Problem[]): void {
  const wish = useView((state) => state.reveal);
  const followed = useRef(0);
  useEffect(() => {
    if (wish === undefined || wish.from === 'problems' || wish.serial === followed.current) return;
    followed.current = wish.serial;
    const found = problems.find((one) => matches(one, wish.ref));
    if (found !== undefined) problemsStore.setState({ current: found.key });
  }, [wish, problems]);
}

/** Every finding of the rules: filtered, grouped, explained, fixed, waived. */
export function ProblemsPane() {
  const findings = useResults((state) => state.findings);
  const { filter, groupBy, waived, closed, current } = useProblems((state) => state);
  // Findings follow the model; the document is only read for names, and would change at every move on the canvas.
  const all = useMemo(() => problemsOf(documentStore.getState().document, findings), [findings]);
  const open = useMemo(() => all.filter((one) => one.finding.waivedBy === undefined), [all]);
  const listed = waived ? all.filter((one) => one.finding.waivedBy !== undefined) : open;
  const shown = filterProblems(listed, filter);
  const rows = rowsOf(groupProblems(shown, groupBy), closed);
  const chosen = shown.find((one) => one.key === current);
  useFollow(open);
  return (
    <section aria-label="Problems" className="flex h-full min-h-0 flex-col">
      <Toolbar shown={shown.length} total={open.length} waivedCount={all.length - open.length} />
      {shown.length === 0 ? (
        <div className="min-h-0 flex-1">
          <Nothing filtered={listed.length > 0} waived={waived} />
        </div>
      ) : (
        <div className="flex min-h-0 flex-1 max-[720px]:flex-col">
          <div className="min-h-0 min-w-0 flex-1">
            <ProblemsList rows={rows} current={current} />
          </div>
          {chosen === undefined ? null : (
            <div className="min-h-0 w-[380px] max-w-[48%] shrink-0 border-line border-l max-[720px]:h-1/2 max-[720px]:w-full max-[720px]:max-w-full max-[720px]:border-t max-[720px]:border-l-0">
              <ProblemDetail key={chosen.key} problem={chosen} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
