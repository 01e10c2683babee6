import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { cpuMs } from '#test/cpu-time.ts';
import { runs } from '#test/runs.ts';
import { neutral } from './detect/code.ts';
import { detectDialect } from './detect.ts';

const ROOT = new URL('../../../test/data/sql/', import.meta.url);
const FOLDERS: Readonly<Record<string, Dialect>> = {
  'architect-samples': 'postgresql',
  postgresql: 'postgresql',
  'postgresql-regress': 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  mssql: 'mssql',
  oracle: 'oracle',
};

function decoded(path: URL): string {
  const bytes = readFileSync(path);
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}

const FILES = readdirSync(ROOT, { withFileTypes: true }).flatMap((folder) => {
  const dialect = folder.isDirectory() ? FOLDERS[folder.name] : undefined;
  if (dialect === undefined) return [];
  return readdirSync(new URL(`${folder.name}/`, ROOT))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name: `${folder.name}/${name}`, dialect, path: new URL(`${folder.name}/${name}`, ROOT) }));
});

const SNIPPETS: readonly (readonly [Dialect, string])[] = [
  ['postgresql', 'CREATE TABLE t (id bigserial PRIMARY KEY, at timestamptz NOT NULL)'],
  ['postgresql', "ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);"],
  ['postgresql', 'CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql;'],
  ['postgresql', '\\connect shop\nCREATE TABLE t (tags text[] NOT NULL);'],
  ['mysql', 'CREATE TABLE `t` (`id` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;'],
  ['mysql', '-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\nCREATE TABLE t (a int);'],
  ['mysql', "create table t (state enum('new', 'paid'), note mediumtext) default charset=utf8mb4 collate utf8mb4_0900_ai_ci;"],
  ['mysql', 'DELIMITER //\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 //\nDELIMITER ;'],
  ['mariadb', '-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu\nCREATE TABLE `t` (`a` int(11));'],
  [
    'mariadb',
    '-- MySQL dump 10.19  Distrib 10.6.12-MariaDB\nCREATE TABLE `t` (`a` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB;',
  ],
  ['mariadb', 'CREATE TABLE `t` (`a` int(11)) ENGINE=Aria DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci;'],
  ['mariadb', 'CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY) WITH SYSTEM VERSIONING;'],
  ['sqlite', 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name);'],
  ['sqlite', 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (a);\nCOMMIT;'],
  ['sqlite', 'CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID;'],
  ['sqlite', 'CREATE VIRTUAL TABLE notes USING fts5(body);'],
  ['mssql', 'CREATE TABLE [dbo].[Orders]([Id] [int] IDENTITY(1,1) NOT NULL)\nGO\n'],
  ['mssql', '/****** Object:  Table [dbo].[T]    Script Date: 1/2/2024 10:11:12 ******/\nSET ANSI_NULLS ON\nGO'],
  [
    'mssql',
    'create table Person (Id uniqueidentifier default newid(), Name nvarchar(max), constraint pk primary key clustered (Id))',
  ],
  ['mssql', "EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'x'"],
  ['oracle', 'CREATE TABLE t (id NUMBER(10) NOT NULL, name VARCHAR2(40 CHAR), at DATE DEFAULT SYSDATE);'],
  ['oracle', 'REM the schema\nSET DEFINE OFF\nCREATE TABLE t (a CLOB)\n/\n'],
  ['oracle', 'CREATE OR REPLACE TRIGGER x BEFORE INSERT ON t FOR EACH ROW\nBEGIN\n  :NEW.id := s.NEXTVAL;\nEND;\n/'],
  [
    'oracle',
    '--------------------------------------------------------\n--  DDL for Table EMP\n---\nCREATE TABLE "HR"."EMP" ("A" NUMBER)',
  ],
];

describe('the dialect of a text', () => {
  it.each(FILES)('is right for $name, whatever the file is called', ({ dialect, path }) => {
    const found = detectDialect(decoded(path));
    expect(found.dialect).toBe(dialect);
  });

  it('has files of every dialect that has a reader to be told by', () => {
    for (const dialect of ['postgresql', 'mysql', 'sqlite'] as const) {
      expect(FILES.filter((file) => file.dialect === dialect).length, dialect).toBeGreaterThan(1);
    }
  });

  it.each(SNIPPETS)('is %s for %s', (dialect, sql) => {
    const found = detectDialect(sql);
    expect(found.dialect).toBe(dialect);
    expect(found.evidence.every((one) => one.dialect === dialect)).toBe(true);
    expect(found.evidence.length).toBeGreaterThan(0);
  });

  it('says why, with the line, the strongest first', () => {
    const { confidence, evidence } = detectDialect('-- a shop\n\nCREATE TABLE `t` (\n  a int AUTO_INCREMENT\n) ENGINE=InnoDB;\n');
    expect(confidence).toBe('certain');
    expect(evidence[0]).toEqual({ dialect: 'mysql', says: 'ENGINE= of a table', count: 1, line: 5 });
    expect(evidence).toContainEqual({ dialect: 'mysql', says: 'AUTO_INCREMENT', count: 1, line: 4 });
  });

  it('is a guess where the text could be of any dialect, and then what one expects', () => {
    const plain = 'CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(10));';
    expect(detectDialect(plain)).toEqual({ dialect: 'postgresql', confidence: 'guess', evidence: [] });
    expect(detectDialect(plain, '', { fallback: 'oracle' }).dialect).toBe('oracle');
    expect(detectDialect(plain, 'schema.mysql.sql').dialect).toBe('mysql');
    expect(detectDialect('').confidence).toBe('guess');
  });

  it('is not told by what stands in texts and comments', () => {
    const sql = "CREATE TABLE t (id bigserial, note text DEFAULT 'ENGINE=InnoDB AUTO_INCREMENT VARCHAR2 GO'); -- PRAGMA x\n";
    expect(detectDialect(sql).dialect).toBe('postgresql');
    expect(detectDialect(`/* VARCHAR2 NUMBER(1)\n/\n[dbo].[x]\nGO\n */ ${sql}`).dialect).toBe('postgresql');
  });

  it('outweighs the file’s name by what the text says', () => {
    expect(detectDialect('CREATE TABLE t (id bigserial, j jsonb);', 'mysql.sql').dialect).toBe('postgresql');
  });

  it('is MySQL for what MariaDB says as well, unless MariaDB is named', () => {
    const sql = 'CREATE TABLE `t` (`a` int(11)) ENGINE=InnoDB;';
    expect(detectDialect(sql).dialect).toBe('mysql');
    expect(detectDialect(`-- MariaDB dump 10.19\n${sql}`).dialect).toBe('mariadb');
    expect(detectDialect(sql, '', { fallback: 'mariadb' }).dialect).toBe('mariadb');
  });

  it('is there for any text, in time that grows with its length', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("'", '"', '`', '[', ']', '$', '$$', '/*', '*/', '--', '#', '\n', ' ', '(', ')', 'GO', 'a', ';', '\\'),
        ),
        (pieces) => {
          const text = pieces.join('');
          const found = detectDialect(text);
          const { code } = neutral(text);
          return FOLDERS[found.dialect] !== undefined && code.split('\n').length === text.split('\n').length;
        },
      ),
      runs(21, 500),
    );
    for (const piece of ['\n', '(', ')\n', "'", '`', '/*', '$a', '[a', ',\n', '--\n', 'CREATE TYPE ']) {
      const text = piece.repeat(400_000 / piece.length);
      expect(
        cpuMs(() => detectDialect(text)),
        JSON.stringify(piece),
      ).toBeLessThan(4000);
    }
  });
});
