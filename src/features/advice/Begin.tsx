import { many } from '#lib/amounts.ts';
import type { Problem } from '#lib/result.ts';
import { type AdviceState, cancelAdvice, runAdvice, stopAdvice } from '#state/advice.ts';
import type { AdviceSettings } from '#state/advice-types.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Progress } from '#ui/Progress.tsx';
import { Guessed, Wishes } from './RunBar.tsx';
import { problemText } from './words.ts';

/** Why a run gave nothing. */
export function Failed({ problem }: { readonly problem: Problem }) {
  return (
    <div role="alert" className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-xs leading-[18px] text-bad">
      <Icon name="CircleAlert" size={14} className="mt-0.5" />
      <span className="[overflow-wrap:anywhere]">{problemText(problem.message)}</span>
    </div>
  );
}

export interface BeginProps {
  readonly settings: AdviceSettings;
  readonly queries: number;
  readonly counted: number;
  readonly guessed: { readonly count: number; readonly tables: number };
  readonly problem: Problem | undefined;
}

/** Before the first run: what it will look at, and what is wanted. */
export function Begin({ settings, queries, counted, guessed, problem }: BeginProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-auto p-8">
      <div className="flex w-[520px] max-w-full flex-col gap-4">
        <div className="flex flex-col gap-1.5">
          <h2 className="text-[15px] font-semibold">Which indexes does this workload need?</h2>
          <p className="leading-5 text-ink-2">
            Every index that the queries’ shapes ask for is weighed alone and with others, at the declared size of the tables.
            Nothing is stored, and nothing leaves this browser.
          </p>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-lg border border-line px-4 py-3">
          <dt className="text-ink-2">Queries</dt>
          <dd>
            {many(queries, 'query', 'queries')}
            {counted === queries ? '' : `, ${many(queries - counted, 'without', 'without')} calls per hour: each counts as one`}
          </dd>
          <dt className="text-ink-2">Facts</dt>
          <dd>
            <Guessed {...guessed} />
          </dd>
        </dl>
        {problem === undefined ? null : <Failed problem={problem} />}
        <div className="flex flex-wrap items-end gap-4">
          <Wishes settings={settings} />
          <Button variant="primary" icon="Play" className="ml-auto" onClick={() => void runAdvice()}>
            Run the advice
          </Button>
        </div>
      </div>
    </div>
  );
}

/** While it works: how far it is, and both ways to end it. */
export function AtWork({ working }: { readonly working: NonNullable<AdviceState['working']> }) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="flex w-[420px] max-w-full flex-col gap-3">
        <p className="flex items-baseline gap-2" aria-live="polite">
          <span className="min-w-0 flex-1 truncate first-letter:uppercase">
            {working.stopping ? 'Stopping with the best so far' : working.what} …
          </span>
          <span className="font-mono text-xs text-ink-2 tabular-nums">{Math.round(working.done * 100)} %</span>
        </p>
        <Progress done={working.done} label="Advice" />
        <div className="flex items-center justify-end gap-2">
          <Button disabled={working.stopping} title="Ends the search and keeps the best that was found so far" onClick={stopAdvice}>
            Stop here
          </Button>
          <Button variant="ghost" onClick={cancelAdvice}>
            Cancel
          </Button>
        </div>
      </div>
    </div>
  );
}
