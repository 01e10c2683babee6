import type { Span } from '../../sql/split.ts';
import { type Bit, Scanner, type Unterminated } from './scan.ts';

/** Reserved words of T-SQL that begin a statement, so that they also end the one before. */
const STARTS = new Set(
  (
    'ALTER BACKUP BEGIN BREAK BULK CHECKPOINT CLOSE COMMIT CONTINUE CREATE DBCC DEALLOCATE DECLARE DELETE DENY DROP EXEC EXECUTE ' +
    'FETCH GOTO GRANT IF INSERT KILL MERGE OPEN PRINT RAISERROR READTEXT RECONFIGURE RESTORE RETURN REVERT REVOKE ROLLBACK SAVE ' +
    'SELECT SET SHUTDOWN TRUNCATE UPDATE UPDATETEXT USE WAITFOR WHILE WRITETEXT'
  ).split(' '),
);

/** After these a word that could begin a statement is part of the one that is open: `AFTER INSERT`, `UNION SELECT`. */
const JOINS = new Set([
  'BULK',
  'GRANT',
  'DENY',
  'REVOKE',
  'FOR',
  'AFTER',
  'BEFORE',
  'OF',
  'AS',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  ',',
  '.',
  '=',
  'WITH',
  'ROW',
  'ROWS',
]);

/** Statements that run to the end of their batch, whatever stands in them. */
const BODIES = new Set(['PROC', 'PROCEDURE', 'FUNCTION', 'TRIGGER']);

/** What ends a view besides the end of its batch. */
const ENDS_VIEW = new Set([
  'CREATE',
  'ALTER',
  'DROP',
  'EXEC',
  'EXECUTE',
  'INSERT',
  'USE',
  'PRINT',
  'GRANT',
  'DENY',
  'IF',
  'SET',
  'DECLARE',
]);

const TRANSACTIONS = new Set(['TRAN', 'TRANSACTION', 'DISTRIBUTED', 'DIALOG', 'CONVERSATION']);

/** Blocks in blocks that are followed; deeper ones run to the end of the batch. */
const MAX_DEPTH = 60;
const MAX_WORDS = 5;

/** A statement, and what it is made of when it holds others. Offsets are UTF-16. */
export type Node =
  | { readonly kind: 'leaf'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'if';
      readonly condition: { readonly start: number; readonly end: number };
      readonly body: Node;
      readonly otherwise?: Node;
    }
  | { readonly kind: 'while'; readonly body: Node }
  | { readonly kind: 'block'; readonly body: readonly Node[]; readonly attempt?: boolean }
  | { readonly kind: 'handler'; readonly body: readonly Node[] };

/** How far a simple statement has come. */
interface Progress {
  first: string;
  /** Number of tokens so far. */
  count: number;
  previous: string;
  beforePrevious: string;
  /** What the statement waits for has come: the SET of UPDATE, the source of INSERT, the action of ALTER, the TO of GRANT. */
  settled: boolean;
  rows: number;
  selects: number;
  from: boolean;
  values: boolean;
}

class Splitter {
  readonly spans: Span[] = [];
  private readonly scan: Scanner;
  private from = 0;
  private line = 1;
  /** Where the last token taken ended. */
  private last = 0;
  private words: string[] = [];
  private rows: number | undefined;
  private isData = false;

  constructor(text: string) {
    this.scan = new Scanner(text);
  }

  run(): readonly Span[] {
    const { scan } = this;
    for (let bit = scan.peek(); bit.kind !== 'end'; bit = scan.peek()) {
      this.push('gap', bit.start);
      if (bit.kind === 'line' || bit.kind === 'go') {
        scan.next();
        this.push('meta', bit.end);
        continue;
      }
      this.words = [];
      this.rows = undefined;
      this.isData = false;
      const broken = scan.unterminated;
      this.statement(0);
      this.push(this.isData ? 'data' : 'statement', scan.unterminated === broken ? this.last : scan.text.length);
    }
    this.push('gap', scan.text.length);
    return this.spans;
  }

