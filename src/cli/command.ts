/** What a command of the program is given of the outside world; tests give their own. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/** Exit codes: fine; findings or differences; bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** One command. Adding a command = one file in `commands/`, one line in `commands/registry.ts`. */
export interface Command {
  readonly name: string;
  /** What stands after the name in the usage text. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  run(args: readonly string[], streams: Streams): Promise<ExitCode>;
}

/** Bad usage: said on standard error with the command's usage. */
export class UsageError extends Error {}
