import { UNLIMITED } from '#engine/budget.ts';
import { planDecomposition } from '#engine/decompose/plan.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import type { Choice, DecompositionPlan, Proposal, Settlement } from '#engine/decompose/types.ts';
import { readDependency } from '#engine/normalize/dependency-text.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import type { OpenQueryServer, Trial } from '#verify/decomposition.ts';
import type { Mariadb } from './engines/mariadb.ts';
import type { TestDatabase } from './pglite.ts';
import { withCalls } from './read-ddl.ts';

/** A test's one database as a server that is emptied for each trial. */
export function openOn(db: TestDatabase): OpenQueryServer {
  return async () => {
    await db.reset();
    return {
      version: '18',
      missingExtensions: [],
      async execute(sql) {
        const [error] = await db.run([sql]);
        return error === undefined ? undefined : { code: 'error', message: error.message };
      },
      query: (sql) => db.query(sql),
      close: async () => {},
    };
  };
}

/** MariaDB as a server that is emptied for each trial. */
export function mariadbTrials(db: Mariadb): OpenQueryServer {
  return async () => {
    await db.reset();
    const failed = (error: unknown) => ({ code: 'error', message: (error as Error).message });
    return {
      version: db.name,
      missingExtensions: [],
      async execute(sql) {
        const [error] = await db.run([sql]);
        return error === undefined ? undefined : failed(error);
      },
      query: (sql) => db.query<Record<string, unknown>>(sql).catch(failed),
      close: async () => {},
    };
  };
}

export function tableNamed(document: Document, name: string): Table {
  const table = Object.values(document.tables).find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name} among ${Object.values(document.tables).map((one) => one.name)}`);
  return table;
}

/** Ids of columns by name. */
export function columnIds(table: Table, ...names: readonly string[]): string[] {
  return names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined) throw new Error(`no column ${table.name}.${name}`);
    return column.id;
  });
}

/** The document with dependencies as people type them. */
export function declaring(
  document: Document,
  name: string,
  ...texts: readonly (string | [string, Partial<Dependency>])[]
): Document {
  const table = tableNamed(document, name);
  return withCalls(
    document,
    texts.map((one, at) => {
      const [text, more] = typeof one === 'string' ? [one, {}] : one;
      const read = readDependency(text, table.columns);
      if (!read.ok) throw new Error(read.problem.message);
      return {
        name: 'addDependency',
        args: { table: table.id, part: { id: `fd_${table.dependencies.length + at}`, ...read.dependency, ...more } },
      };
    }),
  );
}

export function proposing(document: Document, name: string, choice: Choice = 'recommended'): Proposal {
  const found = proposeDecomposition(document, tableNamed(document, name).id, choice, UNLIMITED);
  if (!found.ok) throw new Error(`${found.problem.code}: ${found.problem.message}`);
  return found.value;
}

export function planning(document: Document, parser: PgParser, proposal: Proposal, settled: Settlement = {}): DecompositionPlan {
  const options = { diagram: MAIN_DIAGRAM, date: '2026-01-01', ids: derivedIds() };
  const found = planDecomposition(document, parser, proposal, settled, options);
  if (!found.ok) throw new Error(`${found.problem.code}: ${found.problem.message}`);
  return found.value;
}

export function trialOf(document: Document, { change, rejoining }: DecompositionPlan, rows: readonly string[]): Trial {
  const { dialect, version } = change;
  return { dialect, schema: writeDocument(document, { version }).statements, rows, change, rejoining };
}
