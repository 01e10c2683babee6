import type { EngineLabel } from './engines.ts';

/** Two schemas that a catalog must tell apart. */
export interface Change {
  readonly what: string;
  readonly on: readonly EngineLabel[];
  readonly one: readonly string[];
  readonly other: readonly string[];
}

type Pair = readonly [what: string, one: string | readonly string[], other: string | readonly string[]];

const list = (sql: string | readonly string[]) => (typeof sql === 'string' ? sql.split(/;\s*/) : sql);

function changes(on: readonly EngineLabel[], pairs: readonly Pair[]): Change[] {
  return pairs.map(([what, one, other]) => ({ what, on, one: list(one), other: list(other) }));
}

const EVERYWHERE = changes(
  ['PGlite', 'PostgreSQL', 'MariaDB', 'SQLite'],
  [
    ['a column type', 'CREATE TABLE t (a varchar(10))', 'CREATE TABLE t (a varchar(11))'],
    ['a default', 'CREATE TABLE t (a integer DEFAULT 1)', 'CREATE TABLE t (a integer DEFAULT 2)'],
    ['whether there is a value', 'CREATE TABLE t (a integer NOT NULL)', 'CREATE TABLE t (a integer)'],
    ['the order of columns', 'CREATE TABLE t (a integer, b integer)', 'CREATE TABLE t (b integer, a integer)'],
    ['a check', 'CREATE TABLE t (a integer, CONSTRAINT c CHECK (a > 0))', 'CREATE TABLE t (a integer, CONSTRAINT c CHECK (a > 1))'],
    [
      'a key',
      'CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b))',
      'CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (b, a))',
    ],
    [
      'a unique index',
      'CREATE TABLE t (a integer); CREATE UNIQUE INDEX i ON t (a)',
      'CREATE TABLE t (a integer); CREATE INDEX i ON t (a)',
    ],
    [
      'the parts of an index',
      'CREATE TABLE t (a integer, b integer); CREATE INDEX i ON t (a, b)',
      'CREATE TABLE t (a integer, b integer); CREATE INDEX i ON t (b, a)',
    ],
    [
      'what happens to a reference',
      'CREATE TABLE p (a integer PRIMARY KEY); CREATE TABLE t (a integer, FOREIGN KEY (a) REFERENCES p (a) ON DELETE CASCADE)',
      'CREATE TABLE p (a integer PRIMARY KEY); CREATE TABLE t (a integer, FOREIGN KEY (a) REFERENCES p (a) ON UPDATE CASCADE)',
    ],
    [
      'a view',
      'CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t',
      'CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a + 1 AS a FROM t',
    ],
  ],
);

const POSTGRES = changes(
  ['PGlite', 'PostgreSQL'],
  [
    [
      'a predicate',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    ],
    ['a constraint name', 'CREATE TABLE t (a int CONSTRAINT x CHECK (a > 0))', 'CREATE TABLE t (a int CONSTRAINT y CHECK (a > 0))'],
    ['a grant', 'CREATE TABLE t (a int); GRANT SELECT ON t TO reader', 'CREATE TABLE t (a int)'],
    ['a comment', `CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'x'`, 'CREATE TABLE t (a int)'],
    ['an enum value', `CREATE TYPE e AS ENUM ('a', 'b')`, `CREATE TYPE e AS ENUM ('b', 'a')`],
    ['an owned sequence', 'CREATE TABLE t (a int); CREATE SEQUENCE s OWNED BY t.a', 'CREATE TABLE t (a int); CREATE SEQUENCE s'],
  ],
);

