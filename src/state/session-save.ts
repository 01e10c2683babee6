import type { Problem, Result } from '#lib/result.ts';
import { type Diff, squashDiffs } from '#model/diff.ts';
import type { History } from '#model/history.ts';
import type { Document } from '#model/types.ts';
import type { Save } from '#storage/journal.ts';

/** Milliseconds from an edit to the beginning of its save: edits in quick succession share one. */
export const SAVE_DELAY = 120;
/** Milliseconds to the next try after a save that failed, the last for all further ones. */
export const RETRY_DELAYS = [500, 2000, 10_000] as const;

export interface AutosavePort {
  save(save: Save): Promise<Result<void>>;
  current(): { readonly document: Document; readonly history: History };
  /** Something is waiting to be stored, is stored, or could not be stored (each time it is tried). */
  report(state: 'saving' | 'saved' | Problem): void;
  now(): number;
}

/**
 * Stores edits soon after they happen, one save at a time. What fails stays pending and is tried again with what comes
 * later; nothing that was reported as saved is in memory only.
 */
export class Autosave {
  readonly #port: AutosavePort;
  #pending: Diff = [];
  #dirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<Result<void>> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(port: AutosavePort) {
    this.#port = port;
  }

  get dirty(): boolean {
    return this.#dirty || this.#running !== undefined;
  }

  /** An edit was made; an empty diff means that only the history changed. */
  edited(diff: Diff): void {
    if (this.#stopped) return;
    this.#pending = this.#pending.length === 0 ? diff : squashDiffs(this.#pending, diff);
    if (!this.#dirty) this.#port.report('saving');
    this.#dirty = true;
    if (this.#failures === 0) this.#schedule(SAVE_DELAY);
  }

  /** Stores everything now. */
  async flush(): Promise<Result<void>> {
    this.#cancel();
    while (this.#running !== undefined) await this.#running;
    return this.#dirty && !this.#stopped ? this.#save() : { ok: true, value: undefined };
  }

  /** Forgets what is pending: another tab had the document since. */
  reset(): void {
    this.#cancel();
    this.#pending = [];
    this.#dirty = false;
    this.#failures = 0;
  }

  /** Stops for good: what is pending is not stored. */
  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #cancel(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(delay: number): void {
    if (this.#timer !== undefined || this.#running !== undefined || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#save();
    }, delay);
  }

  #save(): Promise<Result<void>> {
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined;
      if (!this.#dirty) return;
      const delay = this.#failures === 0 ? SAVE_DELAY : RETRY_DELAYS[Math.min(this.#failures, RETRY_DELAYS.length) - 1];
      this.#schedule(delay ?? SAVE_DELAY);
    });
    return this.#running;
  }

  async #write(): Promise<Result<void>> {
    const diff = this.#pending;
    this.#pending = [];
    this.#dirty = false;
    const saved = await this.#port.save({ ...this.#port.current(), diff, now: this.#port.now() });
    if (this.#stopped) return saved;
    if (!saved.ok) {
      this.#pending = squashDiffs(diff, this.#pending);
      this.#dirty = true;
      this.#failures += 1;
      this.#port.report(saved.problem);
    } else {
      this.#failures = 0;
      this.#port.report(this.#dirty ? 'saving' : 'saved');
    }
    return saved;
  }
}
