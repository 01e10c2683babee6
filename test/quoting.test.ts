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
    if (round === undefined) {
      round = { keys: new Set(), texts: [] };
      rounds.push(round);
    }
    round.keys.add(key);
    round.texts.push(text);
  }
  return rounds.map((round) => round.texts);
}

interface Queries {
  query<T>(sql: string): Promise<T[]>;
}

/** What an engine is asked; every answer has a mark before it, as clients may take a first U+FEFF for a byte order mark. */
interface Questions {
  /** Tables and their columns. */
  readonly columns: string;
  /** Puts a row of defaults into a table. */
  insert(table: string): string;
  /** What the row holds. */
  held(table: string): string;
  /** Comments of tables `text_...` and of their columns, when the engine has any. */
  readonly comments?: string;
}

const INFORMATION =
  "SELECT concat('=', table_name) AS t, concat('=', column_name) AS c FROM information_schema.columns WHERE table_schema =";

const QUESTIONS: Readonly<Record<'postgresql' | 'mariadb' | 'sqlite', Questions>> = {
  postgresql: {
    columns: `${INFORMATION} 'public'`,
    insert: (table) => `INSERT INTO ${table} DEFAULT VALUES`,
    held: (table) => `SELECT '=${table}' AS t, concat('=', held) AS c FROM ${table}`,
    comments: `SELECT concat('=', relname) AS t, concat('=', coalesce(d.description, '')) AS c FROM pg_class c
      CROSS JOIN generate_series(0, 1) at LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = at WHERE relname ~ '^text_[0-9]+$'`,
  },
  mariadb: {
    columns: `${INFORMATION} DATABASE()`,
    insert: (table) => `INSERT INTO ${table} () VALUES ()`,
    held: (table) => `SELECT '=${table}' AS t, concat('=', held) AS c FROM ${table}`,
    comments: `SELECT concat('=', table_name) AS t, concat('=', table_comment) AS c FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name REGEXP '^text_[0-9]+$'
      UNION ALL SELECT concat('=', table_name), concat('=', column_comment) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name REGEXP '^text_[0-9]+$'`,
  },
  sqlite: {
    columns: "SELECT '=' || m.name AS t, '=' || c.name AS c FROM sqlite_schema m JOIN pragma_table_info(m.name) c",
    insert: (table) => `INSERT INTO ${table} DEFAULT VALUES`,
    held: (table) => `SELECT '=${table}' AS t, '=' || held AS c FROM ${table}`,
  },
};

/** Answers by table. */
async function answers(engine: Queries, sql: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { t, c } of await engine.query<{ t: string; c: string }>(sql)) {
    const table = t.slice(1);
    found.set(table, [...(found.get(table) ?? []), c.slice(1)]);
  }
  return found;
}

/** {@link answers} to many questions, asked some at a time. */
async function allAnswers(engine: Queries, questions: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let at = 0; at < questions.length; at += 100) {
    const some = await answers(engine, questions.slice(at, at + 100).join(' UNION ALL '));
    for (const [table, list] of some) found.set(table, list);
  }
  return found;
}

/** Records of which the writer said that a name, or a comment, cannot be as it is. */
function saidOf(written: WrittenDocument, comments: boolean): ReadonlySet<string> {
  return new Set(written.unsupported.flatMap(({ record, feature }) => (feature.includes('comment') === comments ? [record] : [])));
}

const JUDGED: readonly (readonly [keyof typeof QUESTIONS, EngineLabel])[] = [
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
        const [said, saidOfComments] = [saidOf(written, false), saidOf(written, true)];
        const questions = QUESTIONS[dialect];
        await engine.reset();
        const errors = await engine.run(written.statements.map(({ sql }) => sql.replace(/;\s*$/, '')));
        const failing = errors.map(({ index, message }) => ({ record: written.statements[index]?.record ?? '', message }));
        expect(failing.filter(({ record }) => !said.has(record))).toEqual([]);
        const columns = await answers(engine, questions.columns);
        const named = texts.filter((_, i) => !said.has(`nam_${i}`));
        expect(named.filter((text) => columns.get(text)?.join('\n') !== text)).toEqual([]);

        const all = texts.map((text, i) => ({ text, table: `text_${i}`, record: `txt_${i}` }));
        expect(await engine.run(all.map(({ table }) => questions.insert(table)))).toEqual([]);
        const held = await allAnswers(
          engine,
          all.map(({ table }) => questions.held(table)),
        );
        // A default is SQL: whoever quotes a text for one asks before whether it can be said.
        const sayable = all.filter(({ text }) => !isUnsayable(text));
        expect(sayable.filter(({ text, table }) => held.get(table)?.join('\n') !== text)).toEqual([]);
        expect(all.filter(({ table }) => held.get(table)?.length !== 1)).toEqual([]);
        const comments = questions.comments === undefined ? undefined : await answers(engine, questions.comments);
        const commented = comments === undefined ? [] : all.filter(({ record }) => !saidOfComments.has(record));
        expect(commented.filter(({ text, table }) => comments?.get(table)?.some((one) => one !== text) !== false)).toEqual([]);

        const expected = new Set([...named, ...all.map(({ table }) => table)]);
        const others = [...columns.keys()].filter((name) => !expected.has(name));
        expect(others.length, `${others.join(' | ')}`).toBeLessThanOrEqual(texts.length - named.length);
      },
      120_000,
    );

    it('says what it cannot hold, and only that', () => {
      const written = writeDocument(documentOf(dialect, HOSTILE), { version: DEFAULT_VERSION[dialect] });
      const said = saidOf(written, false);
      const refused = HOSTILE.filter((_, i) => said.has(`nam_${i}`));
      for (const text of HOSTILE) if (text === '' || isUnsayable(text)) expect(refused, JSON.stringify(text)).toContain(text);
      expect(refused.length).toBeLessThan(dialect === 'mariadb' ? 160 : 120);
      expect(HOSTILE.length).toBeGreaterThanOrEqual(533);
    });
  });
});

