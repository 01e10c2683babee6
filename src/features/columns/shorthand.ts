import { err, ok, type Result } from '#lib/result.ts';
import type { ReferentialAction } from '#model/types.ts';
import { splitAtCommas, type Token, tokensOf, unquoted } from './typed-tokens.ts';

/** What a `->` or REFERENCES names, as typed: `customers`, `sales.customers`, `customers.id`, `customers(id)`. */
export interface TypedReference {
  readonly path: readonly string[];
  /** The column in parentheses. */
  readonly column?: string;
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

/** A column as a person types it in one line. What is absent was not said. */
export interface TypedColumn {
  /** Absent only with `references`: the usual name is taken. */
  readonly name?: string;
  /** As typed, such as `varchar(120)`. */
  readonly type?: string;
  /** Values of an enum that was written out: `status enum(draft, sent)`. */
  readonly values?: readonly string[];
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly identity?: 'always' | 'by default';
  /** An expression. */
  readonly default?: string;
  readonly references?: TypedReference;
  readonly comment?: string;
}

type Draft = { -readonly [K in keyof TypedColumn]: TypedColumn[K] };

/** The tokens being read, and where reading stands. */
class Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  at = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokensOf(text);
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  /** Whether these words stand next, whatever their case; they are passed over when they do. */
  takes(...words: readonly string[]): boolean {
    const fits = words.every((word, by) => this.tokens[this.at + by]?.text.toLowerCase() === word);
    if (fits) this.at += words.length;
    return fits;
  }

  sees(...words: readonly string[]): boolean {
    return words.every((word, by) => this.tokens[this.at + by]?.text.toLowerCase() === word);
  }
}

/** The words and signs that begin something other than the type. */
const MODIFIERS: readonly (readonly string[])[] = [
  ['!'],
  ['?'],
  ['->'],
  ['→'],
  ['='],
  ['--'],
  ['not', 'null'],
  ['nn'],
  ['null'],
  ['pk'],
  ['primary'],
  ['uq'],
  ['unique'],
  ['ix'],
  ['index'],
  ['identity'],
  ['auto'],
  ['generated'],
  ['default'],
  ['references'],
  ['check'],
  ['constraint'],
  ['collate'],
  ['comment'],
];

/** What ends a default's expression; signs of expressions do not. */
const AFTER_DEFAULT = MODIFIERS.filter(([first]) => first !== '=' && first !== '?' && first !== 'null' && first !== 'collate');

function meets(reader: Reader, list: readonly (readonly string[])[]): boolean {
  return list.some((words) => reader.sees(...words));
}

const ACTIONS: readonly { readonly words: readonly string[]; readonly action: ReferentialAction }[] = [
  { words: ['cascade'], action: 'cascade' },
  { words: ['restrict'], action: 'restrict' },
  { words: ['set', 'null'], action: 'set null' },
  { words: ['set', 'default'], action: 'set default' },
  { words: ['no', 'action'], action: 'no action' },
];

function readAction(reader: Reader): ReferentialAction | undefined {
  return ACTIONS.find(({ words }) => reader.takes(...words))?.action;
}

/** `customers`, `sales.customers (id) on delete cascade`; `cascade` alone is about deletion. */
function readReference(reader: Reader): Result<TypedReference> {
  const path: string[] = [];
  for (;;) {
    const token = reader.token;
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) {
      return err('reference-empty', 'After -> stands the table that is referred to, such as -> customers.');
    }
    path.push(unquoted(token));
    reader.at++;
    if (!reader.takes('.')) break;
  }
  const group = reader.token?.kind === 'group' ? reader.token : undefined;
  if (group !== undefined) reader.at++;
  const inside = group === undefined ? [] : tokensOf(group.text.slice(1, -1));
  if (inside.length > 1)
    return err('reference-columns', 'A column refers to one column. Draw the relationship where a key has several (R).');
  const column = inside[0] === undefined ? {} : { column: unquoted(inside[0]) };
  return readActions(reader, { path, ...column });
}

/** What happens to the child, as far as it is said here: `on delete cascade`, `on update restrict`, or `cascade` alone. */
function readActions(reader: Reader, begun: TypedReference): Result<TypedReference> {
  let reference = begun;
  for (;;) {
    const on = reader.takes('on', 'delete') ? 'onDelete' : reader.takes('on', 'update') ? 'onUpdate' : undefined;
    const action = readAction(reader);
    if (action === undefined && on !== undefined)
      return err('reference-action', 'After ON DELETE stands what happens: cascade, restrict, set null, set default.');
    if (action === undefined) return ok(reference);
    reference = { ...reference, [on ?? 'onDelete']: action };
  }
}

/** The text from here up to what ends it. At least one token is taken. */
function readUntil(reader: Reader, ends: readonly (readonly string[])[]): string {
  const first = reader.token;
  if (first === undefined) return '';
  let last = first;
  reader.at++;
  while (reader.token !== undefined && !meets(reader, ends)) {
    last = reader.token;
    reader.at++;
  }
  return reader.text.slice(first.start, last.end);
}

function readEnum(type: string): readonly string[] | undefined {
  const inside = /^enum\s*\((.*)\)$/is.exec(type)?.[1];
  if (inside === undefined) return undefined;
  return splitAtCommas(inside).flatMap((part) => {
    const [token, ...rest] = tokensOf(part);
    if (token === undefined) return [];
    return [rest.length === 0 ? unquoted(token) : part];
  });
}

