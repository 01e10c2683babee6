import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useKeys, usePanes, usePreferences, useResults, useView } from '#state/hooks.ts';
import { setPaneOpen, showDock, togglePane } from '#state/panes.ts';
import { type DialogName, openDialog } from '#state/view.ts';
import { waitingStore } from '#state/waiting.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';
import { Tooltip } from '#ui/Tooltip.tsx';
import { countFindings } from './count-findings.ts';

interface EntryProps {
  readonly icon: IconName;
  readonly label: string;
  /** The action that does the same, for its key. */
  readonly action: string;
  readonly on?: boolean;
  readonly count?: number;
  /** How the count is meant; a warning unless told. */
  readonly tone?: 'warn' | 'bad' | 'accent';
  readonly onClick: () => void;
}

const COUNT_TONES = { warn: 'bg-warn', bad: 'bg-bad', accent: 'bg-accent' } as const;

function Entry({ icon, label, action, on, count = 0, tone = 'warn', onClick }: EntryProps) {
  const keys = useKeys(action);
  return (
    <Tooltip text={label} keys={keys} side="right">
      <button
        type="button"
        aria-label={count > 0 ? `${label}: ${count}` : label}
        {...(on === undefined ? {} : { 'aria-pressed': on })}
        className={cx(
          'relative grid size-8.5 pointer-coarse:size-10 place-items-center rounded-lg',
          on === true ? 'bg-accent-soft text-accent' : 'text-ink-3 hover:bg-sunken hover:text-ink',
        )}
        onClick={onClick}
      >
        <Icon name={icon} />
        {count === 0 ? null : (
          <span
            className={cx(
              // In the corner above the icon, whatever its width: three characters would lie on it anywhere else.
              'absolute -top-1 -right-1 h-3.5 min-w-3.5 rounded-full px-[3px] text-center text-[9.5px] leading-3.5 font-semibold text-surface tabular-nums',
              COUNT_TONES[tone],
            )}
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </button>
    </Tooltip>
  );
}

interface DialogEntryProps extends Pick<EntryProps, 'icon' | 'label' | 'action' | 'count' | 'tone'> {
  readonly dialog: DialogName;
}

/** An entry that opens a dialog, and is on while that is open. */
function DialogEntry({ dialog, ...entry }: DialogEntryProps) {
  const on = useView((state) => state.dialog === dialog);
  return <Entry {...entry} on={on} onClick={() => openDialog(dialog)} />;
}

/** The ways into the studio's parts. */
export function Rail() {
  const narrow = usePanes((state) => state.narrow);
  const overlay = usePanes((state) => state.overlay);
  const navigatorOpen = usePreferences((state) => state.navigatorOpen);
  const dockOpen = usePreferences((state) => state.dockOpen);
  const dockTab = useView((state) => state.dockTab);
  const findings = useResults((state) => state.findings);
  const counts = useMemo(() => countFindings(findings), [findings]);
  const advice = useStore(waitingStore, (state) => state.advice);
  const model = narrow ? overlay === 'navigator' : navigatorOpen;
  const problems = (narrow ? overlay === 'dock' : dockOpen) && dockTab === 'problems';
  return (
    <div className="flex h-full w-11 flex-col items-center gap-1 border-line border-r bg-surface py-1.5">
      <Entry icon="Workflow" label="Model" action="view.navigator" on={model} onClick={() => togglePane('navigator')} />
      <Entry
        icon="ListChecks"
        label="Problems"
        action="go.problems"
        on={problems}
        count={counts.error + counts.warning}
        tone={counts.error > 0 ? 'bad' : 'warn'}
        onClick={() => (problems ? setPaneOpen('dock', false) : showDock('problems'))}
      />
      <DialogEntry icon="Activity" label="Workload" action="workload.open" dialog="workload" />
      <DialogEntry icon="Lightbulb" label="Advice" action="advice.open" dialog="advice" count={advice} tone="accent" />
      <DialogEntry icon="FileText" label="Documents" action="file.documents" dialog="documents" />
      <DialogEntry icon="BookOpen" label="Design document" action="file.design" dialog="design" />
      <span className="flex-1" />
      <DialogEntry icon="Settings" label="Settings" action="view.settings" dialog="settings" />
    </div>
  );
}
