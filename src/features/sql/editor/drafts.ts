import type { Dependent, TextProblem } from '#engine/queries.ts';
import { engineIdle } from '#state/engine.ts';
import { type Applied, applyTyped, checkTyped, saysTheSame } from '#state/typed-text.ts';
import type { Segment } from '../logic/segments.ts';
import type { TextBinding } from './text-binding.ts';

/** Milliseconds after the last key before a draft is parsed. */
const REST = 150;

export interface DraftsOptions {
  readonly confirm: (dependents: readonly Dependent[]) => Promise<boolean>;
  /** The drafts or what is wrong with them changed. */
  readonly onChange: () => void;
}

/** Parses drafts while they are typed, and makes the model say what they say. */
export class Drafts {
  readonly #binding: TextBinding;
  readonly #options: DraftsOptions;
  readonly #problems = new Map<string, { readonly text: string; readonly problems: readonly TextProblem[] }>();
  readonly #applying = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(binding: TextBinding, options: DraftsOptions) {
    this.#binding = binding;
    this.#options = options;
  }

  /** What is wrong, by the draft's place among the segments. Nothing is said of a draft that was typed in since. */
  problems(): ReadonlyMap<number, readonly TextProblem[]> {
    const found = new Map<number, readonly TextProblem[]>();
    for (const [i, segment] of this.#binding.segments.entries()) {
      const known = segment.draft ? this.#problems.get(segment.id) : undefined;
      if (known !== undefined && known.text === segment.text) found.set(i, known.problems);
    }
    return found;
  }

  /** Called after every key: the drafts are parsed when typing rests. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), REST);
  }

  async #check(): Promise<void> {
    for (const draft of this.#binding.drafts()) {
      if (this.#problems.get(draft.id)?.text === draft.text) continue;
      this.#note(draft, await checkTyped({ keys: draft.keys, text: draft.text }));
    }
  }

  #note(draft: Segment, problems: readonly TextProblem[]): void {
    this.#problems.set(draft.id, { text: draft.text, problems });
    this.#options.onChange();
  }

  /** Applies a draft. It stays, marked, when it cannot be read. */
  async apply(id: string): Promise<void> {
    const draft = this.#binding.draft(id);
    if (draft === undefined || this.#applying.has(id)) return;
    if (draft.text.trim() === draft.base.trim()) {
      this.#drop(id);
      return;
    }
    this.#applying.add(id);
    try {
      const applied = await applyTyped({ keys: draft.keys, text: draft.text }, this.#options.confirm);
      if (!applied.ok) this.#note(draft, [applied.problem]);
      else if (this.#binding.draft(id)?.text !== draft.text) return;
      else if (applied.value.changed) await this.#follow(draft, applied.value);
      else await this.#keep(draft, applied.value);
    } finally {
      this.#applying.delete(id);
    }
  }

  async applyAll(): Promise<void> {
    for (const draft of this.#binding.drafts()) await this.apply(draft.id);
  }

  /** Gives a draft up. */
  discard(id: string): void {
    if (this.#binding.draft(id) !== undefined) this.#drop(id);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #drop(id: string): void {
    this.#problems.delete(id);
    this.#binding.settle(new Set([id]));
    this.#options.onChange();
  }

  /** The model has changed: the draft stays on the screen until it is known how its statements are shown from now on. */
  async #follow(draft: Segment, applied: Applied): Promise<void> {
    this.#binding.hold();
    try {
      await engineIdle();
      await this.#keep(draft, applied);
    } finally {
      this.#binding.release();
    }
  }

  /** Keeps the person's own formatting of each statement that says exactly what the model says. */
  async #keep(draft: Segment, { plan }: Applied): Promise<void> {
    const seen = new Set<string>();
    for (const { start, end, record } of plan.statements) {
      const text = draft.text.slice(start, end).trim();
      const key = record === undefined ? undefined : this.#keyFor(draft, record);
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const written = this.#binding.written.statements.find((one) => one.key === key);
      if (written === undefined || written.sql === text) continue;
      if (await saysTheSame({ keys: [key], text })) this.#binding.keepTyped(key, text);
    }
    // Whoever typed on meanwhile keeps the draft.
    if (this.#binding.draft(draft.id)?.text === draft.text) this.#drop(draft.id);
  }

  #keyFor(draft: Segment, record: string): string | undefined {
    const statements = this.#binding.written.statements.filter((one) => one.record === record);
    const own = statements.find((one) => draft.keys.includes(one.key)) ?? statements.find((one) => one.what === 'create');
    return own?.key;
  }
}
