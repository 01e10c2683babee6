import { type Lexeme, lex } from '../dialects/postgres/lex.ts';

/** What a text does with a column, as far as its words tell. */
export interface Use {
  /**
   * - `element`: takes elements out of JSON, one by one or by position;
   * - `split`: takes a text apart at a separator;
   * - `equals`: compares with literals.
   */
  readonly kind: 'element' | 'split' | 'equals';
  /** Name of the column in lower case. */
  readonly column: string;
  /** What stands before its point: a table or an alias, in lower case. */
  readonly qualifier?: string;
  /** The separator of `split`; the literals of `equals`. */
  readonly literals: readonly string[];
  /** The place in the text, cut to one line. */
  readonly snippet: string;
  /** The argument is the column alone, with casts at most. */
  readonly direct?: true;
}

export interface Scanned {
  readonly uses: readonly Use[];
  /** Every word and quoted name, in lower case. */
  readonly words: ReadonlySet<string>;
  /** What an alias (or a table's own name) stands for, in lower case. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Which argument is the column, and which the separator. */
interface Call {
  readonly kind: 'element' | 'split';
  readonly column: number;
  readonly separator?: number;
  /** Separator that the function knows by itself. */
  readonly fixed?: string;
}

const ELEMENTS = { kind: 'element', column: 0 } as const;
const SPLIT = { kind: 'split', column: 0, separator: 1 } as const;

/** PostgreSQL 9.4 and 9.16, MySQL 14.17, SQLite json1, T-SQL OPENJSON and STRING_SPLIT, Oracle JSON_TABLE. */
const CALLS = new Map<string, Call>([
  ['jsonb_array_elements', ELEMENTS],
  ['jsonb_array_elements_text', ELEMENTS],
  ['json_array_elements', ELEMENTS],
  ['json_array_elements_text', ELEMENTS],
  ['jsonb_to_recordset', ELEMENTS],
  ['json_to_recordset', ELEMENTS],
  ['jsonb_populate_recordset', { kind: 'element', column: 1 }],
  ['json_populate_recordset', { kind: 'element', column: 1 }],
  ['json_each', ELEMENTS],
  ['json_tree', ELEMENTS],
  ['openjson', ELEMENTS],
  ['json_contains', ELEMENTS],
  ['json_overlaps', ELEMENTS],
  ['json_search', ELEMENTS],
  ['string_to_array', SPLIT],
  ['string_to_table', SPLIT],
  ['regexp_split_to_table', SPLIT],
  ['regexp_split_to_array', SPLIT],
  ['split_part', SPLIT],
  ['string_split', SPLIT],
  ['substring_index', SPLIT],
  ['find_in_set', { kind: 'split', column: 1, fixed: ',' }],
]);

/** Calls that take elements only when their path says so: `$[0]`, `$.items[*]`. */
const BY_PATH = new Set([
  'jsonb_path_query',
  'jsonb_path_exists',
  'jsonb_path_query_array',
  'json_table',
  'json_extract',
  'json_value',
  'json_query',
  'json_exists',
]);

const TYPE_WORDS = new Set(['text', 'varchar', 'character', 'varying', 'bpchar', 'char', 'citext', 'jsonb', 'json', 'name']);
const isName = (token: Lexeme | undefined) => token?.kind === 'word' || token?.kind === 'quoted';
const isSymbol = (token: Lexeme | undefined, text: string) => token?.kind === 'symbol' && token.text === text;

/** Names may stand in backticks or square brackets: those go, brackets with anything else in them stay. */
function tokensOf(sql: string): Lexeme[] {
  const all = lex(sql).filter((token) => token.kind !== 'comment' && !isSymbol(token, '`'));
  return all.filter((token, at) => {
    if (isSymbol(token, '[')) return !(isName(all[at + 1]) && isSymbol(all[at + 2], ']'));
    return !(isSymbol(token, ']') && isName(all[at - 1]) && isSymbol(all[at - 2], '['));
  });
}

/** Arguments of a call that matter. */
const ARGUMENTS = 3;
/** Bodies in bodies that are read. */
const DEEPEST = 3;
/** Tokens that are looked at from one place on: hostile text costs no more than other text. */
const FAR = 1000;

/** For each opening bracket, the place of the one that closes it. */
function closesOf(tokens: readonly Lexeme[]): Map<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    if (isSymbol(token, '(')) open.push(at);
    else if (isSymbol(token, ')')) {
      const from = open.pop();
      if (from !== undefined) found.set(from, at);
    }
  });
  return found;
}

class Scanner {
  readonly uses: Use[] = [];
  readonly tokens: readonly Lexeme[];
  readonly sql: string;
  readonly #closes: ReadonlyMap<number, number>;

  constructor(sql: string) {
    this.sql = sql;
    this.tokens = tokensOf(sql);
    this.#closes = closesOf(this.tokens);
  }

  at(index: number): Lexeme | undefined {
    return this.tokens[index];
  }

