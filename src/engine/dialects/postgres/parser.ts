import type { PgParsed, PgParser, PgToken, PgTree } from '../../sql/parser-port.ts';

/** The functions of `libpg-query` that an adapter needs; whoever loads its WASM passes them in. */
export interface LibPgQuery {
  parseSync(sql: string): unknown;
  scanSync(sql: string): unknown;
}

/** Deepest nesting of brackets that is handed to the parser: far above real SQL, below what exhausts its stack. */
const MAX_NESTING = 500;
/** Longest statement that is parsed, in UTF-16 units. */
const MAX_LENGTH = 20_000_000;

/** With the `u` flag a pair is one character and does not match. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

const KEYWORD: Readonly<Record<string, PgToken['keyword']>> = {
  UNRESERVED_KEYWORD: 'unreserved',
  COL_NAME_KEYWORD: 'colName',
  TYPE_FUNC_NAME_KEYWORD: 'typeFunc',
  RESERVED_KEYWORD: 'reserved',
};

/** Properties of tree nodes that hold offsets into the text. */
const OFFSETS = new Set(['location', 'stmt_location', 'rexpr_list_start', 'rexpr_list_end', 'list_start', 'list_end']);

/** Why a text cannot be given to the parser at all, and where. */
function refusal(sql: string): { message: string; position: number } | undefined {
  const nul = sql.indexOf('\0');
  if (nul >= 0) {
    return { message: 'The text holds a NUL character, which no SQL text has. Is it a binary file, or UTF-16?', position: nul };
  }
  const position = sql.search(LONE_SURROGATE);
  if (position >= 0) {
    return { message: 'The text holds half of a character (a lone surrogate), which UTF-8 cannot say. Remove it.', position };
  }
  if (sql.length > MAX_LENGTH) {
    return { message: `The statement is longer than ${MAX_LENGTH} characters.`, position: MAX_LENGTH };
  }
  let depth = 0;
  for (let at = 0; at < sql.length; at++) {
    const code = sql.charCodeAt(at);
    if (code === 40 || code === 91) {
      depth++;
      if (depth > MAX_NESTING) return { message: `Brackets are nested deeper than ${MAX_NESTING} levels.`, position: at };
    } else if ((code === 41 || code === 93) && depth > 0) depth--;
  }
  return undefined;
}

function isAscii(sql: string): boolean {
  for (let at = 0; at < sql.length; at++) if (sql.charCodeAt(at) > 127) return false;
  return true;
}

/** UTF-16 offset of every byte offset of the text's UTF-8 form. */
function byteMap(sql: string): Uint32Array {
  const map: number[] = [];
  for (let at = 0; at < sql.length; ) {
    const point = sql.codePointAt(at) as number;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let i = 0; i < bytes; i++) map.push(at);
    at += point > 0xffff ? 2 : 1;
  }
  map.push(sql.length);
  return Uint32Array.from(map);
}

function convertOffsets(node: unknown, map: Uint32Array): void {
  if (Array.isArray(node)) {
    for (const item of node) convertOffsets(item, map);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const record = node as Record<string, unknown>;
  for (const [key, value] of Object.entries(record)) {
    if (typeof value === 'object') convertOffsets(value, map);
    else if (typeof value === 'number' && value > 0 && OFFSETS.has(key)) record[key] = map[value] ?? value;
  }
}

/** A statement's length is in bytes from its own start. */
function convertLengths(tree: PgTree, map: Uint32Array): PgTree {
  const stmts = tree.stmts.map((one) => {
    if (one.stmt_len === undefined) return one;
    const start = one.stmt_location ?? 0;
    return { ...one, stmt_len: (map[start + one.stmt_len] ?? 0) - (map[start] ?? 0) };
  });
  return { ...tree, stmts };
}

/** The parser counts an error's position in characters (code points). */
function positionOf(error: unknown, sql: string): number {
  const details = (error as { sqlDetails?: { cursorPosition?: number } }).sqlDetails;
  const points = details?.cursorPosition ?? 0;
  if (isAscii(sql)) return Math.min(points, sql.length);
  let at = 0;
  for (let i = 0; i < points && at < sql.length; i++) at += (sql.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return at;
}

function parse(library: LibPgQuery, sql: string): PgParsed {
  const refused = refusal(sql);
  if (refused !== undefined) return { ok: false, ...refused };
  if (sql.trim() === '') return { ok: true, tree: { version: 0, stmts: [] } };
  try {
    const tree = library.parseSync(sql) as PgTree;
    const parsed: PgTree = { version: tree.version, stmts: tree.stmts ?? [] };
    if (isAscii(sql)) return { ok: true, tree: parsed };
    const map = byteMap(sql);
    const sized = convertLengths(parsed, map);
    convertOffsets(sized.stmts, map);
    return { ok: true, tree: sized };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), position: positionOf(error, sql) };
  }
}

interface RawToken {
  readonly start: number;
  readonly end: number;
  readonly tokenName: string;
  readonly keywordName: string;
}

function scan(library: LibPgQuery, sql: string): readonly PgToken[] {
  if (refusal(sql) !== undefined || sql.trim() === '') return [];
  try {
    const { tokens } = library.scanSync(sql) as { tokens: readonly RawToken[] };
    const map = isAscii(sql) ? undefined : byteMap(sql);
    const at = (byte: number) => map?.[byte] ?? byte;
    return tokens.map(({ start, end, tokenName, keywordName }) => ({
      start: at(start),
      end: at(end),
      name: tokenName,
      keyword: KEYWORD[keywordName] ?? 'none',
    }));
  } catch {
    // What cannot be scanned, such as an unterminated string, has no tokens; `parse` says where it is wrong.
    return [];
  }
}

/**
 * A {@link PgParser} over loaded `libpg-query` functions. All offsets that come out (`location` fields of tree nodes,
 * error positions, token bounds) are UTF-16 offsets into the text given, whatever it holds. Never throws: a text that
 * cannot be parsed is `ok: false` with the reason. As in the library's own trees, an offset of 0 is absent.
 */
export function pgParser(library: LibPgQuery): PgParser {
  return {
    parse: (sql) => parse(library, sql),
    scan: (sql) => scan(library, sql),
  };
}
