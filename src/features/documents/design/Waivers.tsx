import { isDismissal } from '#engine/denormalize/dismissal.ts';
import { labelOf } from '#engine/rules/labels.ts';
import type { Document, Waiver } from '#model/types.ts';
import { run } from '#state/document.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';

interface LineProps {
  readonly document: Document;
  readonly waiver: Waiver;
  /** What it puts aside now; a waiver of something that is not so any more puts nothing aside. */
  readonly what: string | undefined;
}

function Line({ document, waiver, what }: LineProps) {
  const remove = () => {
    const done = run({ name: 'removeWaivers', args: { ids: [waiver.id] } }, `Take back the waiver of ${waiver.rule}`);
    if (!done.ok) notify({ tone: 'bad', text: done.problem.message });
  };
  return (
    <li className="flex items-start gap-3 border-line border-b px-5 py-2.5">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 [overflow-wrap:anywhere]">
        <p>
          <span className="font-mono text-[11.5px]">{isDismissal(waiver) ? 'denormalize' : waiver.rule}</span>
          <span className="text-ink-2"> at </span>
          <span className="font-mono text-[11.5px]">{labelOf(document, waiver.at)}</span>
        </p>
        <p>{waiver.reason}</p>
        <p className="text-xs text-ink-2">
          {waiver.date} ·{' '}
          {what ??
            (isDismissal(waiver) ? 'Advice that was dismissed.' : 'The rule finds nothing there any more: this waiver can go.')}
        </p>
      </div>
      <Button size="sm" icon="RotateCcw" aria-label={`Let ${waiver.rule} count again`} onClick={remove}>
        {what === undefined ? 'Remove' : 'Let it count again'}
      </Button>
    </li>
  );
}

/** Problems that were put aside, with the reasons; they are given at the problem itself. */
export function Waivers() {
  const document = useDocumentState((state) => state.document);
  const findings = useResults((state) => state.findings);
  const waivers = Object.values(document.waivers);
  if (waivers.length === 0) {
    return (
      <EmptyState
        icon="ShieldCheck"
        title="Nothing is waived"
        text="A problem that is right as it is can be waived with a reason in Problems; the document then lists it as accepted."
      />
    );
  }
  return (
    <ul aria-label="Waivers">
      {waivers.map((waiver) => (
        <Line
          key={waiver.id}
          document={document}
          waiver={waiver}
          what={findings.find((one) => one.waivedBy === waiver.id)?.message.what}
        />
      ))}
    </ul>
  );
}
