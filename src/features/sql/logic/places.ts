import { STATEMENT_GAP, type WrittenStatement } from '#engine/sql/written.ts';
import type { Ref } from '#model/types.ts';
import type { Segment, Segments } from './segments.ts';
import { SourceMap, type Spot } from './source-map.ts';

/** `[start, end)` in UTF-16 offsets of the pane's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Comments and white space before a statement's first word. */
const LEAD = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
const NAME = /^(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)/u;

/** Where the first word of a statement's code stands. */
function codeStart(sql: string): number {
  return LEAD.exec(sql)?.[0].length ?? 0;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The range of a part's leading name in text that a person formatted in their own way. */
function findName(text: string, name: string): Range | undefined {
  const bounded = name.startsWith('"') ? escaped(name) : `(?<![\\p{L}\\p{N}_$"])${escaped(name)}(?![\\p{L}\\p{N}_$"])`;
  const body = text.indexOf('(', codeStart(text));
  const found = new RegExp(bounded, 'u').exec(text.slice(Math.max(0, body)));
  if (found === null) return undefined;
  const start = Math.max(0, body) + found.index;
  return { start, end: start + name.length };
}

/** Whether two texts consist of the same segments in the same order, whatever they say. */
function sameKeys(a: Segments, b: Segments): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i] as Segment;
      return one === other || (one.keys.length === other.keys.length && one.keys.every((key, at) => key === other.keys[at]));
    })
  );
}

/**
 * Which object stands where in the pane's text, both ways. Made for every text, out of those of the text before; looking up
 * is quick. Drafts stand for nothing until they are applied.
 */
export class Places {
  readonly #segments: Segments;
  readonly #starts: number[] = [];
  readonly #map: SourceMap;
  readonly #indexOf: ReadonlyMap<string, number>;

  /** @param before places of the text before, which are of no use from then on. */
  constructor(segments: Segments, statements: readonly WrittenStatement[], before?: Places) {
    this.#segments = segments;
    let at = 0;
    for (const { text } of segments) {
      this.#starts.push(at);
      at += text.length;
    }
    this.#map = before === undefined ? new SourceMap() : before.#map;
    this.#map.follow(statements);
    this.#indexOf =
      before !== undefined && sameKeys(before.#segments, segments)
        ? before.#indexOf
        : new Map(segments.flatMap(({ keys }, i) => keys.map((key) => [key, i] as const)));
  }

  /** Index of the segment that holds an offset; the last one for the end of the text. */
  segmentAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return high < 0 ? -1 : low;
  }

  startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }

  /** The segment's text without the empty lines that follow it. */
  rangeOfSegment(index: number): Range {
    const start = this.startOf(index);
    const text = (this.#segments[index] as Segment).text;
    return { start, end: start + text.trimEnd().length };
  }

  statementOf(index: number): WrittenStatement | undefined {
    const segment = this.#segments[index];
    return segment === undefined || segment.draft ? undefined : this.#map.statement(segment.keys[0] ?? '');
  }

  /** Whether the segment shows its statement as written, so that the statement's own offsets hold. */
  #verbatim(index: number, statement: WrittenStatement): boolean {
    const { text } = this.#segments[index] as Segment;
    return text.startsWith(statement.sql) && STATEMENT_GAP.startsWith(text.slice(statement.sql.length));
  }

  /** What stands at an offset: the part, or the object whose statement it is. */
  refAt(offset: number): Ref | undefined {
    const index = this.segmentAt(offset);
    const statement = this.statementOf(index);
    if (statement === undefined) return undefined;
    const { record } = statement;
    if (statement.part !== undefined) return { record, part: statement.part };
    if (!this.#verbatim(index, statement)) return { record };
    const inside = offset - this.startOf(index);
    const part = statement.parts.find((one) => inside >= one.start && inside <= one.end);
    return part === undefined ? { record } : { record, part: part.id };
  }

  #spotOf(ref: Ref): { spot: Spot; index: number } | undefined {
    const own = ref.part === undefined ? undefined : this.#map.spot(ref.part);
    const spot = own ?? this.#map.spot(ref.record);
    const index = spot === undefined ? undefined : this.#indexOf.get(spot.statement.key);
    if (spot === undefined || index === undefined || this.#segments[index]?.draft === true) return undefined;
    return { spot, index };
  }

  /** All of the text that says something. */
  rangeOf(ref: Ref): Range | undefined {
    const found = this.#spotOf(ref);
    if (found === undefined) return undefined;
    const { spot, index } = found;
    if (spot.part === undefined) return this.rangeOfSegment(index);
    if (!this.#verbatim(index, spot.statement)) return this.nameRangeOf(ref);
    const start = this.startOf(index);
    return { start: start + spot.part.start, end: start + spot.part.end };
  }

  /** The few words a finding about it is underlined at: a column's name, a constraint, a statement's first line. */
  nameRangeOf(ref: Ref): Range | undefined {
    const found = this.#spotOf(ref);
    if (found === undefined) return undefined;
    const { spot, index } = found;
    const start = this.startOf(index);
    const { sql } = spot.statement;
    const shown = (this.#segments[index] as Segment).text;
    if (spot.part !== undefined) {
      const text = sql.slice(spot.part.start, spot.part.end);
      const name = /^constraint\b/i.test(text) ? text.split('\n', 1)[0] : (NAME.exec(text)?.[0] ?? text.split('\n', 1)[0]);
      if (this.#verbatim(index, spot.statement)) {
        return { start: start + spot.part.start, end: start + spot.part.start + (name as string).length };
      }
      const typed = findName(shown, NAME.exec(text)?.[0] ?? '');
      if (typed !== undefined) return { start: start + typed.start, end: start + typed.end };
    }
    const code = codeStart(shown);
    const line = shown.slice(code).split('\n', 1)[0] as string;
    return { start: start + code, end: start + code + line.replace(/\s*\($/, '').trimEnd().length };
  }

  /** Range of a statement's offset: the word or sign there. */
  rangeIn(key: string, offset: number | undefined): Range | undefined {
    const index = this.#indexOf.get(key);
    const statement = this.#map.statement(key);
    if (index === undefined || statement === undefined) return undefined;
    if (offset === undefined || !this.#verbatim(index, statement)) {
      const range = this.rangeOfSegment(index);
      const code = codeStart(statement.sql);
      return { start: Math.min(range.start + code, range.end), end: range.end };
    }
    const word = /^(?:"(?:[^"]|"")*"|[\p{L}\p{N}_$]+|.)/u.exec(statement.sql.slice(offset))?.[0] ?? '';
    const start = this.startOf(index) + offset;
    return { start, end: start + Math.max(1, word.length) };
  }
}