  snippet(from: number, to: number): string {
    const start = this.at(from)?.start ?? 0;
    const text = this.sql.slice(start, Math.min(start + 400, this.at(to)?.end ?? start)).replaceAll(/\s+/g, ' ');
    return text.length > 90 ? `${text.slice(0, 89)}…` : text;
  }

  /** The column that begins here, and the index after it. */
  column(from: number): { readonly name: string; readonly qualifier?: string; readonly next: number } | undefined {
    let at = from;
    const names: string[] = [];
    while (isName(this.at(at))) {
      names.push((this.at(at) as Lexeme).text.toLowerCase());
      if (!isSymbol(this.at(at + 1), '.')) break;
      at += 2;
    }
    const name = names.at(-1);
    const qualifier = names.at(-2);
    return name === undefined ? undefined : { name, next: at + 1, ...(qualifier === undefined ? {} : { qualifier }) };
  }

  /** Where the first arguments of a call begin, and the index of its closing bracket. What is nested is passed over. */
  args(open: number): { readonly starts: readonly number[]; readonly close: number } {
    const close = this.#closes.get(open) ?? this.tokens.length - 1;
    const starts = [open + 1];
    for (let at = open + 1; at < close && starts.length < ARGUMENTS; at++) {
      if (isSymbol(this.at(at), '(')) at = this.#closes.get(at) ?? close;
      else if (isSymbol(this.at(at), ',')) starts.push(at + 1);
    }
    return { starts, close };
  }

  /** The first literal of an argument. */
  literal(from: number | undefined, close: number): string | undefined {
    if (from === undefined) return undefined;
    for (let at = from; at < Math.min(close, from + FAR) && !isSymbol(this.at(at), ','); at++)
      if (this.at(at)?.kind === 'string') return this.at(at)?.text;
    return undefined;
  }

  call(name: number): void {
    const { text = '' } = this.at(name) ?? {};
    const known = CALLS.get(text);
    if (known === undefined && !BY_PATH.has(text)) return;
    const { starts, close } = this.args(name + 1);
    let start = starts[known?.column ?? 0];
    // Casts and brackets around a column do not change which it is.
    while (start !== undefined && (isSymbol(this.at(start), '(') || (isName(this.at(start)) && isSymbol(this.at(start + 1), '('))))
      start++;
    const column = start === undefined ? undefined : this.column(start);
    if (column === undefined) return;
    const snippet = this.snippet(name, close);
    const { name: of, qualifier } = column;
    let after = column.next;
    while (isSymbol(this.at(after), '::') && isName(this.at(after + 1))) after += 2;
    const direct = isSymbol(this.at(after), ')') || isSymbol(this.at(after), ',');
    const base = { column: of, snippet, ...(qualifier === undefined ? {} : { qualifier }), ...(direct ? { direct } : {}) };
    if (known === undefined) {
      const path =
        text === 'json_table' ? this.inside(name + 1).literals.join(' ') : (this.literal(starts[1] ?? start, close) ?? '');
      if (/\[\s*(\*|\d+|last)\s*\]/.test(path)) this.uses.push({ ...base, kind: 'element', literals: [path] });
      return;
    }
    const separator = known.fixed ?? this.literal(starts[known.separator ?? -1], close);
    this.uses.push({ ...base, kind: known.kind, literals: separator === undefined ? [] : [separator] });
  }

  /** Literals of `= 'a'`, `IN ('a', 'b')`, `= ANY (ARRAY['a', 'b'])`, with casts between. */
  compared(from: number): { readonly literals: string[]; readonly end: number } | undefined {
    let at = from;
    while (
      isSymbol(this.at(at), ')') ||
      isSymbol(this.at(at), '::') ||
      (this.at(at - 1)?.text === '::' && isName(this.at(at))) ||
      (TYPE_WORDS.has(this.at(at)?.text ?? '') && this.at(at - 1)?.text === 'character')
    )
      at++;
    const word = this.at(at);
    if (word?.kind === 'word' && word.text === 'in' && isSymbol(this.at(at + 1), '(')) return this.inside(at + 1);
    if (!isSymbol(word, '=')) return undefined;
    at++;
    while (isSymbol(this.at(at), '(')) at++;
    const next = this.at(at);
    if (next?.kind === 'string') return { literals: [next.text], end: at };
    if (next?.kind !== 'word' || (next.text !== 'any' && next.text !== 'array')) return undefined;
    const end = Math.min(this.tokens.length, at + FAR);
    while (at < end && !isSymbol(this.at(at), '[') && !isSymbol(this.at(at), ';')) at++;
    const literals: string[] = [];
    for (; at < end && !isSymbol(this.at(at), ']'); at++)
      if (this.at(at)?.kind === 'string') literals.push(this.at(at)?.text ?? '');
    return { literals, end: at };
  }

  inside(open: number): { readonly literals: string[]; readonly end: number } {
    const { close } = this.args(open);
    const literals: string[] = [];
    for (let at = open; at < Math.min(close, open + FAR); at++) {
      const token = this.at(at);
      if (token?.kind === 'string') literals.push(token.text);
    }
    return { literals, end: close };
  }

