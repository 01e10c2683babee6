import type { Column } from '#model/column-types.ts';
import type { Partition, Partitioning } from '#model/table-parts.ts';
import type { Dialect, Sql, Table } from '#model/types.ts';
import type { Common } from '../types/common.ts';
import { compareRows, type Edge, edgeSql } from './edges.ts';
import { keyWithout } from './fit.ts';
import type { Part, Shape, Unshaped } from './shape.ts';

/** A table's partitions as the table lists them itself. */
export interface ListedParts {
  readonly partitioning: Partitioning;
  readonly notes: readonly string[];
}

/** What the partitions are made for. */
interface Site {
  /** As it is in the target. */
  readonly table: Table;
  readonly shape: Shape;
  /** What the columns hold, in the order of the shape's. */
  readonly holds: readonly Common[];
  readonly to: Dialect;
  readonly form: (name: string) => string;
  /** A foreign key begins or ends at the table. */
  readonly linked: boolean;
}

const isMysql = (to: Dialect) => to === 'mysql' || to === 'mariadb';

function columnsOf({ table, shape }: Site): Column[] {
  return shape.columns.flatMap((id) => table.columns.find((column) => column.id === id) ?? []);
}

const INTEGER = /^(?:tiny|small|medium|big)?int(?:eger)?(?: unsigned)?(?: zerofill)?$/;
/** Types of RANGE COLUMNS and LIST COLUMNS (MySQL 8.4, 26.2.3). */
const BY_COLUMNS = /^(?:(?:tiny|small|medium|big)?int(?:eger)?(?: unsigned)?|date|datetime|(?:var)?char|(?:var)?binary)$/;

function typeName({ type }: Column): string {
  return type.kind === 'builtin' ? type.name : '';
}

/** Why MySQL and MariaDB cannot have the table partitioned (MySQL 8.4, 26.6). */
function mysqlRefuses(site: Site): string | undefined {
  const { table, shape, linked } = site;
  if (linked) return 'MySQL has no foreign keys from or to a partitioned table: the keys are kept.';
  const key = keyWithout(table, shape.columns);
  if (key !== undefined) return `MySQL wants the columns of the partitions in every unique key: ${key} does not hold them.`;
  if (table.persistence === 'temporary') return 'MySQL partitions no temporary table.';
  if (table.indexes.some(({ method }) => method === 'fulltext' || method === 'spatial'))
    return 'MySQL has no FULLTEXT or SPATIAL index on a partitioned table.';
  const columns = columnsOf(site);
  if (columns.some((column) => /text|blob|json/.test(typeName(column)))) return 'MySQL partitions by no long text or bytes.';
  if (shape.strategy !== 'hash' && !columns.every((column) => BY_COLUMNS.test(typeName(column))))
    return `MySQL has no ranges or lists of ${columns.map(typeName).join(', ')}.`;
  if (shape.strategy === 'list' && site.to === 'mysql' && shape.parts.some(({ is }) => is === 'default'))
    return 'MySQL has no list partition for all other values: rows with other values would be refused.';
  const texts = shape.parts
    .flatMap((part) => (part.is === 'list' ? part.values : []))
    .flatMap((one) => (one.is === 'text' ? [one.value.toLowerCase()] : []));
  return new Set(texts).size < texts.length ? 'Two of its values differ by case only, which MySQL takes for the same.' : undefined;
}

function oracleRefuses(site: Site): string | undefined {
  const types = columnsOf(site).map(typeName);
  if (types.some((name) => /lob|zone|json|xml|long|raw/.test(name))) return `Oracle partitions by no ${types.join(', ')}.`;
  return site.table.persistence === 'temporary' ? 'Oracle partitions no temporary table.' : undefined;
}

function wholeHash(parts: readonly Part[]): boolean {
  const hashes = parts.flatMap((part) => (part.is === 'hash' ? [part] : []));
  const modulus = hashes[0]?.modulus ?? 0;
  return (
    hashes.length === parts.length &&
    hashes.length === modulus &&
    hashes.every((part) => part.modulus === modulus) &&
    new Set(hashes.map(({ remainder }) => remainder)).size === modulus
  );
}

type Bounds = { readonly parts: readonly Part[]; readonly notes: readonly string[] };

