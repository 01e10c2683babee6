import { isKnownNode, nodeFigures, nodeName, type Properties } from './plan-text-node.ts';
import { footerProperties, lineProperties } from './plan-text-property.ts';

/** Where a text stops being a plan, in lines and columns from 1, and what stands there. */
export interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

interface Line {
  /** From 1, in what was pasted. */
  readonly number: number;
  /** Characters that were taken off its begin. */
  readonly cut: number;
  readonly indent: number;
  readonly text: string;
  /** With its indentation. */
  readonly raw: string;
}

/** Whether a text ends within a literal or a quoted name. */
function isOpen(text: string): boolean {
  let quote = '';
  for (const char of text) {
    if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = '';
  }
  return quote !== '';
}

/** What clients print around a plan: psql's heading, its rules, and the number of rows. */
function isFrame(text: string): boolean {
  return text === '' || text === 'QUERY PLAN' || /^[-+=|\s]*$/.test(text) || /^\(\d+ rows?\)$/.test(text);
}

/** Takes off what clients put around a line: borders, quotes, marks of continued fields. */
function cleaned(given: string): { readonly text: string; readonly cut: number } {
  let text = given.trimEnd();
  let cut = 0;
  const off = (length: number) => {
    cut += length;
    text = text.slice(length);
  };
  const bar = /^\s*[|│]/.exec(text);
  if (bar !== null) {
    off(bar[0].length);
    if (text.endsWith('|') || text.endsWith('│')) text = text.slice(0, -1).trimEnd();
  }
  const quote = /^\s*"/.exec(text);
  if (quote !== null && text.endsWith('"') && text.length > quote[0].length) {
    off(quote[0].length);
    text = text.slice(0, -1).replaceAll('""', '"');
  }
  if (text.endsWith('+') && !text.endsWith('++')) text = text.slice(0, -1).trimEnd();
  return { text, cut };
}

function linesOf(source: string): readonly Line[] {
  return source.split('\n').flatMap((given, at) => {
    const { text, cut } = cleaned(given);
    const indent = text.length - text.trimStart().length;
    return isFrame(text.trim()) ? [] : [{ number: at + 1, cut: cut + indent, indent, text: text.trim(), raw: text }];
  });
}

/** A text without what psql prints around it, line by line where it was. */
export function unframed(source: string): string {
  return source
    .split('\n')
    .map((line) => cleaned(line).text)
    .map((line) => (isFrame(line.trim()) ? '' : line))
    .join('\n');
}

/** Where the figures of a node's line begin; its length when there are none. Names may look like them: the last count. */
function figuresAt(text: string): number {
  const cost = text.lastIndexOf(' (cost=');
  const at = cost >= 0 ? cost : Math.max(text.lastIndexOf(' (actual '), text.lastIndexOf(' (never executed)'));
  return at < 0 || nodeFigures(text.slice(at)) === undefined ? text.length : at;
}

interface OpenNode {
  readonly column: number;
  readonly properties: Properties & { Plans?: Properties[] };
}

/** Nodes whose children are all alike. */
const MEMBERS: ReadonlySet<string> = new Set(['Append', 'Merge Append', 'BitmapAnd', 'BitmapOr']);

/** What a child is to its parent; the text form tells by place only. */
function roleOf(parent: OpenNode, label: string | undefined): string {
  if (label !== undefined) return label.startsWith('SubPlan') ? 'SubPlan' : 'InitPlan';
  const type = String(parent.properties['Node Type']);
  if (MEMBERS.has(type)) return 'Member';
  if (type === 'Subquery Scan') return 'Subquery';
  const others = (parent.properties.Plans ?? []).filter((one) => one['Parent Relationship'] === 'Outer');
  return others.length > 0 ? 'Inner' : 'Outer';
}

/** Keys of an aggregate: one, or those of several grouping sets, with the order in which each set is read. */
function grouping(properties: Properties, key: string, value: string): boolean {
  if (key === 'Sort Key') return true;
  if (key !== 'Group Key' && key !== 'Hash Key') return false;
  const [first] = (properties['Grouping Sets'] ?? []) as { 'Group Keys': string[][] }[];
  const only = properties['Group Key'];
  if (first === undefined && only === undefined && key === 'Group Key' && value !== '()') {
    properties['Group Key'] = value;
    return true;
  }
  delete properties['Group Key'];
  const before = typeof only === 'string' ? [[only]] : (first?.['Group Keys'] ?? []);
  properties['Grouping Sets'] = [{ 'Group Keys': [...before, value === '()' ? [] : [value]] }];
  return true;
}

class TextPlan {
  private readonly open: OpenNode[] = [];
  private label: string | undefined;
  private last: { readonly properties: Properties; readonly key: string } | undefined;
  /** Deeper lines belong to a worker, of whom only the sum is of interest. */
  private worker: number | undefined;
  private footer: string | undefined;
  readonly whole: Properties = {};

