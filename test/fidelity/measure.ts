import { type ReadPorts, type ReadResult, readSql } from '#engine/sql/read.ts';
import type { StatementState } from '#engine/sql/receipt.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Dialect, Document } from '#model/types.ts';
import { catalogDifference } from '#test/catalog.ts';
import { type Case, corpus, executable, executables } from '#test/corpus.ts';
import type { Engine, ExecError } from '#test/engines/engine.ts';
import { type Honesty, honestyOf } from './honesty.ts';

export interface Measured {
  readonly name: string;
  readonly engine: string;
  /** Catalog lines that only the original (`-`) or only the written schema (`+`) has. */
  readonly difference: readonly string[];
  /** Lines both have for each line that one of them has. */
  readonly jaccard: number;
  /** Statements of the original that the engine itself refuses, and those of the written schema. */
  readonly originalErrors: readonly ExecError[];
  readonly writtenErrors: readonly ExecError[];
  readonly counts: Readonly<Record<StatementState, number>>;
  readonly honesty: Honesty;
  /** Statements kept verbatim beyond grants, extensions and rules: the model has no record for what they say. */
  readonly verbatim: readonly string[];
  readonly catalogLines: number;
  readonly document: Document;
}

/** Verbatim is for these; bodies of functions and triggers are part of modelled objects. */
const MAY_BE_VERBATIM = /^(GRANT|REVOKE|CREATE EXTENSION|COMMENT ON EXTENSION|CREATE (OR REPLACE )?RULE)\b/i;

/** One feature of PostgreSQL each. */
export async function snippets(): Promise<Case[]> {
  const { feats } = await import('../data/fidelity/features.mjs');
  return feats.map(([name, sql]) => ({ name: String(name), sql: String(sql) }));
}

/** PostgreSQL schemas in use. */
export function files(): Case[] {
  return corpus('postgresql').filter(({ name }) => !name.includes('/'));
}

/** Reads a schema, saves it, opens it again and forgets the files: all that is left of the text is what the model holds. */
export function throughFile({ name, sql }: Case, dialect: Dialect, ports: ReadPorts): ReadResult {
  const read = readSql([{ name, text: sql }], { dialect }, ports);
  if (!read.ok) throw new Error(read.problem.message);
  const opened = parseDocument(serialize(read.value.document));
  if (!opened.ok) throw new Error(opened.problem.message);
  return { ...read.value, document: { ...opened.value.document, sources: {} } };
}

/** Executes statements in an emptied database. @returns what its catalog says then. */
export async function catalogAfter(
  engine: Engine,
  statements: readonly string[],
): Promise<{ lines: string[]; errors: ExecError[] }> {
  await engine.reset();
  const errors = await engine.run(statements);
  return { lines: await engine.catalog(), errors };
}

/** Written for the engine at hand. MySQL's files are judged by MariaDB, but written for MySQL. */
function writtenFor(document: Document, dialect: Dialect, engine: Engine): WrittenDocument {
  return writeDocument(document, { version: dialect === 'postgresql' ? engine.major : DEFAULT_VERSION[dialect] });
}

function jaccardOf(original: readonly string[], difference: readonly string[]): number {
  const lost = difference.filter((line) => line.startsWith('-')).length;
  const both = original.length - lost;
  const all = original.length + difference.length - lost;
  return all === 0 ? 1 : both / all;
}

/**
 * The schema without the statements that the engine refuses, and what its catalog says then. A refused statement does
 * nothing, so there is nothing of it to keep; those after it in its transaction go with it.
 */
async function accepted(engine: Engine, dialect: Dialect, one: Case) {
  const refused: ExecError[] = [];
  for (let sql = one.sql; ; ) {
    const statements = executables(sql, dialect);
    const { lines, errors } = await catalogAfter(
      engine,
      statements.map(({ text }) => text),
    );
    refused.push(...errors);
    if (errors.length === 0) return { sql, lines, refused };
    for (const { index } of errors.toReversed()) {
      const { start, end } = statements[index] ?? { start: 0, end: 0 };
      sql = sql.slice(0, start) + sql.slice(end);
    }
  }
}

/** Runs one schema as it is and as the model writes it, and compares what the engine made of both. */
export async function measure(engine: Engine, dialect: Dialect, ports: ReadPorts, one: Case): Promise<Measured> {
  throughFile(one, dialect, ports);
  const original = await accepted(engine, dialect, one);
  const { document, receipt } = throughFile({ name: one.name, sql: original.sql }, dialect, ports);
  const written = writtenFor(document, dialect, engine);
  const result = await catalogAfter(
    engine,
    written.statements.flatMap(({ sql }) => executable(sql, dialect)),
  );
  const difference = catalogDifference(original.lines, result.lines);
  return {
    name: one.name,
    engine: engine.name,
    difference,
    jaccard: jaccardOf(original.lines, difference),
    originalErrors: original.refused,
    writtenErrors: result.errors,
    counts: receipt.counts,
    honesty: honestyOf(original.sql, document, receipt, written, difference),
    verbatim: Object.values(document.verbatim).flatMap((kept) => (MAY_BE_VERBATIM.test(kept.sql.trimStart()) ? [] : [kept.sql])),
    catalogLines: original.lines.length,
    document,
  };
}

export function isSame(measured: Measured): boolean {
  return measured.difference.length === 0 && measured.writtenErrors.length === 0;
}

/** The scoreboard's lines of one schema: a figure of each kind, and what differs below it. */
export function report(measured: Measured): string {
  const { counts, honesty } = measured;
  const states = `modelled ${counts.modelled}, residue ${counts.residue}, verbatim ${counts.verbatim}, skipped ${counts.skipped}, error ${counts.error}`;
  const loss =
    honesty.lost.length + honesty.declared.length === 0
      ? ''
      : `; declared lost ${honesty.declared.length}, lines really lost ${honesty.lost.length}, undeclared differences ${honesty.undeclared.length}`;
  const lines = [
    `${isSame(measured) ? 'same     ' : 'DIFFERENT'} ${measured.name.padEnd(36)} ${measured.jaccard.toFixed(4)} of ${measured.catalogLines} catalog lines; ${states}${loss}`,
  ];
  for (const sql of measured.verbatim) lines.push(`          (kept verbatim: ${oneLine(sql).slice(0, 80)})`);
  for (const { message, statement } of measured.writtenErrors)
    lines.push(`          written fails: ${message} in ${oneLine(statement)}`);
  if (measured.originalErrors.length > 0)
    lines.push(`          (without ${measured.originalErrors.length} statements that the engine refuses)`);
  for (const line of measured.difference) lines.push(`          ${oneLine(line)}`);
  return lines.join('\n');
}

/** A text in one line of at most 300 characters. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
