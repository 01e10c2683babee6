import type { Case } from '#test/corpus.ts';

/** Which servers know what a snippet says: it is read for all of them, and run where MariaDB is among them. */
export interface MysqlSnippet extends Case {
  readonly of: 'both' | 'mysql' | 'mariadb';
}

const PARENT = 'CREATE TABLE p (id int PRIMARY KEY, a int, b varchar(20), UNIQUE KEY ab (a, b));';

/** One feature each that MySQL and MariaDB share. */
const BOTH: Readonly<Record<string, string>> = {
  'whole numbers':
    'CREATE TABLE t (a tinyint, b smallint unsigned, c mediumint(5), d int(10) unsigned zerofill, e bigint signed, f integer, g int4, h middleint);',
  'other numbers':
    'CREATE TABLE t (a decimal(10,2), b numeric, c fixed(5), d float(7,4), e double precision, f real, g bit(3), h dec(4) unsigned, i float(30));',
  booleans: 'CREATE TABLE t (a bool DEFAULT TRUE, b boolean NOT NULL DEFAULT false, c tinyint(1));',
  'a serial number': 'CREATE TABLE t (a SERIAL, b varchar(3));',
  'a serial default': 'CREATE TABLE t (a int SERIAL DEFAULT VALUE, b int);',
  texts:
    'CREATE TABLE t (a char, b varchar(20), c text(100), d tinytext, e mediumtext, f longtext, g character varying(5), h long, i long varchar);',
  bytes:
    'CREATE TABLE t (a binary(16), b varbinary(20), c blob, d tinyblob, e mediumblob, f longblob, g char(4) byte, h long varbinary);',
  'national texts': 'CREATE TABLE t (a nchar(3), b nvarchar(20), c national varchar(5), d national character varying(6));',
  'binary texts':
    'CREATE TABLE t (a varchar(20) BINARY, b char(3) CHARACTER SET latin1 BINARY, c text binary) DEFAULT CHARSET=utf8;',
  'binary texts of the default character set': 'CREATE TABLE t (a varchar(20) BINARY NOT NULL, b varchar(3) binary UNIQUE);',
  'character sets of columns':
    'CREATE TABLE t (a varchar(5) CHARACTER SET latin1, b text CHARSET utf8mb4 COLLATE utf8mb4_bin, c char(2) ascii, d varchar(9) COLLATE utf8mb4_unicode_ci NOT NULL);',
  'dates and times':
    'CREATE TABLE t (a date, b time(3), c datetime(6), d timestamp(2) NULL, e year, f datetime DEFAULT now(), g timestamp NOT NULL);',
  'the time of a change':
    'CREATE TABLE t (a timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, b datetime(3) NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(3));',
  'values of enums and sets': `CREATE TABLE t (a enum('x','it''s',"double ""q""") NOT NULL DEFAULT 'x', b set('a','b\\\\c') DEFAULT 'a', c enum('é','数') CHARACTER SET utf8mb4);`,
  json: 'CREATE TABLE t (a json, b json NOT NULL);',
  geometry: 'CREATE TABLE t (a point NOT NULL, b geometry, c linestring, d polygon, e multipoint, SPATIAL KEY sp (a));',
  'constant defaults': `CREATE TABLE t (a int DEFAULT 5, b varchar(9) DEFAULT 'it''s', c decimal(5,2) DEFAULT -1.50, d char(3) DEFAULT NULL, e bit(4) DEFAULT b'101', f varbinary(2) DEFAULT x'4142', g varchar(9) DEFAULT "a""b", h varchar(9) DEFAULT 'a\\nb\\\\c', i float DEFAULT 1e3);`,
  'defaults that are expressions': `CREATE TABLE t (a varchar(36) DEFAULT (uuid()), b int DEFAULT (1 + 2 * (3 - 1)), c date DEFAULT (curdate()), d text DEFAULT ('x'));`,
  'a counted column': 'CREATE TABLE t (a int NOT NULL AUTO_INCREMENT PRIMARY KEY, b int) AUTO_INCREMENT=100;',
  'a counted column with a key of its own': 'CREATE TABLE t (b int PRIMARY KEY, a int NOT NULL AUTO_INCREMENT, KEY counted (a));',
  'generated columns': `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int AS (a * 2) STORED, d varchar(9) GENERATED ALWAYS AS (concat('x', a)) STORED COMMENT 'd');`,
  comments: `CREATE TABLE t (a int COMMENT 'it''s a \\'quoted\\' \\\\ back', b int COMMENT "double", KEY k (a) COMMENT 'of k', PRIMARY KEY (b) COMMENT 'of pk') COMMENT='of t';`,
  'a comment of an emptied text': `CREATE TABLE t (a int COMMENT '') COMMENT '';`,
  'a key of several columns': 'CREATE TABLE t (a int, b int, c int, PRIMARY KEY (c, a), UNIQUE KEY u (b, c), UNIQUE (a));',
  'keys in the columns': 'CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int UNIQUE KEY NOT NULL);',
  'a key alone': 'CREATE TABLE t (a int KEY, b int);',
  'names that the server gives':
    'CREATE TABLE t (a int, b int, KEY (a), UNIQUE (a), INDEX (b, a), UNIQUE KEY (b), KEY a_3 (a), KEY (a));',
  'prefixes of texts':
    'CREATE TABLE t (a varchar(100), b text, c blob, KEY pa (a(10)), UNIQUE KEY pb (b(20), a(5)), KEY pc (c(8)));',
  'a primary key over prefixes':
    'CREATE TABLE t (a varchar(100), b int, c blob, PRIMARY KEY (a(10), b, c(5))); CREATE TABLE u (a varchar(9), b text, PRIMARY KEY (b(20), a)); ALTER TABLE u RENAME COLUMN b TO c;',
  'methods of indexes':
    'CREATE TABLE t (a int, b int, KEY k USING BTREE (a), UNIQUE u (b) USING BTREE, KEY h (a, b) USING HASH) ENGINE=MEMORY;',
  'a full text': 'CREATE TABLE t (a text, b text, FULLTEXT KEY ft (a, b), FULLTEXT (b));',
  'indexes apart':
    'CREATE TABLE t (a int, b varchar(50), c text, g point NOT NULL); CREATE INDEX i ON t (a); CREATE UNIQUE INDEX u USING BTREE ON t (b(10), a); CREATE FULLTEXT INDEX f ON t (c); CREATE SPATIAL INDEX s ON t (g); DROP INDEX i ON t;',
  'a block size of a key': 'CREATE TABLE t (a int, KEY k (a) KEY_BLOCK_SIZE=8) ENGINE=MyISAM;',
  'foreign keys':
    `${PARENT} CREATE TABLE c (id int PRIMARY KEY, x int, y varchar(20), KEY xy (x, y), CONSTRAINT f FOREIGN KEY (id) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL);`.replace(
      'ON UPDATE SET NULL',
      'ON UPDATE CASCADE',
    ),
  'actions of foreign keys': `${PARENT} CREATE TABLE c (v int, w int, x int, y int, FOREIGN KEY (v) REFERENCES p (id) ON DELETE SET NULL, FOREIGN KEY (w) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE RESTRICT, FOREIGN KEY (x) REFERENCES p (id) ON DELETE NO ACTION, FOREIGN KEY (y) REFERENCES p (id));`,
  'a foreign key of two columns': `${PARENT} CREATE TABLE c (x int, y varchar(20), CONSTRAINT f FOREIGN KEY (x, y) REFERENCES p (a, b));`,
  'a foreign key to itself': 'CREATE TABLE t (id int PRIMARY KEY, up int, CONSTRAINT f FOREIGN KEY (up) REFERENCES t (id));',
  'tables in a circle':
    'CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int, CONSTRAINT ba FOREIGN KEY (a) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b (id);',
  checks: 'CREATE TABLE t (a int, b int, CONSTRAINT positive CHECK (a > 0), CHECK (a < b), CONSTRAINT CHECK (b < 10));',
  'options of a table': `CREATE TABLE t (a int) ENGINE=MyISAM AVG_ROW_LENGTH=50 DEFAULT CHARACTER SET=latin1 COLLATE=latin1_bin CHECKSUM=1 DELAY_KEY_WRITE=1 MAX_ROWS=1000 MIN_ROWS=10 PACK_KEYS=1 ROW_FORMAT=DYNAMIC COMMENT='options';`,
  'options with commas':
    'CREATE TABLE t (a int) ENGINE = InnoDB, ROW_FORMAT = COMPRESSED, KEY_BLOCK_SIZE 8, DEFAULT CHARSET utf8mb4;',
  'temporary tables': 'CREATE TEMPORARY TABLE t (a int);',
  'names in backticks':
    'CREATE TABLE `odd ``name` (`a b` int, `select` int, `1` int, `é` int, KEY `k k` (`a b`), CONSTRAINT `c``c` CHECK (`a b` > 0));',
  'names of digits': 'CREATE TABLE 2fa (1st int, _2 int, $x int, a$b int);',
  'partitions by range': `CREATE TABLE t (a int NOT NULL, d date NOT NULL) PARTITION BY RANGE (to_days(d)) (PARTITION p0 VALUES LESS THAN (738000) COMMENT = 'old', PARTITION \`p 1\` VALUES LESS THAN MAXVALUE COMMENT = 'new; ones');`,
  'partitions by columns': `CREATE TABLE t (a int, d date) PARTITION BY RANGE COLUMNS(d, a) (PARTITION p0 VALUES LESS THAN ('2020-01-01', 5), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE)); CREATE TABLE l (k varchar(5), v int) PARTITION BY LIST COLUMNS (k) (PARTITION a VALUES IN ('x', 'y'), PARTITION b VALUES IN ('z'));`,
  'partitions by list':
    'CREATE TABLE t (a int, b int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2, NULL), PARTITION p1 VALUES IN (3));',
  'partitions by hash and key':
    'CREATE TABLE h (a int) PARTITION BY LINEAR HASH (a) PARTITIONS 4; CREATE TABLE k (a int PRIMARY KEY) PARTITION BY KEY () PARTITIONS 3; CREATE TABLE n (a int, b int) PARTITION BY KEY (a, b) (PARTITION x, PARTITION y);',
  'partitions in partitions':
    'CREATE TABLE t (a int, d date) PARTITION BY RANGE (year(d)) SUBPARTITION BY HASH (to_days(d)) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (1990), PARTITION p1 VALUES LESS THAN MAXVALUE);',
  'named subpartitions':
    'CREATE TABLE t (a int, d date) PARTITION BY RANGE (year(d)) SUBPARTITION BY HASH (to_days(d)) (PARTITION p0 VALUES LESS THAN (1990) (SUBPARTITION s0, SUBPARTITION s1), PARTITION p1 VALUES LESS THAN MAXVALUE (SUBPARTITION s2, SUBPARTITION s3));',
  views: `${PARENT} CREATE ALGORITHM=MERGE DEFINER=\`root\`@\`localhost\` SQL SECURITY INVOKER VIEW v (one, two) AS SELECT id, b FROM p WHERE a > 0 WITH LOCAL CHECK OPTION; CREATE OR REPLACE VIEW w AS SELECT one FROM v WITH CASCADED CHECK OPTION; CREATE VIEW u AS SELECT * FROM w UNION SELECT id FROM p;`,
  'views before what they read': `${PARENT} CREATE VIEW z AS SELECT 1 AS x; CREATE VIEW a AS SELECT x, id FROM z, (p); ALTER VIEW a AS SELECT x FROM z;`,
  triggers:
    'CREATE TABLE t (a int, b int); CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\nDELIMITER //\nCREATE DEFINER=`root`@`localhost` TRIGGER two AFTER UPDATE ON t FOR EACH ROW BEGIN\n  -- a remark; with a semicolon\n  IF NEW.a > 1 THEN SET @x = 2; END IF;\nEND//\nCREATE TRIGGER three AFTER DELETE ON t FOR EACH ROW BEGIN END//\nDELIMITER ;',
  'triggers in order':
    'CREATE TABLE t (a int); CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a + 1; CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW FOLLOWS z SET NEW.a = NEW.a * 2; CREATE TRIGGER m BEFORE INSERT ON t FOR EACH ROW PRECEDES a SET NEW.a = 0;',
  routines:
    "DELIMITER $$\nCREATE PROCEDURE p(IN a int, OUT b varchar(10)) COMMENT 'it''s' READS SQL DATA\nBEGIN\n  SELECT a; # why; so\n  SET b = 'x;y';\nEND$$\nCREATE DEFINER=CURRENT_USER FUNCTION f(x decimal(10,2)) RETURNS int DETERMINISTIC RETURN x + 1$$\nDELIMITER ;\nCREATE FUNCTION g() RETURNS int NO SQL RETURN 1;",
  events:
    "CREATE TABLE t (a int); CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE COMMENT 'daily' DO DELETE FROM t;\nDELIMITER ;;\nCREATE EVENT f ON SCHEDULE AT '2031-01-01 00:00:00' ON COMPLETION PRESERVE DO BEGIN DELETE FROM t; SET @a = 1; END;;\nDELIMITER ;",
  databases:
    'CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE shop; CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (t int, FOREIGN KEY (t) REFERENCES t (a)); CREATE VIEW v AS SELECT t.a FROM t JOIN u ON u.t = t.a, (SELECT a FROM t) AS s; CREATE FUNCTION one() RETURNS int NO SQL RETURN 1; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM t;',
  'two databases':
    'CREATE SCHEMA one; CREATE SCHEMA IF NOT EXISTS two; CREATE TABLE one.t (a int PRIMARY KEY); CREATE TABLE two.t (a int PRIMARY KEY, CONSTRAINT f FOREIGN KEY (a) REFERENCES one.t (a)); CREATE TRIGGER two.tr BEFORE INSERT ON two.t FOR EACH ROW SET NEW.a = 1; CREATE VIEW two.v AS SELECT a FROM one.t;',
  like: "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, b varchar(9) DEFAULT 'x' COMMENT 'b', KEY k (b), CHECK (b <> '')) ENGINE=MyISAM; CREATE TABLE b LIKE a; CREATE TABLE c (LIKE b);",
  'columns altered':
    "CREATE TABLE t (a int, b int, c int, KEY kb (b), KEY kbc (b, c)); ALTER TABLE t ADD d varchar(5) NOT NULL DEFAULT 'x' AFTER a, ADD COLUMN e int FIRST, ADD (f int, g int), MODIFY b bigint NOT NULL COMMENT 'b', CHANGE c cc decimal(5,2) NULL AFTER e; ALTER TABLE t ALTER d SET DEFAULT 'y', ALTER COLUMN b DROP DEFAULT, DROP COLUMN f, DROP g, RENAME COLUMN a TO aa; ALTER TABLE t DROP COLUMN b;",
  'keys altered': `${PARENT} CREATE TABLE t (a int, b int, c int); ALTER TABLE t ADD PRIMARY KEY (a), ADD UNIQUE KEY u (b), ADD INDEX i (c, b), ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES p (id), ADD CONSTRAINT pos CHECK (b > 0); ALTER TABLE t DROP PRIMARY KEY, DROP KEY u, DROP FOREIGN KEY f, DROP CONSTRAINT pos, RENAME INDEX i TO j; ALTER TABLE t ADD CONSTRAINT UNIQUE (a);`,
  'unique indexes made and altered':
    'CREATE TABLE t (a int, b varchar(20), c int, KEY x (a, c)); CREATE UNIQUE INDEX u ON t (a, c); CREATE UNIQUE INDEX v ON t (b(5)); CREATE UNIQUE INDEX w ON t (c); ALTER TABLE t RENAME INDEX u TO u2, DROP INDEX w;',
  'indexes that foreign keys leave behind': `${PARENT} CREATE TABLE c (x int, y int, z varchar(20), FOREIGN KEY (x) REFERENCES p (id), CONSTRAINT two FOREIGN KEY (y, z) REFERENCES p (a, b)); ALTER TABLE c DROP FOREIGN KEY c_ibfk_1; ALTER TABLE c DROP FOREIGN KEY two; CREATE TABLE d (x int, y int, FOREIGN KEY (x) REFERENCES p (id)); ALTER TABLE d DROP FOREIGN KEY d_ibfk_1; ALTER TABLE d ADD INDEX own (x, y);`,
  'numbers of constraints without a name': `${PARENT} CREATE TABLE c (x int, y int, FOREIGN KEY (x) REFERENCES p (id), FOREIGN KEY (y) REFERENCES p (id)); ALTER TABLE c DROP FOREIGN KEY c_ibfk_1; ALTER TABLE c ADD FOREIGN KEY (x) REFERENCES p (id); RENAME TABLE c TO d; ALTER TABLE d DROP FOREIGN KEY d_ibfk_2;`,
  'triggers in a row, some dropped':
    'CREATE TABLE t (a int); CREATE TRIGGER t1 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; CREATE TRIGGER t2 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2; CREATE TRIGGER t3 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 3; CREATE TRIGGER t0 BEFORE INSERT ON t FOR EACH ROW PRECEDES t1 SET NEW.a = 0; DROP TRIGGER t2; DROP TRIGGER t1;',
  'literals of dates':
    "CREATE TABLE t (a date DEFAULT DATE '2020-01-01', b time DEFAULT TIME'10:00:00', c datetime DEFAULT TIMESTAMP '2020-01-01 10:00:00', d date NOT NULL DEFAULT '2020-01-01');",
  'tables altered':
    "CREATE TABLE t (a int); ALTER TABLE t RENAME TO u, COMMENT='renamed', ENGINE=MyISAM; RENAME TABLE u TO v; CREATE TABLE w (a int); RENAME TABLE v TO x, w TO v; ALTER TABLE x CONVERT TO CHARACTER SET latin1; DROP TABLE v; ALTER TABLE x DISABLE KEYS; ALTER TABLE x ORDER BY a;",
  'partitions altered':
    'CREATE TABLE t (a int); ALTER TABLE t PARTITION BY HASH (a) PARTITIONS 4; CREATE TABLE u (a int) PARTITION BY HASH (a) PARTITIONS 2; ALTER TABLE u REMOVE PARTITIONING;',
  'partitions added and dropped':
    'CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30)); ALTER TABLE t ADD PARTITION (PARTITION p3 VALUES LESS THAN (40), PARTITION p4 VALUES LESS THAN MAXVALUE); ALTER TABLE t DROP PARTITION p0, p2; ALTER TABLE t REORGANIZE PARTITION p1, p3 INTO (PARTITION a VALUES LESS THAN (25), PARTITION b VALUES LESS THAN (40)); ALTER TABLE t TRUNCATE PARTITION a, b; ALTER TABLE t ANALYZE PARTITION a, b;',
  'partitions counted anew':
    'CREATE TABLE h (a int) PARTITION BY HASH (a) PARTITIONS 4; ALTER TABLE h ADD PARTITION PARTITIONS 3; ALTER TABLE h COALESCE PARTITION 2; CREATE TABLE n (a int) PARTITION BY HASH (a) (PARTITION x, PARTITION y, PARTITION z); ALTER TABLE n COALESCE PARTITION 1; ALTER TABLE n ADD PARTITION PARTITIONS 2;',
  'texts converted':
    'CREATE TABLE t (a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, b char(3) COLLATE utf8mb4_bin, c int) CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci; ALTER TABLE t CONVERT TO CHARACTER SET latin1; CREATE TABLE u (a varchar(9) CHARACTER SET latin1); ALTER TABLE u CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;',
  'events that go again':
    'CREATE TABLE e (a int); CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM e; DROP EVENT e; CREATE EVENT f ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM e; DROP EVENT IF EXISTS f; CREATE EVENT f ON SCHEDULE EVERY 2 DAY DISABLE DO DELETE FROM e;',
  'made again':
    'CREATE TABLE IF NOT EXISTS t (a int); CREATE TABLE IF NOT EXISTS t (b int); DROP TABLE IF EXISTS gone, t; CREATE TABLE t (c int); DROP VIEW IF EXISTS v;',
  'executed comments':
    "/*!40101 SET NAMES utf8 */; /*!50003 CREATE*/ TABLE t (a int /*!50100 COMMENT 'executed' */, b int) /*!40100 DEFAULT CHARSET=latin1 */ /*!50100 PARTITION BY HASH (a) PARTITIONS 2 */;",
  'a view of mysqldump':
    'CREATE TABLE t (a int); SET @saved_cs_client = @@character_set_client; /*!50001 CREATE VIEW `v` AS SELECT 1 AS `a` */; /*!50001 DROP VIEW IF EXISTS `v`*/; /*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select `t`.`a` AS `a` from `t` */;',
  'a trigger of mysqldump':
    'CREATE TABLE t (a int);\nDELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW BEGIN\n  SET NEW.a = 1;\nEND */;;\nDELIMITER ;',
  'remarks everywhere':
    '-- before\nCREATE TABLE t ( -- open\n  # over a\n  a int, -- after a\n  /* b */ b int, -- after b\n  /* index */ KEY i (a)\n  -- end\n); -- tail\n\n/* before */ CREATE VIEW v AS SELECT a /* within */ FROM t; -- after\n# last',
  grants:
    "CREATE TABLE t (a int); CREATE USER reader@localhost IDENTIFIED BY 'x'; GRANT SELECT ON judged.t TO reader@localhost; DROP USER reader@localhost;",
};

