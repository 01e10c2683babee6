import type { Dependent, TextPlan, TextProblem, TypedText } from '#engine/queries.ts';
import type { Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import type { Opinion } from '#worker/second-opinion-protocol.ts';
import { documentStore, run } from './document.ts';
import { askEngine } from './engine.ts';

export interface Applied {
  readonly plan: TextPlan;
  /** False when the model already said what the text says. */
  readonly changed: boolean;
}

/** Asked before something is deleted that other objects need; false leaves everything as it is. */
export type ConfirmRemoval = (dependents: readonly Dependent[]) => Promise<boolean>;

/** What is wrong with typed text. */
export async function checkTyped({ text, keys }: TypedText): Promise<readonly TextProblem[]> {
  const asked = await askEngine('parse', { text, keys });
  const problems = asked.ok ? asked.value : [];
  const dialect = documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
  return problems.length === 0 ? problems : Promise.all(problems.map((problem) => withOpinion(text, dialect, problem)));
}

/** Asks another parser about a single statement. */
type SecondOpinion = (dialect: Dialect, text: string, at: number) => Promise<Opinion>;

let second: SecondOpinion | undefined;

/** Called once at start-up by whoever owns the worker that it runs in. */
export function provideSecondOpinion(given: SecondOpinion): void {
  second = given;
}

/**
 * What another parser says of a statement that the grammar here refuses, added to why. Where the grammar takes a statement,
 * nobody else is asked: it is the grammar that makes the model.
 */
async function withOpinion(text: string, dialect: Dialect, problem: TextProblem): Promise<TextProblem> {
  if (second === undefined || problem.code !== 'syntax') return problem;
  const opinion = await second(dialect, text, problem.start);
  if (opinion.says === 'none') return problem;
  if (opinion.says === 'fine') {
    return {
      ...problem,
      message: `${problem.message} (A second parser takes the statement: it may be right, and the model cannot hold it as it stands.)`,
    };
  }
  const before = text.slice(0, opinion.position);
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return {
    ...problem,
    message: `${problem.message} (A second parser stops in line ${line}, column ${column}: ${opinion.message}.)`,
  };
}

/**
 * Makes the model say what was typed, as one undo step. Nothing changes when the text cannot be read, when a command refuses,
 * or when the person keeps what would be deleted.
 */
export async function applyTyped(typed: TypedText, confirm: ConfirmRemoval): Promise<Result<Applied, TextProblem>> {
  const whole = { start: 0, end: typed.text.length };
  const { readOnly } = documentStore.getState();
  if (readOnly !== undefined) return { ok: false, problem: { code: 'read-only', message: readOnly, ...whole } };
  const asked = await askEngine('text', typed);
  if (!asked.ok) return { ok: false, problem: { ...asked.problem, ...whole } };
  if (!asked.value.ok) return asked.value;
  const plan = asked.value.value;
  if (plan.calls.length === 0) return { ok: true, value: { plan, changed: false } };
  const { document } = documentStore.getState();
  if (plan.dependents.length > 0 && !(await confirm(plan.dependents))) {
    return { ok: false, problem: { code: 'kept', message: 'The deletion was not confirmed: the model is as it was.', ...whole } };
  }
  if (documentStore.getState().document !== document) return applyTyped(typed, confirm);
  const ran = run(plan.calls, plan.label);
  if (!ran.ok) return { ok: false, problem: { ...ran.problem, ...whole } };
  return { ok: true, value: { plan, changed: ran.value.length > 0 } };
}

/** Whether the model says exactly what a text says of its statements. */
export async function saysTheSame(typed: TypedText): Promise<boolean> {
  const asked = await askEngine('text', typed);
  return asked.ok && asked.value.ok && asked.value.value.calls.length === 0;
}
