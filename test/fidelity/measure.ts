import { readdirSync, readFileSync } from 'node:fs';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { StatementState } from '#engine/sql/receipt.ts';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { catalogDifference, catalogOf } from '#test/catalog.ts';
import type { ExecError } from '#test/engines/engine.ts';
import type { TestDatabase } from '#test/pglite.ts';

/** A schema whose way through the model is measured. */
export interface Case {
  readonly name: string;
  readonly sql: string;
}

export interface Measured {
  readonly name: string;
  /** Catalog lines that only the original (`-`) or only the written schema (`+`) has. */
  readonly difference: readonly string[];
  /** Statements of the original that PostgreSQL itself refuses, and those of the written schema. */
  readonly originalErrors: readonly ExecError[];
  readonly writtenErrors: readonly ExecError[];
  readonly counts: Readonly<Record<StatementState, number>>;
  /** Statements kept verbatim beyond grants, extensions and rules: the model has no record for what they say. */
  readonly verbatim: readonly string[];
  readonly catalogLines: number;
  readonly document: Document;
}

/** Verbatim is for these; bodies of functions and triggers are part of modelled objects. */
const MAY_BE_VERBATIM = /^(GRANT|REVOKE|CREATE EXTENSION|COMMENT ON EXTENSION|CREATE (OR REPLACE )?RULE)\b/i;

const DATA = new URL('../data/', import.meta.url);

export async function snippets(): Promise<Case[]> {
  const { feats } = await import('../data/fidelity/features.mjs');
  return feats.map(([name, sql]) => ({ name: String(name), sql: String(sql) }));
}

export function files(): Case[] {
  const folder = new URL('sql/postgresql/', DATA);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }));
}

/** Statements to execute: no psql lines, no rows, nothing about whole databases. */
export function executable(sql: string): string[] {
  return splitSql(sql, 'postgresql')
    .filter((span) => span.kind === 'statement' && span.words[1] !== 'DATABASE')
    .map((span) => sql.slice(span.start, span.end));
}

/** Reads a schema, saves it, opens it again: all that is left of the text is what the model holds. */
export function throughFile(name: string, sql: string, parser: PgParser): { document: Document; counts: Measured['counts'] } {
  const read = readSql([{ name, text: sql }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  const opened = parseDocument(serialize(read.value.document));
  if (!opened.ok) throw new Error(opened.problem.message);
  return { document: opened.value.document, counts: read.value.receipt.counts };
}

/** Executes statements in an emptied database. @returns what its catalog says then. */
export async function catalogAfter(
  db: TestDatabase,
  statements: readonly string[],
): Promise<{ lines: string[]; errors: ExecError[] }> {
  await db.reset();
  const errors = await db.run(statements);
  return { lines: await catalogOf(db), errors };
}

/** Runs one schema as it is and as the model writes it, and compares what PostgreSQL made of both. */
export async function measure(db: TestDatabase, parser: PgParser, { name, sql }: Case): Promise<Measured> {
  const { document, counts } = throughFile(name, sql, parser);
  const original = await catalogAfter(db, executable(sql));
  const written = await catalogAfter(
    db,
    writeDocument(document, { version: 18 }).statements.map((statement) => statement.sql),
  );
  return {
    name,
    difference: catalogDifference(original.lines, written.lines),
    originalErrors: original.errors,
    writtenErrors: written.errors,
    counts,
    verbatim: Object.values(document.verbatim).flatMap((one) => (MAY_BE_VERBATIM.test(one.sql.trimStart()) ? [] : [one.sql])),
    catalogLines: original.lines.length,
    document,
  };
}

export function isSame(measured: Measured): boolean {
  return measured.difference.length === 0 && measured.writtenErrors.length === 0;
}

/** One line of the scoreboard, and what differs below it. */
export function report(measured: Measured): string {
  const { counts } = measured;
  const score = `modelled ${counts.modelled}, residue ${counts.residue}, verbatim ${counts.verbatim}, skipped ${counts.skipped}, error ${counts.error}`;
  const lines = [
    `${isSame(measured) ? 'same     ' : 'DIFFERENT'} ${measured.name.padEnd(32)} ${measured.catalogLines} catalog lines; ${score}`,
  ];
  for (const sql of measured.verbatim) lines.push(`          (kept verbatim: ${oneLine(sql).slice(0, 80)})`);
  for (const { message, statement } of measured.writtenErrors)
    lines.push(`          written fails: ${message} in ${oneLine(statement)}`);
  for (const { message, statement } of measured.originalErrors)
    lines.push(`          (original fails: ${message} in ${oneLine(statement)})`);
  for (const line of measured.difference) lines.push(`          ${oneLine(line)}`);
  return lines.join('\n');
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
