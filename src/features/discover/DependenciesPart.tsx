import { useMemo } from 'react';
import type { RankedFd } from '#engine/discover/rank.ts';
import type { NullMeaning } from '#engine/discover/relation.ts';
import type { SurveyedTable } from '#engine/discover/survey.ts';
import { many } from '#lib/amounts.ts';
import { searchAgain } from '#state/discover.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Segments } from '#ui/Segments.tsx';
import { acceptedRight, dependencyKey, suggestedRight, type TableChoice, takeSuggested } from './choice.ts';
import { Listing } from './Listing.tsx';
import { choose, decide, toggleRight } from './session.ts';
import type { Standing } from './standing.ts';
import { Arrow, RightSide, Verdict } from './Verdict.tsx';
import { completeness, evidenceWords, namesOf, strengthOf } from './words.ts';

interface Line {
  readonly key: string;
  readonly text: string;
  readonly left: string;
  readonly right: string;
  readonly ranked: RankedFd;
}

/** What is told apart from the list: how complete it is, columns with one value, columns that say the same. */
function Notes({ table }: { readonly table: SurveyedTable }) {
  const { complete, text } = completeness(table);
  const listed = table.dependencies.reduce((sum, one) => sum + one.right.length, 0);
  const lines = [
    listed < table.dependencyCount
      ? `Of ${many(table.dependencyCount, 'dependency', 'dependencies')} the ${listed.toLocaleString('en')} with the fewest columns on the left are listed; crowfoot discover --json lists all.`
      : undefined,
    table.constants.length === 0
      ? undefined
      : `One value in all rows: ${namesOf(table, table.constants)}. Constants are no dependencies to declare.`,
    ...table.equivalents.slice(0, 3).map((group) => `Each determines the others: ${namesOf(table, group)}.`),
    table.equivalents.length > 3 ? `and ${many(table.equivalents.length - 3, 'more such group')}.` : undefined,
  ].filter((line) => line !== undefined);
  return (
    <div className="max-h-28 shrink-0 overflow-y-auto border-line border-y bg-sunken px-4 py-1.5 text-xs leading-5 text-ink-2">
      <p className={cx('flex items-center gap-1.5', complete ? 'text-ok' : 'text-warn')}>
        <Icon name={complete ? 'CircleCheck' : 'TriangleAlert'} size={13} className="shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {text} {complete ? 'That they hold in these rows does not make them rules.' : ''}
        </span>
      </p>
      {lines.map((line) => (
        <p key={line} className="[overflow-wrap:anywhere]">
          {line}
        </p>
      ))}
    </div>
  );
}

/** Whether NULL equals NULL, which changes what holds: the search is done again. */
function Nulls({ nulls }: { readonly nulls: NullMeaning }) {
  return (
    <Segments
      label="What NULL means"
      value={nulls}
      className="text-xs"
      segments={[
        { value: 'equal', label: 'NULL = NULL', title: 'Two NULLs of a column are the same value' },
        { value: 'distinct', label: 'NULL ≠ NULL', title: 'Each NULL is a value of its own, as in a unique constraint' },
      ]}
      onValueChange={(value) => searchAgain({ nulls: value })}
    />
  );
}

/** Accepts at one stroke what the rows speak for most; each can be taken back. */
function Suggested({ table, choice }: { readonly table: SurveyedTable; readonly choice: TableChoice }) {
  const open = table.dependencies.filter(
    (one) => suggestedRight(table, one).length > 0 && !choice.decisions.has(dependencyKey(one.left, one.right)),
  );
  if (open.length === 0) return null;
  return (
    <Button
      size="sm"
      icon="ListChecks"
      title="Those that the tables were probably made by, one for each column"
      onClick={() => choose((now) => takeSuggested(table, now))}
    >
      Accept the {open.length} suggested
    </Button>
  );
}

export interface PartProps {
  readonly table: SurveyedTable;
  readonly choice: TableChoice;
  readonly standing: Standing;
}

function rightOf(table: SurveyedTable, choice: TableChoice, { left, right }: RankedFd) {
  const taken = new Set(acceptedRight(choice, left, right));
  return right.map((place) => ({ place, name: table.profiles[place]?.name ?? '?', taken: taken.has(place) }));
}

/** All dependencies that hold, likeliest first. */
export function DependenciesPart({ table, choice, standing, nulls }: PartProps & { readonly nulls: NullMeaning }) {
  const lines = useMemo(
    () =>
      table.dependencies.map((ranked): Line => {
        const [left, right] = [namesOf(table, ranked.left), namesOf(table, ranked.right)];
        return { key: dependencyKey(ranked.left, ranked.right), text: `${left} → ${right}`, left, right, ranked };
      }),
    [table],
  );
  return (
    <Listing
      label="dependencies"
      items={lines}
      decisionOf={(line) => choice.decisions.get(line.key)}
      onReject={(line) => decide(line.key, 'rejected')}
      tools={
        <>
          <Suggested table={table} choice={choice} />
          <Nulls nulls={nulls} />
        </>
      }
      notes={<Notes table={table} />}
      empty={
        table.complete
          ? { title: 'No dependency holds', text: 'No column follows from others in these rows. See what nearly holds.' }
          : { title: 'None was found', text: 'The search ended before it was complete: there may be some. Give it more time.' }
      }
      draw={(line, tabIndex) => {
        const decision = choice.decisions.get(line.key);
        const blocked = standing.dependency(line.ranked.left, line.ranked.right);
        const strength = strengthOf(line.ranked);
        return (
          <div className={cx('flex h-full items-center gap-3 px-4', decision === 'rejected' && 'bg-sunken')}>
            <Verdict
              of={line.text}
              decision={decision}
              blocked={blocked}
              tabIndex={tabIndex}
              onDecide={(next) => decide(line.key, next)}
            />
            <span className="flex min-w-0 flex-1 flex-col">
              {decision === 'accepted' && line.ranked.right.length > 1 ? (
                <RightSide
                  left={line.left}
                  right={rightOf(table, choice, line.ranked)}
                  tabIndex={tabIndex}
                  onToggle={(place) => toggleRight(line.ranked, place)}
                />
              ) : (
                <Arrow left={line.left} right={line.right} grey={!line.ranked.evidence} struck={decision === 'rejected'} />
              )}
              <span className="truncate text-[11.5px] leading-4.5 text-ink-3">
                {blocked ?? [standing.partly(line.ranked.right), evidenceWords(line.ranked)].filter(Boolean).join(' ')}
              </span>
            </span>
            {suggestedRight(table, line.ranked).length === 0 ? null : (
              <Pill tone="accent" title={`Probably a rule: ${line.left} → ${namesOf(table, suggestedRight(table, line.ranked))}`}>
                suggested
              </Pill>
            )}
            <Pill tone={strength.tone} title={`Score ${line.ranked.score.toFixed(2)} of 1`}>
              {strength.label}
            </Pill>
          </div>
        );
      }}
    />
  );
}
