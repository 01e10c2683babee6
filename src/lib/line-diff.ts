export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Lines that a longest common subsequence is worked out for; longer texts are shown as gone and new in whole. */
const MAX_LINES = 600;

/** What changed from one text to another, line by line: a longest common subsequence of lines stays. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before === '' ? [] : before.split('\n');
  const b = after === '' ? [] : after.split('\n');
  if (a.length > MAX_LINES || b.length > MAX_LINES) {
    return [...a.map((text): DiffLine => ({ kind: 'gone', text })), ...b.map((text): DiffLine => ({ kind: 'new', text }))];
  }
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = common[(i + 1) * width + j] as number;
      const right = common[i * width + j + 1] as number;
      common[i * width + j] = a[i] === b[j] ? (common[(i + 1) * width + j + 1] as number) + 1 : Math.max(down, right);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] as string });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (common[(i + 1) * width + j] as number) >= (common[i * width + j + 1] as number))
    ) {
      lines.push({ kind: 'gone', text: a[i] as string });
      i++;
    } else {
      lines.push({ kind: 'new', text: b[j] as string });
      j++;
    }
  }
  return lines;
}

/** The changed lines with `context` lines around each; `undefined` stands for what is left out between. */
export function excerpt(lines: readonly DiffLine[], context: number): (DiffLine | undefined)[] {
  const keep = new Set<number>();
  lines.forEach((line, at) => {
    if (line.kind === 'same') return;
    for (let near = at - context; near <= at + context; near++) if (near >= 0 && near < lines.length) keep.add(near);
  });
  const shown: (DiffLine | undefined)[] = [];
  let last = -1;
  for (const at of [...keep].sort((x, y) => x - y)) {
    if (at !== last + 1) shown.push(undefined);
    shown.push(lines[at]);
    last = at;
  }
  if (keep.size > 0 && last < lines.length - 1) shown.push(undefined);
  return shown;
}
