import { useState } from 'react';
import { recordIn } from '#model/collections.ts';
import { useDocumentState } from '#state/hooks.ts';
import { today } from '#state/today.ts';
import { reveal } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { TextField } from '#ui/TextField.tsx';
import type { Problem } from './arrange.ts';
import { previewFix, unwaive, waive } from './go.ts';
import { LOOK } from './look.ts';
import { RuleCard } from './RuleCard.tsx';

function WaiveForm({ problem, onDone }: { readonly problem: Problem; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const send = () => {
    if (reason.trim() !== '' && waive(problem.finding, reason.trim(), today())) onDone();
  };
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label="Why this is right as it is"
        value={reason}
        onChange={setReason}
        autoFocus
        boxClassName="min-w-48 flex-1"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onDone();
        }}
      />
      <Button type="submit" variant="primary" disabled={reason.trim() === ''}>
        Waive
      </Button>
      <Button onClick={onDone}>Cancel</Button>
    </form>
  );
}

function Waived({ problem }: { readonly problem: Problem }) {
  const waiver = useDocumentState((state) => recordIn(state.document, 'waivers', problem.finding.waivedBy ?? ''));
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md bg-sunken px-2.5 py-1.5">
      <Icon name="ShieldCheck" size={14} className="text-ink-3" />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        Waived {waiver?.date ?? ''}: {waiver?.reason ?? ''}
      </p>
      <Button size="sm" icon="RotateCcw" onClick={() => unwaive(problem.finding)}>
        Let it count again
      </Button>
    </div>
  );
}

function Buttons({ problem, onWaive }: { readonly problem: Problem; readonly onWaive: () => void }) {
  const { finding } = problem;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {finding.fixes.map((fix, at) => (
        <Button
          key={fix.label}
          size="sm"
          icon="Wand2"
          variant={at === 0 ? 'primary' : 'line'}
          className="max-w-full"
          title={fix.label}
          onClick={() => previewFix(finding, fix)}
        >
          <span className="truncate">{fix.label}…</span>
        </Button>
      ))}
      <Button size="sm" icon="ShieldCheck" variant="ghost" onClick={onWaive}>
        Waive with a reason…
      </Button>
    </div>
  );
}

/** One finding in full: what is the case, why it matters, what to do, the facts that prove it, and what can be done here. */
export function ProblemDetail({ problem }: { readonly problem: Problem }) {
  const [waiving, setWaiving] = useState(false);
  const { finding } = problem;
  const { icon, tone, word } = LOOK[finding.severity];
  const at = finding.at[0];
  return (
    <article aria-label="The chosen problem" className="flex h-full flex-col gap-2.5 overflow-y-auto p-3.5">
      <h3 className="flex items-start gap-2 font-semibold">
        <Icon name={icon} size={15} label={word} className={`mt-[2.5px] ${tone}`} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{finding.message.what}</span>
      </h3>
      <div className="-mt-1 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 pl-[23px] text-xs text-ink-3">
        <span>
          Rule <RuleCard id={finding.rule} />
        </span>
        {at === undefined ? null : (
          <button
            type="button"
            className="flex min-w-0 items-center gap-1 rounded text-ink-2 hover:text-ink"
            onClick={() => reveal(at, 'problems')}
          >
            <Icon name="Crosshair" size={13} />
            <span className="truncate font-mono text-[11.5px]">{problem.place}</span>
          </button>
        )}
      </div>
      {finding.waivedBy !== undefined ? (
        <Waived problem={problem} />
      ) : waiving ? (
        <WaiveForm problem={problem} onDone={() => setWaiving(false)} />
      ) : (
        <Buttons problem={problem} onWaive={() => setWaiving(true)} />
      )}
      <p className="text-ink-2 [overflow-wrap:anywhere]">{finding.message.why}</p>
      <p className="[overflow-wrap:anywhere]">
        <span className="font-medium">What to do: </span>
        {finding.message.todo}
      </p>
      {finding.evidence === undefined || finding.evidence.length === 0 ? null : (
        <ul className="flex flex-col gap-0.5 rounded-md bg-sunken px-2.5 py-1.5 font-mono text-[11.5px] leading-[18px] text-ink-2">
          {finding.evidence.map((line) => (
            <li key={line} className="[overflow-wrap:anywhere]">
              {line}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
