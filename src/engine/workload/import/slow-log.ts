import type { Entries, Entry, Refusal } from './entry.ts';

const HOUR_MS = 3_600_000;

/** Whether a text is MySQL's or MariaDB's slow query log. */
export function looksLikeSlowLog(text: string): boolean {
  return /^# (?:Query_time|User@Host): /m.test(text.slice(0, 20_000));
}

function momentOf(line: string): number {
  const said = line.replace(/^# Time:\s*/, '').trim();
  // MariaDB writes 240131 12:34:56 or 240131  1:02:03.
  const short = /^(\d\d)(\d\d)(\d\d)\s+(\d{1,2}):(\d\d):(\d\d)/.exec(said);
  if (short === null) return Date.parse(said);
  const [, year, month, day, hour = '', minute, second] = short;
  return Date.parse(`20${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}:${second}Z`);
}

function figure(line: string, name: string): number | undefined {
  const found = new RegExp(`\\b${name}: ([0-9.]+)`).exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Lines that belong to the session, not to the query. */
const SESSION = /^\s*(?:use\s+\S+|set\s+(?:timestamp|insert_id|last_insert_id)\s*=[^;]*);\s*$/i;
/** What the server writes when it starts. */
const BANNER = /^(?:\S+, Version: |Tcp port: |Time\s+Id Command\s+Argument)/;

/** What a header begins with. Within a statement other lines with a # are comments, or stand in a text. */
const BEGINS = /^# (?:Time: |User@Host: |Query_time: |administrator command)/;

class Log {
  readonly entries: Entry[] = [];
  readonly refused: Refusal[] = [];
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;
  #stats: string | undefined;
  #lines: string[] = [];
  #start = 0;

  line(line: string, number: number): void {
    if (BANNER.test(line)) return;
    if (this.#lines.length === 0 ? line.startsWith('#') : BEGINS.test(line)) this.#header(line, number);
    else if (this.#lines.length > 0 || (line.trim() !== '' && !SESSION.test(line))) {
      if (this.#lines.length === 0) this.#start = number;
      this.#lines.push(line);
    }
  }

  #header(line: string, number: number): void {
    this.close();
    if (line.startsWith('# Time:')) {
      const moment = momentOf(line);
      if (Number.isNaN(moment)) this.refused.push({ line: number, column: 1, reason: 'This is no moment in time.' });
      else {
        this.#least = Math.min(this.#least, moment);
        this.#most = Math.max(this.#most, moment);
      }
    }
    if (line.includes('Query_time:')) {
      this.#stats = line;
      if (Number.isNaN(figure(line, 'Query_time') ?? Number.NaN))
        this.refused.push({ line: number, column: 1, reason: 'Query_time is no number.' });
    }
  }

  /** Ends the statement that is open. */
  close(): void {
    const sql = this.#lines.join('\n').trim().replace(/;\s*$/, '');
    const seconds = this.#stats === undefined ? undefined : figure(this.#stats, 'Query_time');
    const rows = this.#stats === undefined ? undefined : figure(this.#stats, 'Rows_sent');
    if (sql !== '' && !/^# administrator command/i.test(sql)) {
      this.entries.push({
        sql,
        line: this.#start,
        column: 1,
        calls: 1,
        ...(seconds === undefined || Number.isNaN(seconds) ? {} : { totalMs: seconds * 1000 }),
        ...(rows === undefined ? {} : { rows }),
      });
    }
    if (this.#lines.length > 0) this.#stats = undefined;
    this.#lines = [];
  }

  get hours(): number | undefined {
    const hours = (this.#most - this.#least) / HOUR_MS;
    return Number.isFinite(hours) && hours > 0 ? hours : undefined;
  }
}

/** Statements of a slow query log, each as often as it stands there (MySQL manual, 7.4.5; MariaDB's log is alike). */
export function readSlowLog(text: string): Entries {
  const log = new Log();
  text.split(/\r?\n/).forEach((line, i) => {
    log.line(line, i + 1);
  });
  log.close();
  const { hours } = log;
  return { kind: 'slow log', entries: log.entries, refused: log.refused, ...(hours === undefined ? {} : { hours }) };
}
