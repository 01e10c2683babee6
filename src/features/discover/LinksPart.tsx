import { useMemo } from 'react';
import { plainName, type Survey } from '#engine/discover/survey.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import type { Choices } from './choice.ts';
import { Listing } from './Listing.tsx';
import { decideLink } from './session.ts';
import { chooseDataFiles } from './start.ts';
import { Arrow, Verdict } from './Verdict.tsx';
import { namesOf } from './words.ts';

/** Columns whose values all stand in a key of another file: foreign keys to propose. */
export function LinksPart({ survey, choices }: { readonly survey: Survey; readonly choices: Choices }) {
  const lines = useMemo(() => {
    const side = (at: number, columns: readonly number[]) => {
      const table = survey.tables[at];
      return table === undefined ? '?' : `${plainName(table.name)}(${namesOf(table, columns)})`;
    };
    return survey.foreignKeys.map(({ inclusion, why }, at) => {
      const left = side(inclusion.child, inclusion.childColumns);
      const right = side(inclusion.parent, inclusion.parentColumns);
      return { key: String(at), at, text: `${left} → ${right}`, left, right, why };
    });
  }, [survey]);
  const more = (
    <Button size="sm" icon="FilePlus" onClick={() => chooseDataFiles(undefined, true)}>
      Add files …
    </Button>
  );
  if (survey.tables.length < 2) {
    return (
      <div className="min-h-0 flex-1">
        <EmptyState
          icon="Link"
          title="One file alone"
          text="With more files, columns whose values all stand in a key of another are proposed as foreign keys."
        >
          {more}
        </EmptyState>
      </div>
    );
  }
  return (
    <Listing
      label="foreign keys"
      items={lines}
      tools={more}
      decisionOf={(line) => choices.foreignKeys.get(line.at)}
      onReject={(line) => decideLink(line.at, 'rejected')}
      empty={{ title: 'No foreign key fits', text: 'No column’s values all stand in a key of another file.' }}
      notes={
        survey.foreignKeysComplete ? null : (
          <p className="shrink-0 px-4 pb-1.5 text-warn text-xs">Not all pairs of columns were compared.</p>
        )
      }
      draw={(line, tabIndex) => {
        const decision = choices.foreignKeys.get(line.at);
        const why = line.why.join('; ');
        return (
          <div className={cx('flex h-full items-center gap-3 px-4', decision === 'rejected' && 'bg-sunken')}>
            <Verdict of={line.text} decision={decision} tabIndex={tabIndex} onDecide={(next) => decideLink(line.at, next)} />
            <span className="flex min-w-0 flex-1 flex-col">
              <Arrow left={line.left} right={line.right} struck={decision === 'rejected'} />
              <span className="truncate text-[11.5px] leading-4.5 text-ink-3" title={why}>
                {why}
              </span>
            </span>
          </div>
        );
      }}
    />
  );
}
