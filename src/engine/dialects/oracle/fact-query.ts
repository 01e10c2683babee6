import type { FactQuery } from '../base/fact-query.ts';

/**
 * `user_tables` and `user_tab_col_statistics` (Oracle Database Reference; JSON functions from 12.2 on). Not run by our tests,
 * which have no Oracle. Blocks are taken to be of 8 KB, the default; smallest and largest values are raw bytes there and left out.
 */
export const ORACLE_FACTS: FactQuery = {
  sql: `SELECT JSON_OBJECT(
  'relations' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT(
      'schema' VALUE USER, 'name' VALUE t.table_name, 'kind' VALUE 'r', 'rows' VALUE t.num_rows,
      'pages' VALUE t.blocks) RETURNING CLOB)
    FROM user_tables t WHERE t.num_rows IS NOT NULL) FORMAT JSON,
  'columns' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT(
      'schema' VALUE USER, 'table' VALUE c.table_name, 'name' VALUE c.column_name, 'distinct' VALUE c.num_distinct,
      'nullRows' VALUE c.num_nulls, 'width' VALUE c.avg_col_len) RETURNING CLOB)
    FROM user_tab_col_statistics c) FORMAT JSON
  RETURNING CLOB) AS facts FROM dual;`,
  hint: 'DBMS_STATS.GATHER_SCHEMA_STATS fills what is read here. In SQL*Plus: `SET LONG 100000000 LONGCHUNKSIZE 100000000 PAGESIZE 0 LINESIZE 32767`, then `SPOOL facts.json`.',
};
