type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const OWN = (column: string) => `${column} NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')`;

/** A line: what it is about, then `name=value` for each value. */
const line = (about: string, ...columns: readonly string[]) =>
  `CONCAT_WS(' ', ${about}${columns.map((column) => `, CONCAT('${column.toLowerCase()}=', COALESCE(${column}, '(null)'))`).join('')}) AS line`;

const NAMED = (kind: string, ...path: readonly string[]) => `CONCAT('${kind} ', CONCAT_WS('.', ${path.join(', ')}))`;

/** Rows of information_schema, each a line. */
const QUERIES: readonly string[] = [
  `SELECT ${line(NAMED('database', 'SCHEMA_NAME'), 'DEFAULT_CHARACTER_SET_NAME', 'DEFAULT_COLLATION_NAME', 'SCHEMA_COMMENT')}
   FROM information_schema.SCHEMATA WHERE ${OWN('SCHEMA_NAME')}`,
  `SELECT ${line(NAMED('table', 'TABLE_SCHEMA', 'TABLE_NAME'), 'TABLE_TYPE', 'ENGINE', 'ROW_FORMAT', 'TABLE_COLLATION', 'CREATE_OPTIONS')},
   IF(AUTO_INCREMENT > 1, CONCAT('next number of ', TABLE_SCHEMA, '.', TABLE_NAME, ' is ', AUTO_INCREMENT), NULL) AS more
   FROM information_schema.TABLES WHERE TABLE_TYPE <> 'SEQUENCE' AND ${OWN('TABLE_SCHEMA')}`,
  `SELECT CONCAT('comment on table ', TABLE_SCHEMA, '.', TABLE_NAME, ': ', TABLE_COMMENT) AS line FROM information_schema.TABLES
   WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_COMMENT <> '' AND ${OWN('TABLE_SCHEMA')}`,
  `SELECT ${line(NAMED('column', 'TABLE_SCHEMA', 'TABLE_NAME', 'COLUMN_NAME'), 'ORDINAL_POSITION', 'COLUMN_TYPE', 'CHARACTER_SET_NAME', 'COLLATION_NAME', 'IS_NULLABLE', 'COLUMN_DEFAULT', 'EXTRA', 'GENERATION_EXPRESSION')}
   FROM information_schema.COLUMNS WHERE ${OWN('TABLE_SCHEMA')}
   AND (TABLE_SCHEMA, TABLE_NAME) NOT IN (SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE')`,
  `SELECT CONCAT('comment on column ', TABLE_SCHEMA, '.', TABLE_NAME, '.', COLUMN_NAME, ': ', COLUMN_COMMENT) AS line
   FROM information_schema.COLUMNS WHERE COLUMN_COMMENT <> '' AND ${OWN('TABLE_SCHEMA')}`,
  `SELECT CONCAT('index ', TABLE_SCHEMA, '.', TABLE_NAME, '.', INDEX_NAME, ' unique=', 1 - NON_UNIQUE, ' type=', INDEX_TYPE, ' ignored=', IGNORED,
   ' comment=', INDEX_COMMENT, ' parts=', GROUP_CONCAT(CONCAT(COLUMN_NAME, IF(SUB_PART IS NULL, '', CONCAT('(', SUB_PART, ')')), ' ', COALESCE(COLLATION, '')) ORDER BY SEQ_IN_INDEX SEPARATOR ', ')) AS line
   FROM information_schema.STATISTICS WHERE ${OWN('TABLE_SCHEMA')}
   GROUP BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, NON_UNIQUE, INDEX_TYPE, IGNORED, INDEX_COMMENT`,
  `SELECT CONCAT('foreign key ', k.TABLE_SCHEMA, '.', k.TABLE_NAME, '.', k.CONSTRAINT_NAME, ' on delete=', r.DELETE_RULE, ' on update=', r.UPDATE_RULE, ' match=', r.MATCH_OPTION,
   ' to=', k.REFERENCED_TABLE_SCHEMA, '.', k.REFERENCED_TABLE_NAME, ' columns=', GROUP_CONCAT(CONCAT(k.COLUMN_NAME, ' -> ', k.REFERENCED_COLUMN_NAME) ORDER BY k.ORDINAL_POSITION SEPARATOR ', ')) AS line
   FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
   ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
   WHERE k.REFERENCED_TABLE_NAME IS NOT NULL AND ${OWN('k.TABLE_SCHEMA')}
   GROUP BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, r.DELETE_RULE, r.UPDATE_RULE, r.MATCH_OPTION, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME`,
  `SELECT ${line(NAMED('check', 'CONSTRAINT_SCHEMA', 'TABLE_NAME', 'CONSTRAINT_NAME'), 'LEVEL', 'CHECK_CLAUSE')}
   FROM information_schema.CHECK_CONSTRAINTS WHERE ${OWN('CONSTRAINT_SCHEMA')}`,
  `SELECT ${line(NAMED('partition', 'TABLE_SCHEMA', 'TABLE_NAME', 'PARTITION_NAME', `COALESCE(SUBPARTITION_NAME, '')`), 'PARTITION_ORDINAL_POSITION', 'SUBPARTITION_ORDINAL_POSITION', 'PARTITION_METHOD', 'SUBPARTITION_METHOD', 'PARTITION_EXPRESSION', 'SUBPARTITION_EXPRESSION', 'PARTITION_DESCRIPTION', 'PARTITION_COMMENT')}
   FROM information_schema.PARTITIONS WHERE PARTITION_NAME IS NOT NULL AND ${OWN('TABLE_SCHEMA')}`,
  `SELECT ${line(NAMED('view', 'TABLE_SCHEMA', 'TABLE_NAME'), 'CHECK_OPTION', 'DEFINER', 'SECURITY_TYPE', 'ALGORITHM', 'VIEW_DEFINITION')}
   FROM information_schema.VIEWS WHERE ${OWN('TABLE_SCHEMA')}`,
  `SELECT ${line(NAMED('trigger', 'TRIGGER_SCHEMA', 'TRIGGER_NAME'), 'EVENT_MANIPULATION', 'EVENT_OBJECT_SCHEMA', 'EVENT_OBJECT_TABLE', 'ACTION_ORDER', 'ACTION_TIMING', 'DEFINER', 'ACTION_STATEMENT')}
   FROM information_schema.TRIGGERS WHERE ${OWN('TRIGGER_SCHEMA')}`,
  `SELECT ${line(NAMED('routine', 'db', 'name'), 'type', 'param_list', 'returns', 'is_deterministic', 'sql_data_access', 'security_type', 'definer', 'comment', 'body')}
   FROM mysql.proc WHERE ${OWN('db')}`,
  `SELECT ${line(NAMED('event', 'EVENT_SCHEMA', 'EVENT_NAME'), 'DEFINER', 'EVENT_TYPE', 'EXECUTE_AT', 'INTERVAL_VALUE', 'INTERVAL_FIELD', 'STATUS', 'ON_COMPLETION', 'EVENT_COMMENT', 'EVENT_DEFINITION')}
   FROM information_schema.EVENTS WHERE ${OWN('EVENT_SCHEMA')}`,
];