/** Ranges that begin where the one before ends, which LESS THAN alone says. */
function chained(site: Site): Bounds {
  const { shape, to } = site;
  const ranges = shape.parts.flatMap((part) => (part.is === 'range' ? [part] : []));
  const rest = shape.parts.find(({ is }) => is === 'default');
  const gap = ranges.some((part, at) => at > 0 && compareRows(part.from, ranges[at - 1]?.to ?? []) !== 0);
  const notes: string[] = [];
  const starts = ranges[0]?.from.every(({ is }) => is === 'low') === true;
  if (gap || !starts) {
    notes.push(
      'A range begins where the one before ends: rows of a gap, or below the first, are in the next partition instead of refused.',
    );
  }
  if (isMysql(to) && columnsOf(site).some(({ nullable }) => nullable) && shape.nulls === undefined)
    notes.push('Rows with NULL are in the first partition.');
  const open = ranges.at(-1)?.to[0]?.is === 'high';
  if (rest === undefined || open) {
    if (rest !== undefined) notes.push(`${rest.name} is left out: there are no other values.`);
    return { parts: ranges, notes };
  }
  const high: Edge[] = shape.columns.map(() => ({ is: 'high' }));
  return { parts: [...ranges, { name: rest.name, is: 'range', from: ranges.at(-1)?.to ?? high, to: high }], notes };
}

/** Oracle wants dates as dates; its DATE has a time of day. */
function oracleSql(site: Site, edge: Edge, at: number): Sql {
  const column = columnsOf(site)[at];
  const kind = site.holds[at]?.is;
  if (edge.is !== 'text' || (kind !== 'date' && kind !== 'timestamp')) return edgeSql(edge, 'oracle');
  if (kind === 'date') return `DATE ${edgeSql(edge, 'oracle')}`;
  if (column !== undefined && typeName(column) === 'date') return `TO_DATE(${edgeSql(edge, 'oracle')}, 'YYYY-MM-DD HH24:MI:SS')`;
  return `TIMESTAMP ${edgeSql(edge, 'oracle')}`;
}

function boundSql(site: Site, part: Part): Sql | undefined {
  const { to } = site;
  const sql = (edge: Edge, at: number) => (to === 'oracle' ? oracleSql(site, edge, at) : edgeSql(edge, to));
  if (part.is === 'range') return `VALUES LESS THAN (${part.to.map(sql).join(', ')})`;
  if (part.is === 'default') return to === 'oracle' ? 'VALUES (DEFAULT)' : 'DEFAULT';
  if (part.is !== 'list') return undefined;
  return `VALUES ${to === 'oracle' ? '' : 'IN '}(${part.values.map((edge) => sql(edge, 0)).join(', ')})`;
}

function listed(site: Site, parts: readonly Part[], by: Pick<Partitioning, 'strategy' | 'byColumns'>): Partitioning {
  const used = new Set<string>();
  const made = parts.map((part): Partition => {
    const bound = boundSql(site, part);
    let name = site.form(part.name);
    for (let at = 2; used.has(name.toLowerCase()); at++) name = site.form(`${part.name}_${at}`);
    used.add(name.toLowerCase());
    return { name, ...(bound === undefined ? {} : { bound }) };
  });
  return { ...by, elements: site.shape.columns.map((column) => ({ column })), parts: made };
}

/** The partitions as MySQL, MariaDB and Oracle list them in the table, or why they cannot. */
export function listedParts(site: Site): ListedParts | Unshaped {
  const { shape, to } = site;
  const problem = isMysql(to) ? mysqlRefuses(site) : oracleRefuses(site);
  if (problem !== undefined) return { problem };
  const integer = columnsOf(site).length === 1 && columnsOf(site).every((column) => INTEGER.test(typeName(column)));
  if (shape.strategy === 'hash') {
    if (!wholeHash(shape.parts))
      return { problem: 'Its partitions by hash do not divide the rows evenly, or not all of them exist.' };
    const strategy = isMysql(to) && !integer ? 'key' : 'hash';
    return { partitioning: listed(site, shape.parts, { strategy }), notes: shape.notes };
  }
  const bounds = shape.strategy === 'range' ? chained(site) : { parts: shape.parts, notes: [] };
  const byColumns = isMysql(to) && !integer ? { byColumns: true } : {};
  return {
    partitioning: listed(site, bounds.parts, { strategy: shape.strategy, ...byColumns }),
    notes: [...shape.notes, ...bounds.notes],
  };
}
