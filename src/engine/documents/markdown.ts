/** GitHub-flavoured Markdown from plain values. Names and comments are hostile: nothing given here is markup. */

const SPECIAL = /[\\`*_[\]|~$]/g;

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}

/** Running text: every character of Markdown and HTML is shown as itself, on one line. */
export function text(value: string): string {
  return oneLine(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(SPECIAL, (one) => `\\${one}`)
    .replace(/^([-+=#:]|\d+[.)])/, (start) => (/\d/.test(start) ? `${start.slice(0, -1)}\\${start.slice(-1)}` : `\\${start}`))
    .replace(/\b(https?|ftp|mailto|www)(:|\.)/gi, '$1&#8203;$2')
    .replace(/@/g, '&#64;');
}

/** A code span, on one line. @param inTable a pipe ends a table cell even inside a code span. */
export function code(value: string, inTable = false): string {
  const line = oneLine(value);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  const body = inTable ? line.replace(/\|/g, '\\|') : line;
  return `${ticks}${pad}${body}${pad}${ticks}`;
}

/** A fenced block whose fence is longer than any run of backticks inside. */
export function fence(language: string, body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${body.replace(/\s+$/, '')}\n${ticks}`;
}

/** A table. Cells are Markdown already; an empty table is an empty string. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Anchors as GitHub makes them from headings: unique within one document. */
export function anchors(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const base = oneLine(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replace(/ /g, '-');
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  };
}

/** Blocks joined by blank lines; empty ones are left out. */
export function blocks(...parts: readonly (string | readonly string[])[]): string {
  return parts
    .flat()
    .filter((part) => part !== '')
    .join('\n\n');
}
