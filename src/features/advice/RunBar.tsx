import { useState } from 'react';
import { bytesText, many, readBytes } from '#lib/amounts.ts';
import { type Advised, runAdvice, setAdvice } from '#state/advice.ts';
import type { AdviceSettings } from '#state/advice-types.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { basisText, completeness } from './words.ts';

const WEIGHTS = [
  { value: '0', label: 'Not at all', hint: 'reads only' },
  { value: '0.5', label: 'Half' },
  { value: '1', label: 'As much', hint: 'usual' },
  { value: '2', label: 'Twice' },
  { value: '5', label: 'Five times' },
] as const;
type Weight = (typeof WEIGHTS)[number]['value'];

/** The room for indexes: bytes as people write them. */
function BudgetField({ budget }: { readonly budget: number | undefined }) {
  const [error, setError] = useState<string>();
  return (
    <>
      <TextField
        label="Room for indexes"
        boxClassName="w-32"
        placeholder="as many as pay"
        inputMode="text"
        aria-invalid={error !== undefined}
        className={error === undefined ? '' : 'text-bad'}
        value={budget === undefined ? '' : bytesText(budget)}
        onCommit={(text) => {
          const bytes = readBytes(text);
          setError(bytes === 'bad' ? `“${text}” is no size: write it as 500 MB or 2 GB.` : undefined);
          if (bytes !== 'bad') setAdvice({ budget: bytes });
        }}
      />
      {error === undefined ? null : (
        // On a line of its own, below all that is beside the field.
        <p role="alert" className="order-last basis-full text-xs text-bad">
          {error}
        </p>
      )}
    </>
  );
}

/** What is wanted of the advice. */
export function Wishes({ settings }: { readonly settings: AdviceSettings }) {
  const weight = WEIGHTS.find(({ value }) => Number(value) === settings.writePenalty)?.value ?? '1';
  return (
    <>
      <BudgetField budget={settings.budget} />
      <div className="flex flex-col gap-1">
        <span className="text-xs text-ink-2" aria-hidden="true">
          Writes weigh
        </span>
        <Select<Weight>
          label="How much writes weigh against reads"
          value={weight}
          options={WEIGHTS}
          onValueChange={(value) => setAdvice({ writePenalty: Number(value) })}
          className="w-28"
        />
      </div>
    </>
  );
}

/** How much of what the advice rests on nobody said. */
export function Guessed({ count, tables }: { readonly count: number; readonly tables: number }) {
  if (count === 0) return <Pill tone="ok">no fact is guessed</Pill>;
  return (
    <button
      type="button"
      className="rounded text-xs text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink"
      title="Facts that nobody told are guessed from types, keys and names: see and correct them"
      onClick={() => openDialog('workload', 'facts')}
    >
      {many(count, 'fact')} guessed in {many(tables, 'table')}
    </button>
  );
}

export interface RunBarProps {
  readonly settings: AdviceSettings;
  readonly advised: Advised;
  readonly applied: boolean;
  /** Records that changed since. */
  readonly changes: number;
  readonly guessed: { readonly count: number; readonly tables: number };
}

/** Over the advice: what was asked, whose costs they are, how sure it is, and how to ask again. */
export function RunBar({ settings, advised, applied, changes, guessed }: RunBarProps) {
  const { advice } = advised;
  const basis = basisText(advice.basis);
  const sure = completeness(advice, advised.settings.writePenalty);
  const other =
    settings.budget !== advised.settings.budget ||
    settings.writePenalty !== advised.settings.writePenalty ||
    settings.leftOut.join() !== advised.settings.leftOut.join();
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 border-line border-b bg-sunken/50 px-5 py-2.5">
      <Wishes settings={settings} />
      <Button variant={changes > 0 || other ? 'primary' : 'line'} icon="RefreshCw" onClick={() => void runAdvice()}>
        Run again
      </Button>
      <div className="ml-auto flex min-h-7 flex-wrap items-center justify-end gap-x-2.5 gap-y-1">
        <Pill tone={advice.basis.kind === 'planner' ? 'accent' : 'assume'} title={basis.title}>
          {basis.label}
        </Pill>
        <Pill tone={sure.tone} title={sure.title}>
          {sure.label}
        </Pill>
        {applied ? <Pill tone="ok">applied</Pill> : null}
        {changes > 0 && !applied ? (
          <Pill tone="warn" title="The model or its queries are others than those that were weighed: run it again.">
            out of date: {many(changes, 'change')} since
          </Pill>
        ) : null}
        <Guessed {...guessed} />
      </div>
    </div>
  );
}
