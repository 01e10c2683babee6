import { isCheckable, TRAITS } from '#engine/dialects/base/traits.ts';
import { cancelCheck, checkDdl } from '#state/check-ddl.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
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
        text: `runs on ${run.product} ${run.version}`,
        tip: `The DDL was executed by ${run.product} without an error. Check again`,
      };
    case 'fails': {
      const count = run.errors.length;
      return {
        tone: 'bad',
        text: `${count} ${count === 1 ? 'error' : 'errors'} on ${run.product} ${run.version}`,
        tip: `${run.errors[0]?.message ?? 'The DDL does not run'}. Check again`,
      };
    }
    case 'unavailable':
      return { tone: 'warn', text: `${run.product} not available`, tip: `${run.reason} Try again` };
    default:
      return undefined;
  }
}

/** No engine of this database runs in a browser, and what no engine has run is not said to run. */
function NoEngine({ label }: { readonly label: string }) {
  return (
    <Tooltip
      text={`${label} has no engine that runs in a browser. The DDL is checked by reading it back: nothing of the document may be lost. To run it, download it and use a ${label} server.`}
      side="top"
    >
      <span className="px-2 text-ink-2 text-xs">
        <span className="@max-lg:hidden">not run on {label}</span>
        <span className="@lg:hidden">not run</span>
      </span>
    </Tooltip>
  );
}

/** Whether the database engine itself accepts the DDL, and the button that asks it. */
export function RunPill() {
  const run = useResults((state) => state.runsOn);
  const dialect = useDocumentState((state) => state.document.settings['settings']?.dialect ?? 'postgresql');
  const { label } = TRAITS[dialect];
  if (!isCheckable(dialect)) return <NoEngine label={label} />;
  if (run.state === 'running') {
    return (
      <span className="flex items-center gap-2 px-2 text-xs text-ink-2">
        <Spinner label={`${label} is running`} size={12} />
        <span className="max-w-60 truncate @max-lg:hidden">{run.what}</span>
        <IconButton icon="X" label={`Stop the check on ${label}`} size="sm" tooltipSide="top" onClick={cancelCheck} />
      </span>
    );
  }
  const said = sayRun(run);
  if (said === undefined) {
    return (
      <Button variant="ghost" size="sm" icon="Play" aria-label={`Check on ${label}`} onClick={() => void checkDdl()}>
        <span className="@max-lg:hidden">Check on {label}</span>
        <span className="@lg:hidden">Check</span>
      </Button>
    );
  }
  return (
    <Tooltip text={said.tip} side="top">
      <button type="button" className="flex h-7 items-center rounded-md px-1.5" onClick={() => void checkDdl()}>
        <Pill tone={said.tone}>{said.text}</Pill>
      </button>
    </Tooltip>
  );
}
