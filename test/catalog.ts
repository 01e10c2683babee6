/** Whatever answers queries of PostgreSQL. */
interface Queried {
  query<T>(sql: string): Promise<T[]>;
}

/** Objects of people: not PostgreSQL's own, not made by an extension, not temporary. */
const OWN = (catalog: string, alias: string) =>
  `${alias}.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${alias}.oid AND e.deptype = 'e')`;

const RELATIONS = `
SELECT format('relation %s.%s kind=%s persistence=%s rls=%s/%s identity=%s options=%s am=%s tablespace=%s partition=%s bound=%s inherits=%s owner=%s acl=%s',
  n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
  c.reloptions, (SELECT amname FROM pg_am WHERE oid = c.relam), c.reltablespace, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
  (SELECT array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
  pg_get_userbyid(c.relowner), c.relacl) AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c', 'f') AND n.nspname !~ '^pg_' AND ${OWN('pg_class', 'c')}`;

const COLUMNS = `
SELECT format('column %s.%s.%s at=%s type=%s notnull=%s default=%s identity=%s generated=%s collation=%s storage=%s compression=%s statistics=%s options=%s acl=%s',
  n.nspname, c.relname, a.attname,
  CASE WHEN c.relispartition THEN NULL ELSE row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum) END,
  format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
  (SELECT collname FROM pg_collation o WHERE o.oid = a.attcollation), a.attstorage, a.attcompression, a.attstattarget, a.attoptions, a.attacl) AS line
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'c', 'f') AND n.nspname !~ '^pg_' AND ${OWN('pg_class', 'c')}`;

/**
 * A partition attached to its parent and one created of it differ in the invented names of their inherited NOT NULL
 * constraints, so those names are not compared.
 */
const CONSTRAINTS = `
SELECT format('constraint on %s %s: %s valid=%s enforced=%s inherited=%s',
  coalesce(nullif(c.conrelid, 0)::regclass::text, c.contypid::regtype::text),
  CASE WHEN c.contype = 'n' AND (SELECT relispartition FROM pg_class WHERE oid = c.conrelid) THEN '(not null)' ELSE c.conname END,
  pg_get_constraintdef(c.oid), c.convalidated, c.conenforced, c.conparentid <> 0) AS line
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname !~ '^pg_' AND ${OWN('pg_constraint', 'c')}
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = coalesce(nullif(c.conrelid, 0), c.contypid) AND e.deptype = 'e')`;

const INDEXES = `
SELECT format('index %s valid=%s ready=%s clustered=%s identity=%s primary=%s attached=%s owner=%s tablespace=%s', pg_get_indexdef(i.indexrelid),
  i.indisvalid, i.indisready, i.indisclustered, i.indisreplident, i.indisprimary,
  (SELECT h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = i.indexrelid), pg_get_userbyid(c.relowner), c.reltablespace) AS line
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND ${OWN('pg_class', 'c')}`;

const TYPES = `
SELECT format('type %s.%s kind=%s labels=%s base=%s notnull=%s default=%s collation=%s range=%s owner=%s acl=%s', n.nspname, t.typname, t.typtype,
  (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, pg_get_expr(t.typdefaultbin, 0),
  (SELECT collname FROM pg_collation o WHERE o.oid = t.typcollation),
  (SELECT format('%s %s %s %s %s %s', r.rngsubtype::regtype, r.rngmultitypid::regtype, r.rngcollation::regcollation,
    (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc), r.rngcanonical, r.rngsubdiff) FROM pg_range r WHERE r.rngtypid = t.oid),
  pg_get_userbyid(t.typowner), t.typacl) AS line
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r', 'm', 'c') AND n.nspname !~ '^pg_' AND ${OWN('pg_type', 't')}
  AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')`;

const SEQUENCES = `
SELECT format('sequence %s type=%s start=%s increment=%s min=%s max=%s cache=%s cycle=%s owned=%s', s.seqrelid::regclass, s.seqtypid::regtype,
  s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
  (SELECT format('%s.%s %s', d.refobjid::regclass, a.attname, d.deptype) FROM pg_depend d
   JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
   WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i'))) AS line
FROM pg_sequence s WHERE s.seqrelid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = s.seqrelid AND e.deptype = 'e')`;