  private fault({ number, cut, text }: Line, at = 0): TextFault {
    return { line: number, column: cut + at + 1, text: text.slice(at, at + 60) };
  }

  private node(line: Line, column: number, text: string): TextFault | undefined {
    const at = figuresAt(text);
    const figures = nodeFigures(text.slice(at)) ?? {};
    const odd =
      at === text.length ? ['(cost=', '(actual '].map((mark) => text.lastIndexOf(mark)).find((place) => place > 0) : undefined;
    if (odd !== undefined) return this.fault(line, line.text.length - text.length + odd);
    const properties: OpenNode['properties'] = { ...nodeName(text.slice(0, at).trim()), ...figures };
    while (this.open.length > 0 && (this.open.at(-1) as OpenNode).column >= column) this.open.pop();
    const parent = this.open.at(-1);
    if (parent === undefined) this.whole['Plan'] = properties;
    else {
      properties['Parent Relationship'] = roleOf(parent, this.label);
      if (this.label !== undefined) properties['Subplan Name'] = this.label;
      parent.properties.Plans = [...(parent.properties.Plans ?? []), properties];
    }
    this.open.push({ column, properties });
    this.label = undefined;
    this.last = undefined;
    this.worker = undefined;
    return undefined;
  }

  /** A text of several lines goes on: its quotes are still open. */
  private goesOn({ raw }: Line): boolean {
    if (this.last === undefined) return false;
    const { properties, key } = this.last;
    const value = properties[key];
    if (typeof value !== 'string' || !isOpen(value)) return false;
    properties[key] = `${value}\n${raw}`;
    return true;
  }

  private property(line: Line): TextFault | undefined {
    const { text, indent } = line;
    const node = this.open.at(-1);
    const colon = text.indexOf(':');
    if (node === undefined) return this.fault(line);
    if (/^(?:InitPlan|SubPlan) \d|^CTE /.test(text) && colon < 0) {
      while ((this.open.at(-1)?.column ?? -1) >= indent && this.open.length > 1) this.open.pop();
      this.label = text;
      return undefined;
    }
    if (/^Worker \d+:/.test(text)) {
      this.worker = indent;
      return undefined;
    }
    if (colon <= 0 || !/^[A-Z]/.test(text)) return this.fault(line);
    const [key, value] = [text.slice(0, colon), text.slice(colon + 1).trim()];
    if (node.properties['Node Type'] === 'Aggregate' && grouping(node.properties, key, value)) return undefined;
    Object.assign(node.properties, lineProperties(key, value, String(node.properties['Node Type'])));
    this.last = { properties: node.properties, key };
    return undefined;
  }

  private end(line: Line): TextFault | undefined {
    const colon = line.text.indexOf(':');
    if (colon <= 0) return this.fault(line);
    const [key, value] = [line.text.slice(0, colon), line.text.slice(colon + 1).trim()];
    if (line.indent <= 0) this.footer = key;
    footerProperties(key, value, this.footer ?? '', this.whole);
    return undefined;
  }

  /** @param indent of the line against the root's */
  take(line: Line, first: boolean): TextFault | undefined {
    const { indent, text } = line;
    if (first) return this.node(line, -1, text.startsWith('->') ? text.slice(2).trimStart() : text);
    if (this.goesOn(line)) return undefined;
    if (this.footer !== undefined) return this.end(line);
    if (text.startsWith('->')) return this.node(line, indent, text.slice(2).trimStart());
    if (this.worker !== undefined && indent > this.worker) return undefined;
    this.worker = undefined;
    return indent <= 0 ? this.end(line) : this.property(line);
  }
}

/**
 * Reads the text form of EXPLAIN, as psql, pgAdmin, a log or a mail has it, into the JSON form.
 * @returns the first line that is not understood
 */
export function planFromText(
  source: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: TextFault } {
  const lines = linesOf(source);
  // Logs have the text of the query and other words above.
  const withFigures = lines.findIndex(({ text }) => figuresAt(text) < text.length);
  const from = Math.max(0, withFigures);
  const root = lines[from];
  if (root === undefined) return { ok: false, fault: { line: 1, column: 1, text: '' } };
  if (withFigures < 0 && !isKnownNode(nodeName(root.text)))
    return { ok: false, fault: { line: root.number, column: root.cut + 1, text: root.text.slice(0, 60) } };
  const plan = new TextPlan();
  for (const [at, line] of lines.slice(from).entries()) {
    const fault = plan.take({ ...line, indent: line.indent - root.indent }, at === 0);
    if (fault !== undefined) return { ok: false, fault };
  }
  return { ok: true, value: plan.whole };
}
