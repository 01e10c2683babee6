import type { FactQuery } from '../base/fact-query.ts';

/** Rows and bytes of tables; of the first column of each index how many values differ. */
const RELATIONS = `(SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT(
      'schema', t.table_schema, 'name', t.table_name, 'kind', 'r', 'rows', t.table_rows, 'bytes', t.data_length)), JSON_ARRAY())
    FROM information_schema.tables t WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE')`;

const LEADING = `(SELECT s.table_schema, s.table_name, s.column_name, MAX(s.cardinality) AS differ
      FROM information_schema.statistics s
      WHERE s.table_schema = DATABASE() AND s.seq_in_index = 1 AND s.column_name IS NOT NULL
      GROUP BY s.table_schema, s.table_name, s.column_name)`;

/**
 * MySQL 8: `information_schema.tables`, `statistics` and `column_statistics` (Reference Manual 8.0, "INFORMATION_SCHEMA Tables",
 * "Optimizer Statistics"). Not run by our tests, which have no MySQL.
 */
export const MYSQL_FACTS: FactQuery = {
  sql: `SELECT JSON_OBJECT(
  'relations', ${RELATIONS},
  'columns', (SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT(
      'schema', c.table_schema, 'table', c.table_name, 'name', c.column_name, 'distinct', i.differ,
      'nulls', CAST(h.histogram ->> '$."null-values"' AS DOUBLE), 'histogram', h.histogram)), JSON_ARRAY())
    FROM information_schema.columns c
      LEFT JOIN ${LEADING} i
        ON i.table_schema = c.table_schema AND i.table_name = c.table_name AND i.column_name = c.column_name
      LEFT JOIN information_schema.column_statistics h
        ON h.schema_name = c.table_schema AND h.table_name = c.table_name AND h.column_name = c.column_name
    WHERE c.table_schema = DATABASE() AND (i.differ IS NOT NULL OR h.histogram IS NOT NULL))
) AS facts;`,
  hint: 'ANALYZE TABLE … UPDATE HISTOGRAM ON … makes histograms; without them it gives sizes and the first columns of indexes. `mysql -N -r -e "$(cat query.sql)" > facts.json`.',
};

/**
 * MariaDB 10.5 and later: the same, and `mysql.column_stats` (Knowledge Base, "Engine-Independent Table Statistics").
 * `avg_frequency` is how many rows have one value; a histogram is JSON from 10.8 on, where it is of the type JSON_HB.
 */
export const MARIADB_FACTS: FactQuery = {
  sql: `SELECT JSON_OBJECT(
  'relations', JSON_COMPACT(${RELATIONS}),
  'columns', JSON_COMPACT((SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT(
      'schema', c.table_schema, 'table', c.table_name, 'name', c.column_name,
      'distinct', COALESCE(ROUND((1 - h.nulls_ratio) * r.cardinality / NULLIF(h.avg_frequency, 0)), i.differ),
      'nulls', h.nulls_ratio, 'width', h.avg_length, 'min', h.min_value, 'max', h.max_value,
      'histogram', IF(h.hist_type = 'JSON_HB', CONVERT(h.histogram USING utf8mb4), NULL))), JSON_ARRAY())
    FROM information_schema.columns c
      LEFT JOIN ${LEADING} i
        ON i.table_schema = c.table_schema AND i.table_name = c.table_name AND i.column_name = c.column_name
      LEFT JOIN mysql.column_stats h
        ON h.db_name = c.table_schema AND h.table_name = c.table_name AND h.column_name = c.column_name
      LEFT JOIN mysql.table_stats r ON r.db_name = c.table_schema AND r.table_name = c.table_name
    WHERE c.table_schema = DATABASE() AND (i.differ IS NOT NULL OR h.column_name IS NOT NULL)))
) AS facts;`,
  hint: 'ANALYZE TABLE … PERSISTENT FOR ALL fills mysql.column_stats (with histogram_type = JSON_HB also histograms); without it it gives sizes and the first columns of indexes. `mariadb -N -r < query.sql > facts.json`.',
};
