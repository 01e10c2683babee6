import { readdirSync, readFileSync } from 'node:fs';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';

/** A schema that people wrote. */
export interface Case {
  /** With its folder where the dialect has several: `postgresql-regress/enum.sql`. */
  readonly name: string;
  readonly sql: string;
}

export const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

const SQL = new URL('data/sql/', import.meta.url);

/** MySQL's files are read as MariaDB's too: that is the engine that runs them here. */
const FOLDERS: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: ['postgresql', 'postgresql-regress', 'architect-samples'],
  mysql: ['mysql'],
  mariadb: ['mysql'],
  sqlite: ['sqlite'],
  mssql: ['mssql'],
  oracle: ['oracle'],
};

/** The real schemas of a dialect. */
export function corpus(dialect: Dialect): Case[] {
  return FOLDERS[dialect].flatMap((folder, i) =>
    readdirSync(new URL(`${folder}/`, SQL))
      .filter((name) => name.endsWith('.sql'))
      .toSorted()
      .map((name) => ({
        name: i === 0 ? name : `${folder}/${name}`,
        sql: readFileSync(new URL(`${folder}/${name}`, SQL), 'utf8'),
      })),
  );
}

/** A schema without its `DROP` statements: tests clean up behind them, so that little would be left to compare. */
export function undropped({ name, sql }: Case, dialect: Dialect): Case {
  const spans = splitSql(sql, dialect).filter(({ kind, words }) => kind !== 'statement' || words[0] !== 'DROP');
  return { name: `${name}, nothing dropped`, sql: spans.map(({ start, end }) => sql.slice(start, end)).join('') };
}

/** A statement to execute, and where it stands. */
export interface Executable {
  /** Without its terminator. */
  readonly text: string;
  /** UTF-16 offsets, terminator included. */
  readonly start: number;
  readonly end: number;
}

/** Statements to execute: no lines for client programs, no rows. */
export function executables(sql: string, dialect: Dialect): Executable[] {
  return splitSql(sql, dialect)
    .filter(({ kind, words }) => kind === 'statement' && !(dialect === 'postgresql' && words[1] === 'DATABASE'))
    .map((span) => ({ text: statementText(sql, span), start: span.start, end: span.end }));
}

/** The texts of {@link executables}. */
export function executable(sql: string, dialect: Dialect): string[] {
  return executables(sql, dialect).map(({ text }) => text);
}
