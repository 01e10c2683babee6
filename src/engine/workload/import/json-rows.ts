import { lineAndColumn } from '#lib/json-text.ts';
import { ok, type Result } from '#lib/result.ts';
import { parseJson } from '#model/format/json.ts';
import type { Refusal } from './entry.ts';
import type { Row } from './row.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where the elements of a JSON array stand, or JSON values one after the other. */
function elementsIn(text: string): Stretch[] {
  const found: Stretch[] = [];
  const lead = text.search(/\S/);
  const level = text[lead] === '[' ? 1 : 0;
  let depth = 0;
  let start = -1;
  const close = (end: number) => {
    if (start >= 0) found.push({ start, end });
    start = -1;
  };
  for (let at = Math.max(0, lead); at < text.length; at++) {
    const char = text[at] as string;
    const opens = char === '{' || char === '[';
    if (depth === level && start < 0 && !/[\s,\]}]/.test(char)) start = at;
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (opens) depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === level) close(at + 1);
      else if (depth < level) close(at);
    } else if (depth === level && char === ',') close(at);
  }
  close(text.length);
  return found;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function rowOf(value: unknown, text: string, at: number): Row {
  const fields = new Map<string, string>();
  if (typeof value === 'object' && value !== null)
    for (const [name, held] of Object.entries(value)) {
      const said = textOf(held);
      if (said !== undefined) fields.set(name.toLowerCase(), said);
    }
  return { fields, ...lineAndColumn(text, at) };
}

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows in a value: itself, or of the arrays that an object holds the one whose elements say most. */
function listIn(value: unknown): { readonly list: readonly unknown[]; readonly inside: boolean } {
  if (Array.isArray(value)) return { list: value, inside: false };
  if (!isRecord(value)) return { list: [value], inside: false };
  const arrays = Object.values(value as object).filter(Array.isArray);
  const named = (list: readonly unknown[]) => list.find(isRecord) as object | undefined;
  const width = (list: readonly unknown[]) =>
    Object.keys(named(list) ?? {}).filter((key) => /quer|digest|statement|calls|count/i.test(key)).length;
  const [best] = [...arrays].sort((a, b) => width(b) - width(a));
  return best === undefined ? { list: [value], inside: false } : { list: best, inside: true };
}

/** JSON values one after the other, each of which may be broken. */
function values(text: string): { rows: Row[]; refused: Refusal[] } {
  const rows: Row[] = [];
  const refused: Refusal[] = [];
  for (const { start, end } of elementsIn(text)) {
    const one = parseJson(text.slice(start, end));
    if (one.ok) rows.push(rowOf(one.value, text, start));
    else refused.push({ ...lineAndColumn(text, start), reason: 'This value is not valid JSON.' });
  }
  return { rows, refused };
}

/** One JSON object a line, each of which may be broken. */
function lines(text: string): { rows: Row[]; refused: Refusal[] } {
  const rows: Row[] = [];
  const refused: Refusal[] = [];
  let at = 0;
  text.split('\n').forEach((line, i) => {
    const one = line.trim() === '' ? undefined : parseJson(line);
    if (one?.ok === true) rows.push(rowOf(one.value, text, at));
    else if (one !== undefined) refused.push({ line: i + 1, column: 1, reason: 'This line is not valid JSON.' });
    at += line.length + 1;
  });
  return { rows, refused };
}

/** Rows of a JSON array of objects, of an object that holds one, or of objects one after the other. */
export function jsonRows(text: string): Result<{ rows: Row[]; refused: Refusal[] }> {
  const parsed = parseJson(text);
  if (parsed.ok) {
    const { list, inside } = listIn(parsed.value);
    const places = inside ? [] : elementsIn(text);
    // Of what stands deeper the text of the query tells the place.
    let from = 0;
    const place = (one: unknown, i: number) => {
      const known = places[i]?.start;
      if (known !== undefined) return known;
      const [said] = isRecord(one) ? Object.values(one as object).filter((value) => typeof value === 'string') : [];
      const found = said === undefined ? -1 : text.indexOf(JSON.stringify(said), from);
      if (found >= 0) from = found;
      return found < 0 ? 0 : Math.max(0, text.lastIndexOf('{', found));
    };
    return ok({ rows: list.map((one, i) => rowOf(one, text, place(one, i))), refused: [] });
  }
  if (text.split('\n').every((line) => line.trim() === '' || line.trim().startsWith('{'))) return ok(lines(text));
  return /^\s*\{/.test(text) ? ok(values(text)) : parsed;
}
