/** Oracle 12.2 and later. Defaults are of the type LONG, which only XML can turn into text. */
export const ORACLE_CATALOG = `-- One row, one column: the catalog of this user's schema as JSON. Nothing is changed, no rows are read.
-- sqlplus -S USER @catalog.sql > catalog.json
SET LONG 200000000 LONGCHUNKSIZE 32767 LINESIZE 32767 PAGESIZE 0 TRIMSPOOL ON FEEDBACK OFF HEADING OFF
SELECT JSON_OBJECT(
  'format' VALUE 'crowfoot-catalog', 'version' VALUE 1, 'dialect' VALUE 'oracle', 'database' VALUE USER,
  'tables' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT(
      'name' VALUE t.table_name, 'comment' VALUE tc.comments,
      'columns' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT('position' VALUE c.column_id, 'name' VALUE c.column_name,
          'type' VALUE CASE WHEN c.data_type IN ('VARCHAR2', 'CHAR') THEN LOWER(c.data_type) || '(' || c.char_length || CASE c.char_used WHEN 'C' THEN ' char' ELSE '' END || ')'
            WHEN c.data_type IN ('NVARCHAR2', 'NCHAR') THEN LOWER(c.data_type) || '(' || c.char_length || ')'
            WHEN c.data_type = 'NUMBER' AND c.data_precision IS NOT NULL THEN 'number(' || c.data_precision || ',' || NVL(c.data_scale, 0) || ')'
            WHEN c.data_type = 'NUMBER' AND c.data_scale = 0 THEN 'number(*,0)' WHEN c.data_type = 'FLOAT' THEN 'float(' || c.data_precision || ')'
            WHEN c.data_type = 'RAW' THEN 'raw(' || c.data_length || ')' ELSE LOWER(c.data_type) END,
          'nullable' VALUE CASE c.nullable WHEN 'Y' THEN 'true' ELSE 'false' END FORMAT JSON,
          'default' VALUE CASE WHEN c.virtual_column = 'NO' AND c.identity_column = 'NO' AND c.default_length IS NOT NULL THEN TRIM(DBMS_XMLGEN.CONVERT(EXTRACTVALUE(DBMS_XMLGEN.GETXMLTYPE(
              'SELECT data_default d FROM user_tab_columns WHERE table_name = ''' || REPLACE(c.table_name, '''', '''''') || ''' AND column_name = ''' || REPLACE(c.column_name, '''', '''''') || ''''), '//D'), 1)) END,
          'generated' VALUE CASE WHEN c.virtual_column = 'YES' THEN JSON_OBJECT('expression' VALUE DBMS_XMLGEN.CONVERT(EXTRACTVALUE(DBMS_XMLGEN.GETXMLTYPE(
              'SELECT data_default d FROM user_tab_cols WHERE table_name = ''' || REPLACE(c.table_name, '''', '''''') || ''' AND column_name = ''' || REPLACE(c.column_name, '''', '''''') || ''''), '//D'), 1),
              'stored' VALUE 'false' FORMAT JSON) END FORMAT JSON,
          'identity' VALUE (SELECT JSON_OBJECT('mode' VALUE LOWER(i.generation_type)) FROM user_tab_identity_cols i WHERE i.table_name = c.table_name AND i.column_name = c.column_name) FORMAT JSON,
          'comment' VALUE cc.comments RETURNING CLOB) ORDER BY c.column_id RETURNING CLOB)
        FROM user_tab_cols c LEFT JOIN user_col_comments cc ON cc.table_name = c.table_name AND cc.column_name = c.column_name
        WHERE c.table_name = t.table_name AND c.hidden_column = 'NO') FORMAT JSON,
      'constraints' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT('name' VALUE k.constraint_name, 'kind' VALUE k.constraint_type, 'expression' VALUE k.search_condition_vc,
          'generatedName' VALUE CASE k.generated WHEN 'GENERATED NAME' THEN 'true' ELSE 'false' END FORMAT JSON,
          'deferral' VALUE CASE WHEN k.deferred = 'DEFERRED' THEN 'initially deferred' WHEN k.deferrable = 'DEFERRABLE' THEN 'deferrable' END,
          'table' VALUE r.table_name, 'onDelete' VALUE LOWER(NULLIF(k.delete_rule, 'NO ACTION')),
          'columns' VALUE (SELECT JSON_ARRAYAGG(n.column_name ORDER BY n.position) FROM user_cons_columns n WHERE n.constraint_name = k.constraint_name) FORMAT JSON,
          'references' VALUE (SELECT JSON_ARRAYAGG(n.column_name ORDER BY n.position) FROM user_cons_columns n WHERE n.constraint_name = k.r_constraint_name) FORMAT JSON
          RETURNING CLOB) ORDER BY k.constraint_name RETURNING CLOB)
        FROM user_constraints k LEFT JOIN user_constraints r ON r.constraint_name = k.r_constraint_name WHERE k.table_name = t.table_name AND k.constraint_type IN ('P', 'U', 'R', 'C')) FORMAT JSON,
      'indexes' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT('name' VALUE x.index_name, 'unique' VALUE CASE x.uniqueness WHEN 'UNIQUE' THEN 'true' ELSE 'false' END FORMAT JSON,
          'method' VALUE CASE WHEN x.index_type LIKE '%BITMAP' THEN 'bitmap' END,
          'elements' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT('column' VALUE CASE WHEN NOT EXISTS (SELECT 1 FROM user_ind_expressions e WHERE e.index_name = n.index_name AND e.column_position = n.column_position) THEN n.column_name END,
              'expression' VALUE (SELECT DBMS_XMLGEN.CONVERT(EXTRACTVALUE(DBMS_XMLGEN.GETXMLTYPE('SELECT column_expression d FROM user_ind_expressions WHERE index_name = ''' || REPLACE(e.index_name, '''', '''''') || ''' AND column_position = ' || e.column_position), '//D'), 1)
                FROM user_ind_expressions e WHERE e.index_name = n.index_name AND e.column_position = n.column_position),
              'order' VALUE CASE n.descend WHEN 'DESC' THEN 'desc' END) ORDER BY n.column_position RETURNING CLOB) FROM user_ind_columns n WHERE n.index_name = x.index_name) FORMAT JSON
          RETURNING CLOB) ORDER BY x.index_name RETURNING CLOB)
        FROM user_indexes x WHERE x.table_name = t.table_name AND x.index_type NOT IN ('LOB', 'IOT - TOP')
          AND NOT EXISTS (SELECT 1 FROM user_constraints k WHERE k.index_name = x.index_name AND k.constraint_type IN ('P', 'U'))) FORMAT JSON
      RETURNING CLOB) ORDER BY t.table_name RETURNING CLOB)
    FROM user_tables t LEFT JOIN user_tab_comments tc ON tc.table_name = t.table_name WHERE t.nested = 'NO' AND t.secondary = 'N' AND t.dropped = 'NO') FORMAT JSON,
  'views' VALUE (SELECT JSON_ARRAYAGG(JSON_OBJECT('name' VALUE v.view_name, 'query' VALUE v.text_vc, 'comment' VALUE vc.comments RETURNING CLOB) ORDER BY v.view_name RETURNING CLOB)
    FROM user_views v LEFT JOIN user_tab_comments vc ON vc.table_name = v.view_name) FORMAT JSON,
  'others' VALUE JSON_OBJECT('functions and procedures' VALUE (SELECT COUNT(*) FROM user_procedures), 'triggers' VALUE (SELECT COUNT(*) FROM user_triggers),
    'sequences' VALUE (SELECT COUNT(*) FROM user_sequences WHERE sequence_name NOT LIKE 'ISEQ$$%'), 'synonyms' VALUE (SELECT COUNT(*) FROM user_synonyms)) FORMAT JSON
  RETURNING CLOB) AS catalog FROM dual;
`;
