import type { FactQuery } from '../base/fact-query.ts';

/** `sqlite_stat1` (SQLite documentation, "ANALYZE"): rows of an index, then rows for each value of its first column, and so on. */
export const SQLITE_FACTS: FactQuery = {
  sql: `SELECT json_object(
  'relations', json((SELECT json_group_array(json_object('schema', 'main', 'name', tbl, 'kind', 'r', 'rows', total))
    FROM (SELECT tbl, max(CAST(stat AS INTEGER)) AS total FROM sqlite_stat1 GROUP BY tbl))),
  'columns', json((SELECT json_group_array(json_object('schema', 'main', 'table', tbl, 'name', col, 'distinct', differ))
    FROM (SELECT s.tbl, i.name AS col,
        max(CAST(s.stat AS INTEGER) / max(1, CAST(substr(s.stat, instr(s.stat, ' ') + 1) AS INTEGER))) AS differ
      FROM sqlite_stat1 s JOIN pragma_index_info(s.idx) i ON i.seqno = 0
      WHERE i.name IS NOT NULL AND instr(s.stat, ' ') > 0 GROUP BY s.tbl, i.name)))
) AS facts;`,
  hint: 'Run ANALYZE first: it makes the table sqlite_stat1 that is read here. `sqlite3 file.db < query.sql > facts.json`.',
};