  operators(at: number): void {
    const column = this.column(at);
    if (column === undefined) return;
    const { name, qualifier, next } = column;
    const base = { column: name, ...(qualifier === undefined ? {} : { qualifier }) };
    const equal = this.compared(next);
    if (equal !== undefined && equal.literals.length > 0)
      this.uses.push({ ...base, kind: 'equals', literals: equal.literals, snippet: this.snippet(at, equal.end) });
    const symbols = [0, 1, 2].map((more) => (this.at(next + more)?.kind === 'symbol' ? this.at(next + more)?.text : '')).join('');
    const arrow = /^(->>|->|#>>|#>|@>)/.exec(symbols)?.[0];
    if (arrow !== undefined) {
      const given = this.at(next + arrow.length);
      const byPosition = arrow.startsWith('-')
        ? given?.kind === 'number'
        : given?.kind === 'string' && isElementPath(arrow, given.text);
      if (byPosition === true)
        this.uses.push({ ...base, kind: 'element', literals: [], snippet: this.snippet(at, next + arrow.length) });
    }
    const like = this.at(next);
    const pattern = this.at(next + 1);
    if (like?.kind === 'word' && like.text === 'like' && pattern?.kind === 'string') {
      const separator = /^%([,;|])|([,;|])%$/.exec(pattern.text);
      const found = separator?.[1] ?? separator?.[2];
      if (found !== undefined) this.uses.push({ ...base, kind: 'split', literals: [found], snippet: this.snippet(at, next + 1) });
    }
  }
}

/** `#> '{items,0}'` names a position; `@> '[...]'` asks for an element. */
function isElementPath(arrow: string, text: string): boolean {
  return arrow === '@>' ? text.trimStart().startsWith('[') : /[{,]\s*\d+\s*[,}]/.test(text);
}

const NO_ALIAS = new Set(
  'on using where join left right inner full cross natural set values select group order limit union as from having returning default when for lateral'.split(
    ' ',
  ),
);

const BEGINS = new Set(['from', 'join', 'update', 'into', 'using']);
const ENDS = new Set('where group order select limit union set values having returning window except intersect'.split(' '));

/** The table that stands at a place, and its alias. */
function aliasAt(tokens: readonly Lexeme[], from: number): { readonly table: string; readonly alias?: string } | undefined {
  let at = from;
  while (isSymbol(tokens[at], '(') || tokens[at]?.text === 'only' || tokens[at]?.text === 'lateral') at++;
  if (!isName(tokens[at])) return undefined;
  while (isSymbol(tokens[at + 1], '.') && isName(tokens[at + 2])) at += 2;
  const table = (tokens[at]?.text ?? '').toLowerCase();
  const next = tokens[at + 1]?.text === 'as' ? at + 2 : at + 1;
  const alias = tokens[next];
  if (!isName(alias) || NO_ALIAS.has(alias?.text ?? '')) return { table };
  return { table, alias: (alias?.text ?? '').toLowerCase() };
}

function aliasesOf(tokens: readonly Lexeme[]): Map<string, string> {
  const found = new Map<string, string>();
  // Whether a comma stands between tables, for each bracket that is open; a join condition does not end the list.
  const lists = [false];
  tokens.forEach((token, at) => {
    if (isSymbol(token, '(')) lists.push(false);
    else if (isSymbol(token, ')') && lists.length > 1) lists.pop();
    const begins = token.kind === 'word' && BEGINS.has(token.text);
    if (begins) lists[lists.length - 1] = true;
    else if (token.kind === 'word' && ENDS.has(token.text)) lists[lists.length - 1] = false;
    if (!begins && !(isSymbol(token, ',') && lists.at(-1) === true)) return;
    const one = aliasAt(tokens, at + 1);
    if (one === undefined) return;
    found.set(one.table, one.table);
    if (one.alias !== undefined) found.set(one.alias, one.table);
  });
  return found;
}

/**
 * Reads what a SQL text does with columns by its tokens, in any dialect and without a grammar: calls that take lists or JSON
 * apart, comparisons with literals. Linear in the length of the text; bodies in dollar quotes are read as text of their own.
 * @param depth of the dollar quotes that it stands in.
 */
export function scanSql(sql: string, depth = 0): Scanned {
  const scanner = new Scanner(sql);
  const words = new Set<string>();
  let aliases = aliasesOf(scanner.tokens);
  scanner.tokens.forEach((token, at) => {
    if (token.kind === 'dollar' && depth < DEEPEST) {
      const body = scanSql(token.text, depth + 1);
      scanner.uses.push(...body.uses);
      for (const word of body.words) words.add(word);
      aliases = new Map([...body.aliases, ...aliases]);
    }
    if (!isName(token)) return;
    words.add(token.text.toLowerCase());
    if (isSymbol(scanner.at(at + 1), '(')) scanner.call(at);
    if (!isSymbol(scanner.at(at - 1), '.')) scanner.operators(at);
  });
  return { uses: scanner.uses, words, aliases };
}
