import type { Dialect } from '#model/types.ts';
import type { Budget } from '../../budget.ts';
import { lexSql, stringValue, type Token, tokenName } from '../../dialects/base/lex.ts';
import { splitSql } from '../../sql/split.ts';

/** Rows that a dump puts into one table. */
export interface DumpedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Values as text, undefined for NULL. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

interface Growing {
  readonly name: string;
  columns: string[];
  readonly rows: (string | undefined)[][];
}

/** How what is no column begins in the brackets of CREATE TABLE. */
const NO_COLUMN = /^(?:CONSTRAINT|PRIMARY|KEY|UNIQUE|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|PERIOD|LIKE)$/;

/** What stands between INSERT and the table. */
const MODIFIER = /^(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR|REPLACE|ROLLBACK|ABORT|FAIL|ALL|INTO)$/;

/** Steps over the tokens of statements. */
class Walk {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly dialect: Dialect;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  take(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.tokens[this.at + ahead]?.word === word)) return false;
    this.at += words.length;
    return true;
  }

  next(): Token | undefined {
    return this.tokens[this.at++];
  }

  /** The last part of a name with dots. */
  name(): string | undefined {
    let last: string | undefined;
    do {
      const token = this.next();
      if (token === undefined || token.kind === 'symbol' || token.kind === 'number') return undefined;
      last = tokenName(token, this.dialect);
    } while (this.take('.'));
    return last;
  }

  /** The tokens up to a comma or the closing bracket at the depth of now, which is left where it is. */
  item(): readonly Token[] {
    const from = this.at;
    for (let depth = 0; this.at < this.tokens.length; this.at++) {
      const { word = '' } = this.token ?? {};
      if (depth === 0 && (word === ',' || word === ')')) break;
      if (word === '(') depth++;
      else if (word === ')') depth--;
    }
    return this.tokens.slice(from, this.at);
  }

  /** What stands between brackets, item by item; undefined where no bracket opens. */
  list(): (readonly Token[])[] | undefined {
    if (!this.take('(')) return undefined;
    const items: (readonly Token[])[] = [];
    do items.push(this.item());
    while (this.take(','));
    this.take(')');
    return items;
  }
}

/** The value that an expression writes: literals as they are, and what casts and date functions are given. */
function writtenValue(tokens: readonly Token[], dialect: Dialect): string | undefined {
  const [first, second] = tokens;
  if (first === undefined) return undefined;
  if (tokens.length === 1) {
    if (first.kind === 'string') return stringValue(first.text, dialect);
    return first.word === 'NULL' || first.word === 'DEFAULT'
      ? undefined
      : first.kind === 'word'
        ? first.text.toLowerCase()
        : first.text;
  }
  if (tokens.length === 2 && second?.kind === 'number') return first.word === '-' ? `-${second.text}` : second.text;
  const literal = tokens.find((token) => token.kind === 'string');
  if (literal !== undefined) return stringValue(literal.text, dialect);
  return tokens.some((token) => token.word === 'NULL') ? undefined : tokens.map((token) => token.text).join(' ');
}

function readCreate(walk: Walk, dialect: Dialect, tables: Map<string, Growing>): void {
  while (walk.token !== undefined && !walk.take('TABLE')) walk.next();
  walk.take('IF', 'NOT', 'EXISTS');
  const name = walk.name();
  const items = walk.list();
  if (name === undefined || items === undefined) return;
  const columns = items.flatMap(([first]) => {
    if (first === undefined || first.kind === 'symbol' || first.kind === 'number') return [];
    return first.kind === 'word' && NO_COLUMN.test(first.word) ? [] : [tokenName(first, dialect)];
  });
  tables.set(name, { name, columns, rows: [] });
}

/** Names where the dump gives none. */
function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `column_${at + 1}`);
}

function readInsert(walk: Walk, dialect: Dialect, tables: Map<string, Growing>): void {
  while (MODIFIER.test(walk.token?.word ?? '')) walk.next();
  const name = walk.name();
  if (name === undefined) return;
  const named = walk.list()?.flatMap(([first]) => (first === undefined ? [] : [tokenName(first, dialect)]));
  const into = walk.token?.word;
  if (into !== 'VALUES' && into !== 'VALUE') return;
  walk.next();
  do {
    const values = walk.list()?.map((item) => writtenValue(item, dialect));
    if (values === undefined) return;
    const table = tables.get(name) ?? { name, columns: named ?? numbered(values.length), rows: [] };
    tables.set(name, table);
    const own = named ?? table.columns;
    for (const column of own) if (!table.columns.includes(column)) table.columns.push(column);
    const at = new Map(own.map((column, place) => [column, place]));
    table.rows.push(table.columns.map((column) => values[at.get(column) ?? -1]));
  } while (walk.take(','));
}

/**
 * The rows that the INSERT statements of a dump put into its tables, without running anything: literals are taken as they are,
 * of casts and date functions what they are given. Names of columns come from the INSERT, else from the dump's CREATE TABLE.
 */
export function readInserts(text: string, dialect: Dialect, budget: Budget): readonly DumpedTable[] {
  const tables = new Map<string, Growing>();
  for (const { kind, words, start, end } of splitSql(text, dialect)) {
    if (budget.shouldStop()) break;
    budget.progress?.(end / Math.max(1, text.length), 'reading rows of the dump');
    // A batch of SQL Server holds several statements.
    const whole = text.slice(start, end);
    if (kind === 'gap' || kind === 'meta' || !(kind === 'data' || words[0] === 'CREATE' || /\bINSERT\b/i.test(whole))) continue;
    const walk = new Walk(lexSql(whole, dialect).tokens, dialect);
    while (walk.token !== undefined) {
      if (walk.take('CREATE')) {
        const made = walk.token?.word;
        if (made === 'TABLE') readCreate(walk, dialect, tables);
      } else if (walk.take('INSERT') || walk.take('REPLACE')) readInsert(walk, dialect, tables);
      else walk.next();
    }
  }
  return [...tables.values()]
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, columns, rows }) => ({ name, columns, rows: rows.map((row) => columns.map((_, at) => row[at])) }));
}
