/** What both read in the same way; `$` stands where they differ. */
function query(own: {
  readonly run: string;
  readonly dialect: string;
  readonly default: string;
  readonly expression: string;
  readonly checks: string;
}): string {
  return `-- One row, one column: the catalog of the database in use as JSON. Nothing is changed, no rows are read.
-- ${own.run} -N -r DATABASE < catalog.sql > catalog.json
SET SESSION group_concat_max_len = 4294967295;
SELECT JSON_OBJECT(
  'format', 'crowfoot-catalog', 'version', 1, 'dialect', '${own.dialect}', 'server', VERSION(), 'database', DATABASE(),
  'tables', (SELECT JSON_ARRAYAGG(JSON_OBJECT(
      'name', t.TABLE_NAME, 'comment', NULLIF(t.TABLE_COMMENT, ''), 'engine', t.ENGINE, 'collation', t.TABLE_COLLATION,
      'columns', (SELECT JSON_ARRAYAGG(JSON_OBJECT('position', c.ORDINAL_POSITION, 'name', c.COLUMN_NAME, 'type', c.COLUMN_TYPE, 'nullable', c.IS_NULLABLE = 'YES',
          'default', ${own.default}, 'extra', c.EXTRA, 'generation', NULLIF(c.GENERATION_EXPRESSION, ''),
          'charset', c.CHARACTER_SET_NAME, 'collation', c.COLLATION_NAME, 'comment', NULLIF(c.COLUMN_COMMENT, '')))
        FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME),
      'statistics', (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', s.INDEX_NAME, 'position', s.SEQ_IN_INDEX, 'column', s.COLUMN_NAME, 'expression', ${own.expression},
          'unique', s.NON_UNIQUE = 0, 'length', s.SUB_PART, 'order', CASE s.COLLATION WHEN 'D' THEN 'desc' END, 'method', LOWER(s.INDEX_TYPE), 'comment', NULLIF(s.INDEX_COMMENT, '')))
        FROM information_schema.STATISTICS s WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME),
      'usage', (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', u.CONSTRAINT_NAME, 'position', u.ORDINAL_POSITION, 'column', u.COLUMN_NAME,
          'schema', NULLIF(u.REFERENCED_TABLE_SCHEMA, DATABASE()), 'table', u.REFERENCED_TABLE_NAME, 'references', u.REFERENCED_COLUMN_NAME,
          'onDelete', LOWER(r.DELETE_RULE), 'onUpdate', LOWER(r.UPDATE_RULE)))
        FROM information_schema.KEY_COLUMN_USAGE u JOIN information_schema.REFERENTIAL_CONSTRAINTS r
          ON r.CONSTRAINT_SCHEMA = u.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = u.CONSTRAINT_NAME AND r.TABLE_NAME = u.TABLE_NAME
        WHERE u.TABLE_SCHEMA = t.TABLE_SCHEMA AND u.TABLE_NAME = t.TABLE_NAME AND u.REFERENCED_TABLE_NAME IS NOT NULL),
      'checks', ${own.checks}))
    FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE'),
  'views', (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', v.TABLE_NAME, 'query', v.VIEW_DEFINITION)) FROM information_schema.VIEWS v WHERE v.TABLE_SCHEMA = DATABASE()),
  'others', JSON_OBJECT(
    'functions and procedures', (SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()),
    'triggers', (SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()),
    'partitions', (SELECT COUNT(*) FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = DATABASE() AND PARTITION_NAME IS NOT NULL))
) AS catalog;
`;
}

/** MySQL tells a default's text without quotes; whether it is an expression is in `EXTRA`. */
export const MYSQL_CATALOG = query({
  run: 'mysql',
  dialect: 'mysql',
  default: `CASE WHEN c.COLUMN_DEFAULT IS NULL THEN NULL
            WHEN c.EXTRA LIKE '%DEFAULT_GENERATED%' THEN IF(c.COLUMN_DEFAULT LIKE 'CURRENT\\_TIMESTAMP%', c.COLUMN_DEFAULT, CONCAT('(', c.COLUMN_DEFAULT, ')'))
            WHEN c.COLUMN_DEFAULT LIKE 'CURRENT\\_TIMESTAMP%' AND c.DATA_TYPE IN ('datetime', 'timestamp') THEN c.COLUMN_DEFAULT
            WHEN c.NUMERIC_PRECISION IS NOT NULL OR c.DATA_TYPE = 'bit' THEN c.COLUMN_DEFAULT ELSE QUOTE(c.COLUMN_DEFAULT) END`,
  expression: 's.EXPRESSION',
  checks: `(SELECT JSON_ARRAYAGG(JSON_OBJECT('name', k.CONSTRAINT_NAME, 'expression', k.CHECK_CLAUSE))
        FROM information_schema.CHECK_CONSTRAINTS k JOIN information_schema.TABLE_CONSTRAINTS n
          ON n.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND n.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND n.CONSTRAINT_TYPE = 'CHECK'
        WHERE n.TABLE_SCHEMA = t.TABLE_SCHEMA AND n.TABLE_NAME = t.TABLE_NAME)`,
});

/** MariaDB tells a default as SQL, has no indexes on expressions, and names the table of a check. */
export const MARIADB_CATALOG = query({
  run: 'mariadb',
  dialect: 'mariadb',
  default: `NULLIF(c.COLUMN_DEFAULT, 'NULL')`,
  expression: 'NULL',
  checks: `(SELECT JSON_ARRAYAGG(JSON_OBJECT('name', k.CONSTRAINT_NAME, 'expression', k.CHECK_CLAUSE, 'column', k.LEVEL = 'Column'))
        FROM information_schema.CHECK_CONSTRAINTS k WHERE k.CONSTRAINT_SCHEMA = t.TABLE_SCHEMA AND k.TABLE_NAME = t.TABLE_NAME)`,
});