/** What only MySQL says. */
const MYSQL: Readonly<Record<string, string>> = {
  'invisible columns': 'CREATE TABLE t (a int, b int INVISIBLE, c int DEFAULT 1 /*!80023 INVISIBLE */);',
  'invisible indexes': 'CREATE TABLE t (a int, b int, KEY i (a) INVISIBLE, UNIQUE KEY u (b) INVISIBLE, KEY v (b) VISIBLE);',
  'indexed expressions':
    "CREATE TABLE t (a int, b varchar(9), j json, KEY e ((a + 1), b), UNIQUE KEY l ((lower(b))), KEY m ((CAST(j->'$.x' AS UNSIGNED ARRAY))));",
  'checks that are not enforced':
    'CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED, b int, CONSTRAINT c CHECK (b > 0) NOT ENFORCED, CHECK (a < b) ENFORCED); ALTER TABLE t ALTER CHECK c ENFORCED;',
  'references in columns': 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p (id) ON DELETE CASCADE);',
  'clauses without a field':
    "CREATE TABLE t (a int COLUMN_FORMAT FIXED STORAGE DISK, g point NOT NULL SRID 4326, b int ENGINE_ATTRIBUTE='{}') ENCRYPTION='N' STATS_PERSISTENT=1;",
  'a parser of words': 'CREATE TABLE t (a text, FULLTEXT KEY f (a) WITH PARSER ngram);',
  'checks of MySQL by number':
    'CREATE TABLE t (a int, CHECK (a > 0), CHECK (a < 9)); ALTER TABLE t DROP CHECK t_chk_1; RENAME TABLE t TO u; ALTER TABLE u ADD CHECK (a <> 5);',
  'keys in descending order of MySQL': 'CREATE TABLE t (a int, b int, PRIMARY KEY (a DESC), KEY d (b DESC, a));',
  'indexes that become invisible':
    'CREATE TABLE t (a int, b int, c int, KEY i (a), UNIQUE KEY u (b), UNIQUE KEY v (c, a) INVISIBLE); ALTER TABLE t ALTER INDEX i INVISIBLE, ALTER INDEX u INVISIBLE, ALTER INDEX v VISIBLE; ALTER TABLE t RENAME KEY i TO j;',
  'a role': 'CREATE ROLE reader; CREATE TABLE t (a int);',
  'a collation that came later': 'CREATE TABLE t (a varchar(9) COLLATE utf8mb4_0900_ai_ci) COLLATE=utf8mb4_0900_ai_ci;',
};

