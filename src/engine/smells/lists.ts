import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { lex } from '../dialects/postgres/lex.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { snake } from '../rules/words.ts';
import { isTextual } from './kinds.ts';
import { perTable } from './per-table.ts';
import { type FoundUse, linesOfUses, type Uses } from './uses.ts';
import { type PackedValues, packedValues } from './values.ts';

/** A text column that holds several values, and what says so. */
export interface PackedColumn {
  readonly column: Column;
  readonly kind: PackedValues['kind'];
  readonly separator: string;
  readonly evidence: readonly string[];
}

const LIST_NAME = /(^|_)(ids|tags|list|csv)$/;
/** `_list` and `_tags` behind these are names of something else. */
const NO_LIST_NAME = /^(price|black|white|wait|play|check|mailing|wish|allow|deny|block|todo|short)_?list$/;
const PAIR_NAME = /(^|_)(kv|kvp|key_values?|name_values?|query_string)$/;
const LIST_COMMENT =
  /\b(comma|semicolon|pipe|colon|space)[- ](?:separated|delimited)\b|\b(?:separated|delimited) by (?:an? )?(comma|semicolon|pipe)s?\b|\bCSV list\b/i;
const PAIR_COMMENT = /\b(key|name)[ =:/-]+values?\b(?: pairs?)?|\b\w+=\w+[;&,]\s?\w+=\w+/i;
const CODE_COMMENT = /\b[Ff]ormat(?:ted)?\b[^.]{0,30}?\b([A-Z]{2,}|[XYN#9]{2,})([-/.])([XYZNM#9A-Z]{2,})/;

const SEPARATORS: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', pipe: '|', colon: ':', space: ' ' };

/** The separator of a list in a pattern such as `^[^,]+(,[^,]+)*$`. */
function patternSeparator(sql: string): string | undefined {
  return /\(\??:?\s*([,;|])\s*(?:\\s\*\s*)?\[?[^)]*\)\s*[*+{]/.exec(sql)?.[1];
}

/** MySQL's SET holds several of a few texts. */
function isSet({ type }: Pick<Column, 'type'>): boolean {
  return type.kind === 'builtin' && type.name.toLowerCase() === 'set';
}

interface Found {
  readonly kind: PackedValues['kind'];
  readonly separator?: string;
  readonly line: string;
}

function byName(document: Document, { name, type }: Column): Found[] {
  if (isSet({ type }))
    return [{ kind: 'list', separator: ',', line: `the type of ${name} is a SET: several of its values in one` }];
  const text = snake(name);
  if (LIST_NAME.test(text) && !NO_LIST_NAME.test(text))
    return [{ kind: 'list', line: `the name ${name} says several, its type ${typeFacts(document, type).name} holds one text` }];
  return PAIR_NAME.test(text) ? [{ kind: 'pairs', line: `the name ${name}` }] : [];
}

function byComment({ name, comment }: Column): Found[] {
  if (comment === undefined) return [];
  const line = `comment of ${name}: ${comment.length > 90 ? `${comment.slice(0, 89)}…` : comment}`;
  const list = LIST_COMMENT.exec(comment);
  if (list !== null) {
    const word = (list[1] ?? list[2] ?? 'comma').toLowerCase();
    return [{ kind: 'list', separator: SEPARATORS[word] ?? ',', line }];
  }
  if (PAIR_COMMENT.test(comment)) return [{ kind: 'pairs', line }];
  const code = CODE_COMMENT.exec(comment);
  return code === null ? [] : [{ kind: 'code', separator: code[2] as string, line }];
}

function byDefault({ name, default: given }: Column): Found[] {
  const text = given?.kind === 'literal' ? /^'((?:[^']|'')*)'/.exec(given.sql)?.[1] : undefined;
  if (text === undefined || text.length > 200 || /^[[{]/.test(text)) return [];
  const line = `default of ${name}: '${text}'`;
  const list = /^[\w-]+(?:([,;|])[\w-]+)+$/.exec(text);
  if (list !== null && !/^\d+[,;]\d+$/.test(text)) return [{ kind: 'list', separator: list[1] as string, line }];
  return /^\w+[=:]\w+(?:[;&,]\w+[=:]\w+)+$/.test(text) ? [{ kind: 'pairs', line }] : [];
}

function wordsIn(sql: string): ReadonlySet<string> {
  return new Set(lex(sql).flatMap(({ kind, text }) => (kind === 'word' || kind === 'quoted' ? [text.toLowerCase()] : [])));
}

function byChecks(table: Table, column: Column): Found[] {
  return table.checks.flatMap(({ expression, name }): Found[] => {
    const words = wordsIn(expression);
    if (!words.has(column.name.toLowerCase())) return [];
    const separator = patternSeparator(expression);
    const line = `check ${name === undefined ? '' : `${name} `}on ${column.name}: ${expression.replaceAll(/\s+/g, ' ').slice(0, 90)}`;
    // A pattern speaks of the one column of its check.
    const parts = [...expression.matchAll(/\blike\s+\(*'%([\w .-]+)%'/gi)].length;
    if (parts > 1) return [{ kind: 'list', line }];
    const others = table.columns.some((one) => one !== column && words.has(one.name.toLowerCase()));
    if (others) return [];
    if (separator !== undefined) return [{ kind: 'list', separator, line }];
    const code = /'\^?\[A-Z(?:0-9)?\](?:\{\d\}|\+)([-/.])/.exec(expression);
    return code === null ? [] : [{ kind: 'code', separator: code[1] as string, line }];
  });
}

const LIST_MARKS = new Set([',', ';', '|', ', ', '; ']);

function byUses(uses: readonly FoundUse[]): Found[] {
  const splits = uses.filter(({ kind }) => kind === 'split');
  return splits.flatMap((use): Found[] => {
    const separator = use.literals[0]?.replace(/\\s\*$/, '');
    if (separator === undefined) return [];
    const [line = ''] = linesOfUses([use]);
    // Words of a text stand between spaces too: a list of them is what is made an array of, or a table.
    const words = separator === ' ' && /^(string_to_array|string_to_table)/i.test(use.snippet);
    if (LIST_MARKS.has(separator) || words) return [{ kind: 'list', separator, line }];
    // One piece by its number out of several: a code. Addresses, paths and names are split by these too.
    const piece = /^(split_part|substring_index)/i.test(use.snippet) && ['-', '_', ':'].includes(separator);
    return piece ? [{ kind: 'code', separator, line }] : [];
  });
}

function bySamples({ name, facts }: Column): Found[] {
  const packed = packedValues(
    (facts?.common ?? []).map(({ value, share }) => ({ value, rows: Math.max(1, Math.round(share * 1000)) })),
  );
  if (packed === undefined) return [];
  const line = `sampled values of ${name}: ${packed.why}; such as ${packed.examples.map((one) => `“${one}”`).join(', ')}`;
  return [{ kind: packed.kind, separator: packed.separator, line }];
}

const RANK: Readonly<Record<PackedValues['kind'], number>> = { list: 0, pairs: 1, code: 2, quantity: 3 };

/** Text columns of a table with what they say themselves: most say nothing. */
const candidates = perTable((document: Document, table: Table) =>
  table.columns.flatMap((column) => {
    if (column.generated !== undefined || !(isTextual(document, column.type) || isSet(column))) return [];
    const found = [
      ...byName(document, column),
      ...byComment(column),
      ...byDefault(column),
      ...byChecks(table, column),
      ...bySamples(column),
    ];
    return [{ column, found }];
  }),
);

/** Text columns of a table that hold several values in one, by name, default, checks, comment, sampled values and uses. */
export function packedColumns(document: Document, table: Table, uses: Uses): readonly PackedColumn[] {
  const columns = candidates(document, table);
  if (columns.length === 0) return [];
  const used = uses.of(table);
  return columns.flatMap(({ column, found: own }): PackedColumn[] => {
    const uses = used.get(column.id);
    const found = uses === undefined ? own : [...own, ...byUses(uses)];
    const best = found.length === 0 ? undefined : found.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])[0];
    if (best === undefined) return [];
    const same = found.filter(({ kind }) => kind === best.kind);
    const separator = same.find((one) => one.separator !== undefined)?.separator ?? (best.kind === 'pairs' ? ';' : ',');
    return [{ column, kind: best.kind, separator, evidence: [...new Set(same.map(({ line }) => line))] }];
  });
}
