import { createStore } from 'zustand/vanilla';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { AppliedAdvice } from '#engine/indexes/advise/apply.ts';
import type { Problem } from '#lib/result.ts';
import { COLLECTIONS } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import type { AdviceSettings, Weighed } from './advice-types.ts';
import { documentStore, onDocumentChange } from './document.ts';
import { Newest } from './newest.ts';
import { service } from './services.ts';
import { waitingStore } from './waiting.ts';

/** Advice, and what it is of. */
export interface Advised extends Weighed {
  /** The document as it was, whole; `weighed` is without the queries that were left out. */
  readonly of: Document;
  /** Ids of indexes that were made and dropped in the model from it. */
  readonly applied?: { readonly made: readonly Id[]; readonly dropped: readonly Id[] };
}

/** The set of indexes a person puts together. */
export interface OwnSet {
  readonly indexes: ReadonlySet<string>;
  /** What it costs, as it last was weighed. */
  readonly scenario?: Scenario | undefined;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
}

export interface AdviceState {
  readonly settings: AdviceSettings;
  /** While advice is being worked out. */
  readonly working?: { readonly done: number; readonly what: string; readonly stopping: boolean } | undefined;
  readonly advised?: Advised | undefined;
  /** Why there is none, or no newer one. */
  readonly problem?: Problem | undefined;
  /** Ids of what is to be made and dropped when it is applied. */
  readonly taken: ReadonlySet<string>;
  readonly own?: OwnSet | undefined;
}

const NEW: AdviceState = {
  settings: { writePenalty: 1, leftOut: [] },
  working: undefined,
  advised: undefined,
  problem: undefined,
  taken: new Set(),
  own: undefined,
};

export const adviceStore = createStore<AdviceState>(() => NEW);

const running = new Newest();
/** Ends the search that runs with what it has. */
let enough = new AbortController();
const weighing = new Newest();

// Advice on another document says nothing here.
onDocumentChange(({ source }) => {
  if (source !== 'load') return;
  running.callOff();
  weighing.callOff();
  adviceStore.setState(NEW, true);
});

/** Changes what is wanted; it counts from the next run on. */
export function setAdvice(change: Partial<AdviceSettings>): void {
  adviceStore.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
}

/** Lets a query count, or leaves it out. */
export function countQuery(query: Id, counts: boolean): void {
  const { leftOut } = adviceStore.getState().settings;
  const others = leftOut.filter((one) => one !== query);
  setAdvice({ leftOut: counts ? others : [...others, query] });
}

function without(document: Document, leftOut: readonly Id[]): Document {
  if (leftOut.length === 0) return document;
  const out = new Set(leftOut);
  return { ...document, queries: Object.fromEntries(Object.entries(document.queries).filter(([id]) => !out.has(id))) };
}

/** What is made and dropped by all of the advice. */
export function changesOf(advice: IndexAdvice): string[] {
  return advice.indexes.filter(({ verdict }) => verdict === 'make' || verdict === 'drop').map(({ id }) => id);
}

const ABSENT: Problem = { code: 'no-adviser', message: 'The studio is still starting. Try again in a moment.' };

/** Works out advice on the open document as it is now. What was there before stays at hand until the next is. */
export async function runAdvice(): Promise<void> {
  weighing.callOff();
  const mine = running.begin();
  enough = new AbortController();
  const { document } = documentStore.getState();
  const { settings } = adviceStore.getState();
  const adviser = service('adviser');
  if (adviser === undefined) {
    adviceStore.setState({ problem: ABSENT });
    return;
  }
  adviceStore.setState({ working: { done: 0, what: 'Reading the queries', stopping: false }, problem: undefined });
  const weighed = without(document, settings.leftOut);
  const found = await adviser.advise(weighed, settings, {
    signal: mine.signal,
    enough: enough.signal,
    onProgress: (done, what) => {
      const { working } = adviceStore.getState();
      if (mine.counts() && working !== undefined) adviceStore.setState({ working: { ...working, done, what } });
    },
  });
  if (!mine.end()) return;
  if (found.ok)
    adviceStore.setState({
      working: undefined,
      advised: { advice: found.value, of: document, weighed, settings },
      taken: new Set(changesOf(found.value)),
      own: undefined,
    });
  else {
    adviceStore.setState({ working: undefined, problem: found.problem });
    void goOnWeighing();
  }
}

