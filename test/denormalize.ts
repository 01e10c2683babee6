/** Engines that run what keeps redundancy, and random changes that it has to stand. */
import fc from 'fast-check';
import { type Advice, advise, buildProposal } from '#engine/denormalize/advise.ts';
import type { GivenLoad } from '#engine/denormalize/load.ts';
import type { Choice, Denormalization, Proposal } from '#engine/denormalize/types.ts';
import { readSql } from '#engine/sql/read.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { loadSqlite } from '../src/cli/sqlite.ts';
import { findMariadb, openMariadb } from './engines/mariadb.ts';
import { TestDatabase } from './pglite.ts';

/** A database that runs statements and answers queries. */
export interface Runs {
  readonly dialect: Dialect;
  reset(): Promise<void>;
  /** @returns why the statement was refused. */
  run(statement: string): Promise<string | undefined>;
  /** Rows with their values as text; NULL is null. */
  rows(query: string): Promise<(string | null)[][]>;
  catalog(): Promise<string[]>;
  close(): Promise<void>;
}

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

export async function openPglite(): Promise<Runs> {
  const db = await TestDatabase.open();
  return {
    dialect: 'postgresql',
    reset: () => db.reset(),
    run: async (statement) => (await db.run([statement]))[0]?.message,
    rows: async (query) => (await db.query<Record<string, unknown>>(query)).map((row) => Object.values(row).map(text)),
    catalog: () => db.catalog(),
    close: () => db.close(),
  };
}

export async function openSqljs(): Promise<Runs> {
  const engine = await loadSqlite();
  let db = engine.open();
  const run = async (statement: string) => db.run(statement)?.message;
  return {
    dialect: 'sqlite',
    reset: async () => {
      db.close();
      db = engine.open();
      await run('PRAGMA foreign_keys = ON');
    },
    run,
    rows: async (query) => db.rows(query).map((row) => row.map(text)),
    catalog: async () => db.rows('SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2').map((row) => row.join(' ')),
    close: async () => db.close(),
  };
}

/** MariaDB, or undefined with the reason printed. */
export async function openMaria(): Promise<Runs | undefined> {
  const found = findMariadb();
  if (!found.ok) {
    process.stdout.write(`skipped: ${found.reason}\n`);
    return undefined;
  }
  const db = await openMariadb();
  return {
    dialect: 'mariadb',
    reset: () => db.reset(),
    run: async (statement) => (await db.run([statement]))[0]?.message,
    rows: async (query) => (await db.query<Record<string, unknown>>(query)).map((row) => Object.values(row).map(text)),
    catalog: () => db.catalog(),
    close: () => db.close(),
  };
}

/** The document of DDL of a dialect; throws when a statement of it was not read. */
export async function documentOf(ddl: string, dialect: Dialect): Promise<Document> {
  const read = readSql([{ name: 'test.sql', text: ddl }], { dialect }, await loadPorts(dialect));
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`line ${bad.line}: ${bad.reason}\n${ddl}`);
  return read.value.document;
}

/** Statements of a script of the dialect, without what only client programs read. */
export function statementsOf(script: string, dialect: Dialect): string[] {
  return splitSql(script, dialect)
    .filter(({ kind }) => kind === 'statement' || kind === 'data')
    .map((span) => statementText(script, span));
}

