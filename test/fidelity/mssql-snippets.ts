/**
 * One feature of T-SQL each, in the forms that scripts of SQL Server use. Every one must be modelled and come back equal
 * through the model; those named in `KEPT` hold a statement that is kept as text.
 */
export const MSSQL_SNIPPETS: readonly (readonly [string, string])[] = [
  [
    'types with lengths',
    `CREATE TABLE t (a char(3), b varchar(10), c nchar (5), d nvarchar(20), e binary(4), f varbinary(8), g decimal(10, 2), h numeric(5), i float(24), j datetime2(3), k datetimeoffset(0), l time(7))`,
  ],
  [
    'types without',
    `CREATE TABLE t (a bigint, b int, c smallint, d tinyint, e bit, f money, g smallmoney, h real, i float, j date, k datetime, l smalldatetime, m uniqueidentifier, n xml, o sql_variant, p hierarchyid, q geography, r geometry, s text, u ntext, v image, w sysname NULL)`,
  ],
  ['max', `CREATE TABLE t (a varchar(max), b nvarchar(MAX), c varbinary ( max ), d [nvarchar](max) NULL)`],
  [
    'names in brackets and quotes',
    `CREATE TABLE "dbo".[my ]] table] ([a b] [int] NOT NULL, "c ""d""" "datetime" NULL, [select] [dbo].[Flag])`,
  ],
  [
    'other names of types',
    `CREATE TABLE t (a integer, b dec(5, 1), c character(3), d char varying(5), e character varying(6), f national char(2), g national character varying(9), h double precision, i binary varying(5), j national text)`,
  ],
  [
    'row versions',
    `CREATE TABLE t (a int, timestamp)\nGO\nCREATE TABLE u (a rowversion NOT NULL, b int)\nGO\nCREATE TABLE v (v timestamp NOT NULL)`,
  ],
  ['xml of a collection', `CREATE TABLE t (a xml (CONTENT dbo.Sheets), b xml(dbo.Sheets))`],
  ['vectors and json', `CREATE TABLE t (a vector(1536), b json NULL)`],
  [
    'identity',
    `CREATE TABLE t (a int IDENTITY PRIMARY KEY, b int); CREATE TABLE u (a bigint NOT NULL IDENTITY(1, 1)); CREATE TABLE v (a int IDENTITY (100, -5) NOT FOR REPLICATION NOT NULL)`,
  ],
  [
    'defaults of every kind',
    `CREATE TABLE t (a int DEFAULT 0, b int DEFAULT ((-1)), c varchar(9) DEFAULT 'it''s', d nvarchar(9) DEFAULT (N'x'), e datetime DEFAULT getdate(), f int DEFAULT NULL, g uniqueidentifier DEFAULT (newsequentialid()) ROWGUIDCOL, h int DEFAULT (NEXT VALUE FOR dbo.s), i decimal(5,2) DEFAULT 1.5e3, j bit NOT NULL DEFAULT 1, k varbinary(2) DEFAULT 0x0F, l money DEFAULT ($5.10), m int DEFAULT (1) + (2), n varchar(20) DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
  ],
  ['sequence default without brackets', `CREATE SEQUENCE s; CREATE TABLE t (a int NOT NULL CONSTRAINT d DEFAULT NEXT VALUE FOR s)`],
  [
    'named defaults',
    `CREATE TABLE t (a int CONSTRAINT [DF_t a] DEFAULT (0) NOT NULL, b int)\nGO\nALTER TABLE t ADD CONSTRAINT DF_b DEFAULT (5) FOR b\nALTER TABLE t ADD DEFAULT (7) FOR a`,
  ],
  ['default with values', `CREATE TABLE t (a int)\nALTER TABLE t ADD b int NULL CONSTRAINT d DEFAULT 1 WITH VALUES`],
  ['collation', `CREATE TABLE t (a varchar(5) COLLATE Latin1_General_BIN2 NOT NULL, b nvarchar(5) COLLATE database_default NULL)`],
  [
    'computed columns',
    `CREATE TABLE t (a int, b AS a * 2, c AS (a + 1) PERSISTED, d AS (a)*(2) PERSISTED NOT NULL, e AS (CASE WHEN a > 1 THEN 'x' ELSE 'y' END), f AS (concat(a, ',', a)))`,
  ],
  ['sparse columns', `CREATE TABLE t (a int, b int SPARSE NULL, c xml COLUMN_SET FOR ALL_SPARSE_COLUMNS)`],
  [
    'masked and encrypted',
    `CREATE TABLE t (a varchar(9) MASKED WITH (FUNCTION = 'partial(1, "xx", 0)') NULL, b varchar(9) COLLATE Latin1_General_BIN2 ENCRYPTED WITH (COLUMN_ENCRYPTION_KEY = k, ENCRYPTION_TYPE = RANDOMIZED, ALGORITHM = 'AEAD_AES_256_CBC_HMAC_SHA_256') NOT NULL)`,
  ],
  [
    'file streams',
    `CREATE TABLE t (a uniqueidentifier ROWGUIDCOL NOT NULL UNIQUE, b varbinary(max) FILESTREAM NULL) FILESTREAM_ON fs`,
  ],
  [
    'primary keys',
    `CREATE TABLE t (a int NOT NULL PRIMARY KEY); CREATE TABLE u (a int, b int, CONSTRAINT pk PRIMARY KEY CLUSTERED (a ASC, b DESC)); CREATE TABLE v (a int CONSTRAINT pk_v PRIMARY KEY NONCLUSTERED)`,
  ],
  [
    'unique keys',
    `CREATE TABLE t (a int UNIQUE, b int CONSTRAINT u UNIQUE CLUSTERED, c int, d int, UNIQUE NONCLUSTERED (c, d DESC), CONSTRAINT w UNIQUE (d))`,
  ],
  [
    'options of keys',
    `CREATE TABLE t (a int NOT NULL, CONSTRAINT pk PRIMARY KEY CLUSTERED (a) WITH (PAD_INDEX = ON, FILLFACTOR = 80, IGNORE_DUP_KEY = OFF, ALLOW_ROW_LOCKS = ON, DATA_COMPRESSION = PAGE) ON [PRIMARY]) ON [PRIMARY] TEXTIMAGE_ON [blobs]`,
  ],
  [
    'fill factors of old',
    `CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a) WITH FILLFACTOR = 70); CREATE INDEX i ON t (a) WITH PAD_INDEX, FILLFACTOR = 60`,
  ],
  [
    'checks',
    `CREATE TABLE t (a int CHECK (a > 0), b int CONSTRAINT c CHECK ((b > (0))), CONSTRAINT d CHECK (a < b AND (b < 9)), CHECK NOT FOR REPLICATION (a <> b))`,
  ],
  [
    'foreign keys',
    `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b), x int UNIQUE); CREATE TABLE t (x int REFERENCES p (x), y int CONSTRAINT f FOREIGN KEY REFERENCES dbo.p (x) ON DELETE CASCADE ON UPDATE SET NULL, c int, d int, CONSTRAINT g FOREIGN KEY (c, d) REFERENCES p (a, b) ON DELETE SET DEFAULT ON UPDATE NO ACTION NOT FOR REPLICATION, FOREIGN KEY (c, d) REFERENCES p)`,
  ],
  [
    'foreign keys to tables that come later',
    `CREATE TABLE t (a int PRIMARY KEY, b int); CREATE TABLE u (a int PRIMARY KEY, b int REFERENCES t); ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES u (a)`,
  ],
  ['a table that refers to itself', `CREATE TABLE t (a int PRIMARY KEY, up int REFERENCES t (a))`],
  [
    'several at once',
    `CREATE TABLE t (a int NOT NULL)\nGO\nALTER TABLE [dbo].[t] ADD [b] [int] NULL, [c] [nvarchar](5) NOT NULL CONSTRAINT dc DEFAULT (''), CONSTRAINT [pk] PRIMARY KEY CLUSTERED ([a] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY], CHECK (b > 1)`,
  ],
  [
    'constraints that old rows may break',
    `CREATE TABLE t (a int PRIMARY KEY, b int); ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES t (a), CONSTRAINT c CHECK (b > 1)\nGO\nALTER TABLE t WITH CHECK ADD CONSTRAINT d CHECK (b < 9)\nALTER TABLE t CHECK CONSTRAINT d`,
  ],
  [
    'constraints that are switched off',
    `CREATE TABLE t (a int PRIMARY KEY, b int CONSTRAINT f REFERENCES t (a), c int CONSTRAINT c CHECK (c > 1))\nGO\nALTER TABLE t NOCHECK CONSTRAINT f, c`,
  ],
  [
    'all constraints off and on',
    `CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t (a))\nALTER TABLE t NOCHECK CONSTRAINT ALL\nALTER TABLE t WITH CHECK CHECK CONSTRAINT ALL`,
  ],
  [
    'columns altered',
    `CREATE TABLE t (a int NOT NULL, b varchar(5) NULL, c int)\nALTER TABLE t ALTER COLUMN a bigint NOT NULL\nALTER TABLE t ALTER COLUMN b nvarchar(50) COLLATE Latin1_General_CI_AS NULL\nALTER TABLE t ALTER COLUMN c ADD SPARSE\nALTER TABLE t ADD g uniqueidentifier NOT NULL\nALTER TABLE t ALTER COLUMN g ADD ROWGUIDCOL`,
  ],
  [
    'things dropped',
    `CREATE TABLE t (a int, b int, c int CONSTRAINT dc DEFAULT 1, d int, e int, CONSTRAINT k UNIQUE (a), CONSTRAINT h CHECK (b > 0))\nALTER TABLE t DROP CONSTRAINT k, h, CONSTRAINT dc, COLUMN d, e\nALTER TABLE t DROP COLUMN IF EXISTS zz, COLUMN b`,
  ],
  [
    'indexes',
    `CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a); CREATE UNIQUE NONCLUSTERED INDEX [u i] ON [dbo].[t] ([b] ASC, [a] DESC); CREATE CLUSTERED INDEX cl ON dbo.t (c)`,
  ],
  [
    'indexes with further columns, filters and options',
    `CREATE TABLE t (a int, b int, c nvarchar(5)); CREATE NONCLUSTERED INDEX i ON t (a) INCLUDE (b, [c]) WHERE ([b] IS NOT NULL AND a > 5) WITH (FILLFACTOR = 90, ONLINE = ON, DROP_EXISTING = OFF, DATA_COMPRESSION = ROW) ON [ix]`,
  ],
  [
    'an index made anew',
    `CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX i ON t (a, b) WITH (DROP_EXISTING = ON)`,
  ],
  [
    'indexes in a table',
    `CREATE TABLE t (a int NOT NULL INDEX ia, b int INDEX ib UNIQUE NONCLUSTERED, c int, INDEX ic CLUSTERED (c DESC), INDEX id (a, c) INCLUDE (b) WHERE b > 1 WITH (FILLFACTOR = 80))`,
  ],
  [
    'synonyms that go again',
    `CREATE TABLE t (a int)\nGO\nCREATE SYNONYM s FOR dbo.t\nGO\nDROP SYNONYM IF EXISTS dbo.s\nGO\nCREATE SYNONYM s FOR dbo.t`,
  ],
  [
    'columnstores',
    `CREATE TABLE t (a int, b int, c int); CREATE NONCLUSTERED COLUMNSTORE INDEX n ON t (a, b) WHERE (a > 0) WITH (COMPRESSION_DELAY = 10); CREATE TABLE u (a int, INDEX k CLUSTERED COLUMNSTORE)`,
  ],
  [
    'xml indexes',
    `CREATE TABLE t (a int PRIMARY KEY, x xml); CREATE PRIMARY XML INDEX p ON t (x); CREATE XML INDEX s ON t (x) USING XML INDEX p FOR PATH WITH (FILLFACTOR = 80)`,
  ],
  [
    'spatial indexes',
    `CREATE TABLE t (a int PRIMARY KEY, g geometry); CREATE SPATIAL INDEX s ON t (g) USING GEOMETRY_GRID WITH (BOUNDING_BOX = (0, 0, 500, 200), GRIDS = (LEVEL_1 = LOW), CELLS_PER_OBJECT = 64)`,
  ],
  [
    'tables in memory',
    `CREATE TABLE t (a int NOT NULL PRIMARY KEY NONCLUSTERED HASH WITH (BUCKET_COUNT = 1024), b int NOT NULL, c int NULL, INDEX h HASH (b) WITH (BUCKET_COUNT = 64), INDEX n NONCLUSTERED (c)) WITH (MEMORY_OPTIMIZED = ON, DURABILITY = SCHEMA_ONLY)\nGO\nALTER TABLE t ADD INDEX later UNIQUE NONCLUSTERED (b, c)`,
  ],
  [
    'temporal tables',
    `CREATE TABLE dbo.t (a int NOT NULL PRIMARY KEY, s datetime2 GENERATED ALWAYS AS ROW START HIDDEN NOT NULL, e datetime2(7) GENERATED ALWAYS AS ROW END NOT NULL, PERIOD FOR SYSTEM_TIME (s, e)) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.t_history, DATA_CONSISTENCY_CHECK = ON))`,
  ],
  ['ledgers', `CREATE TABLE t (a int) WITH (SYSTEM_VERSIONING = ON, LEDGER = ON (LEDGER_VIEW = dbo.v))`],
  [
    'partitioned tables',
    `CREATE PARTITION FUNCTION pf (int) AS RANGE RIGHT FOR VALUES (1, 100)\nGO\nCREATE PARTITION SCHEME ps AS PARTITION pf ALL TO ([PRIMARY])\nGO\nCREATE TABLE t (a int NOT NULL, b int, CONSTRAINT pk PRIMARY KEY CLUSTERED (a) ON ps (a)) ON ps (a)\nGO\nCREATE INDEX i ON t (b) ON [ps] ([a])`,
  ],
  [
    'graphs',
    `CREATE TABLE person (id int PRIMARY KEY) AS NODE\nGO\nCREATE TABLE friends AS EDGE\nGO\nCREATE TABLE likes (since date, CONSTRAINT ec CONNECTION (person TO person) ON DELETE CASCADE) AS EDGE`,
  ],
  [
    'table options',
    `CREATE TABLE t (a int) WITH (DATA_COMPRESSION = PAGE ON PARTITIONS (1, 3 TO 5)); CREATE TABLE u (a int); ALTER TABLE u REBUILD WITH (DATA_COMPRESSION = ROW); ALTER TABLE u SET (LOCK_ESCALATION = AUTO)`,
  ],
  [
    'schemas',
    `CREATE SCHEMA sales AUTHORIZATION dbo\nGO\nCREATE TABLE sales.t (a int PRIMARY KEY)\nGO\nCREATE SCHEMA hr CREATE TABLE u (a int REFERENCES sales.t) CREATE VIEW v AS SELECT a FROM hr.u`,
  ],
  ['schemas changed', `CREATE SCHEMA s\nGO\nCREATE TABLE t (a int)\nGO\nALTER SCHEMA s TRANSFER dbo.t`],
  [
    'alias types',
    `CREATE TYPE dbo.Flag FROM bit NOT NULL\nGO\nCREATE TYPE [Name] FROM nvarchar(50) NULL\nGO\nEXEC sp_addtype 'phone', 'varchar(20)', 'NOT NULL'\nGO\nCREATE TABLE t (a dbo.Flag, b [dbo].[Name] NULL, c phone)`,
  ],
  [
    'table types',
    `CREATE TYPE dbo.Rows AS TABLE (a int NOT NULL PRIMARY KEY, b nvarchar(5))\nGO\nCREATE PROCEDURE p @r dbo.Rows READONLY AS SELECT * FROM @r`,
  ],
  [
    'sequences',
    `CREATE SEQUENCE a; CREATE SEQUENCE dbo.b AS int START WITH 5 INCREMENT BY -2 MINVALUE -100 MAXVALUE 5 CYCLE CACHE 10; CREATE SEQUENCE c AS tinyint NO CACHE; CREATE SEQUENCE d AS decimal(10, 0) NO MINVALUE NO MAXVALUE NO CYCLE`,
  ],
  [
    'views',
    `CREATE TABLE t (a int, b int)\nGO\nCREATE VIEW v (x, [y z]) WITH SCHEMABINDING, VIEW_METADATA AS SELECT a, b FROM dbo.t WHERE a > 1 WITH CHECK OPTION;\nGO\nCREATE OR ALTER VIEW w AS WITH c AS (SELECT a FROM t) SELECT * FROM c -- all\nGO\nALTER VIEW w AS SELECT x FROM v`,
  ],
  [
    'procedures and functions',
    `CREATE PROC p @a int, @b AS nvarchar(5) = N'x' OUTPUT WITH RECOMPILE AS SET NOCOUNT ON; SELECT @a\nGO\nCREATE FUNCTION dbo.f (@x int, @y int) RETURNS int AS BEGIN IF @x > 1 RETURN 1; RETURN @y END\nGO\nALTER PROCEDURE p AS SELECT 2\nGO\nCREATE FUNCTION g () RETURNS TABLE AS RETURN (SELECT 1 AS a)`,
  ],
  [
    'triggers',
    `CREATE TABLE t (a int)\nGO\nCREATE TRIGGER x ON t FOR INSERT, UPDATE AS PRINT 'x'\nGO\nCREATE TRIGGER dbo.y ON dbo.t WITH EXECUTE AS OWNER AFTER DELETE NOT FOR REPLICATION AS BEGIN SET NOCOUNT ON; ROLLBACK END\nGO\nDISABLE TRIGGER dbo.y ON dbo.t`,
  ],
  [
    'triggers instead',
    `CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS SELECT a FROM t\nGO\nCREATE TRIGGER x ON v INSTEAD OF DELETE AS RETURN\nGO\nALTER TABLE t DISABLE TRIGGER ALL`,
  ],
  [
    'comments',
    `CREATE SCHEMA s\nGO\nCREATE TABLE s.t (a int CONSTRAINT pk PRIMARY KEY, b int CONSTRAINT c CHECK (b > 0))\nGO\nCREATE INDEX i ON s.t (b)\nGO\nEXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'It''s a table' , @level0type=N'SCHEMA',@level0name=N's', @level1type=N'TABLE',@level1name=N't'\nGO\nEXECUTE sp_addextendedproperty N'MS_Description', N'A column', N'SCHEMA', N's', N'TABLE', N't', N'COLUMN', N'a'\nEXEC sp_addextendedproperty 'MS_Description', 'An index', 'user', s, 'table', [t], 'index', i\nEXEC sp_addextendedproperty 'MS_Description', 'A check', 'SCHEMA', 's', 'TABLE', 't', 'CONSTRAINT', 'c'\nEXEC sp_addextendedproperty 'MS_Description', 'A key', 'SCHEMA', 's', 'TABLE', 't', 'CONSTRAINT', 'pk'\nEXEC sp_addextendedproperty 'MS_Description', 'A schema', 'SCHEMA', 's'`,
  ],
  [
    'comments of other objects',
    `CREATE TABLE t (a int CONSTRAINT f REFERENCES t (b), b int UNIQUE)\nGO\nCREATE VIEW v AS SELECT a FROM t\nGO\nCREATE PROCEDURE p AS SELECT 1\nGO\nCREATE TRIGGER x ON t AFTER INSERT AS RETURN\nGO\nCREATE SEQUENCE q\nCREATE TYPE n FROM int\nEXEC sp_addextendedproperty 'MS_Description', 'a view', 'SCHEMA', 'dbo', 'VIEW', 'v'\nEXEC sp_addextendedproperty 'MS_Description', 'its column', 'SCHEMA', 'dbo', 'VIEW', 'v', 'COLUMN', 'a'\nEXEC sp_addextendedproperty 'MS_Description', 'a procedure', 'SCHEMA', 'dbo', 'PROCEDURE', 'p'\nEXEC sp_addextendedproperty 'MS_Description', 'a trigger', 'SCHEMA', 'dbo', 'TABLE', 't', 'TRIGGER', 'x'\nEXEC sp_addextendedproperty 'MS_Description', 'a sequence', 'SCHEMA', 'dbo', 'SEQUENCE', 'q'\nEXEC sp_addextendedproperty 'MS_Description', 'a type', 'SCHEMA', 'dbo', 'TYPE', 'n'\nEXEC sp_addextendedproperty 'MS_Description', 'a reference', 'SCHEMA', 'dbo', 'TABLE', 't', 'CONSTRAINT', 'f'`,
  ],
  [
    'comments changed',
    `CREATE TABLE t (a int, b int)\nEXEC sp_addextendedproperty 'MS_Description', 'old', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'a'\nEXEC sp_updateextendedproperty 'MS_Description', 'new', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'a'\nEXEC sp_addextendedproperty 'MS_Description', 'gone', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'b'\nEXEC sp_dropextendedproperty @name = 'MS_Description', @level0type = 'SCHEMA', @level0name = 'dbo', @level1type = 'TABLE', @level1name = 't', @level2type = 'COLUMN', @level2name = 'b'`,
  ],
  [
    'renames',
    `CREATE TABLE [old t] (a int CONSTRAINT df DEFAULT 1, b int CHECK (b > a), c int CONSTRAINT ck CHECK (c > 1))\nCREATE INDEX i ON [old t] (b)\nGO\nEXEC sp_rename '[old t].b', 'new b', 'COLUMN'\nEXEC sp_rename 'dbo.[old t].i', 'j', 'INDEX'\nEXEC sp_rename 'ck', 'ck2', 'OBJECT'\nEXEC sp_rename 'df', 'df2'\nEXEC sp_rename @objname = 'old t', @newname = 'new t'`,
  ],
  [
    'drops',
    `CREATE TABLE t (a int)\nCREATE INDEX i ON t (a)\nCREATE INDEX j ON t (a)\nDROP INDEX i ON t\nDROP INDEX t.j\nGO\nCREATE VIEW v AS SELECT 1 a\nGO\nDROP VIEW IF EXISTS v, w\nCREATE TABLE u (a int)\nDROP TABLE u\nDROP PROCEDURE IF EXISTS p`,
  ],
  [
    'guards',
    `IF NOT EXISTS (SELECT * FROM sys.objects WHERE object_id = OBJECT_ID(N'[dbo].[t]') AND type IN (N'U'))\nBEGIN\nCREATE TABLE [dbo].[t] ([a] int NOT NULL);\nCREATE INDEX i ON t (a)\nEND\nGO\nIF OBJECT_ID('dbo.u', 'U') IS NOT NULL DROP TABLE dbo.u;\nIF OBJECT_ID('dbo.u') IS NULL\n  CREATE TABLE u (a int)\nIF COL_LENGTH('u', 'b') IS NULL ALTER TABLE u ADD b int\nIF NOT EXISTS (SELECT 1 FROM sys.columns WHERE name = 'b') ALTER TABLE u ADD b bigint\nIF EXISTS (SELECT 1 FROM sys.tables WHERE name = 'zz') ALTER TABLE zz ADD a int ELSE CREATE TABLE zz (a int)`,
  ],
  [
    'definitions in texts',
    `IF NOT EXISTS (SELECT * FROM sys.views WHERE object_id = OBJECT_ID(N'[dbo].[v]'))\nEXEC dbo.sp_executesql @statement = N'CREATE VIEW [dbo].[v] AS SELECT ''x'' AS a'\nGO\nEXEC ('CREATE TABLE t (a int)')\nEXEC sp_executesql N'CREATE PROCEDURE p AS SELECT 1'`,
  ],
  [
    'transactions and attempts',
    `BEGIN TRANSACTION\nSET XACT_ABORT ON\nCREATE TABLE t (a int)\nCOMMIT\nGO\nBEGIN TRY CREATE TABLE u (a int); END TRY BEGIN CATCH DROP TABLE t; THROW; END CATCH\nDECLARE @x int = 1\nWHILE @x < 5 BEGIN SET @x += 1; INSERT u VALUES (@x) END`,
  ],
  ['variables of sqlcmd', `:setvar Name "x"\nUSE [$(Name)]\nGO\nCREATE TABLE [$(Name)].[t] (a int)`],
  [
    'comments in the text',
    `-- before\nCREATE TABLE t ( -- head\n  a int, -- of a\n  /* before b */ b int\n  -- at the end\n);\n-- behind\nGO`,
  ],
  [
    'data',
    `CREATE TABLE t (a int)\nSET IDENTITY_INSERT t ON\nINSERT INTO t VALUES (1), (2)\nINSERT t SELECT 1 UNION ALL SELECT 2\nSET IDENTITY_INSERT t OFF\nUPDATE t SET a = 1\nDELETE t\nTRUNCATE TABLE t\nMERGE t USING u ON 1 = 0 WHEN NOT MATCHED THEN INSERT VALUES (1);`,
  ],
  [
    'permissions',
    `CREATE TABLE t (a int)\nGO\nGRANT SELECT, INSERT ON dbo.t TO reader WITH GRANT OPTION\nDENY DELETE ON OBJECT::dbo.t TO reader\nREVOKE EXECUTE ON SCHEMA::dbo FROM x\nCREATE ROLE r AUTHORIZATION dbo\nCREATE USER u FOR LOGIN l WITH DEFAULT_SCHEMA = dbo\nALTER ROLE r ADD MEMBER u`,
  ],
  [
    'other objects',
    `CREATE TABLE t (a int PRIMARY KEY, b nvarchar(50))\nGO\nCREATE SYNONYM s FOR dbo.t\nGO\nCREATE STATISTICS st ON t (b) WITH FULLSCAN\nCREATE FULLTEXT CATALOG ft AS DEFAULT\nCREATE FULLTEXT INDEX ON t (b LANGUAGE 1033) KEY INDEX pk ON ft WITH CHANGE_TRACKING AUTO\nGO\nCREATE DEFAULT d AS 0\nGO\nEXEC sp_bindefault 'd', 't.a'\nGO\nCREATE TRIGGER db ON DATABASE FOR CREATE_TABLE AS PRINT 'x'\nGO\nCREATE CLUSTERED COLUMNSTORE INDEX c ON t\nGO\nCREATE VIEW w WITH SCHEMABINDING AS SELECT a FROM dbo.t\nGO\nCREATE UNIQUE CLUSTERED INDEX wi ON w (a)`,
  ],
  [
    'migrations of Entity Framework',
    `IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] ([MigrationId] nvarchar(150) NOT NULL, CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId]));
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (SELECT * FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'1_Init')
BEGIN
    CREATE TABLE [Blogs] ([Id] int NOT NULL IDENTITY, [Url] nvarchar(max) NULL DEFAULT N'', CONSTRAINT [PK_Blogs] PRIMARY KEY ([Id]));