  /** The nodes of the whole text, which is one statement. */
  nodes(): Node[] {
    const nodes: Node[] = [];
    for (let bit = this.scan.peek(); bit.kind !== 'end'; bit = this.scan.peek()) {
      if (bit.kind === 'line' || bit.kind === 'go') this.take();
      else nodes.push(this.statement(0));
    }
    return nodes;
  }

  private push(kind: Span['kind'], end: number): void {
    if (end <= this.from) return;
    const { scan, from: start, line } = this;
    // What never ends belongs to the last span, which is all of the rest.
    const unterminated: Unterminated | undefined = end === scan.text.length ? scan.unterminated : undefined;
    this.spans.push({
      start,
      end,
      line,
      kind,
      words: kind === 'gap' || kind === 'meta' ? [] : this.words,
      ...(kind === 'data' && this.rows !== undefined ? { rows: this.rows } : {}),
      ...(unterminated === undefined ? {} : { unterminated }),
    });
    for (let at = scan.text.indexOf('\n', start); at >= 0 && at < end; at = scan.text.indexOf('\n', at + 1)) this.line++;
    this.from = end;
  }

  private take(): Bit {
    const bit = this.scan.next();
    this.last = bit.end;
    if (this.words.length < MAX_WORDS && bit.kind === 'word' && bit.word !== '') this.words.push(bit.word);
    return bit;
  }

  private get over(): boolean {
    const { kind } = this.scan.peek();
    return kind === 'end' || kind === 'go';
  }

  private statement(depth: number): Node {
    const { scan } = this;
    const { word } = scan.peek();
    if (depth > MAX_DEPTH) return this.toEndOfBatch();
    if (word === 'IF') return this.conditional(depth);
    if (word === 'WHILE') {
      this.take();
      this.condition();
      return { kind: 'while', body: this.statement(depth + 1) };
    }
    if (word === 'BEGIN' && !TRANSACTIONS.has(scan.peek(1).word)) return this.block(depth);
    if (word === 'CREATE' || word === 'ALTER') {
      const what = scan.is(1, 'OR', 'ALTER') ? scan.peek(3).word : scan.peek(1).word;
      if (BODIES.has(what)) return this.body();
      if (what === 'VIEW') return this.view();
    }
    return this.simple(depth);
  }

  private toEndOfBatch(): Node {
    const { start } = this.scan.peek();
    while (!this.over) this.take();
    return { kind: 'leaf', start, end: this.last };
  }

  /** Up to what can begin a statement, outside brackets. */
  private condition(): { start: number; end: number } {
    const { start } = this.scan.peek();
    let depth = 0;
    let cases = 0;
    while (!this.over) {
      const { kind, word } = this.scan.peek();
      if (kind === 'line' || (depth === 0 && word === ';')) break;
      const begins = kind === 'word' && (STARTS.has(word) || word === 'THROW');
      // `IF UPDATE(column)` asks what a trigger was called for.
      if (begins && depth === 0 && cases === 0 && !(word === 'UPDATE' && this.scan.is(1, '('))) break;
      if (word === '(') depth++;
      else if (word === ')' && depth > 0) depth--;
      else if (word === 'CASE') cases++;
      else if (word === 'END' && cases > 0) cases--;
      this.take();
    }
    return { start, end: this.last };
  }

  private conditional(depth: number): Node {
    const { scan } = this;
    this.take();
    const condition = this.condition();
    const body = this.statement(depth + 1);
    if (scan.is(0, ';', 'ELSE')) this.take();
    if (!scan.is(0, 'ELSE')) return { kind: 'if', condition, body };
    this.take();
    return { kind: 'if', condition, body, otherwise: this.statement(depth + 1) };
  }