/** Routines come as bytes. */
function textOf(said: unknown): string {
  if (typeof said !== 'string' && !Buffer.isBuffer(said)) throw new Error(`A line of the catalog is ${String(said)}.`);
  return said.toString();
}

const SEQUENCES = `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS n FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE'`;
const quoted = (name: unknown) => `\`${String(name).replaceAll('`', '``')}\``;

/**
 * What MariaDB's catalog says of everything but its own databases, as sorted lines. Not compared: the SQL mode that
 * routines and triggers remember, which is the session's and not the schema's.
 */
export async function mariadbCatalog(query: Query): Promise<string[]> {
  await query('SET SESSION group_concat_max_len = 1000000');
  const lines: string[] = [];
  for (const sql of QUERIES) {
    for (const { line: one, more } of await query(sql))
      lines.push(textOf(one), ...(more === undefined || more === null ? [] : [textOf(more)]));
  }
  for (const { s, n } of await query(SEQUENCES)) {
    const [row] = await query(
      `SELECT CONCAT_WS(' ', minimum_value, maximum_value, start_value, increment, cache_size, cycle_option) AS line FROM ${quoted(s)}.${quoted(n)}`,
    );
    lines.push(`sequence ${s}.${n} ${String(row?.['line'])}`);
  }
  return lines.toSorted();
}
