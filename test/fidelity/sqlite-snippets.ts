import type { Case } from '#test/corpus.ts';

const PARENT = 'CREATE TABLE p (id INTEGER PRIMARY KEY, a INT, b TEXT, UNIQUE (a, b));';

/** One feature of SQLite each: what a statement defines, then what changes it. */
const SNIPPETS: Readonly<Record<string, string>> = {
  'no types': 'CREATE TABLE t (a, b, c);',
  'types of any words':
    'CREATE TABLE t (a INTEGER, b varchar(255), c DECIMAL(10, 2), d UNSIGNED BIG INT, e "my type", f [point], g DOUBLE PRECISION, h TIMESTAMP WITH TIME ZONE, i FLOAT(-1, +2));',
  'a type with a comment in it': 'CREATE TABLE t (a VARCHAR /* of */ ( 20 ) NOT NULL, b NUMERIC (10,  2));',
  'names in every kind of quotes': 'CREATE TABLE "a b" ([c d] INT, `e f` INT, "g""h" INT, \'i\' INT, UNIQUE ([c d], "e f"));',
  'key words as names': 'CREATE TABLE "order" ("select" INT, "group" TEXT, "index" INT PRIMARY KEY, key INT, abort INT);',
  'names of other scripts': 'CREATE TABLE größe (naïve INT, 数 TEXT, "🙂" INT);',
  'a name that is empty': 'CREATE TABLE t ("a.b" INT, "c;d" INT, "--e" INT, "/*f" INT);',
  'the row number': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);',
  'the row number said apart': 'CREATE TABLE t (id INTEGER NOT NULL, a INT, PRIMARY KEY (id));',
  'the row number counted up': 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT);',
  'the row number counted up said apart': 'CREATE TABLE t (id INTEGER, a INT, CONSTRAINT k PRIMARY KEY (id AUTOINCREMENT));',
  'no row number after all': 'CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a INT);',
  'a row number in an order that is not obeyed': 'CREATE TABLE t (id INTEGER, PRIMARY KEY (id DESC));',
  'a key of several columns': 'CREATE TABLE t (a INT, b TEXT, c INT, PRIMARY KEY (b, a));',
  'a key in descending order': 'CREATE TABLE t (a INT, b TEXT, PRIMARY KEY (a DESC, b), UNIQUE (b DESC));',
  'a named key': 'CREATE TABLE t (a TEXT CONSTRAINT k PRIMARY KEY, b INT CONSTRAINT u UNIQUE, CONSTRAINT v UNIQUE (a, b));',
  'a key with a collation': 'CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a COLLATE NOCASE), UNIQUE (b COLLATE RTRIM DESC, a));',
  'ways out of a conflict':
    'CREATE TABLE t (a INT PRIMARY KEY ON CONFLICT REPLACE, b INT NOT NULL ON CONFLICT IGNORE DEFAULT 1, c INT UNIQUE ON CONFLICT FAIL, d INT, UNIQUE (c, d) ON CONFLICT ROLLBACK);',
  'no row numbers': 'CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID;',
  'a strict table': 'CREATE TABLE t (a INT PRIMARY KEY, b ANY, c REAL) STRICT;',
  'a strict table without row numbers': 'CREATE TABLE t (a INT, b BLOB, PRIMARY KEY (a)) STRICT, WITHOUT ROWID;',
  'null said': 'CREATE TABLE t (a INT NULL, b INT NOT NULL, c INT CONSTRAINT n NOT NULL);',
  'constant defaults':
    "CREATE TABLE t (a INT DEFAULT 1, b INT DEFAULT -1, c REAL DEFAULT +1.5e3, d TEXT DEFAULT 'it''s', e BLOB DEFAULT x'00ff', f INT DEFAULT NULL, g INT DEFAULT true, h TEXT DEFAULT \"x\", i INT DEFAULT 0x1F);",
  'defaults that are worked out':
    "CREATE TABLE t (a TEXT DEFAULT CURRENT_TIMESTAMP, b TEXT DEFAULT (datetime('now')), c INT DEFAULT (1 + 2), d TEXT DEFAULT ( lower('A') || 'b' ), e TEXT CONSTRAINT f DEFAULT 'g');",
  collations: 'CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT COLLATE "rtrim" NOT NULL, c COLLATE BINARY);',
  checks:
    "CREATE TABLE t (a INT CHECK (a > 0), b TEXT CONSTRAINT c CHECK (b IN ('x', 'y,)')), CONSTRAINT d CHECK (a < length(b)), CHECK (a <> 7));",
  'a check with a comment in it': 'CREATE TABLE t (a INT CHECK (a > 0 -- positive\n), b INT CHECK (b /* any */ < 5));',
  'columns that are worked out':
    "CREATE TABLE t (a INT, b INT AS (a + 1), c INT GENERATED ALWAYS AS (a * 2) STORED NOT NULL, d GENERATED ALWAYS AS (a || 'x') VIRTUAL UNIQUE);",
  'foreign keys': `${PARENT} CREATE TABLE t (x INT REFERENCES p, y INT REFERENCES p (id) ON DELETE CASCADE, u INT, v TEXT, CONSTRAINT f FOREIGN KEY (u, v) REFERENCES p (a, b) ON UPDATE SET NULL ON DELETE SET DEFAULT);`,
  'all that happens to references': `${PARENT} CREATE TABLE t (a INT REFERENCES p (id) ON DELETE RESTRICT ON UPDATE NO ACTION, b INT REFERENCES p (id) ON DELETE NO ACTION ON UPDATE RESTRICT, c INT CONSTRAINT g REFERENCES p (id) ON UPDATE CASCADE);`,
  'deferred foreign keys': `${PARENT} CREATE TABLE t (a INT REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED, b INT REFERENCES p (id) NOT DEFERRABLE, c INT REFERENCES p (id) DEFERRABLE);`,
  'a foreign key to itself': 'CREATE TABLE t (id INTEGER PRIMARY KEY, up INT REFERENCES t (id));',
  'foreign keys in a circle':
    'CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b (id)); CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a (id));',
  'a foreign key to nothing': 'CREATE TABLE t (a INT REFERENCES absent (id) ON DELETE CASCADE, b INT);',
  'a foreign key that says how it matches': `${PARENT} CREATE TABLE t (a INT REFERENCES p (id) MATCH FULL, b INT REFERENCES p (id) MATCH SIMPLE);`,
  indexes:
    'CREATE TABLE t (a INT, b TEXT); CREATE INDEX i ON t (a, b DESC); CREATE UNIQUE INDEX "the index" ON t (b COLLATE NOCASE);',
  'a partial index': 'CREATE TABLE t (a INT, b TEXT); CREATE UNIQUE INDEX i ON t (a) WHERE b IS NOT NULL AND a > 3 -- some\n;',
  'an index on an expression':
    "CREATE TABLE t (a INT, b TEXT); CREATE INDEX i ON t (lower(b), a + 1 DESC, b || 'x' COLLATE NOCASE);",
  views:
    'CREATE TABLE t (a INT, b TEXT); CREATE VIEW v AS SELECT a, b AS c FROM t WHERE b <> \';\'; CREATE VIEW w (x, "y z") AS SELECT * FROM v;',
  'views out of order': 'CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS WITH n (i) AS (VALUES (1)) SELECT i FROM n;',
  triggers:
    "CREATE TABLE t (a INT, b TEXT); CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET b = CASE WHEN a > 1 THEN 'x;' ELSE 'END' END WHERE rowid = new.rowid; DELETE FROM t WHERE a = 0; END; CREATE TRIGGER s BEFORE UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > old.a BEGIN SELECT RAISE(ABORT, 'no'); END;",
  'a trigger that says no time': 'CREATE TABLE t (a INT); CREATE TRIGGER r DELETE ON t BEGIN SELECT 1; END;',
  'a trigger on a view':
    'CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER r INSTEAD OF UPDATE OF a ON v BEGIN UPDATE t SET a = new.a; END;',
  'a name that names nothing': 'CREATE TABLE t (a INT CONSTRAINT x, b INT, CONSTRAINT y UNIQUE (a) CONSTRAINT z);',
  'constraints without commas': 'CREATE TABLE t (a INT, b INT, UNIQUE (a) CHECK (b > 0) CONSTRAINT c UNIQUE (b));',
  'version of an application': 'PRAGMA user_version = 12; PRAGMA application_id = 99; CREATE TABLE t (a INT);',
  'a table of a query': 'CREATE TABLE p (a VARCHAR(9), b BIGINT); CREATE TABLE t AS SELECT a, b, a || b AS c FROM p;',
  'a column added':
    "CREATE TABLE t (a INT); ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE; ALTER TABLE t ADD c INT CHECK (c > 0) REFERENCES t (a);",
  'a column renamed':
    'CREATE TABLE t (a INT CHECK (a > 0), b INT AS (a + 1)); CREATE INDEX i ON t (a) WHERE a < 9; CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME COLUMN a TO "new name";',
  'a column dropped': 'CREATE TABLE t (a INT, b INT, c INT); ALTER TABLE t DROP COLUMN b;',
  'a table renamed': `${PARENT} CREATE TABLE t (a INT REFERENCES p (id)); CREATE VIEW v AS SELECT p.a FROM p; CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM p; END; ALTER TABLE p RENAME TO q;`,
  'a table made anew':
    'PRAGMA foreign_keys = OFF; CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); CREATE TABLE c (t INT REFERENCES t (id)); BEGIN; CREATE TABLE t_new (id INTEGER PRIMARY KEY, a TEXT NOT NULL); INSERT INTO t_new SELECT * FROM t; DROP TABLE t; ALTER TABLE t_new RENAME TO t; COMMIT;',
  'objects dropped':
    'CREATE TABLE t (a INT); CREATE TABLE u (a INT); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT 1; CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END; DROP INDEX i; DROP VIEW v; DROP TRIGGER r; DROP TABLE u;',
  'made if absent':
    'CREATE TABLE t (a INT); CREATE TABLE IF NOT EXISTS t (b INT); CREATE INDEX IF NOT EXISTS i ON t (a); CREATE INDEX IF NOT EXISTS i ON t (a DESC); CREATE VIEW IF NOT EXISTS v AS SELECT a FROM t;',
  'a search table': 'CREATE VIRTUAL TABLE docs USING fts4(title, body, tokenize=porter); CREATE TABLE t (a INT);',
};

export function sqliteSnippets(): Case[] {
  return Object.entries(SNIPPETS).map(([name, sql]) => ({ name, sql }));
}
