import { type FuzzyNeedle, fuzzyNeedle } from '#lib/fuzzy.ts';

export type Mode = 'all' | 'actions' | 'columns' | 'drawn' | 'help';

/** What stands before what is looked for, and narrows it. */
export const PREFIXES: readonly { readonly prefix: string; readonly mode: Mode; readonly label: string }[] = [
  { prefix: '>', mode: 'actions', label: 'Actions and settings only' },
  { prefix: '@', mode: 'columns', label: 'Columns only' },
  { prefix: '#', mode: 'drawn', label: 'Diagrams, areas and tags only' },
  { prefix: '?', mode: 'help', label: 'What can be typed here' },
];

export interface Query {
  readonly mode: Mode;
  readonly needle: FuzzyNeedle;
  /** A table's name and a dot were typed: its columns are meant. */
  readonly dotted: boolean;
}

/** Reads what was typed. */
export function queryOf(typed: string): Query {
  const text = typed.trimStart();
  const found = PREFIXES.find((one) => text.startsWith(one.prefix));
  const needle = fuzzyNeedle(found === undefined ? text : text.slice(1));
  const mode = found?.mode ?? 'all';
  return { mode, needle, dotted: (mode === 'all' || mode === 'columns') && needle.wanted.indexOf('.') > 0 };
}
