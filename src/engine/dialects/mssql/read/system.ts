import { quotedEnd } from '../../../sql/skip.ts';
import { stringValue, type Token } from '../../base/lex.ts';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName, DdlObjectKind } from '../../base/read/ddl.ts';
import type { Read } from '../../base/read/grammar.ts';
import { readType } from './types.ts';

/** Reads a statement that stands in a text: `EXEC (N'CREATE VIEW ...')`. */
export type ReadInner = (cursor: Cursor) => Read;

/** Arguments of a call, by name without the @ in lower case, and in order. */
interface Args {
  readonly named: ReadonlyMap<string, Token>;
  readonly listed: readonly Token[];
}

function readArgs(cursor: Cursor): Args {
  const named = new Map<string, Token>();
  const listed: Token[] = [];
  while (!cursor.done) {
    const name = cursor.peek();
    if (name.text.startsWith('@') && cursor.word(1) === '=') {
      cursor.at += 2;
      named.set(name.text.slice(1).toLowerCase(), cursor.peek());
    } else listed.push(name);
    cursor.until();
    if (!cursor.take(',')) break;
  }
  return { named, listed };
}

/** An argument as text: a literal's value, or a word as it is. */
function value({ named, listed }: Args, name: string, position: number): string | undefined {
  const token = named.get(name) ?? listed[position];
  if (token === undefined || token.word === 'NULL') return undefined;
  if (token.kind === 'string') return stringValue(token.text, 'mssql');
  return token.kind === 'quoted' ? token.text.slice(1, -1) : token.text;
}

/** The parts of a name in a text: `dbo.[Order Details].Price`. Without brackets a part may hold anything but a dot. */
function nameParts(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const close = text[at] === '[' ? ']' : text[at] === '"' ? '"' : undefined;
    const quoted = close === undefined ? -1 : quotedEnd(text, at, close, false);
    const dot = text.indexOf('.', quoted < 0 ? at : quoted);
    const end = dot < 0 ? text.length : dot;
    const part = text.slice(at, end).trim();
    parts.push(quoted < 0 || close === undefined ? part : part.slice(1, -1).replaceAll(close + close, close));
    at = end + 1;
  }
  return parts;
}

function nameOf(parts: readonly string[]): DdlName {
  const schema = parts.at(-2);
  return { name: parts.at(-1) ?? '', ...(schema === undefined ? {} : { schema }) };
}

const LEVEL1: Readonly<Record<string, DdlObjectKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  PROCEDURE: 'routine',
  FUNCTION: 'routine',
  SEQUENCE: 'sequence',
  TYPE: 'type',
};

const LEVEL2: Readonly<Record<string, DdlObjectKind>> = {
  COLUMN: 'column',
  INDEX: 'index',
  CONSTRAINT: 'constraint',
  TRIGGER: 'trigger',
};

/** `sp_addextendedproperty 'MS_Description', ...`: the comment of what its levels name. Anything else is kept. */
function extendedProperty(args: Args, words: string, removes: boolean): Ddl {
  const shift = removes ? 1 : 2;
  const level = (at: number) => {
    const kind = value(args, `level${at}type`, shift + at * 2)?.toUpperCase();
    const name = value(args, `level${at}name`, shift + 1 + at * 2);
    return kind === undefined || name === undefined ? undefined : { kind, name };
  };
  const [first, second, third] = [level(0), level(1), level(2)];
  const isSchema = first?.kind === 'SCHEMA' || first?.kind === 'USER';
  const schema = isSchema ? first?.name : undefined;
  const owner: DdlName | undefined =
    second === undefined ? undefined : { name: second.name, ...(schema === undefined ? {} : { schema }) };
  const keep: Ddl = { kind: 'keep', words, ...(owner === undefined ? {} : { about: owner }) };
  if (value(args, 'name', 0)?.toLowerCase() !== 'ms_description' || first === undefined) return keep;
  const comment = removes ? undefined : value(args, 'value', 1);
  const said = comment === undefined ? {} : { comment };
  if (second === undefined) {
    if (isSchema) return { kind: 'comment', on: 'schema', name: { name: first.name }, ...said };
    return first.kind === 'TYPE' ? { kind: 'comment', on: 'type', name: { name: first.name }, ...said } : keep;
  }
  const on = LEVEL1[second.kind];
  if (owner === undefined || on === undefined) return keep;
  if (third === undefined) return { kind: 'comment', on, name: owner, ...said };
  const part = LEVEL2[third.kind];
  if (part === undefined) return keep;
  if (part === 'trigger') return { kind: 'comment', on: 'trigger', name: { name: third.name }, ...said };
  return { kind: 'comment', on: part, name: owner, part: third.name, ...said };
}

