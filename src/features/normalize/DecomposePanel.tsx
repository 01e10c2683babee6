import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import { decompositionStore, endDecomposition } from '#state/decomposition.ts';
import { focusPane } from '#state/panes.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Plans } from './Plans.tsx';
import { useComparison } from './use-comparison.ts';
import { useGhosts } from './use-ghosts.ts';
import { useStillDocument } from './use-still-document.ts';
import { useDrawn, useWork, type WorkProps } from './use-work.ts';
import { Waiting } from './Waiting.tsx';

const MORE = [
  { tab: 'plans', label: 'Compare' },
  { tab: 'proof', label: 'Proof' },
  { tab: 'script', label: 'SQL' },
  { tab: 'try', label: 'Try it' },
] as const;

function Body(props: WorkProps) {
  const { table } = props;
  const work = useWork(props);
  useGhosts(table, work.chosen, useDrawn(work));
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
        <Plans table={table} work={work} stacked />
      </div>
      <footer className="flex flex-col gap-2 border-line border-t px-3 py-2.5">
        <fieldset className="flex flex-wrap gap-1.5" aria-label="More about the plans">
          {MORE.map(({ tab, label }) => (
            <Button key={tab} size="sm" onClick={() => openDialog('decompose', tab)}>
              {label}
            </Button>
          ))}
        </fieldset>
        <p role="status" className="text-xs leading-4 text-ink-2 empty:hidden">
          {work.why}
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={cancel}>Cancel</Button>
          <Button variant="primary" disabled={!work.ready} onClick={work.apply}>
            {work.option === 'keep' ? 'Keep as it is' : 'Decompose'}
          </Button>
        </div>
      </footer>
    </>
  );
}

function Content(props: Omit<WorkProps, 'comparison'>) {
  const { result, ...comparing } = useComparison(props.document, props.table.id);
  if (result === undefined) return <Waiting comparing={comparing} />;
  if (!result.ok) return <EmptyState icon="CircleAlert" title="No plan" text={result.problem.message} />;
  return <Body {...props} comparison={result.value} />;
}

/** Where the focus was before the plans came. */
let before: Element | null = null;

function cancel(): void {
  const place = before;
  endDecomposition();
  // What was there before the panel is shown again by now.
  requestAnimationFrame(() => {
    if (place instanceof HTMLElement && place.isConnected && place.getClientRects().length > 0) place.focus();
    else focusPane('canvas');
  });
}

/**
 * The ways to take a table apart, beside the canvas that shows the chosen one: the studio goes on around it. Its proofs, its
 * script and the options side by side are a dialog away.
 */
export function DecomposePanel() {
  const subject = useStore(decompositionStore, (state) => state.subject);
  const document = useStillDocument();
  const table = subject === undefined ? undefined : recordIn(document, 'tables', subject.table);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (subject === undefined) return;
    const active = window.document.activeElement;
    if (panel.current?.contains(active) !== true) before = active;
    panel.current?.focus();
  }, [subject]);
  // What was to be taken apart is gone: undone, deleted, another document.
  const gone = subject !== undefined && table === undefined;
  useEffect(() => {
    if (gone) cancel();
  }, [gone]);
  if (subject === undefined || table === undefined) return null;
  const title = `Decompose ${table.name}`;
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={title}
      data-panel=""
      tabIndex={-1}
      className="flex h-full min-h-0 min-w-0 flex-col border-line border-l bg-surface outline-none"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
        // A field that takes its old text back by this key keeps it for itself.
        if (event.target.closest('[data-escape]') !== null) return;
        event.stopPropagation();
        cancel();
      }}
    >
      <header className="flex items-start gap-1 border-line border-b py-2.5 pr-2 pl-3.5">
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-[13.5px] leading-5 font-semibold" title={title}>
            {title}
          </h2>
          <p className="text-xs leading-4 text-ink-2">Dashed on the canvas: the chosen plan.</p>
        </div>
        <IconButton icon="X" label="Close" keys="escape" size="sm" onClick={cancel} />
      </header>
      <Content key={`${table.id}/${subject.choice}`} document={document} table={table} asked={subject.choice} />
    </div>
  );
}
