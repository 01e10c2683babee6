/**
 * The query that a person runs in production; its one value is pasted here. It reads what the planner of that server knows
 * (`pg_class`, `pg_stats`), no rows: beside sizes these are common values and histogram bounds of columns.
 */
export const PRODUCTION_QUERY = `SELECT json_build_object(
  'version', current_setting('server_version_num')::integer,
  'relations', (SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'pages', c.relpages, 'rows', c.reltuples,
      'visible', c.relallvisible, 'table', t.relname) ORDER BY n.nspname, c.relname), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
    WHERE c.relkind IN ('r', 'p', 'm', 'i') AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')),
  'columns', (SELECT coalesce(json_agg(json_build_object(
      'schema', schemaname, 'table', tablename, 'name', attname, 'nulls', null_frac, 'width', avg_width,
      'distinct', n_distinct, 'values', to_json(most_common_vals::text::text[]), 'shares', to_json(most_common_freqs),
      'bounds', to_json(histogram_bounds::text::text[]), 'correlation', correlation)
      ORDER BY schemaname, tablename, attname), '[]')
    FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
      -- Of a partitioned table, what is known of all its partitions.
      AND inherited = EXISTS (SELECT FROM pg_class p JOIN pg_namespace s ON s.oid = p.relnamespace
        WHERE s.nspname = schemaname AND p.relname = tablename AND p.relkind = 'p'))
)::text AS facts;`;
