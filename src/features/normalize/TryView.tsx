import { isCheckable, TRAITS } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';
import { type SampleRows, useSampleRows } from '#state/sample-rows.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Progress } from '#ui/Progress.tsx';
import { isProved, type TrialOutcome } from '#verify/decomposition.ts';
import type { Settled } from './planner.ts';
import type { useTrial } from './use-trial.ts';

interface TryViewProps extends ReturnType<typeof useTrial> {
  /** What would be tried; absent while something is still to be chosen. */
  readonly ready: Settled | undefined;
  /** The old table's columns, as rows show them. */
  readonly columns: readonly string[] | undefined;
  readonly dialect: Dialect;
}

interface OutcomeProps {
  readonly outcome: TrialOutcome;
  readonly columns: readonly string[] | undefined;
}

function Rows({ outcome, columns }: OutcomeProps) {
  const { shown, rows } = outcome;
  if (shown === undefined) return null;
  const lines = Array.from({ length: Math.max(shown.old.length, shown.rejoined.length) }, (_, at) => at);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
    <section tabIndex={0} aria-label="Rows" className="overflow-auto rounded-lg border border-line">
      <table className="w-full border-collapse font-mono text-[11.5px]">
        <thead className="bg-sunken text-left font-sans text-xs text-ink-2">
          <tr>
            <th scope="col" className="px-3 py-1 font-medium">
              Old rows{columns === undefined ? '' : ` (${columns.join(', ')})`}
            </th>
            <th scope="col" className="w-6" aria-label="Equal" />
            <th scope="col" className="px-3 py-1 font-medium">
              Rows joined from the new tables
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((at) => (
            <tr key={at} className="border-line border-t">
              <td className="px-3 py-0.5">{shown.old[at]}</td>
              <td className={shown.old[at] === shown.rejoined[at] ? 'text-ok' : 'text-bad'}>
                {shown.old[at] === shown.rejoined[at] ? '=' : '≠'}
              </td>
              <td className="px-3 py-0.5">{shown.rejoined[at]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows > lines.length ? (
        <p className="border-line border-t px-3 py-1 text-xs text-ink-3">and {rows - lines.length} more rows</p>
      ) : null}
    </section>
  );
}

function failure({ errors, stopped, forward, back }: TrialOutcome): string {
  if (errors.length > 0) return `The old table could not be made: ${errors[0]?.message}`;
  if (stopped !== undefined)
    return `${stopped.way === 'forward' ? 'The script' : 'The way back'} stopped (${stopped.note}): ${stopped.message}`;
  const [bad, where] =
    (forward?.missing.length ?? 0) + (forward?.extra.length ?? 0) > 0 ? [forward, 'the new tables'] : [back, 'the way back'];
  return `Rows differ after ${where}: ${bad?.missing.length ?? 0} missing, ${bad?.extra.length ?? 0} extra.`;
}

function Outcome({ outcome, columns }: OutcomeProps) {
  const proved = isProved(outcome);
  return (
    <div className="flex flex-col gap-3">
      <p
        role="status"
        className={`flex items-start gap-2 rounded-md px-3 py-2 ${proved ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad'}`}
      >
        <Icon name={proved ? 'CircleCheck' : 'CircleAlert'} size={16} className="mt-0.5 shrink-0" />
        <span>
          {proved
            ? `Old rows = rejoined rows: ${outcome.rows} rows went to the new tables and came back equal as bags, and so did the way back, on ${TRAITS[outcome.dialect].label} ${outcome.version}.`
            : failure(outcome)}
        </span>
      </p>
      {outcome.refused > 0 ? (
        <p className="text-xs text-ink-2">
          {outcome.refused}{' '}
          {outcome.given === true
            ? 'rows of the data do not fit into the table'
            : 'made-up rows were refused by checks of the table'}{' '}
          and were left out.
        </p>
      ) : null}
      <Rows outcome={outcome} columns={columns} />
    </div>
  );
}

/** The rows that it is tried on. */
function rowsWords(given: SampleRows | undefined): string {
  if (given === undefined) return 'rows that its keys and dependencies allow';
  const count = given.rows.length.toLocaleString('en');
  return given.rows.length < given.total
    ? `${count} of the ${given.total.toLocaleString('en')} rows of ${given.source}`
    : `the ${count} rows of ${given.source}`;
}

/** Said where no engine of the database runs in a browser: the script was made, and nothing has run it. */
function NotRun({ label }: { readonly label: string }) {
  return (
    <p className="flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-xs leading-[18px] text-ink-2">
      <Icon name="Info" size={14} className="mt-0.5 shrink-0" />
      <span>
        Planned, but not run: no {label} runs in a browser. The script compares old and new rows itself before it takes anything
        away, and stops when they differ. Try it on a copy of the database first.
      </span>
    </p>
  );
}

/** Runs the script on rows in the browser's own engine, forward and back, where it has one. */
export function TryView({ ready, columns, dialect, trial, start, stop }: TryViewProps) {
  const given = useSampleRows(ready?.proposal.table ?? '');
  const { label } = TRAITS[dialect];
  if (!isCheckable(dialect)) return <NotRun label={label} />;
  const old = trial.state === 'done' && trial.of !== ready;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon="Play"
          disabled={ready === undefined || trial.state === 'running'}
          onClick={() => ready !== undefined && start(ready)}
        >
          Try it on {label}
        </Button>
        {trial.state === 'running' ? <Button onClick={stop}>Stop</Button> : null}
        <p className="min-w-0 flex-1 text-xs leading-[18px] text-ink-2">
          {`Makes the old table with ${rowsWords(given)}, runs the script forward, compares, and runs it back: in this browser, nothing leaves it.`}
        </p>
      </div>
      {trial.state === 'running' ? (
        <div className="flex flex-col gap-1.5">
          <Progress done={trial.done} label="Trying the decomposition" />
          <p role="status" className="text-xs text-ink-2">
            {trial.what}
          </p>
        </div>
      ) : null}
      {trial.state !== 'done' ? null : (
        <>
          {old ? <p className="text-xs text-warn">The plan has changed since it was tried.</p> : null}
          {trial.result.ok ? (
            <Outcome outcome={trial.result.value} columns={columns} />
          ) : (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              {trial.result.problem.message}
            </p>
          )}
        </>
      )}
    </div>
  );
}
