import type { Id, Remark } from '#model/types.ts';
import type { Folded } from './fold.ts';
import type { Read, ReadState } from './state.ts';
import type { Writable } from './writable.ts';

/** Comments that pg_dump writes before every object: they say again what the statement says, and would go stale. */
const DUMP_NOTE =
  /^--\n(?:-- (?:PostgreSQL database (?:cluster )?dump(?: complete)?|(?:Data for )?Name: .*; Type: .*)\n--\n?|-- TOC entry .*\n(?:-- Dependencies: .*\n)?-- (?:Data for )?Name: .*; Type: .*\n--\n?)/gm;
const DUMP_LINE =
  /^-- (?:Dumped (?:from database version|by pg_dump version) .*|\*not\* creating schema, since initdb creates it)$|^--$/;

/** The comments of a gap without what pg_dump generates. Adjacent lines are one comment. */
export function gapComments(gap: string): { text: string; sameLine: boolean }[] {
  const firstLine = gap.indexOf('\n');
  const cleaned = gap.replaceAll('\r\n', '\n').replace(DUMP_NOTE, '');
  const found: { text: string; sameLine: boolean }[] = [];
  for (const { start, end } of commentsOf(cleaned)) {
    const text = cleaned.slice(start, end).trimEnd();
    if (text === '' || DUMP_LINE.test(text)) continue;
    const sameLine = cleaned.slice(0, start).indexOf('\n') < 0 && firstLine !== 0;
    found.push({ text, sameLine });
  }
  return found;
}

/** Stretches of comment in text that holds nothing but comments and white space. */
function commentsOf(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length; ) {
    const line = text.indexOf('--', at);
    const block = text.indexOf('/*', at);
    if (line < 0 && block < 0) break;
    if (block >= 0 && (line < 0 || block < line)) {
      const close = blockEnd(text, block);
      found.push({ start: block, end: close });
      at = close;
    } else {
      const stop = text.indexOf('\n', line);
      const end = stop < 0 ? text.length : stop;
      found.push({ start: line, end });
      at = end;
    }
  }
  return found;
}

function blockEnd(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (text.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

type Remarked = { remarks?: Writable<Remark>[] };

const REMARKED: readonly Read[] = [
  'tables',
  'views',
  'types',
  'sequences',
  'routines',
  'triggers',
  'relationships',
  'schemas',
  'verbatim',
];

function recordOf(state: ReadState, id: Id): Remarked | undefined {
  for (const collection of REMARKED) {
    const record = state.get(collection, id);
    if (record !== undefined) return record as Remarked;
  }
  return undefined;
}

/** Adds a remark to a record; those before the statement come first. False when there is no such record. */
export function addRemark(state: ReadState, record: Id, remark: Remark): boolean {
  const found = recordOf(state, record);
  if (found === undefined) return false;
  const all = found.remarks ?? [];
  const at = remark.at === 'before' ? all.findLastIndex((one) => one.at === 'before') + 1 : all.length;
  found.remarks = all.toSpliced(at, 0, { ...remark });
  return true;
}

/** Puts comments before those that stand at a place of a record already. */
export function remarkFirst(state: ReadState, record: Id, at: 'before' | Id, texts: readonly string[]): void {
  const found = recordOf(state, record);
  if (found !== undefined) found.remarks = [...texts.map((text) => ({ at, text })), ...(found.remarks ?? [])];
}

/** True when some text of the record, such as a view's query, has the comment in it already. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (Array.isArray(value)) return value.some((item) => holds(item, text));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key !== 'remarks' && holds(inner, text));
}

/** Where a comment inside a statement belongs: to the part that stands before it on its line, or to the next one. */
function placeOf({ places, source }: Folded, start: number): { at: Id | 'end'; trailing?: true } {
  const before = places.filter((place) => place.end <= start).at(-1);
  if (before !== undefined && !source.text.slice(before.end, start).includes('\n')) return { at: before.id, trailing: true };
  const next = places.find((place) => place.end > start);
  return { at: next?.id ?? 'end' };
}

/** Gives the comments inside a statement to the record it made. */
export function remarksWithin(state: ReadState, folded: Folded): void {
  const { outcome, source } = folded;
  const { record, part } = outcome;
  const found = record === undefined ? undefined : recordOf(state, record);
  if (record === undefined || found === undefined) return;
  const places = folded.places.toSorted((a, b) => a.start - b.start);
  for (const { start, end } of source.comments) {
    const text = source.text.slice(start, end).trimEnd();
    if (holds(found, text)) continue;
    const place = places.length === 0 || start < (source.token(0)?.start ?? 0) ? undefined : placeOf({ ...folded, places }, start);
    if (place === undefined) addRemark(state, record, { at: part ?? 'before', text });
    else if (place.at !== 'end' && state.get('relationships', place.at) !== undefined) {
      addRemark(state, place.at, { at: 'before', text, ...(place.trailing === undefined ? {} : { trailing: true }) });
    } else addRemark(state, record, { ...place, text });
  }
}
