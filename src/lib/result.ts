/** The outcome of work that may fail in an expected way: a value or a described problem, never an exception. */
export type Result<T, E = Problem> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: E };

/** An expected failure: a stable code for programs, and a message that says what happened, why and what to do. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function err(code: string, message: string): Result<never> {
  return { ok: false, problem: { code, message } };
}
