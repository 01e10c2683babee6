import type { Entries, Entry } from './entry.ts';

/** Whether a text is a report of pt-query-digest (Percona Toolkit). */
export function looksLikeDigestReport(text: string): boolean {
  return /^# Query \d+: .*\bID 0x[0-9A-F]+/m.test(text.slice(0, 100_000));
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const MAGNITUDES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };

/** The total in a line of a report, such as `# Exec time  83  300s  1ms` (milliseconds) or `# Rows sent  50  10.00k  1`. */
function total(line: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, amount, unit = ''] = /^# [A-Za-z ]+\d+ +([\d.]+)([A-Za-z]*)/.exec(line) ?? [];
  if (amount === undefined) return undefined;
  const factor = unit === '' ? 1 : units[unit];
  return factor === undefined ? undefined : Number(amount) * factor;
}

function hoursIn(text: string): number | undefined {
  const [, from = '', to = ''] = /^# Time range: (\S+(?: [\d:.]+)?) to (\S+(?: [\d:.]+)?)/m.exec(text) ?? [];
  const hours = (Date.parse(to.replace(' ', 'T')) - Date.parse(from.replace(' ', 'T'))) / 3_600_000;
  return Number.isFinite(hours) && hours > 0 ? hours : undefined;
}

interface Item {
  readonly server: string;
  calls: number;
  totalMs?: number | undefined;
  rows?: number | undefined;
  done?: true;
}

/** The sample of each class in a report of pt-query-digest, with how often the class was seen. Texts end with `\G`. */
export function readDigestReport(text: string): Entries {
  const entries: Entry[] = [];
  let item: Item | undefined;
  let lines: string[] = [];
  let start = 0;
  text.split(/\r?\n/).forEach((line, i) => {
    const begins = /^# Query \d+: .*\bID (0x[0-9A-F]+)/.exec(line);
    if (begins !== null) {
      item = { server: begins[1] as string, calls: 1 };
      lines = [];
    } else if (item === undefined || item.done === true) return;
    else if (lines.length === 0 && line.startsWith('#')) {
      if (line.startsWith('# Count ')) item.calls = total(line, MAGNITUDES) ?? 1;
      if (line.startsWith('# Exec time ')) item.totalMs = total(line, UNITS);
      if (line.startsWith('# Rows sent ')) item.rows = total(line, MAGNITUDES);
    } else if (lines.length > 0 || line.trim() !== '') {
      if (lines.length === 0) start = i + 1;
      lines.push(line);
      if (!/\\G\s*$/.test(line)) return;
      const { server, calls, totalMs, rows } = item;
      const sql = lines
        .join('\n')
        .replace(/\\G\s*$/, '')
        .trim();
      // What follows is the same statement, turned into one that EXPLAIN takes.
      item.done = true;
      const more = { ...(totalMs === undefined ? {} : { totalMs }), ...(rows === undefined ? {} : { rows }) };
      if (sql !== '' && !/^administrator command/i.test(sql)) entries.push({ sql, line: start, column: 1, server, calls, ...more });
    }
  });
  const hours = hoursIn(text);
  return { kind: 'slow log', entries, refused: [], ...(hours === undefined ? {} : { hours }) };
}
