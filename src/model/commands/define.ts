import type { Draft } from 'mutative';
import type { IdSource } from '#lib/ids.ts';
import type { Problem } from '#lib/result.ts';
import type { Document } from '../types.ts';

export interface CommandContext {
  readonly ids: IdSource;
  /** The document before this command: what a command searches, as reading it costs less than reading the draft. */
  readonly before: Document;
}

/**
 * A command: a pure function over the document. `run` changes a draft, or returns a problem and nothing changes.
 * `Args` are plain JSON, so that a command call can travel to a worker, a file or a finding's fix.
 */
export interface Command<Args> {
  /** What the undo menu says, such as `Rename table orders`. */
  label(document: Document, args: Args): string;
  // biome-ignore lint/suspicious/noConfusingVoidType: a command either changes the draft or says why it cannot
  run(draft: Draft<Document>, args: Args, context: CommandContext): Problem | void;
}

/** Types a command's arguments by inference. */
export function defineCommand<Args>(command: Command<Args>): Command<Args> {
  return command;
}
