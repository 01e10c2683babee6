import { createStore } from 'zustand/vanilla';
import type { ReadOptions } from '#engine/discover/read/data.ts';
import type { NullMeaning } from '#engine/discover/relation.ts';
import type { Survey, SurveyFile } from '#engine/discover/survey.ts';
import type { Problem } from '#lib/result.ts';
import type { Dialect, Id } from '#model/types.ts';
import type { DiscoverJob } from '#worker/jobs-protocol.ts';
import { documentStore } from './document.ts';
import { Newest } from './newest.ts';
import { service } from './services.ts';
import { openDialog } from './view.ts';

/** Data as it was given, and how it is to be looked at: to be looked at again otherwise. */
export interface GivenData {
  readonly files: readonly SurveyFile[];
  readonly nulls: NullMeaning;
  readonly maxLeft?: number | undefined;
  readonly seconds?: number | undefined;
  /** The table the first file was given for. */
  readonly onto?: Id | undefined;
}

export type DiscoverState =
  /** The dialog waits for data. */
  | { readonly stage: 'choose'; readonly problem?: Problem | undefined; readonly onto?: Id | undefined }
  /** `before`: what is shown again when it is stopped. */
  | {
      readonly stage: 'searching';
      readonly given: GivenData;
      readonly done: number;
      readonly what: string;
      readonly before?: Found | undefined;
    }
  | Found;

export interface Found {
  readonly stage: 'found';
  readonly given: GivenData;
  readonly survey: Survey;
  /** Why it could not be looked at in another way. */
  readonly problem?: Problem | undefined;
}

export const discoverStore = createStore<{ readonly discover: DiscoverState }>(() => ({ discover: { stage: 'choose' } }));

/** Searches that pass this many seconds end with what they have, unless told otherwise. */
export const USUAL_SECONDS = 60;

const running = new Newest();

function set(discover: DiscoverState): void {
  discoverStore.setState({ discover });
}

/** Types are proposed as the open document's database has them. */
function dialect(): Dialect {
  return documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
}

/** Opens the dialog with nothing in it. @param onto the table that data is wanted for. */
export function openDiscover(onto?: Id): void {
  stopSearch();
  set({ stage: 'choose', onto });
  openDialog('discover');
}

/** Says in the dialog why data could not be taken. */
export function refuseData(problem: Problem): void {
  const { discover: now } = discoverStore.getState();
  stopSearch();
  if (now.stage === 'found') set({ ...now, problem });
  else set({ stage: 'choose', problem, onto: now.stage === 'choose' ? now.onto : now.given.onto });
  openDialog('discover');
}

/** Looks at data; the dialog follows. What was found before stays at hand. */
export async function searchData(given: GivenData): Promise<void> {
  const { discover: now } = discoverStore.getState();
  const before = now.stage === 'found' ? now : now.stage === 'searching' ? now.before : undefined;
  const mine = running.begin();
  const search = service('discover');
  if (search === undefined) {
    set({ stage: 'choose', problem: { code: 'no-search', message: 'The studio is still starting. Try again in a moment.' } });
    return;
  }
  set({ stage: 'searching', given, done: 0, what: 'Reading', before });
  const { files, nulls, maxLeft, seconds } = given;
  const job: DiscoverJob = { nulls, maxLeft, seconds, dialect: dialect() };
  const found = await search(
    files,
    job,
    (done, what) => {
      if (mine.counts()) set({ stage: 'searching', given, done, what, before });
    },
    mine.signal,
  );
  if (!mine.end()) return;
  if (found.ok) set({ stage: 'found', given, survey: found.value });
  else if (before === undefined) set({ stage: 'choose', problem: found.problem, onto: given.onto });
  else set({ ...before, problem: found.problem });
}

/** Stops the search and goes back to what was shown before it. Nothing was changed. */
export function cancelSearch(): void {
  const { discover: now } = discoverStore.getState();
  if (now.stage !== 'searching') return;
  stopSearch();
  const problem = { code: 'stopped', message: 'The search was stopped.' };
  if (now.before === undefined) set({ stage: 'choose', problem, onto: now.given.onto });
  else set({ ...now.before, problem });
}

function stopSearch(): void {
  running.callOff();
}

/** Looks again at the same data in another way. */
export function searchAgain(change: Partial<Omit<GivenData, 'files'>>): void {
  const { discover: now } = discoverStore.getState();
  if (now.stage === 'found') void searchData({ ...now.given, ...change });
}

/** Reads one of the files in another way. */
export function readAs(file: number, read: ReadOptions): void {
  const { discover: now } = discoverStore.getState();
  if (now.stage !== 'found') return;
  const files = now.given.files.map((one, at) => (at === file ? { ...one, read: { ...one.read, ...read } } : one));
  void searchData({ ...now.given, files });
}

/** Forgets the data and ends the dialog. */
export function leaveDiscover(): void {
  stopSearch();
  set({ stage: 'choose' });
  openDialog(undefined);
}
