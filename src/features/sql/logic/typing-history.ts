import type { TextEdit } from './text-edits.ts';

/** What kind of typing an edit was: a run of one kind is one undo step. */
type Kind = 'insert' | 'delete' | 'other';

interface Entry {
  readonly done: string[];
  readonly undone: string[];
  kind: Kind;
  at: number;
}

/** Milliseconds of rest that end a run of typing. */
const REST = 1000;

function kindOf(edit: TextEdit): Kind {
  if (edit.end === edit.start && edit.text.length === 1 && !/\s/.test(edit.text)) return 'insert';
  if (edit.text === '' && edit.end - edit.start === 1) return 'delete';
  return 'other';
}

/**
 * Undo of typing, draft by draft. The editor's own stack cannot serve, as it would also take back what the model rewrote;
 * this one holds a draft's earlier texts and is forgotten with the draft.
 */
export class TypingHistory {
  readonly #entries = new Map<string, Entry>();

  /** Notes an edit. @param before the draft's text before it. @param now milliseconds. */
  record(draft: string, before: string, edit: TextEdit, now: number): void {
    const kind = kindOf(edit);
    const entry = this.#entries.get(draft);
    if (entry === undefined) {
      this.#entries.set(draft, { done: [before], undone: [], kind, at: now });
      return;
    }
    const continues = entry.undone.length === 0 && entry.kind === kind && kind !== 'other' && now - entry.at < REST;
    if (!continues) entry.done.push(before);
    entry.undone.length = 0;
    entry.kind = kind;
    entry.at = now;
  }

  /** The draft's text one step back. */
  undo(draft: string, current: string): string | undefined {
    const entry = this.#entries.get(draft);
    const text = entry?.done.pop();
    if (entry === undefined || text === undefined) return undefined;
    entry.undone.push(current);
    entry.kind = 'other';
    return text;
  }

  redo(draft: string, current: string): string | undefined {
    const entry = this.#entries.get(draft);
    const text = entry?.undone.pop();
    if (entry === undefined || text === undefined) return undefined;
    entry.done.push(current);
    return text;
  }

  forget(draft: string): void {
    this.#entries.delete(draft);
  }
}
