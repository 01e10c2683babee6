import type { WrittenPart, WrittenStatement } from '#engine/sql/written.ts';
import type { Id } from '#model/types.ts';

/** The statement that says something, and where in it. */
export interface Spot {
  readonly statement: WrittenStatement;
  readonly part?: WrittenPart;
}

/** Ends that two lists have in common. */
function commonEnds<T>(before: readonly T[], after: readonly T[]): { from: number; tail: number } {
  const max = Math.min(before.length, after.length);
  let from = 0;
  while (from < max && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < max - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, tail };
}

/** Above this share of changed statements the map is made anew. */
const SHARE = 0.25;

/** Which statement says which object: kept from one written document to the next, for the price of what changed. */
export class SourceMap {
  #list: readonly WrittenStatement[] = [];
  readonly #statements = new Map<string, WrittenStatement>();
  readonly #spots = new Map<Id, Spot>();

  statement(key: string): WrittenStatement | undefined {
    return this.#statements.get(key);
  }

  spot(id: Id): Spot | undefined {
    return this.#spots.get(id);
  }

  /** Follows to the statements as they are now; those that did not change are the same objects. */
  follow(statements: readonly WrittenStatement[]): void {
    const before = this.#list;
    if (before === statements) return;
    this.#list = statements;
    const { from, tail } = commonEnds(before, statements);
    const old = before.slice(from, before.length - tail);
    const now = statements.slice(from, statements.length - tail);
    if (now.length > statements.length * SHARE || !this.#forget(old, now)) this.#clear(statements);
    else for (const one of now) this.#add(one);
  }

  #clear(statements: readonly WrittenStatement[]): void {
    this.#statements.clear();
    this.#spots.clear();
    for (const one of statements) this.#add(one);
  }

  /** False when it takes a look at the others to know what stands for a record now. */
  #forget(old: readonly WrittenStatement[], now: readonly WrittenStatement[]): boolean {
    const staying = new Set(now.map((one) => one.key));
    for (const one of old) {
      const stands = this.#spots.get(one.record)?.statement === one;
      if (stands && one.what !== 'create' && !staying.has(one.key)) return false;
      this.#statements.delete(one.key);
      for (const id of [one.record, ...(one.part === undefined ? [] : [one.part]), ...one.parts.map((part) => part.id)]) {
        if (this.#spots.get(id)?.statement === one) this.#spots.delete(id);
      }
    }
    return true;
  }

  #add(statement: WrittenStatement): void {
    this.#statements.set(statement.key, statement);
    const { record, part, what } = statement;
    const known = this.#spots.get(record);
    if (part === undefined && (known === undefined || (what === 'create' && known.statement.what !== 'create'))) {
      this.#spots.set(record, { statement });
    }
    if (part !== undefined && what !== 'comment' && what !== 'alter') this.#spots.set(part, { statement });
    if (what === 'comment' || what === 'alter') return;
    for (const one of statement.parts) this.#spots.set(one.id, { statement, part: one });
  }
}
