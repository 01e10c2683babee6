/** Statements of a Mermaid entity-relationship diagram, line by line. */

import type { Cardinality } from '#model/types.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface MermaidAttribute {
  readonly type: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly comment?: string;
  readonly at: number;
}

export type MermaidStatement = Span &
  (
    | { readonly kind: 'entity'; readonly name: string; readonly alias?: string; readonly attributes: readonly MermaidAttribute[] }
    | {
        readonly kind: 'line';
        readonly left: { readonly name: string; readonly end: Cardinality };
        readonly right: { readonly name: string; readonly end: Cardinality };
        readonly identifying: boolean;
        readonly label: string;
      }
    | { readonly kind: 'ignored'; readonly what: string; readonly reason: string }
    | { readonly kind: 'broken'; readonly at: number; readonly message: string }
  );

const WORDS: readonly (readonly [text: string, end: Cardinality])[] = [
  ['one or zero', '0..1'],
  ['zero or one', '0..1'],
  ['one or more', '1..n'],
  ['one or many', '1..n'],
  ['many(1)', '1..n'],
  ['1+', '1..n'],
  ['zero or more', '0..n'],
  ['zero or many', '0..n'],
  ['many(0)', '0..n'],
  ['many', '0..n'],
  ['0+', '0..n'],
  ['only one', '1'],
  ['1', '1'],
];

const LEFT: Readonly<Record<string, Cardinality>> = { '|o': '0..1', '||': '1', '}o': '0..n', '}|': '1..n' };
const RIGHT: Readonly<Record<string, Cardinality>> = { 'o|': '0..1', '||': '1', 'o{': '0..n', '|{': '1..n' };

