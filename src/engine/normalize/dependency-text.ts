import { nearest } from '#lib/edit-distance.ts';
import { readName, skipSpace, typedName } from '#lib/identifiers.ts';
import type { Dependency } from '#model/types.ts';

/** What the parser needs of a column. */
export interface NamedColumn {
  readonly id: string;
  readonly name: string;
}

/** What is wrong in a typed dependency, and where: UTF-16 offsets of the text. */
export interface DependencyProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A column name that was probably meant. */
  readonly suggestion?: string;
}

export type ReadDependency =
  | { readonly ok: true; readonly dependency: Omit<Dependency, 'id'> }
  | { readonly ok: false; readonly problem: DependencyProblem };

/** The empty set of columns: what follows from it has one value in all rows. */
const NOTHING = /\{\s*\}|∅/y;
const ARROW = /(-{1,2}>>|→→|↠|-{1,2}>|=>|→)/y;

function fail(
  message: string,
  start: number,
  end: number,
  suggestion?: string,
): { readonly ok: false; readonly problem: DependencyProblem } {
  return { ok: false, problem: { message, start, end, ...(suggestion === undefined ? {} : { suggestion }) } };
}

interface Side {
  readonly ids: readonly string[];
  readonly end: number;
}

function find(columns: readonly NamedColumn[], typed: string, folded: string): NamedColumn | undefined {
  return (
    columns.find((column) => column.name === typed) ??
    columns.find((column) => column.name === folded) ??
    columns.find((column) => column.name.toLowerCase() === folded.toLowerCase())
  );
}

type ReadSide = { readonly ok: true; readonly side: Side } | ReturnType<typeof fail>;

/** Column names separated by commas, up to an arrow or the end. */
function readSide(text: string, from: number, columns: readonly NamedColumn[], which: 'left' | 'right'): ReadSide {
  const ids: string[] = [];
  let at = skipSpace(text, from);
  NOTHING.lastIndex = at;
  const nothing = which === 'left' ? NOTHING.exec(text) : null;
  if (nothing !== null) return { ok: true, side: { ids, end: skipSpace(text, at + nothing[0].length) } };
  for (;;) {
    ARROW.lastIndex = at;
    const closed = at >= text.length || ARROW.test(text);
    if (closed && ids.length === 0) {
      const what =
        which === 'left' ? 'Name the columns that determine others, such as zip -> city.' : 'Name the columns that are determined.';
      return fail(what, Math.min(at, text.length), Math.min(at + 1, text.length));
    }
    if (closed) return fail('After the comma a column’s name is missing.', Math.max(0, at - 1), at);
    const name = readName(text, at);
    if (name === undefined) return fail(`A column’s name was expected at “${text.slice(at, at + 8)}”.`, at, at + 1);
    const column = find(columns, name.typed, name.name);
    if (column === undefined) {
      const near = nearest(
        name.typed,
        columns.map((one) => one.name),
        1,
      )[0];
      const hint = near === undefined ? '' : ` Did you mean ${near}?`;
      return fail(`This table has no column ${name.typed}.${hint}`, name.start, name.end, near);
    }
    if (ids.includes(column.id)) return fail(`${column.name} stands here twice.`, name.start, name.end);
    ids.push(column.id);
    at = skipSpace(text, name.end);
    if (text[at] !== ',') return { ok: true, side: { ids, end: at } };
    at = skipSpace(text, at + 1);
  }
}

/**
 * Reads `zip -> city, state` (also `→`, `=>`; `->>` for a multivalued one) over the columns of one table. Names with
 * other characters than letters, digits, `_` and `$` stand in double quotes; `{}` on the left is the empty set, which
 * determines what has one value in all rows.
 * @returns column ids, or what is wrong with its place in the text and, for a slip, the name that was probably meant.
 */
export function readDependency(text: string, columns: readonly NamedColumn[]): ReadDependency {
  const left = readSide(text, 0, columns, 'left');
  if (!left.ok) return left;
  ARROW.lastIndex = left.side.end;
  const arrow = ARROW.exec(text);
  if (arrow === null) {
    const at = left.side.end;
    if (at >= text.length) return fail('An arrow and what is determined are missing: add -> and columns.', at, at);
    return fail(`A comma or -> was expected at “${text.slice(at, at + 8)}”.`, at, at + 1);
  }
  const right = readSide(text, left.side.end + arrow[0].length, columns, 'right');
  if (!right.ok) return right;
  if (right.side.end < text.length) {
    const at = right.side.end;
    return fail(`A comma was expected at “${text.slice(at, at + 8)}”.`, at, at + 1);
  }
  const both = right.side.ids.filter((id) => left.side.ids.includes(id));
  if (both.length > 0) {
    const names = columns.filter((column) => both.includes(column.id)).map((column) => column.name);
    return fail(
      `${names.join(', ')} stands on both sides: a column determines itself anyway.`,
      left.side.end + arrow[0].length,
      text.length,
    );
  }
  const multivalued = /->>|→→|↠/.test(arrow[0]);
  return {
    ok: true,
    dependency: { determinant: left.side.ids, dependent: right.side.ids, ...(multivalued ? { multivalued } : {}) },
  };
}

/** The text of a dependency, as {@link readDependency} reads it. Columns that are gone show as `?`. */
export function dependencyText(dependency: Omit<Dependency, 'id'>, columns: readonly NamedColumn[]): string {
  const names = (ids: readonly string[]) =>
    ids.map((id) => typedName(columns.find((column) => column.id === id)?.name ?? '?')).join(', ');
  return `${names(dependency.determinant) || '{}'} ${dependency.multivalued === true ? '->>' : '->'} ${names(dependency.dependent)}`;
}

/** What to put in place of `text.slice(start, end)`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly options: readonly string[];
}

/** Column names that fit the word at the caret, those not yet in the text only; and `->` where an arrow may follow. */
export function completeDependency(text: string, caret: number, columns: readonly NamedColumn[]): Completion {
  const before = /("[^"]*|[\p{L}_][\p{L}\p{N}_$]*)$/u.exec(text.slice(0, caret))?.[0] ?? '';
  const start = caret - before.length;
  const after = /^[\p{L}\p{N}_$]*"?/u.exec(text.slice(caret))?.[0] ?? '';
  const query = before.replace('"', '').toLowerCase();
  const others = `${text.slice(0, start)} ${text.slice(caret + after.length)}`;
  const used = new Set(
    [...others.matchAll(/"([^"]*)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)].map((one) => (one[1] ?? one[2] ?? '').toLowerCase()),
  );
  const free = columns.filter((column) => !used.has(column.name.toLowerCase()));
  const begins = free.filter((column) => column.name.toLowerCase().startsWith(query));
  const within = free.filter((column) => !column.name.toLowerCase().startsWith(query) && column.name.toLowerCase().includes(query));
  const complete = begins.length === 1 && begins[0]?.name.toLowerCase() === query;
  if (complete) return { start, end: caret + after.length, options: [] };
  return { start, end: caret + after.length, options: [...begins, ...within].map((column) => typedName(column.name)) };
}
