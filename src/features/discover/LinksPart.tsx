import { useMemo } from 'react';
import { plainName, type Survey } from '#engine/discover/survey.ts';
import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Document } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pill } from '#ui/Pill.tsx';
import type { Choices, Decision } from './choice.ts';
import { Listing } from './Listing.tsx';
import { referencesByName } from './references.ts';
import { decideLink, decideReference } from './session.ts';
import { chooseDataFiles } from './start.ts';
import { Arrow, Verdict } from './Verdict.tsx';
import { namesOf } from './words.ts';

interface Line {
  readonly key: string;
  readonly text: string;
  readonly left: string;
  readonly right: string;
  readonly why: string;
  /** Its place in the survey; absent when names alone speak for it. */
  readonly at?: number;
}

function linesOf(document: Document, survey: Survey, choices: Choices): Line[] {
  const side = (at: number, columns: readonly number[]) => {
    const table = survey.tables[at];
    return table === undefined ? '?' : `${plainName(table.name)}(${namesOf(table, columns)})`;
  };
  const seen = survey.foreignKeys.map(({ inclusion, why }, at): Line => {
    const left = side(inclusion.child, inclusion.childColumns);
    const right = side(inclusion.parent, inclusion.parentColumns);
    return { key: String(at), at, text: `${left} → ${right}`, left, right, why: why.join('; ') };
  });
  const named = referencesByName(document, survey, choices).map(({ key, child, childColumns, parent, parentColumns }): Line => {
    const table = recordIn(document, 'tables', parent);
    const names = table === undefined ? [] : columnNames(document, table, parentColumns);
    const left = side(child, childColumns);
    const right = `${table?.name ?? '?'}(${names.join(', ')})`;
    const why = `The name and the type fit a key of ${table?.name ?? 'a table'}; no value was compared, as its rows are not among the files.`;
    return { key, text: `${left} → ${right}`, left, right, why };
  });
  return [...seen, ...named];
}

interface LinksProps {
  readonly survey: Survey;
  readonly choices: Choices;
}

/** How many foreign keys there are to decide on. */
export function LinkCount({ survey, choices }: LinksProps) {
  const document = useDocumentState((state) => state.document);
  const named = useMemo(() => referencesByName(document, survey, choices).length, [document, survey, choices]);
  return <Pill tone="plain">{(survey.foreignKeys.length + named).toLocaleString('en')}</Pill>;
}

/** Columns whose values all stand in a key of another file, or that are named like a key of a table: foreign keys to propose. */
export function LinksPart({ survey, choices }: LinksProps) {
  const document = useDocumentState((state) => state.document);
  const lines = useMemo(() => linesOf(document, survey, choices), [document, survey, choices]);
  const decisionOf = ({ at, key }: Line) => (at === undefined ? choices.references?.get(key) : choices.foreignKeys.get(at));
  const decide = ({ at, key }: Line, decision: Decision) =>
    at === undefined ? decideReference(key, decision) : decideLink(at, decision);
  const more = (
    <Button size="sm" icon="FilePlus" onClick={() => chooseDataFiles(undefined, true)}>
      Add files …
    </Button>
  );
  if (survey.tables.length < 2 && lines.length === 0) {
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
      decisionOf={decisionOf}
      onReject={(line) => decide(line, 'rejected')}
      empty={{ title: 'No foreign key fits', text: 'No column’s values all stand in a key of another file.' }}
      notes={
        survey.foreignKeysComplete ? null : (
          <p className="shrink-0 px-4 pb-1.5 text-warn text-xs">Not all pairs of columns were compared.</p>
        )
      }
      draw={(line, tabIndex) => {
        const decision = decisionOf(line);
        return (
          <div className={cx('flex h-full items-center gap-3 px-4', decision === 'rejected' && 'bg-sunken')}>
            <Verdict of={line.text} decision={decision} tabIndex={tabIndex} onDecide={(next) => decide(line, next)} />
            <span className="flex min-w-0 flex-1 flex-col">
              <Arrow left={line.left} right={line.right} struck={decision === 'rejected'} />
              <span className="truncate text-[11.5px] leading-4.5 text-ink-3" title={line.why}>
                {line.why}
              </span>
            </span>
            <Pill tone={line.at === undefined ? 'assume' : 'accent'}>{line.at === undefined ? 'by name' : 'values fit'}</Pill>
          </div>
        );
      }}
    />
  );
}