const MARIADB = changes(
  ['MariaDB'],
  [
    ['an engine', 'CREATE TABLE t (a int) ENGINE=InnoDB', 'CREATE TABLE t (a int) ENGINE=MyISAM'],
    ['a collation of a table', 'CREATE TABLE t (a int) COLLATE utf8mb4_bin', 'CREATE TABLE t (a int) COLLATE utf8mb4_general_ci'],
    ['a collation of a column', 'CREATE TABLE t (a text COLLATE utf8mb4_bin)', 'CREATE TABLE t (a text)'],
    ['a table option', 'CREATE TABLE t (a int) ROW_FORMAT=COMPRESSED', 'CREATE TABLE t (a int)'],
    [
      'the next number',
      'CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=7',
      'CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY)',
    ],
    ['numbering', 'CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY)', 'CREATE TABLE t (a int PRIMARY KEY)'],
    ['a comment on a table', `CREATE TABLE t (a int) COMMENT 'x'`, 'CREATE TABLE t (a int)'],
    ['a comment on a column', `CREATE TABLE t (a int COMMENT 'x')`, 'CREATE TABLE t (a int)'],
    ['an enum', `CREATE TABLE t (a enum('x', 'y'))`, `CREATE TABLE t (a enum('y', 'x'))`],
    ['a sign', 'CREATE TABLE t (a int unsigned)', 'CREATE TABLE t (a int)'],
    [
      'an update rule',
      'CREATE TABLE t (a timestamp NOT NULL DEFAULT now() ON UPDATE now())',
      'CREATE TABLE t (a timestamp NOT NULL DEFAULT now())',
    ],
    ['a generated column', 'CREATE TABLE t (a int, b int AS (a + 1) STORED)', 'CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL)'],
    ['a prefix', 'CREATE TABLE t (a text, KEY i (a(10)))', 'CREATE TABLE t (a text, KEY i (a(11)))'],
    ['the kind of an index', 'CREATE TABLE t (a text, FULLTEXT KEY i (a))', 'CREATE TABLE t (a text, KEY i (a(10)))'],
    ['the direction of an index', 'CREATE TABLE t (a int, KEY i (a DESC))', 'CREATE TABLE t (a int, KEY i (a))'],
    ['a comment on an index', `CREATE TABLE t (a int, KEY i (a) COMMENT 'x')`, 'CREATE TABLE t (a int, KEY i (a))'],
    [
      'partitions',
      'CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 2',
      'CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 3',
    ],
    [
      'a trigger',
      ['CREATE TABLE t (a int)', 'CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1'],
      ['CREATE TABLE t (a int)', 'CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2'],
    ],
    ['a routine', ['CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1'], ['CREATE FUNCTION f() RETURNS int RETURN 1']],
    ['a sequence', 'CREATE SEQUENCE s INCREMENT BY 2', 'CREATE SEQUENCE s INCREMENT BY 3'],
    ['an event', ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1'], ['CREATE EVENT e ON SCHEDULE EVERY 2 DAY DO SELECT 1']],
    ['a database', 'CREATE DATABASE d CHARACTER SET latin1', 'CREATE DATABASE d CHARACTER SET utf8mb4'],
  ],
);

const SQLITE = changes(
  ['SQLite'],
  [
    ['a spelling of a type', 'CREATE TABLE t (a INT)', 'CREATE TABLE t (a INTEGER)'],
    ['a table without row numbers', 'CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID', 'CREATE TABLE t (a INT PRIMARY KEY)'],
    ['a strict table', 'CREATE TABLE t (a INT) STRICT', 'CREATE TABLE t (a INT)'],
    ['numbering', 'CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)', 'CREATE TABLE t (a INTEGER PRIMARY KEY)'],
    ['a collation', 'CREATE TABLE t (a TEXT COLLATE NOCASE)', 'CREATE TABLE t (a TEXT)'],
    ['a generated column', 'CREATE TABLE t (a INT, b INT AS (a + 1) STORED)', 'CREATE TABLE t (a INT, b INT AS (a + 1))'],
    ['what is generated', 'CREATE TABLE t (a INT, b INT AS (a + 1))', 'CREATE TABLE t (a INT, b INT AS (a + 2))'],
    ['a conflict clause', 'CREATE TABLE t (a INT UNIQUE ON CONFLICT IGNORE)', 'CREATE TABLE t (a INT UNIQUE)'],
    ['deferral', 'CREATE TABLE t (a INT REFERENCES t DEFERRABLE INITIALLY DEFERRED)', 'CREATE TABLE t (a INT REFERENCES t)'],
    ['a name of a constraint', 'CREATE TABLE t (a INT, CONSTRAINT x UNIQUE (a))', 'CREATE TABLE t (a INT, UNIQUE (a))'],
    [
      'a predicate',
      'CREATE TABLE t (a INT); CREATE INDEX i ON t (a) WHERE a > 0',
      'CREATE TABLE t (a INT); CREATE INDEX i ON t (a) WHERE a > 1',
    ],
    [
      'an expression of an index',
      'CREATE TABLE t (a INT); CREATE INDEX i ON t (a + 1)',
      'CREATE TABLE t (a INT); CREATE INDEX i ON t (a + 2)',
    ],
    [
      'the time of a trigger',
      ['CREATE TABLE t (a INT)', 'CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END'],
      ['CREATE TABLE t (a INT)', 'CREATE TRIGGER r INSERT ON t BEGIN SELECT 1; END'],
    ],
    [
      'a trigger',
      ['CREATE TABLE t (a INT)', 'CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END'],
      ['CREATE TABLE t (a INT)', 'CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 2; END'],
    ],
  ],
);

export const CHANGES: readonly Change[] = [...EVERYWHERE, ...POSTGRES, ...MARIADB, ...SQLITE];
