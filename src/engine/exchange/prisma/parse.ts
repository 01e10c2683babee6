/** Blocks of a Prisma schema, before names are looked up. Offsets are UTF-16 into the text. */

export type PrismaValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PrismaValue[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly PrismaArgument[] };

export interface PrismaArgument {
  readonly name?: string;
  readonly value: PrismaValue;
}

export interface PrismaAttribute {
  /** Without `@`: `id`, `db.VarChar`, `map`. */
  readonly name: string;
  readonly args: readonly PrismaArgument[];
  readonly at: number;
}

export interface PrismaField {
  readonly name: string;
  readonly type: string;
  /** Of `Unsupported("...")`. */
  readonly unsupported?: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly attributes: readonly PrismaAttribute[];
  readonly comment?: string;
  readonly at: number;
}

export interface PrismaBlock {
  /** `model`, `enum`, `view`, `type`, `datasource`, `generator`. */
  readonly word: string;
  readonly name: string;
  readonly comment?: string;
  /** Of models: fields; of enums: values, whose type is empty. */
  readonly fields: readonly PrismaField[];
  /** `@@id`, `@@map` ... */
  readonly attributes: readonly PrismaAttribute[];
  /** Of `datasource` and `generator`: `provider = "..."`. */
  readonly settings: ReadonlyMap<string, PrismaValue>;
  readonly start: number;
  readonly end: number;
  readonly problem?: { readonly at: number; readonly message: string };
}

interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'doc';
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly breaks: boolean;
  readonly open?: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_all, code: string | undefined, char: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] as string) : char;
  });
}

const WORD = /[\p{L}\p{N}_.-]+/uy;

function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let breaks = true;
  let at = 0;
  const push = (kind: Token['kind'], value: string, end: number, open = false) => {
    tokens.push({ kind, value, start: at, end, breaks, ...(open ? { open } : {}) });
    breaks = false;
    at = end;
  };
  const lineEnd = () => {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  };
  while (at < text.length) {
    const char = text[at] as string;
    WORD.lastIndex = at;
    if (char === '\n') {
      breaks = true;
      at++;
    } else if (/[\s\ufeff]/.test(char)) at++;
    else if (text.startsWith('///', at)) push('doc', text.slice(at + 3, lineEnd()).trim(), lineEnd());
    else if (text.startsWith('//', at)) at = lineEnd();
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
    } else if (char === '"') {
      let end = at + 1;
      while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
      const closed = text[end] === '"';
      push(
        'string',
        unescaped(text.slice(at + 1, Math.min(end, text.length))),
        Math.min(closed ? end + 1 : end, text.length),
        !closed,
      );
    } else {
      const word = WORD.exec(text)?.[0];
      if (word !== undefined) push('word', word, at + word.length);
      else {
        const symbol = text.startsWith('@@', at) ? '@@' : String.fromCodePoint(text.codePointAt(at) ?? 0);
        push('symbol', symbol, at + symbol.length);
      }
    }
  }
  return tokens;
}

/** Goes through the tokens of one block. The first problem stays; from then on nothing matches. */
class BlockParser {
  problem: { readonly at: number; readonly message: string } | undefined;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private peek(): Token | undefined {
    const token = this.problem === undefined ? this.tokens[this.at] : undefined;
    if (token?.open !== true) return token;
    this.problem = { at: token.start, message: 'The text that begins here never ends.' };
    return undefined;
  }

  private is(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.value === symbol;
  }

  private take(symbol: string): boolean {
    const found = this.is(symbol);
    if (found) this.at++;
    return found;
  }

  private fail(message: string): void {
    this.problem ??= { at: this.tokens[this.at]?.start ?? this.tokens.at(-1)?.end ?? 0, message };
  }

  private word(what: string): string {
    const token = this.peek();
    if (token?.kind === 'word') {
      this.at++;
      return token.value;
    }
    this.fail(`There should be ${what} here.`);
    return '';
  }

  /** Lines of documentation before the next thing. */
  docs(): string | undefined {
    const lines: string[] = [];
    for (let token = this.peek(); token?.kind === 'doc'; token = this.peek()) {
      lines.push(token.value);
      this.at++;
    }
    return lines.length === 0 ? undefined : lines.join('\n');
  }

