/**
 * Hostile names and texts: every string as the name of a table and its column, as a default and as comments, executed. The
 * object exists under exactly that name and holds exactly that text, or the writer has said why not; nothing else happens.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoteText as mssqlLiteral } from '#engine/dialects/mssql/quote.ts';
import { literal as mysqlLiteral } from '#engine/dialects/mysql/quote.ts';
import { literal as oracleLiteral } from '#engine/dialects/oracle/quote.ts';
import { literal as postgresLiteral } from '#engine/dialects/postgres/quote.ts';
import { literal as sqliteLiteral } from '#engine/dialects/sqlite/quote.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_VERSION, emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { HOSTILE, isUnsayable } from './arbitrary/hostile.ts';
import type { Engine } from './engines/engine.ts';
import { ENGINES, type EngineLabel } from './engines/engines.ts';

const TYPE: Readonly<Record<Dialect, Column['type']>> = {
  postgresql: { kind: 'builtin', name: 'text', args: [] },
  mysql: { kind: 'builtin', name: 'longtext', args: [] },
  mariadb: { kind: 'builtin', name: 'longtext', args: [] },
  sqlite: { kind: 'builtin', name: 'TEXT', args: [] },
  mssql: { kind: 'builtin', name: 'nvarchar', args: ['max'] },
  oracle: { kind: 'builtin', name: 'varchar2', args: ['4000'] },
};

const LITERAL: Readonly<Record<Dialect, (text: string) => string>> = {
  postgresql: postgresLiteral,
  mysql: mysqlLiteral,
  mariadb: mysqlLiteral,
  sqlite: sqliteLiteral,
  mssql: mssqlLiteral,
  oracle: oracleLiteral,
};

const column = (id: string, name: string, dialect: Dialect): Column => ({ id, name, type: TYPE[dialect], nullable: true });

/** Table `nam_i` is called as string i is and has a column called so; table `txt_i` has it as default and comments. */
function documentOf(dialect: Dialect, texts: readonly string[]): Document {
  const empty = emptyDocument('hostile', undefined, dialect);
  const tables: Record<string, Table> = {};
  for (const [i, text] of texts.entries()) {
    const [nam, txt] = [`nam_${i}`, `txt_${i}`];
    tables[nam] = { ...emptyTable(nam, 'sch_public', text), columns: [column(`col_n${i}`, text, dialect)] };
    const held: Column = {
      ...column(`col_t${i}`, 'held', dialect),
      default: { kind: 'literal', sql: LITERAL[dialect](text) },
      comment: text,
    };
    tables[txt] = { ...emptyTable(txt, 'sch_public', `text_${i}`), comment: text, columns: [held] };
  }
  return { ...empty, tables };
}

/** Strings that are names of different tables in any engine: no two differ in case or a trailing space only. */
function batches(texts: readonly string[]): string[][] {
  const rounds: { keys: Set<string>; texts: string[] }[] = [];
  for (const text of texts) {
    const key = text.normalize('NFKC').toLowerCase().trimEnd();
    let round = rounds.find(({ keys }) => !keys.has(key));
    if (round === undefined) rounds.push((round = { keys: new Set(), texts: [] }));
    round.keys.add(key);
    round.texts.push(text);
  }
  return rounds.map((round) => round.texts);
}

interface Seen {
  /** Names of tables and of their columns. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** What a row of defaults holds, by table. */
  held(table: string): Promise<string>;
  comments(table: string): Promise<readonly (string | null)[]>;
}

interface Queries {
  query<T>(sql: string): Promise<T[]>;
}

async function columnsBy(engine: Queries, sql: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { t, c } of await engine.query<{ t: string; c: string }>(sql)) found.set(t, [...(found.get(t) ?? []), c]);
  return found;
}

async function held(engine: Queries, insert: string, select: string): Promise<string> {
  await engine.query(insert);
  const [row] = await engine.query<{ held: string }>(select);
  return String(row?.held);
}

