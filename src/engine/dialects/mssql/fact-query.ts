import type { FactQuery } from '../base/fact-query.ts';

/**
 * `sys.dm_db_partition_stats`, `sys.stats` and `sys.dm_db_stats_histogram` (SQL Server 2016 SP1 CU2 and later; Transact-SQL
 * Reference). Of each column the statistics that lead with it and were updated last. Not run by our tests, which have no SQL Server.
 */
export const MSSQL_FACTS: FactQuery = {
  sql: `SELECT (SELECT
  JSON_QUERY((SELECT s.name AS [schema], t.name AS [name], 'r' AS [kind],
      SUM(p.row_count) AS [rows], SUM(p.used_page_count) AS [pages]
    FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
      JOIN sys.dm_db_partition_stats p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
    GROUP BY s.name, t.name FOR JSON PATH)) AS [relations],
  JSON_QUERY((SELECT s.name AS [schema], t.name AS [table], c.name AS [name],
      (SELECT SUM(h.distinct_range_rows) + COUNT(h.range_high_key)
        FROM sys.dm_db_stats_histogram(st.object_id, st.stats_id) h) AS [distinct],
      (SELECT SUM(h.equal_rows) FROM sys.dm_db_stats_histogram(st.object_id, st.stats_id) h
        WHERE h.range_high_key IS NULL) AS [nullRows],
      JSON_QUERY((SELECT CONVERT(nvarchar(400), h.range_high_key, 126) AS [high], h.range_rows AS [range],
          h.equal_rows AS [equal], h.distinct_range_rows AS [distinct]
        FROM sys.dm_db_stats_histogram(st.object_id, st.stats_id) h
        WHERE h.range_high_key IS NOT NULL ORDER BY h.step_number FOR JSON PATH)) AS [histogram]
    FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
      JOIN sys.columns c ON c.object_id = t.object_id
      CROSS APPLY (SELECT TOP (1) x.object_id, x.stats_id
        FROM sys.stats x JOIN sys.stats_columns k
          ON k.object_id = x.object_id AND k.stats_id = x.stats_id AND k.stats_column_id = 1
          CROSS APPLY sys.dm_db_stats_properties(x.object_id, x.stats_id) d
        WHERE x.object_id = c.object_id AND k.column_id = c.column_id AND x.has_filter = 0
        ORDER BY d.last_updated DESC) st
    FOR JSON PATH)) AS [columns]
FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES) AS facts;`,
  hint: 'UPDATE STATISTICS keeps what is read here fresh. It needs VIEW DATABASE STATE. Take the value out whole: `sqlcmd -y 0 -i query.sql -o facts.json`.',
};
