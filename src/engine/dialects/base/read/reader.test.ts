import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typeName } from '#model/derive/type-name.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { loadStatementParser } from '../../../../cli/statement-parser.ts';
import { type ReadResult, readSql } from '../../../sql/read.ts';
import { splitSql } from '../../../sql/split.ts';

async function read(text: string, dialect: Dialect): Promise<ReadResult> {
  const statements = await loadStatementParser(dialect);
  const result = readSql([{ name: 'a.sql', text }], { dialect }, statements === undefined ? {} : { statements });
  if (!result.ok) throw new Error(result.problem.message);
  expect(validate(result.value.document)).toEqual([]);
  return result.value;
}

function columns(document: Document): string[] {
  return Object.values(document.tables).flatMap((table) =>
    table.columns.map(
      (one) =>
        `${one.name} ${typeName(document, one.type)}${one.nullable ? '' : ' not null'}${one.default === undefined ? '' : ` = ${one.default.sql}`}`,
    ),
  );
}

describe('reading other dialects', () => {
  it.each<[Dialect, string, readonly number[]]>([
    ['mysql', 'chinook', [11, 64, 11, 11]],
    ['mysql', 'quartz', [11, 85, 5, 9]],
    ['mysql', 'sakila', [16, 89, 22, 20]],
    ['sqlite', 'chinook', [11, 64, 11, 11]],
    ['sqlite', 'sakila', [16, 89, 22, 24]],
  ])('%s %s', async (dialect, name, expected) => {
    const text = readFileSync(`test/data/sql/${dialect}/${name}.sql`, 'utf8');
    const { document, receipt } = await read(text, dialect);
    const tables = Object.values(document.tables);
    const count = (of: (table: (typeof tables)[number]) => number) => tables.reduce((sum, table) => sum + of(table), 0);
    expect([
      tables.length,
      count((one) => one.columns.length),
      Object.keys(document.relationships).length,
      count((one) => one.indexes.length),
    ]).toEqual(expected);
    expect(receipt.counts.error).toBe(0);
    expect(receipt.statements.filter((one) => one.state !== 'modelled' && one.reason === undefined)).toEqual([]);
    let at = 0;
    for (const { start, end } of receipt.statements) {
      expect(splitSql(text.slice(at, start), dialect).every((span) => span.kind === 'gap')).toBe(true);
      at = end;
    }
    expect(splitSql(text.slice(at), dialect).every((span) => span.kind === 'gap')).toBe(true);
  });

  it('MySQL columns come in types of PostgreSQL', async () => {
    const { document, receipt } = await read(
      `/*!40101 SET NAMES utf8 */;
      CREATE TABLE \`t\` (
        \`id\` int(10) unsigned NOT NULL AUTO_INCREMENT, a tinyint(1) DEFAULT '1', b bigint unsigned, c decimal(10,2) NOT NULL DEFAULT 0.5,
        d datetime(3) DEFAULT CURRENT_TIMESTAMP, e varchar(20) DEFAULT 'it''s' COMMENT 'why', f enum('x','y') DEFAULT 'x', g mediumtext, h json,
        PRIMARY KEY (\`id\`), UNIQUE KEY u (e), KEY k (c, d DESC), FULLTEXT KEY ft (g)
      ) ENGINE=InnoDB COMMENT='the \\'table\\'';
      ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES t (id) ON DELETE SET NULL;`,
      'mysql',
    );
    expect(columns(document)).toEqual([
      'id bigint not null',
      'a boolean = true',
      'b numeric(20)',
      'c numeric(10,2) not null = 0.5',
      'd timestamp(3) = CURRENT_TIMESTAMP',
      "e varchar(20) = 'it''s'",
      "f t_f = 'x'",
      'g text',
      'h jsonb',
    ]);
    const [table] = Object.values(document.tables);
    expect(table).toMatchObject({
      comment: "the 'table'",
      keys: [{ kind: 'primary' }, { kind: 'unique', name: 'u' }],
      indexes: [{ name: 'k', elements: [{}, { order: 'desc' }] }],
    });
    expect(table?.columns[0]?.identity).toEqual({ mode: 'by default' });
    expect(table?.columns[5]?.comment).toBe('why');
    expect(Object.values(document.relationships)).toMatchObject([{ name: 'fk', onDelete: 'set null' }]);
    expect(receipt.counts).toEqual({ modelled: 1, residue: 1, verbatim: 0, skipped: 1, error: 0 });
    expect(receipt.lost).toMatchObject([{ object: 'table public.t', reason: expect.stringContaining('ft is left out') }]);
  });

  it('says what is not translated and where it cannot read', async () => {
    const { receipt } = await read(
      'CREATE TABLE a (id int);\nCREATE VIEW v AS SELECT 1;\nCREATE TABLE b (id int,,);\nDROP TABLE IF EXISTS zzz;\nCREATE INDEX i ON missing (x);',
      'mysql',
    );
    expect(receipt.statements.map((one) => [one.state, one.line, one.column])).toEqual([
      ['modelled', 1, undefined],
      ['skipped', 2, undefined],
      ['error', 3, 24],
      ['skipped', 4, undefined],
      ['error', 5, undefined],
    ]);
    expect(receipt.lost.map((one) => one.reason)).toEqual([
      'CREATE VIEW of MySQL is not translated',
      expect.stringContaining('syntax error'),
      expect.stringContaining('missing'),
    ]);
  });

  it('SQLite: bracketed names, rowid keys, partial indexes', async () => {
    const { document } = await read(
      'CREATE TABLE [a b] ([Id] INTEGER PRIMARY KEY AUTOINCREMENT, [n] NVARCHAR(20) NOT NULL, p INTEGER REFERENCES "a b" (Id) ON DELETE CASCADE);\nCREATE UNIQUE INDEX i ON "a b" (n DESC) WHERE p > 1;',
      'sqlite',
    );
    expect(columns(document)).toEqual(['Id INTEGER', 'n NVARCHAR(20) not null', 'p INTEGER']);
    expect(Object.values(document.tables)[0]?.indexes).toMatchObject([
      { name: 'i', unique: true, where: 'p > 1', elements: [{ order: 'desc' }] },
    ]);
    expect(Object.values(document.relationships)).toMatchObject([{ onDelete: 'cascade' }]);
  });

  it('says that a parser is missing', () => {
    expect(readSql([{ name: 'a', text: '' }], { dialect: 'mysql' }, {})).toMatchObject({
      ok: false,
      problem: { code: 'no-parser' },
    });
  });
});
