import type { Dialect } from '#model/types.ts';

/** Something that one dialect says and the others do not, or hardly. */
export interface Mark {
  readonly dialects: readonly Dialect[];
  /** 1 = others say it too now and then, 3 = few others do, 8 = none does. */
  readonly weight: number;
  /** As a person reads it: what was found. */
  readonly says: string;
  /** Sought in the code (see {@link Neutral}), or in the comments. */
  readonly where: 'code' | 'comments';
  readonly pattern: RegExp;
}

type Line = readonly [weight: number, says: string, pattern: RegExp, where?: Mark['where']];

function marks(dialects: Dialect | readonly Dialect[], lines: readonly Line[]): Mark[] {
  const list = typeof dialects === 'string' ? [dialects] : dialects;
  return lines.map(([weight, says, pattern, where = 'code']) => ({ dialects: list, weight, says, where, pattern }));
}

const POSTGRESQL = marks('postgresql', [
  [
    20,
    'the header of pg_dump',
    /PostgreSQL database (?:cluster )?dump|Dumped (?:from|by) (?:database version|pg_dump)/gi,
    'comments',
  ],
  [6, 'text in dollar quotes', /\$\$/g],
  [6, 'a cast with ::', /[\w)'"]::[a-z"]/gi],
  [6, 'serial columns', /\b(?:big|small)?serial[48]?\b(?! ?=)/gi],
  [8, 'COPY ... FROM stdin', /\bCOPY [^;\n]{1,300} FROM stdin\b/gi],
  [8, 'PL/pgSQL', /\bLANGUAGE (?:'s'|plpgsql)\b|\bplpgsql\b/gi],
  [6, 'names of pg_catalog', /\bpg_(?:catalog|class|type|get_\w+|trgm|stat_\w+)\b/gi],
  [8, 'CREATE EXTENSION', /\bCREATE EXTENSION\b/gi],
  [5, 'OWNER TO', /\bOWNER TO\b/gi],
  [8, 'psql commands', /^\\(?:connect|c|i|ir|set|echo|copy|restrict|unrestrict|\.)\b/gim],
  [5, 'access methods of PostgreSQL', /\bUSING (?:gin|gist|brin|spgist|hash|btree) ?\(/gi],
  [
    5,
    'jsonb, tsvector, inet and the like',
    /\b(?:jsonb|tsvector|tsquery|bytea|inet|cidr|macaddr|citext|int4range|tstzrange|daterange|hstore)\b/gi,
  ],
  [4, 'timestamptz', /\btimestamptz\b|\btimestamp(?: ?\(\d\))? (?:with|without) time zone\b/gi],
  [4, 'enum types of their own', /\bCREATE TYPE [^;\n]{1,200} AS (?:ENUM|RANGE|\()/gi],
  [4, 'arrays', /\b(?:text|integer|int|uuid|varchar|bigint|numeric)(?:\(\d+\))?\[\d*\]/gi],
  [6, 'row-level security', /\bROW LEVEL SECURITY\b|\bCREATE POLICY\b/gi],
  [5, 'nextval of a sequence by its text', /\bnextval\('s'/gi],
  [5, 'gen_random_uuid() or uuid_generate_v4()', /\b(?:gen_random_uuid|uuid_generate_v\d)\(/gi],
  [4, 'PARTITION OF or FOR VALUES', /\bPARTITION OF\b|\bFOR VALUES (?:FROM|IN|WITH)\b/gi],
  [3, 'CREATE INDEX CONCURRENTLY', /\bINDEX CONCURRENTLY\b/gi],
  [3, 'character varying', /\bcharacter varying\b/gi],
  [3, 'SET search_path', /\bSET (?:LOCAL |SESSION )?(?:search_path|statement_timeout|client_min_messages|default_tablespace)\b/gi],
  [5, '“PostgreSQL” in a comment', /\bPostgre(?:s|SQL)\b/gi, 'comments'],
  [2, 'MATERIALIZED VIEW', /\bMATERIALIZED VIEW\b/gi],
  [2, 'RETURNS TRIGGER', /\bRETURNS TRIGGER\b/gi],
  [2, 'DATE_TRUNC and intervals', /\bDATE_TRUNC\(|\bINTERVAL 's'/gi],
  [2, 'EXPLAIN (ANALYZE ...)', /\bEXPLAIN \((?:ANALYZE|BUFFERS)/gi],
  [1, 'boolean columns', /\bboolean\b/gi],
  [1, 'text columns', /\btext\b/gi],
  [1, 'DROP ... CASCADE', /\bDROP (?:TABLE|VIEW|TYPE|SCHEMA)[^;\n]{1,200} CASCADE ?;/gi],
]);

const MYSQL_FAMILY = marks(
  ['mysql', 'mariadb'],
  [
    [8, 'ENGINE= of a table', /\bENGINE ?=? ?(?:InnoDB|MyISAM|MEMORY|ARCHIVE|CSV|Aria|TokuDB|RocksDB)\b/gi],
    [7, 'AUTO_INCREMENT', /\bAUTO_INCREMENT\b/gi],
    [8, 'comments that are executed (/*!40101 ... */)', /\/\*!\d{5}/g],
    [6, 'names in backticks', /`q`/g],
    [7, 'DELIMITER lines', /^DELIMITER \S/gim],
    [5, 'UNSIGNED columns', /\bUNSIGNED\b/gi],
    [4, 'MEDIUMTEXT, LONGBLOB and the like', /\b(?:medium|long|tiny)(?:text|blob)\b|\bmediumint\b/gi],
    [4, 'indexes within a table (KEY name (...))', /[,(]\s*(?:UNIQUE |FULLTEXT |SPATIAL )?(?:KEY|INDEX) (?:`q`|\w+) ?\(/gi],
    [4, 'ON UPDATE CURRENT_TIMESTAMP', /\bON UPDATE (?:CURRENT_TIMESTAMP|NOW)\b/gi],
    [4, 'CHARSET of a table', /\b(?:DEFAULT )?(?:CHARSET|CHARACTER SET) ?=? ?(?:utf8|latin1|utf8mb[34]|ascii|binary)\b/gi],
    [4, 'ENUM or SET columns', /\b(?:enum|set) ?\('s'/gi],
    [5, 'LOCK TABLES', /^(?:UN)?LOCK TABLES\b/gim],
    [3, 'comments of columns and tables', /\bCOMMENT ?=? ?'s'/gi],
    [
      3,
      'SET NAMES, FOREIGN_KEY_CHECKS',
      /\bSET (?:NAMES|@@|@\w+ ?= ?@@|(?:GLOBAL |SESSION )?(?:FOREIGN_KEY_CHECKS|UNIQUE_CHECKS|SQL_MODE))/gi,
    ],
    [3, 'ALTER TABLE ... MODIFY or ADD INDEX', /\b(?:MODIFY COLUMN|ADD (?:UNIQUE )?(?:INDEX|KEY)\b)/gi],
    [2, 'comments that begin with #', /^#/gm],
    [2, 'int(11) and the like', /\b(?:int|bigint|smallint|tinyint)\(\d+\)/gi],
    [2, 'DROP DATABASE IF EXISTS', /\b(?:DROP DATABASE IF EXISTS|CREATE DATABASE IF NOT EXISTS)\b/gi],
    [2, 'USE of a database', /^USE (?:`q`|\w+) ?;/gim],
    [1, 'datetime columns', /\bdatetime(?:\(\d\))?[ ,]/gi],
  ],
);

const MYSQL = marks('mysql', [
  [20, 'the header of mysqldump', /MySQL dump \d|MySQL Administrator dump|MySQL Workbench|phpMyAdmin SQL Dump/gi, 'comments'],
  [4, '“MySQL” in a comment', /\bMy ?SQL\b/gi, 'comments'],
  [6, 'collations of MySQL 8', /\butf8mb4_0900_\w+/gi],
  [2, 'caching_sha2_password', /\bcaching_sha2_password\b/gi],
]);

const MARIADB = marks('mariadb', [
  [30, 'the header of mariadb-dump', /MariaDB dump \d|Distrib [\d.]+-MariaDB|Server version[:\t ]+[\d.]+-MariaDB/gi, 'comments'],
  [8, '“MariaDB” in a comment', /\bMariaDB\b/gi, 'comments'],
  [8, 'comments that MariaDB executes (/*M! ... */)', /\/\*M!/g],
  [6, 'ENGINE=Aria', /\bENGINE ?= ?Aria\b/gi],
  [6, 'collations of MariaDB', /\butf8mb[34]_uca1400_\w+/gi],
  [6, 'system versioning', /\bSYSTEM VERSIONING\b/gi],
  [3, 'current_timestamp() as a default', /\bcurrent_timestamp\(\)/g],
  [4, 'CREATE OR REPLACE TABLE', /\bCREATE OR REPLACE (?:TEMPORARY )?(?:TABLE|SEQUENCE)\b/gi],
  [3, 'PAGE_CHECKSUM or PERSISTENT columns', /\bPAGE_CHECKSUM ?=|\)\s*PERSISTENT\b/gi],
]);

const SQLITE = marks('sqlite', [
  [8, 'AUTOINCREMENT', /\bAUTOINCREMENT\b/gi],
  [8, 'PRAGMA', /^[ \t]*PRAGMA \w/gim],
  [8, 'WITHOUT ROWID or STRICT', /\)\s*(?:WITHOUT ROWID|STRICT) ?[,;]/gi],
  [8, 'virtual tables', /\bCREATE VIRTUAL TABLE\b/gi],
  [7, 'tables of SQLite itself', /\bsqlite_(?:sequence|master|schema|stat\d)\b/gi],
  [5, 'sqlite3 shell commands', /^\.(?:mode|open|import|read|headers|tables|schema)\b/gim],
  [6, '“SQLite” in a comment', /\bSQLite\b/gi, 'comments'],
  [
    4,
    'INSERT OR IGNORE, ON CONFLICT REPLACE',
    /\b(?:INSERT OR (?:IGNORE|REPLACE|ABORT)|ON CONFLICT (?:REPLACE|IGNORE|ABORT|FAIL|ROLLBACK))\b/gi,
  ],
  [3, "DATETIME('now') and the like", /\b(?:datetime|date|strftime|julianday) ?\('s'/gi],
  [3, 'INTEGER PRIMARY KEY', /\bINTEGER (?:NOT NULL )?(?:CONSTRAINT \S+ )?PRIMARY KEY\b/gi],
  [3, 'a trigger that holds its statements', /\bCREATE (?:TEMP |TEMPORARY )?TRIGGER (?:IF NOT EXISTS )?[^;]{1,200} BEGIN\b/gi],
  [3, 'names in brackets, without batches', /\[q\]/g],
  [2, 'BLOB SUB_TYPE TEXT', /\bBLOB SUB_TYPE TEXT\b/gi],
  [2, 'NVARCHAR, without batches', /\bNVARCHAR ?\(\d/gi],
  [1, 'BLOB columns', /\bBLOB\b/gi],
  [2, 'BEGIN TRANSACTION', /^BEGIN TRANSACTION ?;/gim],
  [1, 'DROP TABLE IF EXISTS', /\bDROP TABLE IF EXISTS\b/gi],
]);

const MSSQL = marks('mssql', [
  [12, 'the header of SQL Server’s scripts', /Object: {1,4}\w+ {1,4}\[[^\n]{1,200}Script Date|Script Date:/gi, 'comments'],
  [8, 'batches that end with GO', /^[ \t]*GO(?: \d+)?[ \t;]*\r?$/gim],
  [8, 'names of [dbo]', /\[dbo\]|\bdbo\./gi],
  [7, 'NVARCHAR(MAX)', /\[?\bn?var(?:char|binary)\]? ?\( ?max ?\)/gi],
  [6, 'IDENTITY(...)', /\bIDENTITY ?\(\d/gi],
  [2, "N'...' texts", /\bN's'/g],
  [1, 'NVARCHAR', /\bnvarchar\b/gi],
  [5, 'clustered indexes', /\b(?:NON)?CLUSTERED\b/gi],
  [
    5,
    'types of SQL Server',
    /\[?\b(?:datetime2|datetimeoffset|uniqueidentifier|smalldatetime|hierarchyid|rowversion|smallmoney|ntext)\b/gi,
  ],
  [
    5,
    'SET ANSI_NULLS, QUOTED_IDENTIFIER, NOCOUNT',
    /\bSET (?:ANSI_NULLS|QUOTED_IDENTIFIER|NOCOUNT|ANSI_PADDING|IDENTITY_INSERT|XACT_ABORT)\b/gi,
  ],
  [6, 'system procedures', /\b(?:EXEC|EXECUTE) (?:sys\.)?(?:sp_|xp_)\w+/gi],
  [
    5,
    'catalog views of SQL Server',
    /\b(?:sys(?:objects|indexes|columns|users|databases)|sys\.\w+|OBJECT_ID ?\(|OBJECTPROPERTY ?\()/gi,
  ],
  [6, 'ON [PRIMARY]', /\bON \[PRIMARY\]/gi],
  [5, 'DECLARE @variable', /\bDECLARE @\w/gi],
  [4, 'variables of sqlcmd', /\$\(\w+\)|^:(?:r|setvar|on error)\b/gim],
  [4, 'WITH CHECK or NOCHECK', /\bWITH (?:NO)?CHECK\b/gi],
  [3, 'names in brackets', /\[q\]/g],
  [3, 'GETDATE() or NEWID()', /\b(?:getdate|getutcdate|newid|newsequentialid|sysutcdatetime)\(\)/gi],
  [3, '“SQL Server” in a comment', /\bSQL ?Server\b|\bT-?SQL\b/gi, 'comments'],
  [1, 'bit, money, image', /\b(?:bit|money|image)\b/gi],
]);

const ORACLE = marks('oracle', [
  [
    12,
    'the header of Oracle’s scripts',
    /DDL for (?:Table|Index|Sequence|View|Trigger|Package|Function|Procedure|Constraint|Type)\b|\bSQL\*Plus\b/gi,
    'comments',
  ],
  [8, 'VARCHAR2', /\bN?VARCHAR2\b/gi],
  [6, 'NUMBER columns', /\bNUMBER(?: ?\([\d*])?/g],
  [4, 'lower-case number columns', /\bnumber ?\(\d/g],
  [6, 'lines of only /', /^\/[ \t]*\r?$/gm],
  [
    6,
    'SQL*Plus commands',
    /^(?:REM\b|PROMPT\b|SPOOL |WHENEVER SQLERROR|SET (?:DEFINE|ECHO|FEEDBACK|SERVEROUTPUT|VERIFY|PAGESIZE|LINESIZE|TRIMSPOOL|TAB|NUMWIDTH|HEADING)\b|ACCEPT \w|DEFINE \w+ ?=|@@?\w)/gim,
  ],
  [5, 'SYSDATE, SYSTIMESTAMP, DUAL', /\b(?:SYSDATE|SYSTIMESTAMP|SYS_GUID|FROM dual)\b/gi],
  [5, 'PL/SQL', /:(?:NEW|OLD)\.|\bPLS_INTEGER\b|\bDBMS_\w+|\bEXECUTE IMMEDIATE\b|\bPACKAGE BODY\b|\bRAISE_APPLICATION_ERROR\b/gi],
  [
    5,
    'physical clauses of Oracle',
    /\b(?:PCTFREE|PCTUSED|INITRANS|MAXTRANS|NOLOGGING|SEGMENT CREATION|USING INDEX|ROW MOVEMENT)\b/gi,
  ],
  [5, 'lengths in BYTE or CHAR', /\(\d+ (?:BYTE|CHAR)\)/gi],
  [4, 'CASCADE CONSTRAINTS', /\bCASCADE CONSTRAINTS\b/gi],
  [3, 'CLOB columns', /\b[NB]?CLOB\b/gi],
  [3, 'sequences by .NEXTVAL', /\.(?:NEXTVAL|CURRVAL)\b/gi],
  [3, 'ALTER SESSION', /\bALTER SESSION SET\b/gi],
  [3, '“Oracle” in a comment', /\bOracle\b/gi, 'comments'],
  [2, 'TO_DATE and NVL', /\b(?:TO_DATE|NVL|NVL2|DECODE|TO_TIMESTAMP) ?\(/gi],
]);

export const MARKS: readonly Mark[] = [...POSTGRESQL, ...MYSQL_FAMILY, ...MYSQL, ...MARIADB, ...SQLITE, ...MSSQL, ...ORACLE];