/** `sp_rename 'old', 'new' [, 'COLUMN' | 'INDEX' | 'OBJECT' | 'USERDATATYPE']` */
function rename(args: Args): Ddl {
  const from = nameParts(value(args, 'objname', 0) ?? '');
  const to: DdlName = { name: value(args, 'newname', 1) ?? '' };
  const kind = value(args, 'objtype', 2)?.toUpperCase();
  if (to.name === '') return { kind: 'skip', reason: 'it does not say the new name' };
  if (kind === 'COLUMN' || kind === 'INDEX')
    return {
      kind: 'rename',
      what: kind === 'COLUMN' ? 'column' : 'index',
      from: { name: from.at(-1) ?? '' },
      to,
      on: nameOf(from.slice(0, -1)),
    };
  if (kind === 'USERDATATYPE') return { kind: 'rename', what: 'type', from: nameOf(from), to };
  if (kind === 'DATABASE') return { kind: 'skip', reason: 'the database itself is not part of a schema' };
  return { kind: 'rename', what: 'object', from: nameOf(from), to };
}

/** `sp_addtype name, 'base', 'NOT NULL'`, which CREATE TYPE ... FROM took the place of. */
function addType(args: Args): Ddl {
  const base = readType(new Cursor(value(args, 'phystype', 1) ?? '', 'mssql'));
  const notNull = /^not\s+null$/i.test(value(args, 'nulltype', 2)?.trim() ?? '');
  const name = { name: value(args, 'typename', 0) ?? '' };
  return { kind: 'type', name, definition: { kind: 'domain', base, ...(notNull ? { notNull } : {}) } };
}

/** What sets up the server, the database or the session, and what only looks. */
const SETTINGS =
  /^(?:sp_configure|sp_dboption|sp_db.*|sp_serveroption|sp_help.*|sp_spaceused|sp_who.*|sp_recompile|sp_refresh.*|sp_updatestats|sp_msforeach.*|xp_.*|sp_oa.*|sp_trace.*|sp_cycle.*|sp_detach_db|sp_attach.*|sp_changedbowner|sp_fulltext_database|sp_estimate.*|sp_columns|sp_tables|sp_lock|sp_send.*)$/i;

/** A call of a system procedure by name. */
function systemCall(name: string, cursor: Cursor): Ddl | undefined {
  const lower = name.toLowerCase();
  const words = `EXEC ${lower}`;
  if (lower === 'sp_addextendedproperty' || lower === 'sp_updateextendedproperty')
    return extendedProperty(readArgs(cursor), words, false);
  if (lower === 'sp_dropextendedproperty') return extendedProperty(readArgs(cursor), words, true);
  if (lower === 'sp_rename') return rename(readArgs(cursor));
  if (lower === 'sp_addtype') return addType(readArgs(cursor));
  if (SETTINGS.test(lower)) return { kind: 'skip', reason: 'setting of the server or the session' };
  if (!/^sp_/.test(lower)) return undefined;
  const about = /^sp_(?:bind|unbind|tableoption|table)/.test(lower) ? nameParts(value(readArgs(cursor), 'objname', 1) ?? '') : [];
  // A rule or default is bound to a column: the table is what stands before it.
  const table = about.length > 1 ? { about: nameOf(about.slice(0, -1)) } : {};
  return { kind: 'keep', words, ...table };
}

/** The text that `EXEC (N'...')` or `sp_executesql N'...'` runs, when it is one literal that defines something. */
function innerText(cursor: Cursor): string | undefined {
  cursor.take('(');
  const at = cursor.peek().text.startsWith('@') && cursor.word(1) === '=' ? 2 : 0;
  const token = cursor.peek(at);
  // What is put together from pieces is known only when it runs.
  const isWhole = token.kind === 'string' && cursor.word(at + 1) !== '+';
  const text = isWhole ? stringValue(token.text, 'mssql') : '';
  return /^\s*(?:--[^\n]*\n\s*|\/\*[^*]*\*\/\s*)*(?:CREATE|ALTER|DROP)\b/i.test(text) ? text : undefined;
}

/** `EXEC ...`; the word itself is taken already. */
export function execute(cursor: Cursor, read: ReadInner): Read {
  const dynamic: Read = {
    ok: true,
    ddl: [{ kind: 'skip', reason: 'a text that is put together when it runs: it is not run here' }],
  };
  if (cursor.is('AS')) return { ok: true, ddl: [{ kind: 'skip', reason: 'setting of the session' }] };
  if (cursor.is('(')) {
    const text = innerText(cursor);
    return text === undefined ? dynamic : read(new Cursor(text, 'mssql'));
  }
  if (cursor.peek().text.startsWith('@') && cursor.word(1) === '=') cursor.at += 2;
  const { name } = cursor.qualified();
  if (name.toLowerCase() === 'sp_executesql') {
    const text = innerText(cursor);
    return text === undefined ? dynamic : read(new Cursor(text, 'mssql'));
  }
  const ddl = systemCall(name, cursor);
  cursor.rest();
  return { ok: true, ddl: [ddl ?? { kind: 'skip', reason: 'a call: it is not run here' }] };
}
