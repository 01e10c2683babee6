/** SQL Server 2016 and later. The value is cast so that a client does not cut it into rows. */
export const MSSQL_CATALOG = `-- One row, one column: the catalog of this database as JSON. Nothing is changed, no rows are read.
-- sqlcmd -d DATABASE -y 0 -i catalog.sql -o catalog.json
SET NOCOUNT ON;
SELECT CAST((SELECT
  'crowfoot-catalog' AS [format], 1 AS [version], 'mssql' AS [dialect], CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS [server], DB_NAME() AS [database],
  JSON_QUERY((SELECT s.name, CAST(p.value AS nvarchar(max)) AS comment FROM sys.schemas s
    LEFT JOIN sys.extended_properties p ON p.class = 3 AND p.major_id = s.schema_id AND p.name = 'MS_Description'
    WHERE s.schema_id < 16384 AND s.name NOT IN ('sys', 'INFORMATION_SCHEMA', 'guest') FOR JSON PATH)) AS schemas,
  JSON_QUERY((SELECT SCHEMA_NAME(t.schema_id) AS [schema], t.name, CAST(p.value AS nvarchar(max)) AS comment,
    JSON_QUERY((SELECT c.name, CASE WHEN ty.name IN ('varchar', 'char', 'varbinary', 'binary') THEN ty.name + '(' + IIF(c.max_length = -1, 'max', CAST(c.max_length AS varchar(10))) + ')'
        WHEN ty.name IN ('nvarchar', 'nchar') THEN ty.name + '(' + IIF(c.max_length = -1, 'max', CAST(c.max_length / 2 AS varchar(10))) + ')'
        WHEN ty.name IN ('decimal', 'numeric') THEN ty.name + '(' + CAST(c.precision AS varchar(10)) + ',' + CAST(c.scale AS varchar(10)) + ')'
        WHEN ty.name IN ('datetime2', 'datetimeoffset', 'time') THEN ty.name + '(' + CAST(c.scale AS varchar(10)) + ')'
        ELSE ty.name END AS [type], CAST(c.is_nullable AS bit) AS nullable, d.definition AS [default], d.name AS defaultName,
        CASE WHEN c.is_identity = 1 THEN 'always' END AS [identity.mode], CAST(i.seed_value AS varchar(40)) AS [identity.start], CAST(i.increment_value AS varchar(40)) AS [identity.increment],
        g.definition AS [generated.expression], CASE WHEN g.definition IS NOT NULL THEN CAST(g.is_persisted AS bit) END AS [generated.stored],
        NULLIF(c.collation_name, CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS nvarchar(128))) AS collation, CAST(cp.value AS nvarchar(max)) AS comment
      FROM sys.columns c JOIN sys.types ty ON ty.user_type_id = c.user_type_id
      LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
      LEFT JOIN sys.identity_columns i ON i.object_id = c.object_id AND i.column_id = c.column_id
      LEFT JOIN sys.computed_columns g ON g.object_id = c.object_id AND g.column_id = c.column_id
      LEFT JOIN sys.extended_properties cp ON cp.class = 1 AND cp.major_id = c.object_id AND cp.minor_id = c.column_id AND cp.name = 'MS_Description'
      WHERE c.object_id = t.object_id ORDER BY c.column_id FOR JSON PATH)) AS columns,
    JSON_QUERY((SELECT x.name, CASE k.type WHEN 'PK' THEN 'primary' ELSE 'unique' END AS kind, CAST(IIF(x.type = 1, 1, 0) AS bit) AS clustered,
        JSON_QUERY((SELECT c.name FROM sys.index_columns ic JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
          WHERE ic.object_id = x.object_id AND ic.index_id = x.index_id AND ic.is_included_column = 0 ORDER BY ic.key_ordinal FOR JSON PATH)) AS columnNames
      FROM sys.key_constraints k JOIN sys.indexes x ON x.object_id = k.parent_object_id AND x.index_id = k.unique_index_id WHERE k.parent_object_id = t.object_id FOR JSON PATH)) AS keys,
    JSON_QUERY((SELECT k.name, k.definition AS expression, CAST(k.is_disabled AS bit) AS notEnforced FROM sys.check_constraints k WHERE k.parent_object_id = t.object_id FOR JSON PATH)) AS checks,
    JSON_QUERY((SELECT f.name, SCHEMA_NAME(o.schema_id) AS [schema], o.name AS [table],
        LOWER(REPLACE(NULLIF(f.delete_referential_action_desc, 'NO_ACTION'), '_', ' ')) AS onDelete, LOWER(REPLACE(NULLIF(f.update_referential_action_desc, 'NO_ACTION'), '_', ' ')) AS onUpdate,
        JSON_QUERY((SELECT a.name AS [column], b.name AS [references] FROM sys.foreign_key_columns fc
          JOIN sys.columns a ON a.object_id = fc.parent_object_id AND a.column_id = fc.parent_column_id
          JOIN sys.columns b ON b.object_id = fc.referenced_object_id AND b.column_id = fc.referenced_column_id
          WHERE fc.constraint_object_id = f.object_id ORDER BY fc.constraint_column_id FOR JSON PATH)) AS pairs
      FROM sys.foreign_keys f JOIN sys.objects o ON o.object_id = f.referenced_object_id WHERE f.parent_object_id = t.object_id FOR JSON PATH)) AS foreignKeys,
    JSON_QUERY((SELECT x.name, CAST(x.is_unique AS bit) AS [unique], CASE x.type WHEN 1 THEN CAST(1 AS bit) END AS clustered, x.filter_definition AS [where],
        JSON_QUERY((SELECT c.name AS [column], CASE ic.is_descending_key WHEN 1 THEN 'desc' END AS [order], CAST(ic.is_included_column AS bit) AS included
          FROM sys.index_columns ic JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
          WHERE ic.object_id = x.object_id AND ic.index_id = x.index_id ORDER BY ic.is_included_column, ic.key_ordinal, ic.index_column_id FOR JSON PATH)) AS elements
      FROM sys.indexes x WHERE x.object_id = t.object_id AND x.type IN (1, 2) AND x.is_primary_key = 0 AND x.is_unique_constraint = 0 FOR JSON PATH)) AS indexes
    FROM sys.tables t LEFT JOIN sys.extended_properties p ON p.class = 1 AND p.major_id = t.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
    WHERE t.is_ms_shipped = 0 ORDER BY SCHEMA_NAME(t.schema_id), t.name FOR JSON PATH)) AS tables,
  JSON_QUERY((SELECT SCHEMA_NAME(v.schema_id) AS [schema], v.name, m.definition AS [statement] FROM sys.views v JOIN sys.sql_modules m ON m.object_id = v.object_id
    WHERE v.is_ms_shipped = 0 ORDER BY SCHEMA_NAME(v.schema_id), v.name FOR JSON PATH)) AS views,
  (SELECT COUNT(*) FROM sys.objects WHERE type IN ('P', 'FN', 'IF', 'TF') AND is_ms_shipped = 0) AS [others.functions and procedures],
  (SELECT COUNT(*) FROM sys.triggers WHERE is_ms_shipped = 0) AS [others.triggers],
  (SELECT COUNT(*) FROM sys.sequences) AS [others.sequences]
FOR JSON PATH, WITHOUT_ARRAY_WRAPPER) AS nvarchar(max)) AS catalog;
`;
