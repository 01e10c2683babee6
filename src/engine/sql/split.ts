import type { Dialect } from '#model/types.ts';
import { splitBatches } from '../dialects/mssql/split.ts';
import { copyData } from './copy-data.ts';
import { LEXING, type Lexing } from './lexing.ts';
import { PlsqlUnit } from './plsql.ts';
import {
  blockCommentEnd,
  dollarTag,
  executedMark,
  isSpace,
  isWordStart,
  lineEnd,
  quotedEnd,
  quoteOperator,
  quoteOperatorEnd,
  wordEnd,
} from './skip.ts';

/** A stretch of the text. The spans of a text follow one another without gap or overlap. */
export interface Span {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Line of `start`, from 1. */
  readonly line: number;
  /**
   * `statement`: with its terminator; `data`: an INSERT or a COPY with its rows; `meta`: a line for a client program;
   * `gap`: white space and comments.
   */
  readonly kind: 'statement' | 'data' | 'meta' | 'gap';
  /** Rows of a `data` span, when they are written out. */
  readonly rows?: number;
  /** Length of the terminator at the end of a statement: 1 for `;`, 2 for `$$` after `DELIMITER $$`. Absent: it has none. */
  readonly terminator?: number;
  /** Something opened in this span never ends, so the span runs to the end of the text; `until` when it is cut off there. */
  readonly unterminated?: { readonly what: string; readonly at: number; readonly until?: number };
  /** The first words of a statement in capitals, at most five. */
  readonly words: readonly string[];
}

const NO_WORDS: readonly string[] = [];
const MAX_WORDS = 5;
const ROUTINE = /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/;
const TRIGGER = /^CREATE (?:TEMP |TEMPORARY )?TRIGGER\b/;
const RULE = /^CREATE (?:OR REPLACE )?RULE\b/;
/** Words after the rows of an INSERT; INTO names the next table of Oracle's INSERT ALL. */
const ENDS_ROWS = new Set(['ON', 'RETURNING', 'AS', 'INTO', 'WHEN', 'SELECT']);
const STORED_KIND = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT']);
const OTHER_KIND = new Set(['TABLE', 'VIEW', 'INDEX', 'DATABASE', 'SCHEMA', 'USER', 'ROLE', 'SERVER', 'SEQUENCE', 'PACKAGE']);
/** What follows the END of a statement that is no block. */
const ENDS_NO_BLOCK = /^\s+(?:IF|LOOP|WHILE|REPEAT)\b/i;
/** `USE name` alone on its line, which the mysql program takes without a terminator. */
const USE_LINE = /^use[ \t]+(?:`[^`\r\n]+`|[^\s;`]+)[ \t]*\r?$/i;
/** `\\G`, with nothing of a name behind it. */
const MYSQL_END = /^\\[gG](?![\w$])/;
const COPY_IN = /^\s*COPY\b[^;]*\bFROM\s+STDIN\b/i;

class Splitter {
  readonly spans: Span[] = [];
  private at = 0;
  /** Start of the stretch not yet put in a span. */
  private from = 0;
  /** Start of the open statement, or -1. */
  private open = -1;
  /** End of the last thing in the open statement that is no white space or comment. */
  private last = 0;
  private line = 1;
  private words: string[] = [];
  private depth = 0;
  /** BEGIN ... END blocks the open statement is in. */
  private blocks = 0;
  private body: 'unknown' | 'atomic' | 'trigger' | 'none' = 'unknown';
  private parens: boolean | undefined;
  private rows = 0;
  private inValues = false;
  private previousWord = '';
  private unterminated: Span['unterminated'];
  private delimiter = ';';
  /** Oracle: what the open statement holds. */
  private unit: PlsqlUnit | undefined;

  private readonly text: string;
  private readonly lex: Lexing;

  constructor(text: string, lex: Lexing) {
    this.text = text;
    this.lex = lex;
    this.reset();
  }

