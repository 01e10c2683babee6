import { createStore } from 'zustand/vanilla';
import { plainName, type Survey } from '#engine/discover/survey.ts';
import { recordIn } from '#model/collections.ts';
import { defaultSchema, freeName, nameProblem } from '#model/commands/lookup.ts';
import type { Id } from '#model/types.ts';
import { discoverStore, type Found } from '#state/discover.ts';
import { documentStore } from '#state/document.ts';
import {
  type Choices,
  type ColumnEdit,
  type Decision,
  decided,
  type FreeName,
  leftOut,
  nextChoices,
  type TableChoice,
} from './choice.ts';
import { matchColumns, tableNamed } from './match.ts';

export type Part = 'profile' | 'dependencies' | 'keys' | 'near' | 'links';

export interface DiscoverSession {
  readonly survey?: Survey | undefined;
  readonly choices: Choices;
  /** The file that is shown. */
  readonly file: number;
  readonly part: Part;
}

const NOTHING: DiscoverSession = { choices: { tables: [], foreignKeys: new Map() }, file: 0, part: 'profile' };

/** What the person chose in the open dialog. */
export const sessionStore = createStore<DiscoverSession>(() => NOTHING);

/** Gives each table a name that neither the document nor another file's table has. */
function unusedNames(): FreeName {
  const { document } = documentStore.getState();
  const schema = defaultSchema(document) ?? '';
  const given = new Set<string>();
  return (wished) => {
    const name = freeName(wished, (one) => given.has(one) || nameProblem(document, 'tables', one, schema) !== undefined);
    given.add(name);
    return name;
  };
}

/**
 * The table each file begins with: the first the one it was given for, unless that has none of its columns: then it must be of
 * another. Every file else the table of its own name that has at least half of its columns.
 */
function targetsOf(survey: Survey, onto: Id | undefined): (Id | undefined)[] {
  const { document } = documentStore.getState();
  const taken = new Set<Id>();
  return survey.tables.map(({ name, profiles }, at) => {
    const names = profiles.map((profile) => profile.name);
    const table = at === 0 && onto !== undefined ? recordIn(document, 'tables', onto) : undefined;
    const given = table !== undefined && matchColumns(document, table, names).some((id) => id !== undefined) ? table : undefined;
    const own = given ?? tableNamed(document, names, plainName(name));
    if (own === undefined || taken.has(own.id)) return undefined;
    taken.add(own.id);
    return own.id;
  });
}

/** Takes up what was found; what was chosen stays as far as it still is there. */
export function follow({ survey, given }: Found): void {
  const now = sessionStore.getState();
  if (now.survey === survey) return;
  const before = now.survey === undefined ? undefined : { survey: now.survey, choices: now.choices };
  sessionStore.setState({
    survey,
    choices: nextChoices(survey, targetsOf(survey, given.onto), before, unusedNames()),
    file: Math.min(now.file, survey.tables.length - 1),
  });
}

/** Follows the search; forgets the choices when there is nothing left to choose from. Returns how to stop. */
export function followSearch(): () => void {
  const look = () => {
    const { discover } = discoverStore.getState();
    if (discover.stage === 'found') follow(discover);
    else if (discover.stage === 'choose') sessionStore.setState(NOTHING, true);
  };
  look();
  return discoverStore.subscribe(look);
}

export function showFile(file: number): void {
  sessionStore.setState({ file });
}

export function showPart(part: Part): void {
  sessionStore.setState({ part });
}

/** Changes what becomes of the file that is shown. */
export function choose(change: (choice: TableChoice) => Partial<TableChoice>): void {
  sessionStore.setState(({ choices, file }) => ({
    choices: {
      ...choices,
      tables: choices.tables.map((one, at) => (at === file ? { ...one, ...change(one) } : one)),
    },
  }));
}

/** Accepts or rejects a dependency or key of the file that is shown; the same again takes it back. */
export function decide(key: string, decision: Decision): void {
  choose(({ decisions }) => ({ decisions: decided(decisions, key, decision) }));
}

/** Leaves a column out of an accepted dependency, or takes it in again. */
export function toggleRight(
  dependency: { readonly left: readonly number[]; readonly right: readonly number[] },
  place: number,
): void {
  choose((choice) => ({ without: leftOut(choice, dependency, place) }));
}

export function decideLink(at: number, decision: Decision): void {
  sessionStore.setState(({ choices }) => ({
    choices: { ...choices, foreignKeys: decided(choices.foreignKeys, at, decision) },
  }));
}

/** Accepts or rejects a reference to a table whose rows are not known. */
export function decideReference(key: string, decision: Decision): void {
  sessionStore.setState(({ choices }) => ({
    choices: { ...choices, references: decided(choices.references ?? new Map(), key, decision) },
  }));
}

/** Puts the file into another table, or into a new one. What was accepted stays. */
export function putInto(target: Id | undefined): void {
  choose(() => ({ target, left: false }));
}

/** Only looks at the file: it makes no table, and what was accepted of it is left out. */
export function leaveOut(): void {
  choose(() => ({ target: undefined, left: true }));
}

/** Gives a column of the new table another name. */
export function nameColumn(at: number, name: string): void {
  choose(({ columns }) => ({ columns: columns.map((one, index) => (index === at ? name : one)) }));
}

/** Gives a column of the new table another type, or says whether it may be NULL. */
export function editColumn(at: number, edit: ColumnEdit): void {
  choose(({ edits = new Map() }) => ({ edits: new Map(edits).set(at, { ...edits.get(at), ...edit }) }));
}