/** Reads `!`, `pk`, `-> customers` and the like. False = nothing of the kind stands here. */
function readFlag(reader: Reader, column: Draft): boolean {
  if (reader.takes('!') || reader.takes('not', 'null') || reader.takes('nn')) column.nullable = false;
  else if (reader.takes('?') || reader.takes('null')) column.nullable = true;
  else if (reader.takes('pk') || reader.takes('primary', 'key') || reader.takes('primary')) column.primary = true;
  else if (reader.takes('uq') || reader.takes('unique')) column.unique = true;
  else if (reader.takes('ix') || reader.takes('index')) column.index = true;
  else if (reader.takes('generated', 'by', 'default', 'as', 'identity')) column.identity = 'by default';
  else if (reader.takes('generated', 'always', 'as', 'identity') || reader.takes('identity') || reader.takes('auto'))
    column.identity = 'always';
  else return false;
  return true;
}

function readModifiers(reader: Reader, column: Draft): Result<undefined> {
  while (reader.token !== undefined) {
    if (readFlag(reader, column)) continue;
    const from = reader.at;
    const actions: Result<TypedReference> =
      column.references === undefined ? ok({ path: [] }) : readActions(reader, column.references);
    if (!actions.ok) return actions;
    if (reader.at > from) {
      column.references = actions.value;
      continue;
    }
    if (reader.takes('->') || reader.takes('→') || reader.takes('references')) {
      const reference = readReference(reader);
      if (!reference.ok) return reference;
      column.references = reference.value;
    } else if (reader.takes('=') || reader.takes('default')) {
      column.default = readUntil(reader, AFTER_DEFAULT);
      if (column.default === '') return err('default-empty', 'After = stands the default, such as = now().');
    } else if (reader.takes('--')) {
      const said = reader.token;
      reader.at = reader.tokens.length;
      const comment = said === undefined ? '' : reader.text.slice(said.start).trim();
      if (comment !== '') column.comment = comment;
    } else {
      const rest = reader.text.slice(reader.token.start).slice(0, 32);
      return err('shorthand-rest', `“${rest}” is not understood here. After the type come !, pk, uq, ix, = default, -> table.`);
    }
  }
  return ok(undefined);
}

/** A bare name takes everything up to a space or a sign with a meaning, so that `2fa-code` is a name too. */
const BARE = /^(?:(?!->)[^\s,"'()!?=:→])+/u;

/** Reads one column: `email varchar(120)! uq`, `id pk`, `customer_id -> customers`, `"Order Date" date = now() -- when`. */
export function readShorthand(text: string): Result<TypedColumn> {
  const line = text.trim();
  const quoted = line.startsWith('"') ? tokensOf(line)[0] : undefined;
  const bare = BARE.exec(line)?.[0];
  const name = quoted === undefined ? bare : unquoted(quoted);
  if (name === undefined ? !/^(->|→)/.test(line) : name === '')
    return err('shorthand-name', 'A column begins with its name, such as email text!');
  const rest = line.slice(quoted?.end ?? bare?.length ?? 0).replace(/^\s*:(?!:)/, ' ');
  const reader = new Reader(rest);
  const column: Draft = name === undefined ? {} : { name };
  if (reader.token !== undefined && !meets(reader, MODIFIERS)) {
    const type = readUntil(reader, MODIFIERS);
    const values = readEnum(type);
    if (values === undefined) column.type = type;
    else if (values.length === 0)
      return err('enum-empty', 'Between the parentheses of enum stand its values, such as enum(draft, sent).');
    else column.values = values;
  }
  const read = readModifiers(reader, column);
  return read.ok ? ok(column) : read;
}

/** Reads one or several columns of one line, separated by commas: `first_name, last_name, email text!`. */
export function readShorthands(text: string): Result<readonly TypedColumn[]> {
  const columns: TypedColumn[] = [];
  for (const part of splitAtCommas(text)) {
    if (part === '') continue;
    const read = readShorthand(part);
    if (!read.ok) return read;
    columns.push(read.value);
  }
  return columns.length === 0 ? err('shorthand-name', 'A column begins with its name, such as email text!') : ok(columns);
}

/** Whether a text says more than a name. */
export function isShorthand(text: string): boolean {
  const read = readShorthands(text);
  return !read.ok || read.value.length > 1 || Object.keys(read.value[0] ?? {}).some((key) => key !== 'name');
}

const QUOTED_NAME = /^(?:(?!->)[^\s,"'()!?=:→])+$/u;

/** Writes a column so that {@link readShorthand} reads it back the same. */
export function writeShorthand(column: TypedColumn): string {
  const name = column.name === undefined ? [] : [quoteName(column.name)];
  const values = column.values?.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  const { references } = column;
  const target = references?.path.map(quoteName).join('.');
  return [
    ...name,
    values === undefined ? (column.type ?? '') : `enum(${values})`,
    column.nullable === undefined ? '' : column.nullable ? 'null' : 'not null',
    column.primary === true ? 'pk' : '',
    column.unique === true ? 'uq' : '',
    column.index === true ? 'ix' : '',
    column.identity === undefined ? '' : column.identity === 'always' ? 'identity' : 'generated by default as identity',
    target === undefined ? '' : `-> ${target}${references?.column === undefined ? '' : `(${quoteName(references.column)})`}`,
    references?.onDelete === undefined ? '' : `on delete ${references.onDelete}`,
    references?.onUpdate === undefined ? '' : `on update ${references.onUpdate}`,
    column.default === undefined ? '' : `= ${column.default}`,
    column.comment === undefined ? '' : `-- ${column.comment}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function quoteName(name: string): string {
  return QUOTED_NAME.test(name) && /^[\p{L}\p{N}_$]+$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
