/** Debian's SQLite: its command line program, one database file for each engine that is opened. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, ExecError, Found } from './engine.ts';
import { programPath } from './programs.ts';
import { sqliteCatalog } from './sqlite-catalog.ts';

/** Where the program is, or why it is not. */
export function findSqlite(): Found<string> {
  const path = programPath('sqlite3');
  if (path === undefined)
    return {
      ok: false,
      reason: 'sqlite3 is not installed here (Debian: apt-get install sqlite3): nothing runs what is written for SQLite.',
    };
  return { ok: true, value: path };
}

/** Only speed. */
const BEFORE = 'PRAGMA synchronous = OFF;\nPRAGMA journal_mode = MEMORY;\n';

const FAILED = /^(?:Parse|Runtime)? ?[eE]rror:? near line (\d+): (.*)$/;

class Sqlite implements Engine {
  readonly name: string;
  readonly major = 3;
  private readonly program: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'crowfoot-sqlite-'));

  constructor(program: string) {
    this.program = program;
    const version = execFileSync(program, ['--version'], { encoding: 'utf8' });
    this.name = `SQLite ${version.split(' ')[0]}`;
  }

  async reset(): Promise<void> {
    rmSync(this.file, { force: true });
  }

  private get file(): string {
    return join(this.folder, 'judged.db');
  }

  async query<T>(sql: string): Promise<T[]> {
    const out = execFileSync(this.program, ['-batch', '-json', '-init', '/dev/null', this.file], {
      input: sql,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return out.trim() === '' ? [] : (JSON.parse(out) as T[]);
  }

  /** Errors come with a line of the whole input, which says whose they are. */
  async run(statements: readonly string[]): Promise<ExecError[]> {
    const begins: number[] = [];
    let [line, input] = [BEFORE.split('\n').length, BEFORE];
    for (const statement of statements) {
      begins.push(line);
      const text = `${statement}\n;\n`;
      line += text.split('\n').length - 1;
      input += text;
    }
    const said = this.feed(input);
    return said.split('\n').flatMap((message) => {
      const found = FAILED.exec(message);
      if (found === null) return [];
      const index = begins.findLastIndex((begin) => begin <= Number(found[1]));
      return [{ index, statement: statements[index] ?? '', message: found[2] ?? message }];
    });
  }

  /** @returns what it said on standard error. */
  private feed(input: string): string {
    try {
      execFileSync('/bin/sh', ['-c', '"$0" -batch -init /dev/null "$1" 2>&1 >/dev/null', this.program, this.file], {
        input,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      return '';
    } catch (error) {
      return String((error as { stdout?: string }).stdout ?? error);
    }
  }

  catalog(): Promise<string[]> {
    return sqliteCatalog((sql) => this.query(sql));
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A database of this machine's SQLite. */
export async function openSqlite(): Promise<Sqlite> {
  const found = findSqlite();
  if (!found.ok) throw new Error(found.reason);
  return new Sqlite(found.value);
}
