/**
 * Key words of PostgreSQL 14 to 18 by category, as its scanner reports them (`src/include/parser/kwlist.h`). The newest
 * version's list contains the older ones'. Unreserved key words need no quotes anywhere and are not listed.
 */

export type WordCategory = 'reserved' | 'typeFunc' | 'colName';

/** May be no name at all unless quoted. */
const RESERVED =
  'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
  'current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc ' +
  'distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral ' +
  'leading limit localtime localtimestamp not null offset on only or order placing primary references returning ' +
  'select session_user some symmetric system_user table then to trailing true union unique user using variadic when ' +
  'where window with';

/** May name a type or a function, but neither a column nor a table. */
const TYPE_FUNC =
  'authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like ' +
  'natural notnull outer overlaps right similar tablesample verbose';

/** May name a column or a table, but neither a type nor a function. */
const COL_NAME =
  'between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int ' +
  'integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar ' +
  'json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay ' +
  'position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes ' +
  'xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable';

function categories(): ReadonlyMap<string, WordCategory> {
  const map = new Map<string, WordCategory>();
  for (const word of RESERVED.split(' ')) map.set(word, 'reserved');
  for (const word of TYPE_FUNC.split(' ')) map.set(word, 'typeFunc');
  for (const word of COL_NAME.split(' ')) map.set(word, 'colName');
  return map;
}

const CATEGORY = categories();

/**
 * What kind of key word a name is, letter case aside.
 * @returns undefined for names that PostgreSQL takes unquoted as anything (unreserved key words included).
 */
export function wordCategory(name: string): WordCategory | undefined {
  return CATEGORY.get(name.toLowerCase());
}
