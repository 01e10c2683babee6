import { readFileSync } from 'node:fs';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { readProductionFacts } from '#engine/facts/production/read.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { QueryFinding } from '#engine/workload/facts.ts';
import type { ImportedQuery } from '#engine/workload/import/entry.ts';
import { readWorkload } from '#engine/workload/import/read.ts';
import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { decode } from '#storage/decode.ts';

/** A place in a file; lines and columns count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something that could not be taken. */
export interface Refused extends FilePlace {
  readonly reason: string;
}

/** A document with queries and facts from files. */
export interface Loaded {
  readonly document: Document;
  /** Where each query of the file begins, by its id. */
  readonly places: ReadonlyMap<Id, FilePlace>;
  readonly refused: readonly Refused[];
  /** Names in the facts that the schema does not have. */
  readonly unknown: readonly string[];
}

export function textOf(path: string): Result<string> {
  try {
    const decoded = decode(readFileSync(path === '-' ? 0 : path));
    return decoded.ok ? ok(decoded.value.text) : err(decoded.problem.code, `${path}: ${decoded.problem.message}`);
  } catch (error) {
    return err('unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the file says of the tables: declared by people, or the value that the query for production gives. */
export function loadFacts(document: Document, path: string): Result<Pick<Loaded, 'document' | 'unknown'>> {
  const text = textOf(path);
  if (!text.ok) return text;
  const json = readJsonText(text.value);
  if (!json.ok) return err('facts-json', `${path}:${json.line}:${json.column}: the facts are not JSON.`);
  const isDeclared = typeof json.value === 'object' && json.value !== null && Object.hasOwn(json.value, 'tables');
  const facts = isDeclared ? readDeclaredFacts(document, text.value) : readProductionFacts(document, text.value);
  if (!facts.ok) return err(facts.problem.code, `${path}: ${facts.problem.message}`);
  return ok({ document: withFacts(document, facts.value), unknown: facts.value.unknown });
}

export interface WorkloadFile {
  readonly path: string;
  readonly parser: PgParser | undefined;
  /** Hours in which the calls of the file were counted, when it does not tell. */
  readonly hours?: number;
}

/** Puts the queries of a file into the document; those that it has go. */
export function loadWorkload(document: Document, { path, parser, hours }: WorkloadFile): Result<Omit<Loaded, 'unknown'>> {
  const text = textOf(path);
  if (!text.ok) return text;
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const read = readWorkload(text.value, {
    dialect,
    name: path,
    date: new Date().toISOString(),
    ...(parser === undefined ? {} : { parser }),
    ...(hours === undefined ? {} : { hours }),
  });
  if (!read.ok) return err(read.problem.code, `${path}: ${read.problem.message}`);
  const places = new Map<Id, FilePlace>();
  const queries = read.value.queries.map(({ line, column, fingerprint: _, ...query }: ImportedQuery, at) => {
    const id = `qry_${at + 1}`;
    places.set(id, { file: path, line, column });
    return [id, { ...query, id }] as const;
  });
  const refused = read.value.refused.map(({ line, column, reason }) => ({ file: path, line, column, reason }));
  return ok({ document: { ...document, queries: Object.fromEntries(queries) }, places, refused });
}

/** Where a finding of a query stands in the file that the query came from. */
export function findingPlace(place: FilePlace | undefined, sql: string, { at }: QueryFinding): FilePlace | undefined {
  if (place === undefined) return undefined;
  const before = sql.slice(0, at.start);
  const breaks = before.split('\n').length - 1;
  const column = breaks === 0 ? place.column + at.start : before.length - before.lastIndexOf('\n');
  return { file: place.file, line: place.line + breaks, column };
}
