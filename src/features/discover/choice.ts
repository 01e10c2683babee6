import type { Survey, SurveyedTable } from '#engine/discover/survey.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Id } from '#model/types.ts';

export type Decision = 'accepted' | 'rejected';

/** A column of the new table other than it is proposed. */
export interface ColumnEdit {
  readonly type?: ColumnType;
  readonly nullable?: boolean;
}

/** What becomes of the data of one file. */
export interface TableChoice {
  /** An existing table; absent: a new one is proposed. */
  readonly target?: Id | undefined;
  /** It was only looked at: nothing of it enters the model. */
  readonly left?: boolean;
  /** Of the new table and its columns. */
  readonly name: string;
  readonly columns: readonly string[];
  /** What the person made of proposed columns, by their place. */
  readonly edits?: ReadonlyMap<number, ColumnEdit>;
  /** {@link keyOf} of the key that is to be the new table's primary key. */
  readonly primary?: string | undefined;
  /** By {@link keyOf} or {@link dependencyKey}. What is in neither state was not decided on. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** By {@link dependencyKey}: columns on the right of an accepted dependency that are no part of the rule. */
  readonly without?: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface Choices {
  readonly tables: readonly TableChoice[];
  /** Foreign keys by their place in the survey. */
  readonly foreignKeys: ReadonlyMap<number, Decision>;
  /** References to tables whose rows are not known, by their key. */
  readonly references?: ReadonlyMap<string, Decision>;
}

/** Tells one key of a table of data from the others. */
export function keyOf(columns: readonly number[]): string {
  return `key ${columns.join(',')}`;
}

/** Tells one dependency, whole or nearly kept, from the others. */
export function dependencyKey(left: readonly number[], right: readonly number[]): string {
  return `${left.join(',')}>${right.join(',')}`;
}

/** A name that is not taken, like the one that is wished for. */
export type FreeName = (name: string) => string;

/** Before anything was decided: a new table as it is proposed, or the one that the data was given for. */
export function firstChoice(table: SurveyedTable, target: Id | undefined, free: FreeName = (name) => name): TableChoice {
  const { proposal } = table;
  return {
    target,
    name: free(proposal.name),
    columns: proposal.columns.map((column) => column.name),
    primary: proposal.primaryKey === undefined ? undefined : keyOf(proposal.primaryKey),
    decisions: new Map(),
  };
}

function sameColumns(table: SurveyedTable, before: SurveyedTable | undefined): boolean {
  return table.profiles.map((one) => one.name).join('\n') === before?.profiles.map((one) => one.name).join('\n');
}

/** Choices for a new look at the data: what was chosen stays as far as it still is there. */
export function nextChoices(
  survey: Survey,
  targets: readonly (Id | undefined)[],
  before?: { readonly survey: Survey; readonly choices: Choices },
  free?: FreeName,
): Choices {
  const tables = survey.tables.map((table, at): TableChoice => {
    const fresh = firstChoice(table, targets[at], free);
    const old = before?.choices.tables[at];
    if (old === undefined || !sameColumns(table, before?.survey.tables[at])) return fresh;
    const known = new Set([
      ...table.keys.map((key) => keyOf(key.columns)),
      ...table.dependencies.map((one) => dependencyKey(one.left, one.right)),
      ...table.near.map((one) => dependencyKey(one.left, [one.right])),
    ]);
    const decisions = new Map([...old.decisions].filter(([key]) => known.has(key)));
    const primary = old.primary !== undefined && known.has(old.primary) ? old.primary : fresh.primary;
    return { ...old, primary, decisions };
  });
  const same = before !== undefined && JSON.stringify(before.survey.foreignKeys) === JSON.stringify(survey.foreignKeys);
  const { references = new Map() } = before?.choices ?? {};
  return { tables, foreignKeys: same ? before.choices.foreignKeys : new Map(), references };
}

/** What is accepted of a dependency's right side. */
export function acceptedRight({ without }: Pick<TableChoice, 'without'>, left: readonly number[], right: readonly number[]) {
  const gone = without?.get(dependencyKey(left, right));
  return gone === undefined ? right : right.filter((place) => !gone.has(place));
}

/** Leaves a column on the right out of what is accepted, or takes it in again; the last one stays. */
export function leftOut(
  { without = new Map() }: Pick<TableChoice, 'without'>,
  { left, right }: { readonly left: readonly number[]; readonly right: readonly number[] },
  place: number,
): ReadonlyMap<string, ReadonlySet<number>> {
  const key = dependencyKey(left, right);
  const gone = new Set(without.get(key));
  if (!gone.delete(place) && right.length - gone.size > 1) gone.add(place);
  return new Map(without).set(key, gone);
}

/** What is suggested of a dependency's right side; nothing of most. */
export function suggestedRight(
  table: SurveyedTable,
  { left, right }: { readonly left: readonly number[]; readonly right: readonly number[] },
) {
  const suggested = table.suggested.find((one) => one.left.join() === left.join())?.right ?? [];
  return right.filter((place) => suggested.includes(place));
}

/** Accepts what is suggested, as far as nothing else was decided on it. */
export function takeSuggested(
  table: SurveyedTable,
  { decisions, without }: TableChoice,
): Pick<TableChoice, 'decisions' | 'without'> {
  const next = new Map(decisions);
  const gone = new Map(without);
  for (const one of table.dependencies) {
    const key = dependencyKey(one.left, one.right);
    const taken = suggestedRight(table, one);
    if (taken.length === 0 || next.has(key)) continue;
    next.set(key, 'accepted');
    gone.set(key, new Set(one.right.filter((place) => !taken.includes(place))));
  }
  return { decisions: next, without: gone };
}

/** The same decision again takes it back. */
export function decided<K>(decisions: ReadonlyMap<K, Decision>, key: K, decision: Decision): ReadonlyMap<K, Decision> {
  const next = new Map(decisions);
  if (next.get(key) === decision) next.delete(key);
  else next.set(key, decision);
  return next;
}
