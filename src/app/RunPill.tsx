import { perform } from '#state/actions.ts';
import { useResults } from '#state/hooks.ts';
import type { RunState } from '#state/results.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { Tooltip } from '#ui/Tooltip.tsx';

function sayRun(run: RunState): { readonly tone: 'ok' | 'bad' | 'warn'; readonly text: string; readonly tip: string } | undefined {
  switch (run.state) {
    case 'runs':
      return {
        tone: 'ok',
        text: `runs on PostgreSQL ${run.version}`,
        tip: 'The DDL was executed by PostgreSQL without an error. Check again',
      };
    case 'fails': {
      const count = run.errors.length;
      return {
        tone: 'bad',
        text: `${count} ${count === 1 ? 'error' : 'errors'} on PostgreSQL ${run.version}`,
        tip: `${run.errors[0]?.message ?? 'The DDL does not run'}. Check again`,
      };
    }
    case 'unavailable':
      return { tone: 'warn', text: 'PostgreSQL not available', tip: `${run.reason} Try again` };
    default:
      return undefined;
  }
}

/** Whether PostgreSQL itself accepts the DDL, and the button that asks it. */
export function RunPill() {
  const run = useResults((state) => state.runsOn);
  if (run.state === 'running') {
    return (
      <span className="flex items-center gap-2 px-2 text-xs text-ink-2">
        <Spinner label="PostgreSQL is running" size={12} />
        <span className="max-w-60 truncate @max-lg:hidden">{run.what}</span>
        <IconButton
          icon="X"
          label="Stop the check on PostgreSQL"
          size="sm"
          tooltipSide="top"
          onClick={() => perform('check.postgres.cancel')}
        />
      </span>
    );
  }
  const said = sayRun(run);
  if (said === undefined) {
    return (
      <Button variant="ghost" size="sm" icon="Play" aria-label="Check on PostgreSQL" onClick={() => perform('check.postgres')}>
        <span className="@max-lg:hidden">Check on PostgreSQL</span>
        <span className="@lg:hidden">Check</span>
      </Button>
    );
  }
  return (
    <Tooltip text={said.tip} side="top">
      <button type="button" className="flex h-7 items-center rounded-md px-1.5" onClick={() => perform('check.postgres')}>
        <Pill tone={said.tone}>{said.text}</Pill>
      </button>
    </Tooltip>
  );
}
