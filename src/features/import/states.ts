import type { ReceiptStatement, StatementState } from '#engine/sql/receipt.ts';
import type { IconName } from '#ui/icons.ts';
import type { PillProps } from '#ui/Pill.tsx';

/** The five things that can become of a statement, as people read them. */
export const STATES: readonly {
  readonly state: StatementState;
  readonly label: string;
  readonly says: string;
  readonly icon: IconName;
  readonly tone: PillProps['tone'];
  /** Colour of its mark in the margin of the source. */
  readonly mark: string;
}[] = [
  { state: 'modelled', label: 'Modelled', says: 'The model holds all of it.', icon: 'CircleCheck', tone: 'ok', mark: 'bg-ok' },
  {
    state: 'residue',
    label: 'With residue',
    says: 'Modelled; a clause the model has no field for is kept and written back.',
    icon: 'ListChecks',
    tone: 'accent',
    mark: 'bg-accent',
  },
  {
    state: 'verbatim',
    label: 'Verbatim',
    says: 'Kept word for word and written back in its place.',
    icon: 'FileCode',
    tone: 'plain',
    mark: 'bg-ink-3',
  },
  {
    state: 'skipped',
    label: 'Skipped',
    says: 'Not part of a schema: session settings, data rows.',
    icon: 'EyeOff',
    tone: 'assume',
    mark: 'bg-line-strong',
  },
  {
    state: 'error',
    label: 'Errors',
    says: 'Could not be read. The rest came in whole.',
    icon: 'CircleAlert',
    tone: 'bad',
    mark: 'bg-bad',
  },
];

export function stateOf(state: StatementState): (typeof STATES)[number] {
  return STATES.find((one) => one.state === state) ?? (STATES[0] as (typeof STATES)[number]);
}

/** Statements of these states (all when none is named) that hold the text somewhere. */
export function filterStatements(
  statements: readonly ReceiptStatement[],
  states: ReadonlySet<StatementState>,
  typed: string,
): readonly ReceiptStatement[] {
  const needle = typed.trim().toLowerCase();
  return statements.filter(
    (one) =>
      (states.size === 0 || states.has(one.state)) &&
      (needle === '' || `${one.object ?? ''} ${one.reason ?? ''} ${one.file}`.toLowerCase().includes(needle)),
  );
}
