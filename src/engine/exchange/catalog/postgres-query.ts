/** For psql, or any client that shows one value whole. PostgreSQL 12 and later: newer columns of the catalog are looked up by name. */
export const POSTGRES_CATALOG = `-- One row, one column: the catalog of this database as JSON. Nothing is changed, no rows are read.
-- psql -X -At -d DATABASE -f catalog.sql > catalog.json
WITH ns AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(toast|temp)'
), owned AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), rel AS (
  SELECT c.*, ns.nspname FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM owned WHERE classid = 'pg_class'::regclass AND objid = c.oid)
), col AS (
  SELECT a.*, t.typtype, t.typname, tn.nspname AS typschema, e.typname AS elemname, e.typtype AS elemtype, en.nspname AS elemschema,
    pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM pg_attribute a JOIN rel ON rel.oid = a.attrelid AND rel.relkind IN ('r', 'p', 'c', 'f')
  JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace tn ON tn.oid = t.typnamespace
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' LEFT JOIN pg_namespace en ON en.oid = e.typnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
)
SELECT json_build_object(
  'format', 'crowfoot-catalog', 'version', 1, 'dialect', 'postgresql',
  'server', current_setting('server_version'), 'database', current_database(),
  'schemas', (SELECT json_agg(json_build_object('name', nspname, 'comment', obj_description(oid, 'pg_namespace')) ORDER BY nspname) FROM ns
    WHERE NOT EXISTS (SELECT FROM owned WHERE classid = 'pg_namespace'::regclass AND objid = ns.oid)),
  'types', (SELECT json_agg(json_build_object(
      'kind', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'composite' END,
      'schema', ns.nspname, 'name', t.typname, 'comment', obj_description(t.oid, 'pg_type'),
      'values', CASE t.typtype WHEN 'e' THEN (SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) END,
      'type', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
      'nullable', NOT t.typnotnull, 'default', t.typdefault,
      'checks', CASE t.typtype WHEN 'd' THEN (SELECT json_agg(json_build_object('name', conname, 'expression', pg_get_expr(conbin, 0)) ORDER BY conname)
        FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') END,
      'attributes', CASE t.typtype WHEN 'c' THEN (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped) END) ORDER BY t.oid)
    FROM pg_type t JOIN ns ON ns.oid = t.typnamespace LEFT JOIN pg_class k ON k.oid = t.typrelid
    WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND k.relkind = 'c'))
      AND NOT EXISTS (SELECT FROM owned WHERE classid = 'pg_type'::regclass AND objid = t.oid)),
  'sequences', (SELECT json_agg(json_build_object(
      'schema', rel.nspname, 'name', rel.relname, 'type', format_type(s.seqtypid, NULL), 'start', s.seqstart::text, 'increment', s.seqincrement::text,
      'cycle', s.seqcycle, 'ownedBy', (SELECT json_build_object('schema', o.nspname, 'table', o.relname, 'column', a.attname)
        FROM pg_depend d JOIN rel o ON o.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.deptype = 'a' LIMIT 1)) ORDER BY rel.nspname, rel.relname)
    FROM rel JOIN pg_sequence s ON s.seqrelid = rel.oid
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = rel.oid AND deptype = 'i')),
  'tables', (SELECT json_agg(json_build_object(
      'schema', rel.nspname, 'name', rel.relname, 'comment', obj_description(rel.oid, 'pg_class'),
      'persistence', CASE rel.relpersistence WHEN 'u' THEN 'unlogged' END,
      'rowSecurity', CASE WHEN rel.relforcerowsecurity THEN 'forced' WHEN rel.relrowsecurity THEN 'enabled' END,
      'partitionBy', (SELECT json_build_object('strategy', CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END,
          'definition', pg_get_partkeydef(rel.oid), 'columns', (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(p.partattrs) WITH ORDINALITY k(num, n)
            LEFT JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = k.num AND k.num > 0),
          'expression', pg_get_expr(p.partexprs, rel.oid)) FROM pg_partitioned_table p WHERE p.partrelid = rel.oid),
      'partitionOf', CASE WHEN rel.relispartition THEN (SELECT json_build_object('schema', o.nspname, 'name', o.relname, 'bound', pg_get_expr(rel.relpartbound, rel.oid))
          FROM pg_inherits i JOIN rel o ON o.oid = i.inhparent WHERE i.inhrelid = rel.oid) END,
      'inherits', CASE WHEN NOT rel.relispartition THEN (SELECT json_agg(json_build_object('schema', o.nspname, 'name', o.relname) ORDER BY i.inhseqno)
          FROM pg_inherits i JOIN rel o ON o.oid = i.inhparent WHERE i.inhrelid = rel.oid) END,
      'columns', (SELECT json_agg(json_build_object('name', col.attname,
          'type', CASE WHEN coalesce(col.elemschema, col.typschema) = 'pg_catalog' THEN format_type(col.atttypid, col.atttypmod) END,
          'custom', CASE WHEN coalesce(col.elemschema, col.typschema) <> 'pg_catalog' THEN json_build_object(
            'schema', coalesce(col.elemschema, col.typschema), 'name', coalesce(col.elemname, col.typname), 'dims', CASE WHEN col.elemname IS NULL THEN 0 ELSE greatest(col.attndims, 1) END,
            'text', format_type(col.atttypid, col.atttypmod)) END,
          'nullable', NOT col.attnotnull, 'default', CASE WHEN col.attgenerated = '' THEN col.expression END,
          'generated', CASE WHEN col.attgenerated <> '' THEN json_build_object('expression', col.expression, 'stored', col.attgenerated = 's') END,
          'identity', CASE col.attidentity WHEN 'a' THEN json_build_object('mode', 'always') WHEN 'd' THEN json_build_object('mode', 'by default') END,
          'collation', (SELECT quote_ident(collname) FROM pg_collation WHERE oid = col.attcollation AND collname <> 'default'
            AND col.attcollation <> (SELECT typcollation FROM pg_type WHERE oid = col.atttypid)),
          'comment', col_description(rel.oid, col.attnum)) ORDER BY col.attnum) FROM col WHERE col.attrelid = rel.oid AND col.attislocal),
      'keys', (SELECT json_agg(json_build_object('kind', CASE k.contype WHEN 'p' THEN 'primary' ELSE 'unique' END, 'name', k.conname,
          'columns', (SELECT json_agg(a.attname ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = x.num),
          'include', (SELECT json_agg(a.attname ORDER BY x.n) FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = x.num
            WHERE i.indexrelid = k.conindid AND x.n > i.indnkeyatts),
          'nullsNotDistinct', (SELECT (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean FROM pg_index i WHERE i.indexrelid = k.conindid),
          'deferral', CASE WHEN k.condeferred THEN 'initially deferred' WHEN k.condeferrable THEN 'deferrable' END,
          'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY k.contype, k.conname) FROM pg_constraint k WHERE k.conrelid = rel.oid AND k.contype IN ('p', 'u') AND k.conparentid = 0),
      'checks', (SELECT json_agg(json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, k.conrelid), 'noInherit', k.connoinherit, 'notValid', NOT k.convalidated,
          'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname) FROM pg_constraint k WHERE k.conrelid = rel.oid AND k.contype = 'c' AND k.conislocal AND k.conparentid = 0),
      'foreignKeys', (SELECT json_agg(json_build_object('name', k.conname, 'schema', o.nspname, 'table', o.relname,
          'columns', (SELECT json_agg(a.attname ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num),
          'references', (SELECT json_agg(a.attname ORDER BY x.n) FROM unnest(k.confkey) WITH ORDINALITY x(num, n) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.num),
          'onDelete', CASE k.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END,
          'onUpdate', CASE k.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END,
          'onDeleteColumns', (SELECT json_agg(a.attname) FROM jsonb_array_elements_text(CASE jsonb_typeof(to_jsonb(k) -> 'confdelsetcols') WHEN 'array' THEN to_jsonb(k) -> 'confdelsetcols' ELSE '[]' END) x(num)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num::int),
          'match', CASE k.confmatchtype WHEN 'f' THEN 'full' END, 'notValid', NOT k.convalidated,
          'deferral', CASE WHEN k.condeferred THEN 'initially deferred' WHEN k.condeferrable THEN 'deferrable' END,
          'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname)
        FROM pg_constraint k JOIN rel o ON o.oid = k.confrelid WHERE k.conrelid = rel.oid AND k.contype = 'f' AND k.conparentid = 0),
      'indexes', (SELECT json_agg(json_build_object('name', x.relname, 'unique', i.indisunique, 'method', m.amname, 'where', pg_get_expr(i.indpred, i.indrelid),
          'nullsNotDistinct', (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, 'comment', obj_description(x.oid, 'pg_class'),
          'elements', (SELECT json_agg(json_build_object('column', a.attname, 'expression', CASE WHEN a.attname IS NULL THEN pg_get_indexdef(x.oid, n, true) END,
              'order', CASE WHEN i.indoption[n - 1] & 1 = 1 THEN 'desc' END,
              'nulls', CASE WHEN i.indoption[n - 1] & 3 = 2 THEN 'first' WHEN i.indoption[n - 1] & 3 = 1 THEN 'last' END,
              'operatorClass', (SELECT quote_ident(opcname) FROM pg_opclass WHERE oid = i.indclass[n - 1] AND NOT opcdefault)) ORDER BY n)
            FROM generate_series(1, i.indnkeyatts) n LEFT JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = i.indkey[n - 1] AND i.indkey[n - 1] <> 0),
          'include', (SELECT json_agg(a.attname ORDER BY n) FROM generate_series(i.indnkeyatts + 1, i.indnatts) n JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = i.indkey[n - 1])) ORDER BY x.relname)
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
        WHERE i.indrelid = rel.oid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
          AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = i.indexrelid))) ORDER BY rel.nspname, rel.relname)
    FROM rel WHERE rel.relkind IN ('r', 'p')),
  'views', (SELECT json_agg(json_build_object('schema', rel.nspname, 'name', rel.relname, 'materialized', rel.relkind = 'm',
      'query', pg_get_viewdef(rel.oid, true), 'options', rel.reloptions, 'comment', obj_description(rel.oid, 'pg_class')) ORDER BY rel.nspname, rel.relname) FROM rel WHERE rel.relkind IN ('v', 'm')),
  'others', json_build_object(
    'functions and procedures', (SELECT count(*) FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace WHERE NOT EXISTS (SELECT FROM owned WHERE classid = 'pg_proc'::regclass AND objid = p.oid)),
    'triggers', (SELECT count(*) FROM pg_trigger t JOIN rel ON rel.oid = t.tgrelid WHERE NOT t.tgisinternal),
    'policies', (SELECT count(*) FROM pg_policy p JOIN rel ON rel.oid = p.polrelid),
    'exclusion constraints', (SELECT count(*) FROM pg_constraint k JOIN rel ON rel.oid = k.conrelid WHERE k.contype = 'x'),
    'rules', (SELECT count(*) FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class WHERE r.rulename <> '_RETURN'),
    'indexes of materialized views', (SELECT count(*) FROM pg_index i JOIN rel ON rel.oid = i.indrelid AND rel.relkind = 'm'),
    'foreign tables', (SELECT count(*) FROM rel WHERE relkind = 'f'))
) AS catalog;
`;
