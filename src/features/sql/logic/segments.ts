import { STATEMENT_GAP, type WrittenStatement } from '#engine/sql/written.ts';
import { editsBetween, type TextEdit } from './text-edits.ts';

/**
 * A run of the pane's text. Segments tile it. A clean one shows one written statement; a draft is text a person typed which
 * the model does not say yet: it stands for the statements it was typed over, or for none when it was typed between two.
 */
export interface Segment {
  /** Stable while the segment lives: the first key, or a number of its own. */
  readonly id: string;
  /** Keys of the statements it stands for. */
  readonly keys: readonly string[];
  /** The text the model has for them; differs from `text` in a draft. */
  readonly base: string;
  /** What the editor shows, with the empty lines that follow. */
  readonly text: string;
  readonly draft: boolean;
}

export type Segments = readonly Segment[];

/** How a statement is shown: as written, or as a person typed it. */
export type Shown = (statement: WrittenStatement) => string;

const END = '\n';

export function textOf(segments: Segments): string {
  return segments.map((one) => one.text).join('');
}

export function lengthOf(segments: Segments): number {
  return segments.reduce((sum, one) => sum + one.text.length, 0);
}

/** `[from, to)` of the text, without joining the rest. */
export function sliceOf(segments: Segments, from: number, to: number): string {
  let out = '';
  let start = 0;
  for (const { text } of segments) {
    if (start >= to) break;
    if (start + text.length > from) out += text.slice(Math.max(0, from - start), to - start);
    start += text.length;
  }
  return out;
}

/** The segment each statement was last shown as: it stays the same while both stay. */
const cleaned = new WeakMap<WrittenStatement, { readonly shown: string; readonly segment: Segment }>();

function clean(statement: WrittenStatement, shown: Shown): Segment {
  const sql = shown(statement);
  const known = cleaned.get(statement);
  if (known?.shown === sql) return known.segment;
  const text = sql + STATEMENT_GAP;
  const segment = { id: statement.key, keys: [statement.key], base: text, text, draft: false };
  cleaned.set(statement, { shown: sql, segment });
  return segment;
}

/** The last segment ends with one line break, every other with the gap. */
function closed(segments: Segment[]): Segment[] {
  const last = segments.at(-1);
  if (last !== undefined && !last.draft) {
    const text = last.text.slice(0, last.text.length - STATEMENT_GAP.length) + END;
    segments[segments.length - 1] = { ...last, base: text, text };
  }
  return segments;
}

/** The pane's text for a written document nobody has typed in. */
export function segmentsOf(statements: readonly WrittenStatement[], shown: Shown): Segments {
  return closed(statements.map((one) => clean(one, shown)));
}

/** Where an offset falls. At a boundary the segment that begins there, at the end of the text the last one. */
export function locate(segments: Segments, offset: number): { index: number; start: number } | undefined {
  let start = 0;
  for (const [index, segment] of segments.entries()) {
    const end = start + segment.text.length;
    if (offset < end || index === segments.length - 1) return { index, start };
    start = end;
  }
  return undefined;
}

/** Offset at which a segment begins. */
export function startOf(segments: Segments, index: number): number {
  let start = 0;
  for (let i = 0; i < index; i++) start += (segments[i] as Segment).text.length;
  return start;
}

let serial = 0;

function freshId(): string {
  serial += 1;
  return `draft:${serial}`;
}

/**
 * The segments after a person's edit: every segment it touches becomes one draft. Typing back what was there makes it clean
 * again.
 */
export function typed(segments: Segments, edit: TextEdit): Segments {
  if (segments.length === 0) {
    return edit.text === '' ? segments : [{ id: freshId(), keys: [], base: '', text: edit.text, draft: true }];
  }
  const first = locate(segments, edit.start) as { index: number; start: number };
  let last = first.index;
  let end = first.start + (segments[last] as Segment).text.length;
  while (end < edit.end && last < segments.length - 1) {
    last += 1;
    end += (segments[last] as Segment).text.length;
  }
  const touched = segments.slice(first.index, last + 1);
  const old = touched.map((one) => one.text).join('');
  const text = old.slice(0, edit.start - first.start) + edit.text + old.slice(edit.end - first.start);
  const base = touched.map((one) => one.base).join('');
  const keys = touched.flatMap((one) => one.keys);
  const merged = merge(touched, keys, base, text);
  return [...segments.slice(0, first.index), ...merged, ...segments.slice(last + 1)];
}

function merge(touched: readonly Segment[], keys: readonly string[], base: string, text: string): readonly Segment[] {
  const only = touched[0] as Segment;
  if (touched.length === 1) {
    if (text === '' && keys.length === 0) return [];
    return [{ ...only, text, draft: keys.length === 0 || text !== base }];
  }
  if (text === '' && keys.length === 0) return [];
  return [{ id: keys[0] ?? freshId(), keys, base, text, draft: true }];
}

/**
 * The segments for a newly written model. Drafts keep their text: one stands where its first remaining statement stands, one
 * without statements after the segment it followed.
 */
export function arrange(segments: Segments, statements: readonly WrittenStatement[], shown: Shown): Segments {
  if (!segments.some((one) => one.draft)) return segmentsOf(statements, shown);
  const existing = new Set(statements.map((one) => one.key));
  const atKey = new Map<string, Segment>();
  const after = new Map<string | undefined, Segment[]>();
  let anchor: string | undefined;
  for (const segment of segments) {
    const keys = segment.keys.filter((key) => existing.has(key));
    if (segment.draft) {
      if (keys.length > 0) for (const key of keys) atKey.set(key, segment);
      else after.set(anchor, [...(after.get(anchor) ?? []), segment]);
    }
    anchor = keys.at(-1) ?? anchor;
  }
  return placed(statements, shown, atKey, after);
}

function placed(
  statements: readonly WrittenStatement[],
  shown: Shown,
  atKey: ReadonlyMap<string, Segment>,
  after: ReadonlyMap<string | undefined, readonly Segment[]>,
): Segments {
  const bases = new Map<Segment, { keys: string[]; base: string }>();
  for (const statement of statements) {
    const draft = atKey.get(statement.key);
    if (draft === undefined) continue;
    const entry = bases.get(draft) ?? { keys: [], base: '' };
    entry.keys.push(statement.key);
    entry.base += shown(statement) + STATEMENT_GAP;
    bases.set(draft, entry);
  }
  const out: Segment[] = [...(after.get(undefined) ?? [])].map(detached);
  const done = new Set<Segment>();
  for (const statement of statements) {
    const draft = atKey.get(statement.key);
    if (draft === undefined) out.push(clean(statement, shown));
    else if (!done.has(draft)) {
      done.add(draft);
      const { keys, base } = bases.get(draft) as { keys: string[]; base: string };
      out.push({ ...draft, id: keys[0] as string, keys, base });
    }
    for (const loose of after.get(statement.key) ?? []) out.push(detached(loose));
  }
  return closed(out);
}

function detached(segment: Segment): Segment {
  return { ...segment, id: segment.keys.length === 0 ? segment.id : freshId(), keys: [], base: '' };
}

/** Edits that turn the text of the one into the text of the other. */
export function editsOf(before: Segments, after: Segments): TextEdit[] {
  return editsBetween(before, after);
}