/** Ends the search and keeps the best that was found so far. */
export function stopAdvice(): void {
  const { working } = adviceStore.getState();
  if (working === undefined) return;
  adviceStore.setState({ working: { ...working, stopping: true } });
  enough.abort();
}

/** Calls the run off: what was there before it stands. */
export function cancelAdvice(): void {
  running.callOff();
  adviceStore.setState({ working: undefined });
  void goOnWeighing();
}

/** Decides whether something advised is to be applied. */
export function take(index: string, taken: boolean): void {
  adviceStore.setState(({ taken: before }) => {
    const next = new Set(before);
    if (taken) next.add(index);
    else next.delete(index);
    return { taken: next };
  });
}

/** Says that what was taken is in the model now. */
export function markApplied({ made, dropped }: Pick<AppliedAdvice, 'made' | 'dropped'>): void {
  const applied = { made: [...made.values()].map(({ index }) => index), dropped };
  adviceStore.setState(({ advised }) => ({ advised: advised === undefined ? undefined : { ...advised, applied } }));
}

const COUNTED = COLLECTIONS.filter(({ scope, name }) => scope === 'model' && name !== 'waivers' && name !== 'decisions');

/**
 * How many records that advice depends on are others than when it was given. What is taken back counts no more; what only
 * moves on the canvas never does.
 */
export function changesSince(of: Document, now: Document): number {
  let changes = 0;
  for (const { name } of COUNTED) {
    const [before, after] = [of[name], now[name]] as readonly Readonly<Record<Id, unknown>>[];
    if (before === after || before === undefined || after === undefined) continue;
    for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) if (before[id] !== after[id]) changes += 1;
  }
  return changes;
}

/** Whether the advice is in the model, and was not taken back. */
export function isApplied({ applied }: Advised, { tables, views }: Document): boolean {
  if (applied === undefined) return false;
  const there = new Set([...Object.values(tables), ...Object.values(views)].flatMap(({ indexes }) => indexes.map(({ id }) => id)));
  return applied.made.every((id) => there.has(id)) && !applied.dropped.some((id) => there.has(id));
}

/** Says how much of the advice waits to be taken: nothing when the document is another, be it that it was applied. */
function countWaiting(): void {
  const { advised } = adviceStore.getState();
  const { document } = documentStore.getState();
  const advice = advised === undefined || changesSince(advised.of, document) > 0 ? 0 : changesOf(advised.advice).length;
  if (waitingStore.getState().advice !== advice) waitingStore.setState({ advice });
}

adviceStore.subscribe(countWaiting);
onDocumentChange(countWaiting);

/** Begins an own set from one of the scenarios, with what that costs. */
export function beginOwn(from: 'none' | 'now' | 'advised'): void {
  weighing.callOff();
  const scenario = adviceStore.getState().advised?.advice[from];
  if (scenario !== undefined) adviceStore.setState({ own: { indexes: new Set(scenario.indexes), scenario, busy: false } });
}

/** Puts an index into the own set or takes it out, and weighs the set. */
export async function toggleOwn(index: string, within: boolean): Promise<void> {
  if (adviceStore.getState().own === undefined) beginOwn('advised');
  const { own } = adviceStore.getState();
  if (own === undefined) return;
  const indexes = new Set(own.indexes);
  if (within) indexes.add(index);
  else indexes.delete(index);
  adviceStore.setState({ own: { ...own, indexes } });
  await weighOwn();
}

/** Weighs the own set by the costs of the advice that stands, where a run that came to nothing had ended that. */
async function goOnWeighing(): Promise<void> {
  if (adviceStore.getState().own?.busy === true) await weighOwn();
}

async function weighOwn(): Promise<void> {
  const { own, advised } = adviceStore.getState();
  if (own === undefined || advised === undefined) return;
  const { indexes } = own;
  const mine = weighing.begin();
  const adviser = service('adviser');
  if (adviser === undefined) {
    adviceStore.setState({ own: { ...own, busy: false, problem: ABSENT } });
    return;
  }
  adviceStore.setState({ own: { ...own, busy: true, problem: undefined } });
  const weighed = await adviser.weigh(advised, [...indexes], {
    onProgress: () => undefined,
    signal: mine.signal,
    enough: mine.signal,
  });
  if (!mine.end()) return;
  const now = adviceStore.getState().own;
  if (now === undefined) return;
  adviceStore.setState({
    own: weighed.ok ? { indexes, scenario: weighed.value, busy: false } : { ...now, busy: false, problem: weighed.problem },
  });
}
