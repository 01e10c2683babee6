import { literal } from '#engine/dialects/postgres/quote.ts';
import type { IndexShape } from '#engine/planner/index-estimate.ts';
import { relationName } from '#engine/planner/statistics.ts';
import type { PretendServer, RelationName } from './pretend-server.ts';

/** An index as the catalog has it. */
export interface CatalogIndex extends RelationName {
  readonly oid: number;
  /** Its file below the data directory. */
  readonly path: string;
  readonly table: RelationName;
  /** The index of the partitioned table that this one of a partition belongs to. */
  readonly root?: RelationName & { readonly oid: number };
  readonly valid: boolean;
  readonly predicate?: string;
  readonly shape: Omit<IndexShape, 'share'>;
}

/**
 * One row for each column of each index. A B-tree operator class that has support function 4 says of its type that equal
 * values look alike (PostgreSQL, "B-Tree Support Functions": equalimage).
 */
const COLUMNS = `
  SELECT c.oid::integer AS oid, pg_relation_filepath(c.oid) AS path, r.oid::integer AS root_oid, n.nspname AS schema, c.relname AS name, tn.nspname AS table_schema, t.relname AS table_name, am.amname AS method,
    rn.nspname AS root_schema, r.relname AS root_name,
    i.indisunique AS is_unique, i.indisvalid AS is_valid, pg_get_expr(i.indpred, i.indrelid) AS predicate,
    a.attname AS own_name, a.attlen AS length, a.attalign AS align, a.attnum <= i.indnkeyatts AS is_key, ta.attname AS column_name,
    EXISTS (SELECT FROM pg_opclass oc JOIN pg_amproc p ON p.amprocfamily = oc.opcfamily
        AND p.amproclefttype = oc.opcintype AND p.amprocnum = 4
      WHERE a.attnum <= i.indnkeyatts AND oc.oid = i.indclass[a.attnum - 1] AND am.amname = 'btree') AS equal_image
  FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = c.relam
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)
    LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
    LEFT JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = i.indkey[a.attnum - 1] AND ta.attnum > 0
  WHERE c.relkind = 'i' AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')`;

const ALIGNMENT: Readonly<Record<string, number>> = { c: 1, s: 2, i: 4, d: 8 };

function rootOf(row: Readonly<Record<string, unknown>>): Pick<CatalogIndex, 'root'> {
  const { root_name: name } = row;
  return typeof name === 'string' ? { root: { schema: String(row['root_schema']), name, oid: Number(row['root_oid']) } } : {};
}

/**
 * Indexes of the database that hold rows: of a partitioned table those of its partitions.
 * @param only those of these names, of partitioned tables by the names of their indexes; all when left out.
 */
export async function indexesOf(server: PretendServer, only?: readonly RelationName[]): Promise<readonly CatalogIndex[]> {
  const names = only?.map(({ schema, name }) => `(${literal(schema)}, ${literal(name)})`).join(', ');
  const which = names === undefined ? '' : ` AND (COALESCE(rn.nspname, n.nspname), COALESCE(r.relname, c.relname)) IN (${names})`;
  const rows = await server.rows(`${COLUMNS}${which} ORDER BY c.oid, a.attnum`);
  const found = new Map<string, CatalogIndex>();
  for (const row of rows) {
    const name = { schema: String(row['schema']), name: String(row['name']) };
    const key = `${name.schema}.${name.name}`;
    const known = found.get(key);
    const column = {
      ...(typeof row['column_name'] === 'string' ? { column: row['column_name'] } : {}),
      name: String(row['own_name']),
      length: Number(row['length']),
      align: ALIGNMENT[String(row['align'])] ?? 8,
      key: row['is_key'] === true,
      equalImage: row['equal_image'] === true,
    };
    found.set(key, {
      ...name,
      oid: Number(row['oid']),
      path: String(row['path']),
      table: { schema: String(row['table_schema']), name: String(row['table_name']) },
      ...rootOf(row),
      valid: row['is_valid'] === true,
      ...(typeof row['predicate'] === 'string' ? { predicate: row['predicate'] } : {}),
      shape: {
        method: String(row['method']),
        unique: row['is_unique'] === true,
        columns: [...(known?.shape.columns ?? []), column],
      },
    });
  }
  return [...found.values()];
}

/** The tables that hold a table's rows: its partitions, or itself. */
export async function heapsOf(server: PretendServer, table: RelationName): Promise<readonly RelationName[]> {
  const rows = await server.rows(`SELECT n.nspname AS schema, c.relname AS name
    FROM pg_partition_tree(to_regclass(${literal(relationName(table))})) p
      JOIN pg_class c ON c.oid = p.relid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.isleaf`);
  return rows.length === 0 ? [table] : rows.map((row) => ({ schema: String(row['schema']), name: String(row['name']) }));
}
