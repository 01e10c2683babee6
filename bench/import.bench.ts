import { importer } from '@dbml/core';
import { beforeAll, describe, it } from 'vitest';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { type Case, corpus } from '../test/corpus.ts';
import { quantile, timesOf } from './measure.ts';

/** The same files through this reader and through those that other studios use, in one run. */

/** What `node-sql-parser` calls the dialects it knows; it has no Oracle. */
const BUILDS: Readonly<Partial<Record<Dialect, string>>> = {
  postgresql: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  mssql: 'transactsql',
};
const DBML = { postgresql: 'postgres', mysql: 'mysql', mssql: 'mssql', oracle: 'oracle' } as const;

/** `@dbml/core` takes long for rows, so most of its files are without them; Chinook's 600 kB for PostgreSQL it gets whole. */
const FILES: readonly (readonly [Dialect, RegExp])[] = [
  ['postgresql', /^(?:camunda|chinook|azimutt|pagila|danbooru)\.sql/],
  ['mysql', /^(?:camunda|chinook|sakila)\.sql/],
  ['sqlite', /^(?:chinook|sakila|northwind)\.sql/],
  ['mssql', /^(?:camunda|chinook|adventureworksdw)\.sql/],
  ['oracle', /^(?:camunda|chinook|co)\.sql/],
];

interface Outcome {
  readonly cpu: number;
  /** What it made of the file. */
  readonly said: string;
}

function withoutRows({ name, sql }: Case, dialect: Dialect): Case {
  const spans = splitSql(sql, dialect).filter(({ kind }) => kind !== 'data');
  return { name, sql: spans.map(({ start, end }) => sql.slice(start, end)).join('') };
}

function measured(work: () => string, runs: number): Outcome {
  let said = '';
  const times = timesOf(runs, () => {
    said = work();
  });
  return { cpu: quantile(times, 0.5), said };
}

function ours(one: Case, dialect: Dialect, ports: ReadPorts): string {
  const read = readSql([{ name: one.name, text: one.sql }], { dialect }, ports);
  if (!read.ok) return read.problem.message;
  const { counts } = read.value.receipt;
  return `${Object.keys(read.value.document.tables).length} tables, ${counts.error} errors`;
}

interface Astify {
  astify(sql: string): unknown;
}

/** Statement by statement, as a whole file ends at its first error; where statements end is told by this splitter. */
function nodeSqlParser(one: Case, dialect: Dialect, parser: Astify): string {
  let [taken, refused] = [0, 0];
  for (const span of splitSql(one.sql, dialect)) {
    if (span.kind !== 'statement' && span.kind !== 'data') continue;
    try {
      parser.astify(statementText(one.sql, span));
      taken++;
    } catch {
      refused++;
    }
  }
  return `${taken} statements, ${refused} refused`;
}

function dbml(one: Case, format: (typeof DBML)[keyof typeof DBML]): string {
  try {
    return `${importer.import(one.sql, format).match(/^Table /gm)?.length ?? 0} tables`;
  } catch (error) {
    const diags = (error as { diags?: readonly { message?: string }[] }).diags;
    return `refused: ${(diags?.[0]?.message ?? String(error)).slice(0, 60)}`;
  }
}

function row(what: string, { cpu, said }: Outcome, megabytes: number, base: number): string {
  const speed = (megabytes / (cpu / 1000)).toFixed(3).padStart(9);
  return `  ${what.padEnd(28)}${cpu.toFixed(0).padStart(8)} ms${speed} MB/s${`${(cpu / base).toFixed(1)}x`.padStart(9)}  ${said}`;
}

describe.each(FILES)('reading %s', (dialect, names) => {
  let ports: ReadPorts;
  let parser: Astify | undefined;
  beforeAll(async () => {
    ports = await loadPorts(dialect);
    const build = BUILDS[dialect];
    if (build === undefined) return;
    const library = (await import(`node-sql-parser/build/${build}.js`)) as { default: { Parser: new () => Astify } };
    parser = new library.default.Parser();
  });

  it.each(corpus(dialect).filter(({ name }) => names.test(name)))(
    '$name',
    (whole) => {
      const megabytes = (text: string) => Buffer.byteLength(text) / 1_000_000;
      const bare = withoutRows(whole, dialect);
      const all = measured(() => ours(whole, dialect, ports), 3);
      const mine = measured(() => ours(bare, dialect, ports), 3);
      console.log(
        `\n${dialect} ${whole.name}: ${megabytes(whole.sql).toFixed(3)} MB, ${megabytes(bare.sql).toFixed(3)} MB without rows`,
      );
      console.log(row('this reader, with rows', all, megabytes(whole.sql), mine.cpu));
      console.log(row('this reader', mine, megabytes(bare.sql), mine.cpu));
      const found = parser;
      const others: [string, Case, () => string][] = [];
      if (found !== undefined) {
        others.push(['node-sql-parser, with rows', whole, () => nodeSqlParser(whole, dialect, found)]);
        others.push(['node-sql-parser', bare, () => nodeSqlParser(bare, dialect, found)]);
      }
      const format = dialect in DBML ? DBML[dialect as keyof typeof DBML] : undefined;
      if (format === 'postgres' && whole.name === 'chinook.sql')
        others.push(['@dbml/core, with rows', whole, () => dbml(whole, format)]);
      if (format !== undefined) others.push(['@dbml/core', bare, () => dbml(bare, format)]);
      for (const [what, of, work] of others) console.log(row(what, measured(work, 1), megabytes(of.sql), mine.cpu));
    },
    600_000,
  );
});