  /** BEGIN ... END, BEGIN TRY ... END TRY BEGIN CATCH ... END CATCH. */
  private block(depth: number): Node {
    const { scan } = this;
    this.take();
    const attempt = scan.is(0, 'TRY');
    const handler = scan.is(0, 'CATCH');
    if (attempt || handler) this.take();
    const body: Node[] = [];
    while (!this.over && !scan.is(0, 'END')) {
      if (scan.peek().kind === 'line' || scan.peek().word === ';') this.take();
      else body.push(this.statement(depth + 1));
    }
    if (scan.is(0, 'END')) this.take();
    if (attempt || handler) {
      if (scan.is(0, 'TRY') || scan.is(0, 'CATCH')) this.take();
      if (scan.is(0, ';') && attempt && scan.is(1, 'BEGIN', 'CATCH')) this.take();
      if (attempt && scan.is(0, 'BEGIN', 'CATCH')) body.push(this.block(depth + 1));
    }
    if (scan.is(0, ';')) this.take();
    if (handler) return { kind: 'handler', body };
    return { kind: 'block', body, ...(attempt ? { attempt } : {}) };
  }

  /** A routine or trigger. One that follows without GO begins a batch of its own, as the engine would ask for. */
  private body(): Node {
    const { scan } = this;
    const { start } = scan.peek();
    this.take();
    while (!this.over) {
      if (scan.peek().first && (scan.is(0, 'CREATE') || scan.is(0, 'ALTER'))) {
        const what = scan.is(1, 'OR', 'ALTER') ? scan.peek(3).word : scan.peek(1).word;
        if (BODIES.has(what) || what === 'VIEW') break;
      }
      this.take();
    }
    return { kind: 'leaf', start, end: this.last };
  }

  private view(): Node {
    const { scan } = this;
    const { start } = scan.peek();
    this.take();
    for (let depth = 0; !this.over; ) {
      const { kind, word, first } = scan.peek();
      if (kind === 'line' || (first && depth === 0 && ENDS_VIEW.has(word))) break;
      this.take();
      if (word === '(') depth++;
      else if (word === ')' && depth > 0) depth--;
      else if (word === ';' && depth === 0) break;
    }
    return { kind: 'leaf', start, end: this.last };
  }

  private simple(depth: number): Node {
    const { scan } = this;
    const { start } = scan.peek();
    const progress: Progress = {
      first: '',
      count: 0,
      previous: '',
      beforePrevious: '',
      settled: false,
      rows: 0,
      selects: 0,
      from: false,
      values: false,
    };
    let cases = 0;
    for (let brackets = 0; !this.over; ) {
      const bit = scan.peek();
      if (bit.kind === 'line') break;
      if (brackets === 0 && progress.count > 0 && bit.kind === 'word') {
        if (cases === 0 && depth > 0 && (bit.word === 'END' || bit.word === 'ELSE')) break;
        if (this.begins(bit, progress)) break;
      }
      if (bit.word === '(') {
        if (brackets === 0 && progress.values) progress.rows++;
        brackets++;
      } else if (bit.word === ')' && brackets > 0) brackets--;
      else if (bit.word === 'CASE') cases++;
      else if (bit.word === 'END' && cases > 0) cases--;
      this.take();
      if (brackets === 0) note(bit, progress);
      // A semicolon in a bracket that is never closed ends the statement as well.
      if (bit.word === ';') break;
    }
    if (depth === 0 && isData(progress, this.words)) {
      this.isData = true;
      this.rows = progress.rows > 0 ? progress.rows : progress.selects > 0 && !progress.from ? progress.selects : undefined;
    }
    return { kind: 'leaf', start, end: this.last };
  }