  run(): readonly Span[] {
    const { text } = this;
    let lineStart = true;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (isSpace(code)) {
        if (code === 10) lineStart = true;
        this.at++;
      } else if (lineStart && (this.clientLine() || this.databaseLine())) {
        lineStart = true;
      } else {
        lineStart = false;
        if (!this.comment(code)) this.content(code);
      }
    }
    this.finish();
    return this.spans;
  }

  /** Lines that are not SQL: psql and dot commands, DELIMITER, GO. True when one was taken. */
  private clientLine(): boolean {
    const { lex, text, at } = this;
    if (lex.clientLine === undefined && lex.batchLine === undefined && !lex.delimiterLines) return false;
    const end = lineEnd(text, at);
    const line = text.slice(at, Math.min(end, at + 200));
    const isDelimiter = lex.delimiterLines && /^DELIMITER\s+\S/i.test(line);
    const endsBatch = lex.batchLine?.test(line) === true;
    if (!isDelimiter && !endsBatch && !(this.open < 0 && lex.clientLine?.test(line) === true)) return false;
    if (this.open >= 0) this.close(this.last);
    if (isDelimiter) this.delimiter = /^DELIMITER\s+(\S+)/i.exec(line)?.[1] ?? ';';
    this.meta(lex.continuedLines && !endsBatch ? this.continued(end) : end);
    return true;
  }

  /** Takes a line `USE name` without a terminator as a statement. */
  private databaseLine(): boolean {
    const { text, at } = this;
    if (!this.lex.mysqlClient || this.open >= 0) return false;
    const end = lineEnd(text, at);
    if (end - at > 200 || !USE_LINE.test(text.slice(at, end))) return false;
    this.begin();
    this.words.push('USE');
    this.at = at + text.slice(at, end).trimEnd().length;
    this.close(this.at);
    return true;
  }

  /** End of a client line that goes on in the next line after a hyphen (SQL*Plus); rules of hyphens and remarks do not. */
  private continued(lineBreak: number): number {
    const { text, at } = this;
    if (/^rem/i.test(text.slice(at, at + 3))) return lineBreak;
    let end = lineBreak;
    while (end < text.length && /[^-]-\s*$/.test(text.slice(Math.max(at, end - 20), end))) end = lineEnd(text, end + 1);
    return end;
  }

  private meta(end: number): void {
    this.gap(this.at);
    this.push('meta', end);
    this.at = end;
  }

  /** Skips a comment. True when there was one. */
  private comment(code: number): boolean {
    const { text, lex, at } = this;
    const next = text.charCodeAt(at + 1);
    if (code === 45 && next === 45) {
      if (lex.dashNeedsSpace && at + 2 < text.length && !isSpace(text.charCodeAt(at + 2))) return false;
      this.at = lineEnd(text, at);
      return true;
    }
    if (code === 35 && lex.hashComments) {
      this.at = lineEnd(text, at);
      return true;
    }
    if (code !== 47 || next !== 42) return false;
    if (executedMark(text, at, lex.conditionalComments) > 0) return false;
    this.runTo(blockCommentEnd(text, at, lex.nestedComments), 'comment');
    return true;
  }

  /** Moves on to `end`; when it is -1 the rest of the text belongs to what opened here. */
  private runTo(end: number, what: string): void {
    if (end < 0) {
      this.unterminated = { what, at: this.at };
      this.at = this.text.length;
      if (this.open >= 0 || what !== 'comment') this.last = this.at;
    } else this.at = end;
  }

  private content(code: number): void {
    const { text, lex } = this;
    if (text.startsWith(this.delimiter, this.at) && this.endsStatement()) {
      this.begin();
      this.at += this.delimiter.length;
      this.finishStatement(this.delimiter.length);
      return;
    }
    if (code === 92 && lex.mysqlClient && this.blocks === 0 && MYSQL_END.test(text.slice(this.at, this.at + 3))) {
      this.begin();
      this.at += 2;
      this.finishStatement(2);
      return;
    }
    if (code === 92 && lex.backslashCommands) {
      if (this.open >= 0) this.close(this.last);
      this.meta(lineEnd(text, this.at));
      return;
    }
    this.begin();
    if (isWordStart(code)) this.word(code);
    else if (code === 39) this.runTo(quotedEnd(text, this.at, "'", lex.backslashes), 'quoted text');
    else if (code === 34) this.runTo(quotedEnd(text, this.at, '"', lex.backslashes), 'quoted name');
    else if (code === 96 && lex.backticks) this.runTo(quotedEnd(text, this.at, '`', false), 'quoted name');
    else if (code === 91 && lex.brackets) this.runTo(quotedEnd(text, this.at, ']', false), 'quoted name');
    else if (code === 36 && lex.dollarQuotes) this.dollar();
    else if (code >= 48 && code <= 57) this.at = this.wordEnds(wordEnd(text, this.at));
    else this.symbol(code);
    this.last = this.at;
  }

  private symbol(code: number): void {
    // `END) <> (CASE` is no `END CASE`.
    this.previousWord = '';
    this.unit?.symbol();
    if (code === 40) {
      if (this.inValues && this.depth === 0) this.rows++;
      this.depth++;
    } else if (code === 41 && this.depth > 0) this.depth--;
    this.at += Math.max(1, executedMark(this.text, this.at, this.lex.conditionalComments));
  }

  private dollar(): void {
    const tag = dollarTag(this.text, this.at);
    if (tag === undefined) {
      this.at++;
      return;
    }
    const close = this.text.indexOf(tag, this.at + tag.length);
    this.runTo(close < 0 ? -1 : close + tag.length, `${tag} quoted text`);
  }

  private word(code: number): void {
    const { text, lex, at } = this;
    const end = this.wordEnds(wordEnd(text, at));
    if (lex.escapeStrings && end === at + 1 && (code === 69 || code === 101) && text.charCodeAt(end) === 39) {
      this.at = end;
      const close = quotedEnd(text, end, "'", true);
      this.runTo(close, 'quoted text');
      return;
    }
    if (lex.quoteOperator && quoteOperator(text, at, end)) {
      this.runTo(quoteOperatorEnd(text, end), 'quoted text');
      return;
    }
    this.at = end;
    const first = this.words.length < MAX_WORDS;
    if (!first && this.body === 'none' && !this.isInsert() && this.unit?.isUnit !== true) return;
    if (end - at > 40) return;
    const word = text.slice(at, end).toUpperCase();
    this.unit?.word(word, text[at - 1] ?? '', this.depth);
    if (first) this.words.push(word);
    if (word === 'VALUES' && this.depth === 0 && this.isInsert()) this.inValues = true;
    else if (this.inValues && this.depth === 0 && ENDS_ROWS.has(word)) this.inValues = false;
    this.block(word);
    this.previousWord = word;
  }

  /** A delimiter such as `$$` ends the word it stands in: `END$$`. */
  private wordEnds(end: number): number {
    if (this.delimiter === ';') return end;
    const at = this.text.slice(this.at, end + this.delimiter.length).indexOf(this.delimiter);
    return at > 0 ? Math.min(end, this.at + at) : end;
  }

  /** Follows BEGIN ... END inside statements that hold statements. */
  private block(word: string): void {
    if (this.lex.bodies === 'stored') {
      this.storedBlock(word);
      return;
    }
    if (this.body === 'unknown' && (this.words.length === MAX_WORDS || word === 'BEGIN')) this.body = this.bodyKind();
    if (this.body !== 'atomic' && this.body !== 'trigger') return;
    if (word === (this.body === 'atomic' ? 'ATOMIC' : 'BEGIN')) {
      if (this.body === 'trigger' || this.previousWord === 'BEGIN') this.blocks++;
    } else if (word === 'CASE' && this.blocks > 0) this.blocks++;
    else if (word === 'END' && this.blocks > 0) this.blocks--;
  }

  /** Stored programs of MySQL in scripts that no client splits, so that they need no DELIMITER. */
  private storedBlock(word: string): void {
    if (this.delimiter !== ';') return;
    if (this.body === 'unknown' && this.depth === 0) {
      if (this.words[0] !== 'CREATE' || OTHER_KIND.has(word)) this.body = 'none';
      else if (STORED_KIND.has(word)) this.body = 'trigger';
    }
    if (this.body !== 'trigger') return;
    if (word === 'BEGIN' || (word === 'CASE' && this.blocks > 0 && this.previousWord !== 'END')) this.blocks++;
    else if (word === 'END' && this.blocks > 0 && !ENDS_NO_BLOCK.test(this.text.slice(this.at, this.at + 40))) this.blocks--;
  }

  private bodyKind(): 'atomic' | 'trigger' | 'none' {
    const start = this.words.join(' ');
    if (this.lex.bodies === 'atomic' && ROUTINE.test(start)) return 'atomic';
    return this.lex.bodies === 'trigger' && TRIGGER.test(start) ? 'trigger' : 'none';
  }

  private isInsert(): boolean {
    const word = this.words[0];
    return word === 'INSERT' || word === 'REPLACE';
  }

  private endsStatement(): boolean {
    if (this.blocks > 0) return false;
    if (this.unit?.isUnit === true) {
      if (!this.unit.ended) this.unit.semicolon();
      this.depth = 0;
      return this.unit.ended;
    }
    if (this.depth === 0) return true;
    // The actions of a rule stand in brackets with semicolons between them; elsewhere an open bracket is a mistake.
    this.parens ??= RULE.test(this.words.join(' '));
    return !this.parens;
  }

  private begin(): void {
    if (this.open >= 0) return;
    this.gap(this.at);
    this.open = this.at;
    this.last = this.at;
  }

  private finishStatement(terminator: number): void {
    const { text, open, at } = this;
    if (this.lex.copyData && this.words[0] === 'COPY' && COPY_IN.test(text.slice(open, at))) {
      this.copy(lineEnd(text, at));
      return;
    }
    this.close(at, terminator);
  }

  /** Takes the rows of a COPY up to the line `\.`. @param lineBreak end of the statement's own line. */
  private copy(lineBreak: number): void {
    const { text } = this;
    const { rows, end, terminated } = copyData(text, lineBreak + 1);
    if (!terminated) {
      const what = 'data of COPY (it ends with a line \\.)';
      this.unterminated = { what, at: this.open, ...(end < text.length ? { until: end } : {}) };
    }
    this.at = end;
    this.push('data', end, rows);
    this.reset();
  }

  private close(end: number, terminator = 0): void {
    const rows = this.isInsert() && this.rows > 0 ? this.rows : undefined;
    this.push(this.isInsert() ? 'data' : 'statement', end, rows, terminator);
    this.reset();
  }

  private reset(): void {
    this.open = -1;
    this.words = [];
    this.depth = 0;
    this.blocks = 0;
    this.body = 'unknown';
    this.parens = undefined;
    this.rows = 0;
    this.inValues = false;
    this.previousWord = '';
    this.unit = this.lex.bodies === 'plsql' ? new PlsqlUnit() : undefined;
  }

  private gap(end: number): void {
    if (this.open < 0 && end > this.from) this.push('gap', end);
  }

  private push(kind: Span['kind'], end: number, rows?: number, terminator = 0): void {
    const { from: start, line, text, unterminated } = this;
    const words = kind === 'gap' || kind === 'meta' ? NO_WORDS : this.words;
    this.spans.push({
      start,
      end,
      line,
      kind,
      words,
      ...(rows === undefined ? {} : { rows }),
      ...(terminator === 0 ? {} : { terminator }),
      ...(unterminated && { unterminated }),
    });
    for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) this.line++;
    this.from = end;
    this.unterminated = undefined;
  }

  private finish(): void {
    const { text } = this;
    if (this.open >= 0) {
      if (this.unit?.isUnit === true && !this.unit.ended) this.unterminated ??= { what: 'PL/SQL unit', at: this.open };
      if (this.blocks > 0) this.unterminated ??= { what: 'BEGIN ... END block', at: this.open };
      this.close(this.unterminated === undefined ? this.last : text.length);
    }
    this.gap(text.length);
  }
}

/** The text of a statement without its terminator; offsets in it are offsets from the span's start. */
export function statementText(text: string, { start, end, terminator = 0 }: Span): string {
  return text.slice(start, end - terminator);
}

/**
 * Splits SQL text into statements, rows of data, client lines and the gaps between them, without parsing: only what
 * quotes, comments and ends a statement is looked at. The spans tile the text; any text has spans. Linear in its length.
 */
export function splitSql(text: string, dialect: Dialect): readonly Span[] {
  const lexing = LEXING[dialect];
  return lexing.batches ? splitBatches(text) : new Splitter(text, lexing).run();
}
