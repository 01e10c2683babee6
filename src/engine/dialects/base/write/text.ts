import type { Id } from '#model/types.ts';
import type { WrittenPart } from '../../../sql/written.ts';

/** SQL text under construction that knows where the parts of its object stand. */
export class SqlText {
  #sql = '';
  readonly #parts: WrittenPart[] = [];

  get sql(): string {
    return this.#sql;
  }

  /** Parts in the order they begin, an enclosing one before what it holds. */
  get parts(): readonly WrittenPart[] {
    return this.#parts.toSorted((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Appends text, or other text with its parts. */
  add(text: string | SqlText): this {
    if (typeof text === 'string') {
      this.#sql += text;
      return this;
    }
    const offset = this.#sql.length;
    for (const part of text.#parts) this.#parts.push({ id: part.id, start: part.start + offset, end: part.end + offset });
    this.#sql += text.#sql;
    return this;
  }

  /** Appends text that stands for the part `id`. */
  part(id: Id, text: string | SqlText): this {
    const start = this.#sql.length;
    this.add(text);
    this.#parts.push({ id, start, end: this.#sql.length });
    return this;
  }
}

export function sqlText(text: string | SqlText = ''): SqlText {
  return new SqlText().add(text);
}
