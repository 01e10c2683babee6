import { DbmlCursor } from './cursor.ts';
import { type DbmlToken, lexDbml } from './lex.ts';
import type { DbmlBody, DbmlCheck, DbmlColumn, DbmlElement, DbmlIndex, DbmlReference } from './tree.ts';

const ELEMENTS = new Set(
  'table tablepartial enum ref tablegroup project note records diagramview policy dep metric use import reuse'.split(' '),
);

interface Piece {
  readonly tokens: readonly DbmlToken[];
  readonly start: number;
  readonly end: number;
  /** Where the brace is that never closes. */
  readonly open?: number;
}

/** The first token of the next element after a brace that never closes: a known word at the beginning of a line. */
function nextElement(text: string, tokens: readonly DbmlToken[], from: number): number {
  for (let at = from + 1; at < tokens.length; at++) {
    const { kind, value, start, breaks } = tokens[at] as DbmlToken;
    const first = start === 0 || text[start - 1] === '\n';
    if (breaks && first && kind === 'word' && ELEMENTS.has(value.toLowerCase())) return at;
  }
  return tokens.length;
}

/** For each opening brace the place of the one that closes it; those that nothing closes are missing. */
function closingBraces(tokens: readonly DbmlToken[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, value }, at) => {
    if (kind !== 'symbol') return;
    if (value === '{') open.push(at);
    const opened = value === '}' ? open.pop() : undefined;
    if (opened !== undefined) closes.set(opened, at);
  });
  return closes;
}

/** Where the element ends that begins here: after its closing brace, or with its line when it has none. */
function elementEnd(tokens: readonly DbmlToken[], from: number): { readonly to: number; readonly brace?: number } {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { kind, value, breaks } = tokens[at] as DbmlToken;
    const symbol = kind === 'symbol' ? value : '';
    if (symbol === '{') return { to: at, brace: at };
    if (at > from && depth <= 0 && breaks && symbol !== '[') return { to: at };
    if (symbol === '[' || symbol === '(') depth++;
    if (symbol === ']' || symbol === ')') depth--;
  }
  return { to: tokens.length };
}

/** Cuts a text into its elements. */
function piecesOf(text: string, tokens: readonly DbmlToken[]): readonly Piece[] {
  const closes = closingBraces(tokens);
  const pieces: Piece[] = [];
  for (let from = 0; from < tokens.length; ) {
    const { to: ends, brace } = elementEnd(tokens, from);
    const close = brace === undefined ? undefined : closes.get(brace);
    const unclosed = brace !== undefined && close === undefined;
    const to = unclosed ? nextElement(text, tokens, from) : close === undefined ? ends : close + 1;
    const inside = tokens.slice(from, to);
    const open = unclosed ? { open: tokens[brace]?.start ?? 0 } : {};
    pieces.push({ tokens: inside, start: inside[0]?.start ?? 0, end: inside.at(-1)?.end ?? 0, ...open });
    from = to;
  }
  return pieces;
}

function columnOf(cursor: DbmlCursor, text: string): DbmlColumn {
  const at = cursor.offset;
  const name = cursor.name('a column');
  if (cursor.peek()?.breaks === true || cursor.peek() === undefined || cursor.is('}'))
    cursor.fail(`Column ${name} has no type.`, at);
  const path = cursor.path('a type');
  let type = path.at(-1) ?? '';
  if (cursor.is('(')) {
    const open = cursor.offset;
    let depth = 0;
    let end = open;
    for (let token = cursor.next(); token !== undefined; token = cursor.next()) {
      if (token.value === '(' && token.kind === 'symbol') depth++;
      if (token.value === ')' && token.kind === 'symbol') depth--;
      end = token.end;
      if (depth === 0) break;
    }
    type += text.slice(open, end);
  }
  let dims = 0;
  while (cursor.is('[') && (cursor.is(']', 1) || (/^\d+$/.test(cursor.peek(1)?.value ?? '') && cursor.is(']', 2)))) {
    cursor.next();
    if (!cursor.is(']')) cursor.next();
    cursor.next();
    dims++;
  }
  const settings = cursor.settings();
  const schema = path.length > 1 ? path.slice(0, -1).join('.') : undefined;
  return { kind: 'column', name, type: { ...(schema === undefined ? {} : { schema }), name: type, dims }, settings, at };
}