const LOOKS: Readonly<Record<'postgresql' | 'mariadb' | 'sqlite', (engine: Queries) => Promise<Seen>>> = {
  postgresql: async (engine) => ({
    columns: await columnsBy(
      engine,
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'`,
    ),
    held: (table) => held(engine, `INSERT INTO ${table} DEFAULT VALUES`, `SELECT held FROM ${table}`),
    comments: async (table) => {
      const [row] = await engine.query<{ a: string; b: string }>(
        `SELECT obj_description('${table}'::regclass) AS a, col_description('${table}'::regclass, 1) AS b`,
      );
      return [row?.a ?? null, row?.b ?? null];
    },
  }),
  mariadb: async (engine) => ({
    columns: await columnsBy(
      engine,
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()`,
    ),
    held: (table) => held(engine, `INSERT INTO ${table} () VALUES ()`, `SELECT held FROM ${table}`),
    comments: async (table) => {
      const [row] = await engine.query<{ a: string; b: string }>(
        `SELECT t.table_comment AS a, c.column_comment AS b FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
         WHERE table_schema = DATABASE() AND table_name = '${table}'`,
      );
      return [row?.a ?? null, row?.b ?? null];
    },
  }),
  sqlite: async (engine) => ({
    columns: await columnsBy(engine, `SELECT m.name AS t, c.name AS c FROM sqlite_schema m JOIN pragma_table_info(m.name) c`),
    held: (table) => held(engine, `INSERT INTO ${table} DEFAULT VALUES`, `SELECT held FROM ${table}`),
    // SQLite keeps no comments: what matters is that they do nothing.
    comments: async () => [],
  }),
};

/** Records of which the writer said that a name or text cannot be as it is. */
function saidOf(written: WrittenDocument): ReadonlySet<string> {
  return new Set(written.unsupported.map(({ record }) => record));
}

const JUDGED: readonly (readonly [keyof typeof LOOKS, EngineLabel])[] = [
  ['postgresql', 'PGlite'],
  ['mariadb', 'MariaDB'],
  ['sqlite', 'SQLite'],
];

describe.each(JUDGED)('hostile names and texts in %s', (dialect, label) => {
  const found = ENGINES[label].find();
  if (!found.ok) console.log(`skipped: ${dialect}: ${found.reason}`);
  describe.skipIf(!found.ok)('executed', () => {
    let engine: Engine & Queries;
    beforeAll(async () => {
      engine = (await ENGINES[label].open()) as Engine & Queries;
    });
    afterAll(() => engine?.close());

    it.each(batches(HOSTILE).map((texts, i) => [i + 1, texts] as const))(
      'round %i',
      async (_round, texts) => {
        const written = writeDocument(documentOf(dialect, texts), {
          version: dialect === 'postgresql' ? 18 : DEFAULT_VERSION[dialect],
        });
        const said = saidOf(written);
        await engine.reset();
        const errors = await engine.run(written.statements.map(({ sql }) => sql.replace(/;\s*$/, '')));
        const failing = errors.map(({ index, message }) => ({ record: written.statements[index]?.record ?? '', message }));
        expect(failing.filter(({ record }) => !said.has(record))).toEqual([]);
        const seen = await LOOKS[dialect](engine);
        const [missing, wrong]: [string[], unknown[]] = [[], []];
        const expected = new Set<string>();
        for (const [i, text] of texts.entries()) {
          if (!said.has(`nam_${i}`)) {
            expected.add(text);
            if (seen.columns.get(text)?.join('\n') !== text) missing.push(text);
          }
          const table = `text_${i}`;
          expected.add(table);
          if (said.has(`txt_${i}`)) continue;
          const now = [await seen.held(table), ...(await seen.comments(table))];
          // An empty comment is none in PostgreSQL.
          if (now.some((one) => (one ?? '') !== text)) wrong.push({ text, now });
        }
        expect(missing).toEqual([]);
        expect(wrong).toEqual([]);
        const others = [...seen.columns.keys()].filter((name) => !expected.has(name));
        const renamed = texts.filter((_, i) => said.has(`nam_${i}`));
        expect(others.length, `${others.join(' | ')}`).toBeLessThanOrEqual(renamed.length);
      },
      120_000,
    );

    it('says what it cannot hold, and only that', () => {
      const written = writeDocument(documentOf(dialect, HOSTILE), { version: DEFAULT_VERSION[dialect] });
      const said = saidOf(written);
      const refused = HOSTILE.filter((_, i) => said.has(`nam_${i}`));
      for (const text of HOSTILE) if (text === '' || isUnsayable(text)) expect(refused, JSON.stringify(text)).toContain(text);
      expect(refused.length).toBeLessThan(dialect === 'mariadb' ? 160 : 120);
      expect(HOSTILE.length).toBeGreaterThanOrEqual(533);
    });
  });
});
