import type { Id } from '#model/types.ts';

/** A place in SQL text that names a record or a part of one. */
export interface Use {
  readonly record: Id;
  /** A column of a table. */
  readonly part?: Id;
  /** UTF-16 offsets in the text of the name's token, or of the string literal that holds it. */
  readonly start: number;
  readonly end: number;
  /** The text to stand there when the record or column has this new name. */
  readonly renamed: (name: string) => string;
}

/** A name that means nothing the document has. */
export interface Unknown {
  readonly kind: 'relation' | 'column';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A name that may mean one of these columns, or something else. */
export interface Unsure {
  readonly parts: readonly Id[];
  readonly start: number;
  readonly end: number;
}

export interface Uses {
  readonly uses: readonly Use[];
  readonly unknown: readonly Unknown[];
  /** Names of functions called. */
  readonly functions: readonly FunctionUse[];
  /** Whether the text could be read; a text that could not has no uses. */
  readonly readable: boolean;
  /** Where only the text itself could tell. */
  readonly unsure?: readonly Unsure[];
}

export interface FunctionUse {
  readonly schema?: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Text as it is compared to see whether it can spell a name: letter case, quotes of any dialect and escapes aside. */
function bare(sql: string): string {
  return sql.replaceAll(/["'`[\]\\]/g, '').toLowerCase();
}

/** Whether SQL text can spell this name at all; spares parsing the many texts that cannot. */
export function maySpell(sql: string, name: string): boolean {
  return bare(sql).includes(bare(name)) || /u&["']/i.test(sql);
}

/** What is looked for: a record, or columns by id (those of heirs with it). */
export type Wanted = { readonly record: Id } | { readonly columns: ReadonlySet<Id> };

/** Whether a place names what is looked for. */
export function isUseOf(use: Use, wanted: Wanted): boolean {
  if ('record' in wanted) return use.part === undefined && use.record === wanted.record;
  return use.part !== undefined && wanted.columns.has(use.part);
}

/** The text with every use of what is wanted renamed. */
export function renameIn(sql: string, uses: readonly Use[], wanted: Wanted, name: string): string {
  const places = uses.filter((use) => isUseOf(use, wanted)).toSorted((a, b) => b.start - a.start || b.end - a.end);
  let out = sql;
  let limit = Number.POSITIVE_INFINITY;
  for (const use of places) {
    // The same token may be found twice, as a column that two star lists carry.
    if (use.end > limit || use.start === limit) continue;
    out = out.slice(0, use.start) + use.renamed(name) + out.slice(use.end);
    limit = use.start;
  }
  return out;
}