const OTHERS = [
  `SELECT format('schema %s owner=%s acl=%s', n.nspname, pg_get_userbyid(n.nspowner), n.nspacl) AS line FROM pg_namespace n WHERE ${OWN('pg_namespace', 'n')} AND n.nspname !~ '^pg_'`,
  `SELECT format('extension %s in %s', extname, extnamespace::regnamespace) AS line FROM pg_extension WHERE extname <> 'plpgsql'`,
  `SELECT format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid)) AS line FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND ${OWN('pg_class', 'c')}`,
  `SELECT format('policy %s on %s command=%s permissive=%s roles=%s using=%s check=%s', p.polname, p.polrelid::regclass, p.polcmd, p.polpermissive,
   (SELECT array_agg(CASE WHEN r = 0 THEN 'public' ELSE pg_get_userbyid(r)::text END ORDER BY 1) FROM unnest(p.polroles) r),
   pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) AS line FROM pg_policy p`,
  `SELECT format('trigger %s enabled=%s', pg_get_triggerdef(t.oid), t.tgenabled) AS line FROM pg_trigger t WHERE NOT t.tgisinternal`,
  `SELECT format('function %s owner=%s acl=%s', pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), p.proacl) AS line FROM pg_proc p
   WHERE p.prokind <> 'a' AND ${OWN('pg_proc', 'p')}`,
  `SELECT format('aggregate %s transition=%s final=%s combine=%s type=%s initial=%s kind=%s sort=%s parallel=%s owner=%s acl=%s', p.oid::regprocedure, a.aggtransfn, a.aggfinalfn,
   a.aggcombinefn, a.aggtranstype::regtype, a.agginitval, a.aggkind, a.aggsortop, p.proparallel, pg_get_userbyid(p.proowner), p.proacl) AS line
   FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid WHERE ${OWN('pg_proc', 'p')}`,
  `SELECT format('rule %s enabled=%s', pg_get_ruledef(r.oid), r.ev_enabled) AS line FROM pg_rewrite r WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'`,
  `SELECT format('index column %s.%s statistics=%s', c.oid::regclass, a.attnum, a.attstattarget) AS line FROM pg_attribute a
   JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind IN ('i', 'I') AND a.attstattarget >= 0 AND ${OWN('pg_class', 'c')}`,
  `SELECT format('statistics %s target=%s', pg_get_statisticsobjdef(s.oid), s.stxstattarget) AS line FROM pg_statistic_ext s`,
  `SELECT format('default acl of %s in %s for %s: %s', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype, defaclacl) AS line FROM pg_default_acl`,
  `SELECT format('comment on %s %s: %s', i.type, i.identity, d.description) AS line
   FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
   WHERE d.objoid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
  `SELECT format('event trigger %s on %s %s', evtname, evtevent, evtfoid::regproc) AS line FROM pg_event_trigger`,
  `SELECT format('operator %s', o.oid::regoperator) AS line FROM pg_operator o WHERE ${OWN('pg_operator', 'o')}`,
  `SELECT format('cast %s to %s with %s %s', c.castsource::regtype, c.casttarget::regtype, c.castfunc::regproc, c.castcontext) AS line FROM pg_cast c WHERE ${OWN('pg_cast', 'c')}`,
  `SELECT format('collation %s.%s %s %s', c.collnamespace::regnamespace, c.collname, c.collprovider, coalesce(c.colllocale, c.collcollate)) AS line FROM pg_collation c WHERE ${OWN('pg_collation', 'c')}`,
  `SELECT format('text search configuration %s.%s', c.cfgnamespace::regnamespace, c.cfgname) AS line FROM pg_ts_config c WHERE ${OWN('pg_ts_config', 'c')}`,
];

/** The same question for a PostgreSQL whose catalog lacks a column yet. */
function olderCatalog(sql: string, major: number): string {
  const enforced = major < 18 ? sql.replaceAll('c.conenforced', 'true') : sql;
  return major < 17 ? enforced.replaceAll('c.colllocale', 'c.colliculocale') : enforced;
}

/**
 * What a database's catalog says, as sorted lines without oids: two databases are the same when their lines are.
 * Every name is qualified, so the search path of what ran before does not matter.
 */
export async function catalogOf(db: Queried, major = 18): Promise<string[]> {
  await db.query(`SELECT set_config('search_path', '', false)`);
  const lines: string[] = [];
  for (const sql of [RELATIONS, COLUMNS, CONSTRAINTS, INDEXES, TYPES, SEQUENCES, ...OTHERS]) {
    for (const { line } of await db.query<{ line: string }>(olderCatalog(sql, major))) lines.push(line);
  }
  await db.query('RESET search_path');
  return lines.toSorted();
}

/** Lines of one catalog that the other does not have. */
export function catalogDifference(original: readonly string[], written: readonly string[]): string[] {
  const count = (lines: readonly string[]) => {
    const map = new Map<string, number>();
    for (const line of lines) map.set(line, (map.get(line) ?? 0) + 1);
    return map;
  };
  const [before, after] = [count(original), count(written)];
  const lost = [...before].filter(([line, times]) => (after.get(line) ?? 0) < times).map(([line]) => `- ${line}`);
  const gained = [...after].filter(([line, times]) => (before.get(line) ?? 0) < times).map(([line]) => `+ ${line}`);
  return [...lost, ...gained].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}