/** One statement after the other, by position in the text. */
class MermaidParser {
  readonly found: MermaidStatement[] = [];
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  run(): readonly MermaidStatement[] {
    this.header();
    while (this.at < this.text.length) this.statement();
    return this.found;
  }

  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && /[ \t\r]/.test(this.text[this.at] as string)) this.at++;
  }

  /** Front matter, directives and `erDiagram`. */
  private header(): void {
    const front = /^\s*---\r?\n/.exec(this.text.slice(0, 100));
    if (front !== null) {
      const close = this.text.indexOf('\n---', front[0].length - 1);
      if (close >= 0) {
        this.at = close + 4;
        this.found.push({ kind: 'ignored', what: 'front matter', reason: 'how another tool draws it', start: 0, end: this.at });
      }
    }
    const word = this.text.indexOf('erDiagram', this.at);
    if (word >= 0 && /^(?:\s|%%[^\n]*\n)*$/.test(this.text.slice(this.at, Math.min(word, this.at + 5000))))
      this.at = word + 'erDiagram'.length;
  }

  private fail(start: number, message: string, at = this.at) {
    this.found.push({ kind: 'broken', at, message, start, end: this.lineEnd() });
    this.at = this.lineEnd();
  }

  private name(): string | undefined {
    const { text } = this;
    if (text[this.at] === '"') {
      const close = text.indexOf('"', this.at + 1);
      if (close < 0 || close > this.lineEnd()) return undefined;
      const name = text.slice(this.at + 1, close);
      this.at = close + 1;
      return name;
    }
    const word = /^[\p{L}\p{N}\p{M}_$.*-]+/u.exec(text.slice(this.at, this.at + 300))?.[0];
    // A line may begin right behind the name.
    const cut = word?.replace(/(?:--|\.\.).*$/, '');
    if (cut === undefined || cut === '') return undefined;
    this.at += cut.length;
    return cut;
  }

  private statement() {
    this.skipSpace();
    const { text } = this;
    if (this.at >= text.length) return;
    if (text[this.at] === '\n' || text[this.at] === ';') {
      this.at++;
      return;
    }
    const start = this.at;
    if (text.startsWith('%%', start)) {
      this.at = this.lineEnd();
      return;
    }
    const word = /^(?:direction|title|accTitle|accDescr|classDef|class|style|linkStyle)\b/.exec(text.slice(start, start + 20))?.[0];
    if (word !== undefined && !/^\s*(?:[|}"{[]|$)/m.test(text.slice(start + word.length, this.lineEnd())))
      return this.ignore(start, word);
    const name = this.name();
    if (name === undefined) return this.fail(start, 'There should be the name of an entity here.');
    this.afterName(start, name);
  }

  private ignore(start: number, word: string) {
    const open = /^[^\n]*\{\s*$/m.exec(this.text.slice(start, this.lineEnd()));
    const close = open === null ? -1 : this.text.indexOf('}', start);
    this.at = close < 0 ? this.lineEnd() : close + 1;
    this.found.push({ kind: 'ignored', what: word, reason: 'how it is drawn: no part of the schema', start, end: this.at });
  }

  private afterName(start: number, name: string) {
    this.skipSpace();
    const { text } = this;
    let alias: string | undefined;
    if (text[this.at] === '[') {
      const close = text.indexOf(']', this.at);
      if (close < 0 || close > this.lineEnd()) return this.fail(start, 'The [ here is never closed.');
      alias = text
        .slice(this.at + 1, close)
        .trim()
        .replace(/^"|"$/g, '');
      this.at = close + 1;
      this.skipSpace();
    }
    const style = /^:::[\w-]+(?:,[\w-]+)*/.exec(text.slice(this.at, this.at + 200))?.[0];
    if (style !== undefined) this.at += style.length;
    this.skipSpace();
    const named = alias === undefined || alias === '' ? {} : { alias };
    if (text[this.at] === '{') return this.body(start, name, named);
    if (this.at >= this.lineEnd()) {
      this.found.push({ kind: 'entity', name, ...named, attributes: [], start, end: this.at });
      return;
    }
    this.line(start, name);
  }

  private body(start: number, name: string, alias: { readonly alias?: string }) {
    const { text } = this;
    this.at++;
    const attributes: MermaidAttribute[] = [];
    for (;;) {
      while (this.at < text.length && /\s/.test(text[this.at] as string)) this.at++;
      if (this.at >= text.length) {
        this.found.push({ kind: 'broken', at: start, message: `The { of ${name} is never closed.`, start, end: text.length });
        return;
      }
      if (text[this.at] === '}') {
        this.at++;
        this.found.push({ kind: 'entity', name, ...alias, attributes, start, end: this.at });
        return;
      }
      if (text.startsWith('%%', this.at)) {
        this.at = this.lineEnd();
        continue;
      }
      const attribute = this.attribute();
      if (attribute === undefined) {
        const at = this.at;
        // What follows the entity is not touched by it.
        const close = text.indexOf('}', at);
        this.at = close < 0 ? text.length : close + 1;
        this.found.push({ kind: 'broken', at, message: 'An attribute is a type and a name here.', start, end: this.at });
        return;
      }
      attributes.push(attribute);
    }
  }

  private attribute(): MermaidAttribute | undefined {
    const end = Math.min(this.lineEnd(), this.at + 10_000);
    const line = this.text.slice(this.at, end);
    const match = /^([^\s"{}]+)[ \t]+([^\s",{}]+)((?:[ \t]*,?[ \t]*\b(?:PK|FK|UK)\b)*)[ \t]*(?:"([^"]*)")?[ \t\r]*(?=$|\})/u.exec(
      line,
    );
    if (match === null) return undefined;
    const [whole, type = '', name = '', keys = '', comment] = match;
    const at = this.at;
    this.at += whole.length;
    return {
      type,
      name: name.replace(/^\*/, ''),
      keys: keys.split(/[\s,]+/).filter((key) => key !== ''),
      ...(comment === undefined ? {} : { comment }),
      at,
    };
  }

  private line(start: number, left: string) {
    const { text } = this;
    const rest = text.slice(this.at, Math.min(this.lineEnd(), this.at + 2000));
    const signs = /^(\|o|\|\||\}o|\}\|)(--|\.\.|\.-|-\.)(o\||\|\||o\{|\|\{)/.exec(rest);
    let ends: readonly [Cardinality, boolean, Cardinality] | undefined;
    if (signs !== null) {
      ends = [LEFT[signs[1] as string] as Cardinality, signs[2] === '--', RIGHT[signs[3] as string] as Cardinality];
      this.at += signs[0].length;
    } else ends = this.wordedEnds(rest);
    if (ends === undefined) return this.fail(start, `There should be a line such as ||--o{ behind ${left}.`);
    this.skipSpace();
    const right = this.name();
    if (right === undefined) return this.fail(start, 'There should be the name of an entity here.');
    this.skipSpace();
    let label = '';
    if (text[this.at] === ':') {
      this.at++;
      this.skipSpace();
      label = text
        .slice(this.at, this.lineEnd())
        .trim()
        .replace(/^"(.*)"$/s, '$1');
    } else if (this.at < this.lineEnd()) return this.fail(start, 'There should be a : before the label.');
    this.at = this.lineEnd();
    const [from, identifying, to] = ends;
    this.found.push({
      kind: 'line',
      left: { name: left, end: from },
      right: { name: right, end: to },
      identifying,
      label,
      start,
      end: this.at,
    });
  }

  private wordedEnds(rest: string): readonly [Cardinality, boolean, Cardinality] | undefined {
    const first = WORDS.find(([word]) => rest.startsWith(`${word} `));
    if (first === undefined) return undefined;
    const after = rest.slice(first[0].length).trimStart();
    const joint = /^(optionally to|to)\s+/.exec(after);
    if (joint === null) return undefined;
    const second = WORDS.find(([word]) => after.startsWith(`${word} `, joint[0].length));
    if (second === undefined) return undefined;
    this.at += rest.length - after.length + joint[0].length + second[0].length;
    return [first[1], joint[1] === 'to', second[1]];
  }
}

/** The statements of a diagram, in order. What cannot be read is `broken`, with its place. */
export function parseMermaid(text: string): readonly MermaidStatement[] {
  return new MermaidParser(text).run();
}
