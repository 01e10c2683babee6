import { createStore } from 'zustand/vanilla';
import { type Plan, readPlan } from '#engine/planner/plan.ts';
import type { Problem, Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { documentStore, onDocumentChange } from './document.ts';
import { Newest } from './newest.ts';
import { showDock } from './panes.ts';
import { service } from './services.ts';

/** `plan`: a query is planned here; `paste`: a plan comes from elsewhere. */
export type LabMode = 'plan' | 'paste';

/** A plan that is shown. */
export interface LabPlan {
  readonly plan: Plan;
  /** The document that it was made for, or is explained against. */
  readonly of: Document;
  /** Of the PostgreSQL that planned it; absent of one that was pasted. */
  readonly version?: string;
}

export interface LabProblem extends Problem {
  /** Where in the text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

interface Bench {
  readonly text: string;
  readonly shown?: LabPlan | undefined;
  readonly problem?: LabProblem | undefined;
}

export interface QueryLabState {
  readonly mode: LabMode;
  readonly plan: Bench;
  readonly paste: Bench;
  /** The query of the workload that the text was taken from. */
  readonly query?: Id | undefined;
  readonly busy?: { readonly done: number; readonly what: string } | undefined;
}

const EMPTY: QueryLabState = { mode: 'plan', plan: { text: '' }, paste: { text: '' }, query: undefined, busy: undefined };

export const queryLabStore = createStore<QueryLabState>(() => EMPTY);

/** Plans a statement at the document's declared scale with the indexes it has. */
export type LabPlanner = (
  document: Document,
  sql: string,
  watch: { readonly onProgress: (done: number, what: string) => void; readonly signal: AbortSignal },
) => Promise<Result<{ readonly plan: Plan; readonly version: string }>>;

const running = new Newest();

onDocumentChange(({ source }) => {
  if (source !== 'load') return;
  running.callOff();
  queryLabStore.setState(EMPTY, true);
});

export function setLabMode(mode: LabMode): void {
  queryLabStore.setState({ mode });
}

/** Takes a text over; what was found out about another text stays until the next run, its mistake does not. */
export function setLabText(mode: LabMode, text: string): void {
  const { [mode]: bench } = queryLabStore.getState();
  if (bench.text !== text) queryLabStore.setState({ [mode]: { ...bench, text, problem: undefined } });
}

/** `line 3, column 14` in a message. */
const PLACE = /\bline (\d{1,9}), column (\d{1,9})\b/;

function withPlace(problem: Problem): LabProblem {
  const [, line, column] = PLACE.exec(problem.message) ?? [];
  return line === undefined ? problem : { ...problem, line: Number(line), column: Number(column) };
}

/** Plans the query that stands there. */
export async function planInLab(): Promise<void> {
  const mine = running.begin();
  const { document } = documentStore.getState();
  const { plan: bench } = queryLabStore.getState();
  const typed = bench.text.trim();
  const sql = typed.endsWith(';') ? typed.slice(0, -1).trimEnd() : typed;
  const say = (problem: LabProblem) => queryLabStore.setState({ busy: undefined, plan: { ...bench, problem } });
  if (sql === '') return say({ code: 'no-query', message: 'Type a query, or choose one of the workload.' });
  const planner = service('labPlanner');
  if (planner === undefined) return say({ code: 'no-planner', message: 'The studio is still starting. Try again in a moment.' });
  queryLabStore.setState({ busy: { done: 0, what: 'Starting PostgreSQL' }, plan: { ...bench, problem: undefined } });
  const planned = await planner(document, sql, {
    signal: mine.signal,
    onProgress: (done, what) => {
      if (mine.counts()) queryLabStore.setState({ busy: { done, what } });
    },
  });
  if (!mine.end()) return;
  const { plan: now } = queryLabStore.getState();
  if (!planned.ok) queryLabStore.setState({ busy: undefined, plan: { ...now, problem: withPlace(planned.problem) } });
  else {
    const { plan, version } = planned.value;
    queryLabStore.setState({ busy: undefined, plan: { ...now, problem: undefined, shown: { plan, version, of: document } } });
  }
}

/** Calls the planning off. */
export function cancelLab(): void {
  running.callOff();
  queryLabStore.setState({ busy: undefined });
}

/** Reads the plan that was pasted. */
export function readInLab(): void {
  const { document } = documentStore.getState();
  const { paste: bench } = queryLabStore.getState();
  if (bench.text.trim() === '') {
    const message = 'Paste what EXPLAIN gives, as text or as JSON; with ANALYZE and BUFFERS it tells more.';
    queryLabStore.setState({ paste: { ...bench, problem: { code: 'no-plan', message } } });
    return;
  }
  const read = readPlan(bench.text);
  queryLabStore.setState({
    paste: read.ok
      ? { text: bench.text, shown: { plan: read.value, of: document } }
      : { ...bench, problem: withPlace(read.problem) },
  });
}

/** Takes a query of the workload into the lab and plans it. */
export function chooseInLab(id: Id): void {
  const query = recordIn(documentStore.getState().document, 'queries', id);
  if (query === undefined) return;
  queryLabStore.setState({ mode: 'plan', query: id, plan: { text: query.sql.trim() } });
  void planInLab();
}

/** Opens the lab, with a query of the workload when told. */
export function openLab(query?: Id): void {
  showDock('querylab');
  if (query !== undefined) chooseInLab(query);
}