function indexOf(cursor: DbmlCursor): DbmlIndex {
  const elements: DbmlIndex['elements'][number][] = [];
  const element = () => {
    const at = cursor.offset;
    if (cursor.peek()?.kind === 'expression') elements.push({ kind: 'expression', text: cursor.next()?.value ?? '', at });
    else elements.push({ kind: 'column', text: cursor.name('a column'), at });
  };
  if (cursor.take('(')) {
    element();
    while (cursor.take(',')) element();
    cursor.expect(')', 'after the columns');
  } else element();
  return { elements, settings: cursor.settings() };
}

/** The text of a note: behind a colon or between braces. */
function noteOf(cursor: DbmlCursor): string {
  const braced = cursor.take('{');
  if (!braced) cursor.expect(':', 'before the note');
  const token = cursor.next();
  if (token?.kind !== 'text' && token?.kind !== 'name') cursor.fail('A note is a text in single quotes.', token?.start);
  if (braced) cursor.expect('}', 'after the note');
  return token?.value ?? '';
}

/** The lines of an inner block. */
function block<T>(cursor: DbmlCursor, line: () => T): T[] {
  const found: T[] = [];
  cursor.expect('{', 'here');
  while (cursor.peek() !== undefined && !cursor.is('}')) found.push(line());
  cursor.expect('}', 'after the block');
  return found;
}

function skipBlock(cursor: DbmlCursor): void {
  let depth = 0;
  for (let token = cursor.next(); token !== undefined; token = cursor.next()) {
    if (token.kind === 'symbol' && token.value === '{') depth++;
    if (token.kind === 'symbol' && token.value === '}' && --depth <= 0) return;
  }
}

function checkOf(cursor: DbmlCursor): DbmlCheck {
  const token = cursor.next();
  if (token?.kind !== 'expression') cursor.fail('A check is an expression between backticks.', token?.start);
  return { expression: token?.value ?? '', settings: cursor.settings() };
}

function bodyOf(cursor: DbmlCursor, text: string): DbmlBody {
  const members: DbmlBody['members'][number][] = [];
  const indexes: DbmlIndex[] = [];
  const checks: DbmlCheck[] = [];
  const ignored: string[] = [];
  let note: string | undefined;
  cursor.expect('{', 'before the columns');
  while (cursor.peek() !== undefined && !cursor.is('}')) {
    const opens = cursor.is('{', 1);
    if (cursor.isWord('indexes') && opens) {
      cursor.next();
      indexes.push(...block(cursor, () => indexOf(cursor)));
    } else if (cursor.isWord('checks') && opens) {
      cursor.next();
      checks.push(...block(cursor, () => checkOf(cursor)));
    } else if (cursor.isWord('note') && (opens || cursor.is(':', 1))) {
      cursor.next();
      note = noteOf(cursor);
    } else if (cursor.is('~')) {
      const at = cursor.offset;
      cursor.next();
      members.push({ kind: 'partial', name: cursor.name('a partial'), at });
    } else if (opens) {
      ignored.push(cursor.peek()?.value ?? '');
      skipBlock(cursor);
    } else members.push(columnOf(cursor, text));
  }
  cursor.expect('}', 'after the columns');
  return { members, indexes, checks, ignored, ...(note === undefined ? {} : { note }) };
}

function referenceOf(cursor: DbmlCursor): DbmlReference {
  const left = cursor.endpoint();
  const relation = cursor.relation();
  const right = cursor.endpoint();
  return { left, relation, right, settings: cursor.settings() };
}