  /** Whether another statement begins with this word. */
  private begins({ word, first }: Bit, progress: Progress): boolean {
    const next = this.scan.peek(1).word;
    if ((word === 'ENABLE' || word === 'DISABLE') && next === 'TRIGGER') return first && waits(progress) !== 'ALTER';
    if (word === 'THROW') return first && progress.previous !== '.';
    if (!STARTS.has(word) || JOINS.has(progress.previous)) return false;
    if (progress.previous === 'ALL' && progress.beforePrevious === 'UNION') return false;
    if (isAction(word, next, progress)) return false;
    switch (waits(progress)) {
      case 'INSERT':
        return !['SELECT', 'EXEC', 'EXECUTE', 'MERGE', 'UPDATE', 'DELETE'].includes(word);
      case 'UPDATE':
        return word !== 'SET';
      case 'WITH':
        return !['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(word);
      case 'ALTER':
        return !['ALTER', 'DROP', 'SET', 'UPDATE'].includes(word) || (progress.count > 1 && next === 'TABLE' && first);
      case 'GRANT':
      case 'DENY':
      case 'REVOKE':
      case 'MERGE':
        return false;
      case 'SCHEMA':
        return !(
          ['CREATE', 'GRANT', 'DENY', 'REVOKE'].includes(word) &&
          (word !== 'CREATE' || next === 'TABLE' || next === 'VIEW')
        );
      default:
        return !(word === 'IF' && next === 'EXISTS' && this.scan.peek(2).word !== '(' && /^(?:DROP|ALTER)$/.test(progress.first));
    }
  }
}

/** `ON DELETE CASCADE`, `ON UPDATE SET NULL`, and what ALTER COLUMN takes from a column. */
function isAction(word: string, next: string, { previous, beforePrevious, first }: Progress): boolean {
  if (word === 'DELETE' || word === 'UPDATE') return previous === 'ON' && (next === 'NO' || next === 'CASCADE' || next === 'SET');
  if (word === 'SET') return beforePrevious === 'ON' && (previous === 'DELETE' || previous === 'UPDATE');
  return word === 'DROP' && first === 'ALTER' && /^(?:MASKED|SPARSE|PERSISTED|ROWGUIDCOL|NOT|HIDDEN)$/.test(next);
}

/** What a statement still waits for, by its first word; empty when everything that begins a statement may follow. */
function waits({ first, settled }: Progress): string {
  if (settled && first !== 'MERGE' && first !== 'SCHEMA') return '';
  return first;
}

function note({ word }: Bit, progress: Progress): void {
  progress.count++;
  if (progress.count === 1) progress.first = word;
  else if (progress.count === 2 && progress.first === 'CREATE' && word === 'SCHEMA') progress.first = 'SCHEMA';
  else advance(word, progress);
  progress.beforePrevious = progress.previous;
  progress.previous = word;
}

function advance(word: string, progress: Progress): void {
  switch (progress.first) {
    case 'WITH':
      if (STARTS.has(word)) progress.first = word;
      break;
    case 'INSERT':
      if (word === 'VALUES') progress.values = true;
      if (word === 'SELECT') progress.selects++;
      if (word === 'FROM' && progress.selects > 0) progress.from = true;
      if (word === 'SELECT' || word === 'EXEC' || word === 'EXECUTE' || word === 'VALUES') progress.settled = true;
      break;
    case 'UPDATE':
      if (word === 'SET' || word === 'STATISTICS') progress.settled = true;
      break;
    case 'ALTER':
      if (progress.count > 2 && /^(?:ADD|ALTER|DROP|SET|CHECK|NOCHECK|SWITCH|REBUILD|ENABLE|DISABLE|UPDATE)$/.test(word))
        progress.settled = progress.previous !== 'WITH';
      break;
    case 'GRANT':
    case 'DENY':
    case 'REVOKE':
      if (word === 'TO' || word === 'FROM') progress.settled = true;
      break;
  }
}

function isData({ first }: Progress, words: readonly string[]): boolean {
  return first === 'INSERT' || (first === 'BULK' && words[1] === 'INSERT');
}

/**
 * Splits T-SQL: `GO` ends a batch; in a batch a statement ends at its semicolon or where a reserved word begins the next
 * one; routines and triggers run to the end of their batch; IF, WHILE and BEGIN ... END are one statement with all they
 * hold. The spans tile the text.
 */
export function splitBatches(text: string): readonly Span[] {
  return new Splitter(text).run();
}

/** What a statement with others in it is made of. @param text one statement. */
export function statementNodes(text: string): readonly Node[] {
  return new Splitter(text).nodes();
}
