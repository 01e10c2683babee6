/** Names of types in `pg_catalog` that an unqualified user type of the same name would be hidden by. */
const BUILTIN =
  'aclitem any anyarray anyelement anyenum anyrange bit bool box bpchar bytea char cid cidr circle cstring date ' +
  'daterange datemultirange float4 float8 gtsvector inet int2 int2vector int4 int4multirange int4range int8 ' +
  'int8multirange int8range internal interval json jsonb jsonpath line lseg macaddr macaddr8 money name numeric ' +
  'nummultirange numrange oid oidvector path point polygon record refcursor regclass regcollation regconfig ' +
  'regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype text tid time timestamp ' +
  'timestamptz timetz trigger tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown ' +
  'uuid varbit varchar void xid xid8 xml';

const NAMES = new Set(BUILTIN.split(' '));

/** True for the name of a type that PostgreSQL brings along, as its catalog spells it (`int4`, not `integer`). */
export function isBuiltinTypeName(name: string): boolean {
  return NAMES.has(name);
}