END;
IF NOT EXISTS (SELECT * FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'2_More')
BEGIN
    DECLARE @var0 sysname;
    SELECT @var0 = [d].[name] FROM [sys].[default_constraints] [d] WHERE [d].[parent_object_id] = OBJECT_ID(N'[Blogs]');
    IF @var0 IS NOT NULL EXEC(N'ALTER TABLE [Blogs] DROP CONSTRAINT [' + @var0 + '];');
    ALTER TABLE [Blogs] ALTER COLUMN [Url] nvarchar(450) NOT NULL;
    ALTER TABLE [Blogs] ADD [Rating] int NOT NULL DEFAULT 0;
    EXEC(N'CREATE UNIQUE INDEX [IX_Blogs_Url] ON [Blogs] ([Url]) WHERE [Url] IS NOT NULL');
    EXEC sp_rename N'[Blogs].[Rating]', N'Stars', N'COLUMN';
    INSERT INTO [__EFMigrationsHistory] VALUES (N'2_More');
END;
COMMIT;
GO`,
  ],
  [
    'versioning switched off and on',
    `CREATE TABLE t (a int PRIMARY KEY) WITH (SYSTEM_VERSIONING = ON); GO
ALTER TABLE t SET (SYSTEM_VERSIONING = OFF (HISTORY_TABLE = h)); GO
CREATE TABLE u (a int, b datetime2) WITH (DATA_DELETION = ON (FILTER_COLUMN = b, RETENTION_PERIOD = 7 YEARS));
;
ALTER TABLE u SET (LOCK_ESCALATION = TABLE, SYSTEM_VERSIONING = ON (HISTORY_RETENTION_PERIOD = INFINITE))`,
  ],
  [
    'keys in a column with columns of their own',
    `CREATE TABLE [dbo].[Foo](
    [ID] [int] IDENTITY(1,1) NOT NULL
    CONSTRAINT [PK_Foo_ID] PRIMARY KEY CLUSTERED ([ID] ASC),
    [other_ID] [int] FOREIGN KEY REFERENCES [dbo].[Bar] (id) UNIQUE
    , Value4 AS a * b UNIQUE
    , more "my schema"."custom udt"
);
CREATE TABLE Bar (id int PRIMARY KEY)`,
  ],
];

/** Snippets with statements that the model does not hold, by name. */
export const KEPT: ReadonlySet<string> = new Set(['partitioned tables', 'permissions', 'other objects', 'synonyms that go again']);