/** One quoted or plain name, text or symbol of SQL Server or Oracle, read by nothing of the product. */
const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|N?'((?:[^']|'')*)'|([A-Za-z_][\w$#@]*)|\d+|[^\s]/gy;

interface Read {
  readonly kind: 'name' | 'text' | 'word' | 'other';
  readonly text: string;
}

function tokensOf(sql: string): Read[] {
  return [...sql.matchAll(TOKEN)].flatMap(([all, bracketed, quoted, text, word]): Read[] => {
    if (bracketed !== undefined) return [{ kind: 'name', text: bracketed.replaceAll(']]', ']') }];
    if (quoted !== undefined) return [{ kind: 'name', text: quoted.replaceAll('""', '"') }];
    if (text !== undefined) return [{ kind: 'text', text: text.replaceAll("''", "'") }];
    if (word !== undefined) return [{ kind: 'word', text: word }];
    return /^(?:\s|--|\/\*)/.test(all) ? [] : [{ kind: 'other', text: all }];
  });
}

/** No engine of these is here: what is written is read by rules of their manuals for quotes, and must mean what was meant. */
describe.each(['mssql', 'oracle'] as const)('hostile names and texts in %s', (dialect) => {
  const document = documentOf(dialect, HOSTILE);
  const written = writeDocument(document, { version: DEFAULT_VERSION[dialect] });
  const said = saidOf(written, false);
  const created = written.statements.filter(({ what }) => what === 'create');
  const sqlOf = (record: string) => created.find((statement) => statement.record === record)?.sql ?? '';

  it('writes names that mean what they are', () => {
    const named = HOSTILE.flatMap((text, i) => (said.has(`nam_${i}`) ? [] : [{ text, sql: sqlOf(`nam_${i}`) }]));
    const wrong = named.filter(({ text, sql }) => {
      const tokens = tokensOf(sql);
      const open = tokens.findIndex((token) => token.text === '(' && token.kind === 'other');
      // Oracle folds what stands without quotes to capitals.
      const [table, column] = [tokens[open - 1], tokens[open + 1]].map((token) =>
        token?.kind === 'word' && dialect === 'oracle' ? token.text.toUpperCase() : token?.text,
      );
      return table !== text || column !== text;
    });
    expect(wrong).toEqual([]);
    // Oracle's names hold no double quotes, however they are written.
    expect(named.length).toBeGreaterThan(dialect === 'oracle' ? 290 : 450);
    expect(HOSTILE.filter((text, i) => (text === '' || isUnsayable(text)) && !said.has(`nam_${i}`))).toEqual([]);
  });

  it('writes texts that mean what they are, and says nothing else', () => {
    const wrong = HOSTILE.flatMap((text, i) => {
      const tokens = tokensOf(sqlOf(`txt_${i}`));
      const texts = tokens.filter(({ kind }) => kind === 'text').map((token) => token.text);
      // Oracle takes an empty text for none, so that its default may be left out.
      const held = texts[0] === text || isUnsayable(text) || (texts.length === 0 && text === '');
      return held && texts.length <= 2 ? [] : [{ text, sql: sqlOf(`txt_${i}`) }];
    });
    expect(wrong).toEqual([]);
    expect(created).toHaveLength(HOSTILE.length * 2);
  });

  it('says so when a name is longer than the engine takes', () => {
    for (const name of ['n'.repeat(128), 'n'.repeat(129)]) {
      const one = writeDocument(documentOf(dialect, [name]), { version: DEFAULT_VERSION[dialect] });
      expect(saidOf(one, false).has('nam_0'), `${name.length}`).toBe(name.length > 128);
    }
  });
});