/** What only MariaDB says. */
const MARIADB: Readonly<Record<string, string>> = {
  sequences:
    'CREATE SEQUENCE s START WITH 10 MINVALUE 5 MAXVALUE 1000 INCREMENT BY 5 CACHE 20 CYCLE; CREATE SEQUENCE IF NOT EXISTS plain; CREATE SEQUENCE n NOCACHE NOCYCLE NOMAXVALUE; CREATE TABLE t (a int DEFAULT nextval(s));',
  'system versioning':
    'CREATE TABLE t (a int) WITH SYSTEM VERSIONING; CREATE TABLE u (a int, b int WITHOUT SYSTEM VERSIONING, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING;',
  'an application period':
    'CREATE TABLE t (id int, s date, e date, PERIOD FOR validity (s, e), PRIMARY KEY (id, validity WITHOUT OVERLAPS));',
  'types of MariaDB': 'CREATE TABLE t (a uuid, b inet6, c inet4, d uuid DEFAULT uuid());',
  'checks of columns':
    'CREATE TABLE t (a int CHECK (a > 0), b int DEFAULT 1 CHECK (b < 9), CHECK (a < b), CONSTRAINT named CHECK (a <> 5));',
  'references in columns of MariaDB': `${PARENT} CREATE TABLE c (p int REFERENCES p (id) ON DELETE CASCADE);`,
  'invisible columns of MariaDB': 'CREATE TABLE t (a int, b int INVISIBLE DEFAULT 1);',
  'ignored indexes': 'CREATE TABLE t (a int, b int, KEY i (a) IGNORED, KEY j (b) NOT IGNORED);',
  'indexes that become ignored':
    'CREATE TABLE t (a int, b int, c int, KEY i (a), UNIQUE KEY u (b), UNIQUE KEY v (c, a) IGNORED); ALTER TABLE t ALTER INDEX i IGNORED, ALTER KEY u IGNORED, ALTER INDEX v NOT IGNORED;',
  'checks by number':
    'CREATE TABLE t (a int, CHECK (a > 0), CHECK (a < 9)); ALTER TABLE t DROP CONSTRAINT CONSTRAINT_1; ALTER TABLE t ADD CHECK (a <> 5);',
  'sequences altered': 'CREATE SEQUENCE s START WITH 5 INCREMENT BY 2; ALTER SEQUENCE s MAXVALUE 100 RESTART 7 CYCLE;',
  'compressed columns': 'CREATE TABLE t (a text COMPRESSED, b varchar(500) COMPRESSED=zlib NOT NULL);',
  'defaults without brackets':
    "CREATE TABLE t (a varchar(36) DEFAULT uuid(), b int DEFAULT (1 + 2), c varchar(9) DEFAULT concat('a', 'b') NOT NULL, d json DEFAULT '{}', e text DEFAULT 'x');",
  'persistent columns': 'CREATE TABLE t (a int, b int AS (a + 1) PERSISTENT, c int AS (a) VIRTUAL INVISIBLE);',
  'keys in descending order of MariaDB': 'CREATE TABLE t (a int, b int, PRIMARY KEY (a DESC), KEY d (b DESC, a));',
  'options of engines': 'CREATE TABLE t (a int) ENGINE=Aria TRANSACTIONAL=1 PAGE_CHECKSUM=0 ROW_FORMAT=PAGE;',
  'tables replaced':
    'CREATE TABLE t (a int); CREATE OR REPLACE TABLE t (b int); CREATE OR REPLACE SEQUENCE s; CREATE OR REPLACE VIEW v AS SELECT 1 AS x; CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1;',
  'guards of MariaDB':
    'CREATE TABLE t (a int, b int); ALTER TABLE t ADD COLUMN IF NOT EXISTS a int, DROP COLUMN IF EXISTS gone, ADD INDEX IF NOT EXISTS i (b), DROP INDEX IF EXISTS j; CREATE INDEX IF NOT EXISTS i ON t (b);',
  'comments of MariaDB':
    "/*M!999999\\- enable the sandbox mode */ CREATE TABLE t (a int /*M!100301 INVISIBLE */, b int /*!80023 INVISIBLE */ COMMENT 'seen');",
  'partitions by system time':
    'CREATE TABLE t (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION h HISTORY, PARTITION n CURRENT);',
};

function cases(of: MysqlSnippet['of'], snippets: Readonly<Record<string, string>>): MysqlSnippet[] {
  return Object.entries(snippets).map(([name, sql]) => ({ name, sql, of }));
}

/** One feature of MySQL or MariaDB each. */
export function mysqlSnippets(): MysqlSnippet[] {
  return [...cases('both', BOTH), ...cases('mysql', MYSQL), ...cases('mariadb', MARIADB)];
}
