/** A run of text within a line, or several of them marked together. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'struck'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly text: string; readonly to: string }
  | { readonly kind: 'break' };

export interface ListItem {
  readonly content: readonly Inline[];
  /** A list inside the item. */
  readonly children: readonly Block[];
}

/** A part of a text that stands by itself. */
export type Block =
  | { readonly kind: 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly first?: number; readonly items: readonly ListItem[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' };

const MARKS = { '**': 'bold', __: 'bold', '*': 'italic', _: 'italic', '~~': 'struck' } as const;
type Mark = keyof typeof MARKS;

/** A mark that was opened, with what came since. */
interface Frame {
  readonly mark: Mark | undefined;
  readonly nodes: Inline[];
}

const SPECIAL = /[\\`*_~[\n]/g;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
/** Letters a link may have: what is longer is no link. */
const LINK_LIMIT = 2000;

function push(nodes: Inline[], node: Inline): void {
  const last = nodes.at(-1);
  if (node.kind === 'text' && last?.kind === 'text') nodes[nodes.length - 1] = { kind: 'text', text: last.text + node.text };
  else if (node.kind !== 'text' || node.text !== '') nodes.push(node);
}

/** The code span that begins here, and where it ends: it closes with as many ticks as it opened with. */
function codeAt(text: string, at: number): { text: string; end: number } | undefined {
  const ticks = /^`+/.exec(text.slice(at, at + 20))?.[0] ?? '`';
  const close = text.indexOf(ticks, at + ticks.length);
  if (close < 0) return undefined;
  const inside = text.slice(at + ticks.length, close).replaceAll('\n', ' ');
  return { text: inside.replace(/^ (?=.*\S.* $)(.*) $/s, '$1'), end: close + ticks.length };
}

/** The link that begins here: `[words](address)`. */
function linkAt(text: string, at: number): { text: string; to: string; end: number } | undefined {
  const near = text.slice(at, at + LINK_LIMIT);
  const middle = near.indexOf('](');
  const close = middle < 0 ? -1 : near.indexOf(')', middle);
  if (close < 0) return undefined;
  const [words, to] = [near.slice(1, middle), near.slice(middle + 2, close).trim()];
  return words.trim() === '' || /[\n[]/.test(words) || /\s/.test(to) ? undefined : { text: words, to, end: at + close + 1 };
}

/** Reads one block's text: each character is looked at once, and what is never closed stays as it was typed. */
class InlineReader {
  readonly #frames: Frame[] = [{ mark: undefined, nodes: [] }];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Inline[] {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      SPECIAL.lastIndex = at;
      const next = SPECIAL.exec(text)?.index ?? text.length;
      this.#add({ kind: 'text', text: text.slice(at, next) });
      at = next < text.length ? this.#special(next) : next;
    }
    while (this.#frames.length > 1) this.#giveUp();
    return this.#frames[0]?.nodes ?? [];
  }

  #add(node: Inline): void {
    push((this.#frames.at(-1) as Frame).nodes, node);
  }

  /** What a special character begins; yields where reading goes on. */
  #special(at: number): number {
    const text = this.#text;
    const sign = text[at] as string;
    if (sign === '\n') {
      this.#add({ kind: 'break' });
      return at + 1;
    }
    if (sign === '\\') {
      const literal = PUNCTUATION.test(text[at + 1] ?? '');
      this.#add({ kind: 'text', text: literal ? (text[at + 1] as string) : '\\' });
      return at + (literal ? 2 : 1);
    }
    const code = sign === '`' ? codeAt(text, at) : undefined;
    if (code !== undefined) {
      this.#add({ kind: 'code', text: code.text });
      return code.end;
    }
    const link = sign === '[' ? linkAt(text, at) : undefined;
    if (link !== undefined) {
      this.#add({ kind: 'link', text: link.text, to: link.to });
      return link.end;
    }
    return this.#mark(at);
  }

  /** A mark opens, closes, or is only a sign. */
  #mark(at: number): number {
    const text = this.#text;
    const two = text.slice(at, at + 2);
    const one = two[0] as string;
    const closesInner = text.startsWith(one.repeat(3), at) && this.#frames.at(-1)?.mark === one;
    const mark = (Object.hasOwn(MARKS, two) && !closesInner ? two : Object.hasOwn(MARKS, one) ? one : undefined) as
      | Mark
      | undefined;
    if (mark === undefined) {
      this.#add({ kind: 'text', text: one });
      return at + 1;
    }
    const end = at + mark.length;
    const [before, after] = [text[at - 1] ?? ' ', text[end] ?? ' '];
    const inWord = one === '_' && WORD.test(before) && WORD.test(after);
    const open = this.#frames.findLastIndex((frame) => frame.mark === mark);
    if (open > 0 && !/\s/.test(before) && !inWord) this.#close(open);
    else if (open < 0 && !/\s/.test(after) && !inWord) this.#frames.push({ mark, nodes: [] });
    else this.#add({ kind: 'text', text: mark });
    return end;
  }

  #close(open: number): void {
    while (this.#frames.length > open + 1) this.#giveUp();
    const { mark, nodes } = this.#frames.pop() as Frame;
    if (mark === undefined) return;
    if (nodes.length === 0) this.#add({ kind: 'text', text: mark + mark });
    else this.#add({ kind: MARKS[mark], content: nodes });
  }

  /** A mark that nothing closes is text. */
  #giveUp(): void {
    const { mark, nodes } = this.#frames.pop() as Frame;
    this.#add({ kind: 'text', text: mark ?? '' });
    for (const node of nodes) this.#add(node);
  }
}

