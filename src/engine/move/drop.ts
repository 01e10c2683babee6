import type { Ref } from '#model/types.ts';
import type { Ledger } from './ledger.ts';
import { type Clause, knownClause } from './residue.ts';

/** Properties of records and parts that mean something to their own product alone, and what is said of them. */
export const PRODUCT_OWN: Readonly<Record<string, Clause>> = {
  owner: {
    id: 'object:owner',
    group: 'object',
    what: 'owner',
    reason: "Roles are the server's own: the user that loads the schema owns it.",
  },
  tablespace: {
    id: 'table:tablespace',
    group: 'table',
    what: 'tablespace',
    reason: "Where data is stored is for the target's server to say.",
  },
  parameters: {
    id: 'table:options',
    group: 'table',
    what: 'storage options',
    reason: "Options of storage are each product's own; the target's defaults apply.",
  },
  options: { id: 'object:view-options', group: 'object', what: 'view options', reason: "Options of views are each product's own." },
  accessMethod: {
    id: 'table:access-method',
    group: 'table',
    what: 'access method',
    reason: "How rows are stored is each product's own.",
  },
  replicaIdentity: {
    id: 'table:replica-identity',
    group: 'table',
    what: 'replica identity',
    reason: "Only PostgreSQL's logical replication knows it.",
  },
  storage: {
    id: 'table:column-storage',
    group: 'table',
    what: 'storage of a column',
    reason: "How values are stored is each product's own.",
  },
  compression: {
    id: 'table:column-compression',
    group: 'table',
    what: 'compression of a column',
    reason: "How values are compressed is each product's own.",
  },
  statistics: {
    id: 'table:column-statistics',
    group: 'table',
    what: 'statistics target',
    reason: "What the planner gathers is each product's own.",
  },
  collation: {
    id: 'value:collation',
    group: 'value',
    what: 'collation',
    reason:
      'Collations have other names and rules in each product: choose one for the database, and check what sorts and compares by it.',
  },
  charset: {
    id: 'value:charset',
    group: 'value',
    what: 'character set',
    reason: 'The target keeps all text in the character set of its database: take UTF-8.',
  },
  residue: {
    id: 'table:clause',
    group: 'table',
    what: 'clause kept as text',
    reason: "It is in the source's own words, and is not translated.",
  },
  notNullName: { id: 'name:not-null', group: 'name', what: 'name of NOT NULL', reason: 'NOT NULL has no name there.' },
  defaultName: { id: 'name:default', group: 'name', what: 'name of a default', reason: 'Defaults have no names there.' },
  clustered: {
    id: 'index:clustered',
    group: 'index',
    what: 'order in which rows are stored',
    reason: 'The target decides itself how rows lie.',
  },
  method: { id: 'index:key-method', group: 'index', what: 'method of a key', reason: 'Keys are B-trees there.' },
  invisible: { id: 'table:invisible', group: 'table', what: 'invisibility', reason: 'Columns and indexes are always seen there.' },
  attachedTo: {
    id: 'index:attached',
    group: 'index',
    what: 'index of a partitioned table',
    reason: 'Partitions are no tables there.',
  },
  rowSecurity: {
    id: 'object:row-security',
    group: 'object',
    what: 'row-level security',
    reason: 'Who may see which rows must be said by views or by the application.',
  },
  comment: { id: 'object:comment', group: 'object', what: 'comment', reason: 'The target has no comments on these.' },
};

function sqlOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value
      .map((one) =>
        typeof one === 'string'
          ? one
          : `${(one as { name?: string }).name ?? ''} ${(one as { value?: string }).value ?? ''}`.trim(),
      )
      .join(', ');
  return undefined;
}

function loseResidue(ledger: Ledger, residue: readonly string[], object: string, at: Ref): void {
  for (const sql of residue) {
    const found = knownClause(sql) ?? PRODUCT_OWN['residue'];
    if (found !== undefined) ledger.lose({ ...found, from: sql }, { object, at, sql });
  }
}

/** The object without properties that the target cannot hold, each told as lost. */
export function stripped<T extends object, K extends keyof T & string>(
  ledger: Ledger,
  given: T,
  keys: readonly K[],
  object: string,
  at: Ref,
): Omit<T, K> {
  const rest: Partial<T> = { ...given };
  for (const key of keys) {
    const value = given[key];
    if (value === undefined) continue;
    delete rest[key];
    if (value === false || (Array.isArray(value) && value.length === 0)) continue;
    if (key === 'residue') {
      loseResidue(ledger, value as readonly string[], object, at);
      continue;
    }
    const dropped = PRODUCT_OWN[key];
    const sql = sqlOf(value);
    if (dropped !== undefined)
      ledger.lose({ ...dropped, from: sql ?? dropped.what }, { object, at, ...(sql === undefined ? {} : { sql }) });
  }
  return rest as Omit<T, K>;
}