  block(): Omit<PrismaBlock, 'start' | 'end'> {
    const comment = this.docs();
    const word = this.word('a block');
    const name = this.word('a name');
    const fields: PrismaField[] = [];
    const attributes: PrismaAttribute[] = [];
    const settings = new Map<string, PrismaValue>();
    if (!this.take('{')) this.fail(`There should be a { behind ${name}.`);
    for (;;) {
      const doc = this.docs();
      if (this.peek() === undefined || this.is('}')) break;
      if (this.is('@@')) attributes.push(this.attribute());
      else if (word === 'datasource' || word === 'generator') {
        const key = this.word('a setting');
        if (!this.take('=')) this.fail('There should be a = here.');
        settings.set(key, this.value());
      } else fields.push(this.field(word === 'enum', doc));
    }
    if (!this.take('}')) this.fail('There should be a } here.');
    const { problem } = this;
    const said = { ...(comment === undefined ? {} : { comment }), ...(problem === undefined ? {} : { problem }) };
    return { word, name, fields, attributes, settings, ...said };
  }

  private field(isValue: boolean, doc: string | undefined): PrismaField {
    const at = this.tokens[this.at]?.start ?? 0;
    const name = this.word('the name of a field');
    let type = '';
    let unsupported: string | undefined;
    let list = false;
    let optional = false;
    if (!isValue) {
      if (this.peek()?.breaks === true) this.fail(`Field ${name} has no type.`);
      type = this.word('a type');
      if (this.take('(')) {
        const text = this.peek();
        unsupported = text?.kind === 'string' ? text.value : '';
        this.at++;
        if (!this.take(')')) this.fail('There should be a ) here.');
      }
      while (this.is('[') || this.is('?') || this.is(']')) {
        list ||= this.is('[');
        optional ||= this.is('?');
        this.at++;
      }
    }
    const attributes: PrismaAttribute[] = [];
    while (this.is('@')) attributes.push(this.attribute());
    const trailing = this.peek();
    const behind = trailing?.kind === 'doc' && !trailing.breaks ? trailing.value : undefined;
    if (behind !== undefined) this.at++;
    const rest = this.peek();
    if (rest !== undefined && !rest.breaks && rest.value !== '}') this.fail(`${rest.value} is not expected here.`);
    const comment = [doc, behind].filter((one) => one !== undefined).join('\n');
    return {
      name,
      type,
      ...(unsupported === undefined ? {} : { unsupported }),
      list,
      optional,
      attributes,
      ...(comment === '' ? {} : { comment }),
      at,
    };
  }

  private attribute(): PrismaAttribute {
    const at = this.tokens[this.at]?.start ?? 0;
    this.at++;
    const name = this.word('the name of an attribute');
    return { name, args: this.is('(') ? this.args() : [], at };
  }

  private args(): readonly PrismaArgument[] {
    const args: PrismaArgument[] = [];
    this.at++;
    while (this.peek() !== undefined && !this.is(')')) {
      const next = this.tokens[this.at + 1];
      const named = this.peek()?.kind === 'word' && next?.kind === 'symbol' && next.value === ':';
      const name = named ? this.word('a name') : undefined;
      if (named) this.at++;
      args.push({ ...(name === undefined ? {} : { name }), value: this.value() });
      if (!this.take(',')) break;
    }
    if (!this.take(')')) this.fail('There should be a ) here.');
    return args;
  }

  private value(): PrismaValue {
    const token = this.peek();
    if (token?.kind === 'string') {
      this.at++;
      return { kind: 'string', text: token.value };
    }
    if (this.take('[')) {
      const items: PrismaValue[] = [];
      while (this.peek() !== undefined && !this.is(']')) {
        items.push(this.value());
        if (!this.take(',')) break;
      }
      if (!this.take(']')) this.fail('There should be a ] here.');
      return { kind: 'list', items };
    }
    const name = this.word('a value');
    return this.is('(') ? { kind: 'call', name, args: this.args() } : { kind: 'word', text: name };
  }
}

/** The blocks of a schema, in order, each from its documentation to its closing brace. */
export function parsePrisma(text: string): readonly PrismaBlock[] {
  const tokens = lex(text);
  const blocks: PrismaBlock[] = [];
  for (let from = 0; from < tokens.length; ) {
    let to = from;
    let opened = false;
    for (; to < tokens.length; to++) {
      const { kind, value } = tokens[to] as Token;
      if (kind !== 'symbol') continue;
      opened ||= value === '{';
      if (value === '}') {
        to++;
        break;
      }
    }
    const inside = tokens.slice(from, to);
    const block = new BlockParser(inside).block();
    // Documentation at the end of the file belongs to nothing.
    if (opened || inside.some(({ kind }) => kind !== 'doc'))
      blocks.push({ ...block, start: inside[0]?.start ?? 0, end: inside.at(-1)?.end ?? 0 });
    from = to;
  }
  return blocks;
}