const inline = (text: string): readonly Inline[] => new InlineReader(text).read();

const BULLET = /^( *)(?:[-*+]|(\d{1,9})[.)]) +(?=\S)/;
const HEADING = /^(#{1,6}) +(.*?)(?: +#+)? *$/;
const RULE = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;
const FENCE = /^ {0,3}```/;
const DEPTH = 6;

interface Line {
  readonly indent: number;
  readonly first: number | undefined;
  readonly text: string;
}

function bullet(line: string): Line | undefined {
  const found = BULLET.exec(line);
  if (found === null || RULE.test(line)) return undefined;
  const first = found[2] === undefined ? undefined : Number(found[2]);
  return { indent: (found[1] as string).length, first, text: line.slice(found[0].length) };
}

/** Lists from their lines: what is indented more than an item belongs to it. */
function listsOf(lines: readonly Line[], depth = 0): Block[] {
  const blocks: Block[] = [];
  let items: ListItem[] = [];
  let first: number | undefined;
  const finish = () => {
    if (items.length > 0) blocks.push({ kind: 'list', ...(first === undefined ? {} : { first }), items });
    items = [];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    let end = at + 1;
    while (end < lines.length && (lines[end] as Line).indent > line.indent && depth < DEPTH) end += 1;
    if (items.length > 0 && (first === undefined) !== (line.first === undefined)) finish();
    if (items.length === 0) first = line.first;
    items.push({ content: inline(line.text), children: listsOf(lines.slice(at + 1, end), depth + 1) });
    at = end;
  }
  finish();
  return blocks;
}

/** Lines that are taken one after the other. */
class BlockReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n');
  }

  read(): readonly Block[] {
    const blocks: Block[] = [];
    while (this.#at < this.#lines.length) {
      if ((this.#lines[this.#at] as string).trim() === '') this.#at += 1;
      else blocks.push(...this.#block());
    }
    return blocks;
  }

  /** Takes lines as long as they fit. */
  #while(fits: (line: string) => boolean): string[] {
    const from = this.#at;
    while (this.#at < this.#lines.length && fits(this.#lines[this.#at] as string)) this.#at += 1;
    return this.#lines.slice(from, this.#at);
  }

  #block(): readonly Block[] {
    const line = this.#lines[this.#at] as string;
    const heading = HEADING.exec(line);
    if (FENCE.test(line)) return [this.#code()];
    if (RULE.test(line)) {
      this.#at += 1;
      return [{ kind: 'rule' }];
    }
    if (heading !== null) {
      this.#at += 1;
      const level = Math.min(3, (heading[1] as string).length) as 1 | 2 | 3;
      return [{ kind: 'heading', level, content: inline(heading[2] as string) }];
    }
    if (line.startsWith('>')) {
      const lines = this.#while((one) => one.startsWith('>')).map((one) => one.replace(/^> ?/, ''));
      return [{ kind: 'quote', content: inline(lines.join('\n')) }];
    }
    if (bullet(line) !== undefined)
      return listsOf(this.#while((one) => bullet(one) !== undefined).map((one) => bullet(one) as Line));
    const lines = this.#while((one) => one.trim() !== '' && !this.#begins(one));
    return [{ kind: 'paragraph', content: inline(lines.map((one) => one.trim()).join('\n')) }];
  }

  /** Whether a line ends the paragraph before it. */
  #begins(line: string): boolean {
    return FENCE.test(line) || RULE.test(line) || HEADING.test(line) || line.startsWith('>') || bullet(line) !== undefined;
  }

  #code(): Block {
    this.#at += 1;
    const lines = this.#while((one) => !FENCE.test(one));
    this.#at += 1;
    return { kind: 'code', text: lines.join('\n') };
  }
}

/**
 * Reads Markdown as people write it in notes: headings, lists, quotes, code, rules; bold, italic, struck, code, links. A
 * line break is one. There is no HTML: what looks like it is text. Never fails; the work grows with the length of the text.
 */
export function parseMarkdown(text: string): readonly Block[] {
  return new BlockReader(text).read();
}

/** The words of a run without their marks. */
export function wordsOf(content: readonly Inline[]): string {
  return content.map((one) => (one.kind === 'break' ? '\n' : 'content' in one ? wordsOf(one.content) : one.text)).join('');
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'rule':
      return [];
    case 'code':
      return block.text.split('\n');
    case 'list':
      return block.items.flatMap((item) => [wordsOf(item.content), ...item.children.flatMap(linesOf)]);
    default:
      return wordsOf(block.content).split('\n');
  }
}

/** What stands for a text where there is room for a line. */
export function firstLine(text: string, length = 60): string {
  return (
    plainText(text.trimStart().slice(0, 4 * length))
      .split('\n', 1)[0]
      ?.slice(0, length)
      .trim() ?? ''
  );
}

/** A text without its marks, line by line: for where only words can be shown, or are read aloud. */
export function plainText(text: string): string {
  return parseMarkdown(text).flatMap(linesOf).join('\n');
}