export function idOf(document: Document, name: string): string {
  const found = Object.values(document.tables).find((table) => table.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new Error(`There is no table ${name}.`);
  return found.id;
}

/** The foreign key from one table to another. */
export function linkOf(document: Document, child: string, parent: string): string {
  const [from, to] = [idOf(document, child), idOf(document, parent)];
  const found = Object.values(document.relationships).find((link) => link.child === from && link.parent === to);
  if (found === undefined) throw new Error(`${child} does not refer to ${parent}.`);
  return found.id;
}

/** Loads under which every foreign key is read often and written seldom. */
export function busy(document: Document, more: Partial<GivenLoad['joins'][number]> = {}): GivenLoad {
  const tables = Object.fromEntries(
    Object.keys(document.tables).map((id) => [id, { rows: 100_000, reads: 0, inserts: 10, updates: 1, deletes: 1 }]),
  );
  const children = new Set(Object.values(document.relationships).map(({ child }) => child));
  for (const child of children) tables[child] = { rows: 5_000_000, reads: 0, inserts: 10, updates: 1, deletes: 1 };
  const joins = Object.values(document.relationships).map(({ id }) => ({
    relationships: [id],
    lookups: 1e6,
    counts: 1e6,
    ...more,
  }));
  return { tables, joins };
}

export function proposed(advice: Advice, kind: Proposal['idea']['kind']): Proposal {
  const found = advice.value.find(({ idea }) => idea.kind === kind);
  if (found === undefined) throw new Error(`Nothing of the kind ${kind}: ${advice.value.map(({ title }) => title).join('; ')}`);
  return found;
}

export function built(document: Document, proposal: Proposal, choice: Partial<Choice> = {}): Denormalization {
  const keeper = choice.keeper ?? proposal.keepers[0]?.keeper ?? 'application';
  const options = { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-31' };
  const made = buildProposal(document, proposal, { keeper, reason: '', ...choice }, options);
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

export async function mustRun(db: Runs, script: string): Promise<void> {
  for (const statement of statementsOf(script, db.dialect)) {
    const problem = await db.run(statement);
    if (problem !== undefined) throw new Error(`${problem}\n${statement}`);
  }
}

/** Runs the forward script of a change on a database with its rows, in one transaction where that can be. */
export async function carryOut(db: Runs, { change }: Denormalization): Promise<void> {
  const atOnce = db.dialect !== 'mariadb';
  if (atOnce) await mustRun(db, 'BEGIN');
  for (const { sql, phase } of change.forward) if (phase !== 'verify') await mustRun(db, sql);
  if (atOnce) await mustRun(db, 'COMMIT');
}

export async function disagreeing(db: Runs, { reconcile }: Denormalization): Promise<(string | null)[][]> {
  return reconcile === undefined ? [] : db.rows(reconcile.trimEnd().replace(/;$/, ''));
}

/** The whole model as text and read back by the reader of its dialect. */
export async function readBack(document: Document, dialect: Dialect): Promise<Document> {
  const { version = 0 } = document.settings['settings'] ?? {};
  const sql = writeDocument(document, { version })
    .statements.map((one) => one.sql)
    .join('\n\n');
  return documentOf(`${sql}\n`, dialect);
}

const key = fc.integer({ min: 1, max: 6 });
const reference = fc.option(key, { nil: null, freq: 4 });
const say = (value: number | null) => (value === null ? 'NULL' : String(value));

/** Random statements over `parents (id, name)` and `children (id, parent_id, amount, note)`; some are refused. */
export const CHANGES = fc.array(
  fc.oneof(
    fc.tuple(key, key).map(([id, name]) => `INSERT INTO parents (id, name) VALUES (${id}, 'n${name}')`),
    fc
      .tuple(fc.integer({ min: 1, max: 30 }), reference, reference)
      .map(([id, to, amount]) => `INSERT INTO children (id, parent_id, amount) VALUES (${id}, ${say(to)}, ${say(amount)})`),
    fc
      .tuple(fc.integer({ min: 1, max: 30 }), reference, reference)
      .map(
        ([id, to, amount]) =>
          `INSERT INTO children (id, parent_id, amount) VALUES (${id}, ${say(to)}, ${say(amount)}), (${id + 40}, ${say(to)}, 2)`,
      ),
    fc.tuple(key, reference).map(([from, to]) => `UPDATE children SET parent_id = ${say(to)} WHERE parent_id = ${from}`),
    fc
      .tuple(fc.integer({ min: 1, max: 30 }), reference)
      .map(([id, to]) => `UPDATE children SET parent_id = ${say(to)} WHERE id = ${id}`),
    fc
      .tuple(reference, reference)
      .map(([amount, to]) => `UPDATE children SET amount = ${say(amount)}, parent_id = ${say(to)} WHERE parent_id IS NULL`),
    fc.tuple(key, reference).map(([at, amount]) => `UPDATE children SET amount = ${say(amount)} WHERE parent_id = ${at}`),
    fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .map(([from, to]) => `UPDATE children SET id = ${to} WHERE id = ${from}`),
    fc.integer({ min: 1, max: 70 }).map((id) => `DELETE FROM children WHERE id = ${id}`),
    key.map((at) => `DELETE FROM children WHERE parent_id = ${at}`),
    key.map((id) => `DELETE FROM parents WHERE id = ${id}`),
    fc.tuple(key, key).map(([from, to]) => `UPDATE parents SET id = ${to} WHERE id = ${from}`),
    fc.tuple(key, key, key).map(([from, to, name]) => `UPDATE parents SET id = ${to}, name = 'm${name}' WHERE id = ${from}`),
    fc.tuple(key, key).map(([id, name]) => `UPDATE parents SET name = 'p${name}' WHERE id = ${id}`),
    key.map((name) => `UPDATE parents SET name = 'all${name}'`),
    key.map((id) => `UPDATE parents SET name = NULL WHERE id = ${id}`),
  ),
  { minLength: 10, maxLength: 40 },
);

export function adviceFor(document: Document, given = busy(document)): Advice {
  return advise(document, given);
}