const REASONS: Readonly<Record<string, string>> = {
  note: 'a sticky note of the diagram: no part of the schema',
  records: 'data: a model holds no rows',
  diagramview: 'what another tool shows: no part of the schema',
};

function elementOf(cursor: DbmlCursor, text: string, span: { start: number; end: number }): DbmlElement {
  const word = cursor.name('an element').toLowerCase();
  if (word === 'table' || word === 'tablepartial') {
    const path = cursor.path('a table');
    const aliased = cursor.isWord('as');
    if (aliased) cursor.next();
    const alias = aliased ? { alias: cursor.name('an alias') } : {};
    const settings = cursor.settings();
    return { kind: word === 'table' ? 'table' : 'partial', path, ...alias, settings, body: bodyOf(cursor, text), ...span };
  }
  if (word === 'enum') {
    const path = cursor.path('an enum');
    const values = block(cursor, () => ({ name: cursor.name('a value'), noted: cursor.settings().length > 0 }));
    return { kind: 'enum', path, values, ...span };
  }
  if (word === 'ref') {
    const name = cursor.isName() ? { name: cursor.name('a reference') } : {};
    if (cursor.is('{')) return { kind: 'ref', ...name, references: block(cursor, () => referenceOf(cursor)), ...span };
    cursor.expect(':', 'before the reference');
    return { kind: 'ref', ...name, references: [referenceOf(cursor)], ...span };
  }
  if (word === 'tablegroup') return groupOf(cursor, span);
  if (word === 'project') return projectOf(cursor, span);
  const reason = Object.hasOwn(REASONS, word) ? (REASONS[word] as string) : undefined;
  if (reason !== undefined) return { kind: 'ignored', what: word, reason, ...span };
  if (ELEMENTS.has(word)) return { kind: 'ignored', what: word, reason: `${word} holds no tables`, ...span };
  cursor.fail(`${word} begins nothing that DBML knows.`, span.start);
  return { kind: 'ignored', what: word, reason: '', ...span };
}

function groupOf(cursor: DbmlCursor, span: { start: number; end: number }): DbmlElement {
  const name = cursor.name('a group');
  cursor.settings();
  const members = block(cursor, () => {
    const at = cursor.offset;
    if (cursor.isWord('note') && (cursor.is(':', 1) || cursor.is('{', 1))) {
      cursor.next();
      noteOf(cursor);
      return { path: [], at };
    }
    return { path: cursor.path('a table'), at };
  });
  return { kind: 'group', name, members: members.filter(({ path }) => path.length > 0), ...span };
}

function projectOf(cursor: DbmlCursor, span: { start: number; end: number }): DbmlElement {
  const name = cursor.isName() ? { name: cursor.name('the project') } : {};
  let database: string | undefined;
  block(cursor, () => {
    const key = cursor.name('a setting').toLowerCase();
    if (cursor.is('{')) skipBlock(cursor);
    else {
      cursor.expect(':', 'after the setting');
      const value = cursor.next()?.value;
      if (key === 'database_type') database = value;
    }
  });
  return { kind: 'project', ...name, ...(database === undefined ? {} : { database }), ...span };
}

/** The elements of a DBML text, in order. What cannot be read is `broken`, with its place; the others are not touched by it. */
export function parseDbml(text: string): readonly DbmlElement[] {
  return piecesOf(text, lexDbml(text)).map(({ tokens, start, end, open }): DbmlElement => {
    if (open !== undefined) {
      const message = 'The { here is never closed, so what belongs to it is not known.';
      return { kind: 'broken', at: open, message, start, end };
    }
    const cursor = new DbmlCursor(tokens, end);
    const element = elementOf(cursor, text, { start, end });
    const rest = cursor.peek();
    if (rest !== undefined && element.kind !== 'ignored') cursor.fail(`${rest.value} is not expected here.`);
    const { problem } = cursor;
    return problem === undefined ? element : { kind: 'broken', ...problem, start, end };
  });
}
