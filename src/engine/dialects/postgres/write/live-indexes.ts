import { recordIn } from '#model/collections.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { LiveIndexes, LiveMaking, LiveStatement, LiveTarget } from '../../base/write/live-indexes.ts';
import { elementNames, Namer } from '../invented.ts';
import { inventedName } from '../names.ts';
import { ident } from '../quote.ts';
import { writePostgres } from './document.ts';
import { type Indexed, indexSql } from './indexes.ts';
import { Scope } from './scope.ts';

const brief = (sql: string): LiveStatement => ({ sql, lock: 'brief' });
const patient = (sql: string): LiveStatement => ({ sql, lock: 'patient' });

function indexedOf(document: Document, id: Id): { readonly on: Indexed; readonly indexes: readonly Index[] } | undefined {
  const table = recordIn(document, 'tables', id);
  if (table !== undefined) return { on: { id, schema: table.schema, name: table.name, table }, indexes: table.indexes };
  const view = recordIn(document, 'views', id);
  return view === undefined ? undefined : { on: { id, schema: view.schema, name: view.name }, indexes: view.indexes };
}

function partitionsOf(document: Document, parent: Id): readonly Table[] {
  return Object.values(document.tables).filter((table) => table.partitionOf?.parent === parent);
}

/** Gives every index a name: IF NOT EXISTS asks for one, and so does attaching. */
class Names {
  private readonly bySchema = new Map<Id, Namer>();
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  private namer(schema: Id): Namer {
    const known = this.bySchema.get(schema);
    if (known !== undefined) return known;
    const { tables, views, sequences } = this.document;
    const here = [...Object.values(tables), ...Object.values(views)].filter((one) => one.schema === schema);
    const names = [
      ...here.flatMap((one) => [one.name, ...one.indexes.map(({ name }) => name)]),
      ...here.flatMap((one) => ('keys' in one ? one.keys.map(({ name }) => name) : [])),
      ...Object.values(sequences).flatMap((one) => (one.schema === schema ? [one.name] : [])),
    ];
    const made = new Namer(names);
    this.bySchema.set(schema, made);
    return made;
  }

  invented(scope: Scope, on: Indexed, index: Index, columnsOf: Id): string {
    const columns = elementNames(index.elements, (id) => scope.columnName(columnsOf, id));
    return this.namer(on.schema).number(inventedName(on.name, columns, 'idx'));
  }
}

/** `CREATE INDEX` with what it says after INDEX. An index without a name gets one. */
function create(scope: Scope, on: Indexed, index: Index, name: string, how: 'concurrently' | 'only'): string {
  const sql = indexSql(scope, on, { ...index, name }, how === 'only');
  return `${sql.replace(/^CREATE (UNIQUE )?INDEX /, (head) => `${head}${how === 'only' ? '' : 'CONCURRENTLY '}IF NOT EXISTS `)};`;
}

/**
 * An index of a partitioned table: empty on the parent, then concurrently on each partition, then attached, which makes the
 * parent's valid with the last one (PostgreSQL manual, CREATE INDEX and ALTER INDEX ... ATTACH PARTITION).
 */
function ofParts(
  { document, version }: LiveTarget,
  names: Names,
  on: Table,
  index: Index,
  name: string,
  origin: Table,
): LiveStatement[] {
  const scope = new Scope(document, version, { collection: 'tables', record: on.id });
  const indexed = { id: on.id, schema: on.schema, name: on.name, table: origin };
  const statements = [brief(create(scope, indexed, index, name, 'only'))];
  for (const part of partitionsOf(document, on.id)) {
    const own = part.indexes.find((one) => one.attachedTo === index.id);
    if (own === undefined && index.only === true) continue;
    const partScope = new Scope(document, version, { collection: 'tables', record: part.id });
    const there = { id: part.id, schema: part.schema, name: part.name, table: own === undefined ? origin : part };
    const definition = own ?? index;
    const called = own?.name ?? names.invented(partScope, there, definition, there.table.id);
    if (part.partitioning === undefined) statements.push(patient(create(partScope, there, definition, called, 'concurrently')));
    else statements.push(...ofParts({ document, version }, names, part, definition, called, there.table));
    const [parent, child] = [scope.nameIn(on.schema, name), partScope.nameIn(part.schema, called)];
    statements.push(brief(`ALTER INDEX ${parent} ATTACH PARTITION ${child};`));
  }
  return statements;
}

function makes(target: LiveTarget): readonly LiveMaking[] {
  const { document, version } = target;
  const names = new Names(document);
  // The whole writer says in which order they come, and what else is said of each.
  const found = new Map<Id, LiveMaking & { name: string; readonly statements: LiveStatement[] }>();
  for (const { part, what, record, sql } of writePostgres(document, version).statements) {
    const at = part === undefined ? undefined : indexedOf(document, record);
    const index = at?.indexes.find((one) => one.id === part);
    if (at === undefined || index === undefined) continue;
    // Made and attached with the parent's.
    if (index.attachedTo !== undefined) {
      if (what === 'comment') found.get(rootOf(document, index))?.statements.push(brief(sql));
      continue;
    }
    const made = found.get(index.id) ?? { on: record, index: index.id, name: index.name ?? '', statements: [] };
    found.set(index.id, made);
    if (what !== 'index') {
      made.statements.push(brief(sql));
      continue;
    }
    const { on } = at;
    const scope = new Scope(document, version, { collection: on.table === undefined ? 'views' : 'tables', record });
    const name = index.name ?? names.invented(scope, on, index, on.id);
    made.name = name;
    if (on.table?.partitioning === undefined) made.statements.push(patient(create(scope, on, index, name, 'concurrently')));
    else made.statements.push(...ofParts(target, names, on.table, index, name, on.table));
  }
  return [...found.values()];
}

/** The index of the topmost parent that an index is attached to. */
function rootOf(document: Document, index: Index): Id {
  let at = index;
  for (let guard = 0; at.attachedTo !== undefined && guard < 100; guard++) {
    const parent = Object.values(document.tables)
      .flatMap((table) => table.indexes)
      .find((one) => one.id === at.attachedTo);
    if (parent === undefined) break;
    at = parent;
  }
  return at.id;
}

export const POSTGRES_LIVE: LiveIndexes = {
  says: [
    'Run it statement by statement, outside a transaction: psql -f does (without -1); tell a migration tool so.',
    'CREATE INDEX CONCURRENTLY lets others read and write meanwhile. It waits for transactions that are older, so it has no time limit;',
    'one that fails or is stopped leaves an index behind that is marked invalid, which slows writes and serves nothing.',
    'The last query lists those: DROP INDEX CONCURRENTLY each, then run its CREATE again. IF NOT EXISTS would pass over it otherwise.',
  ],
  begin: ['SET statement_timeout = 0;'],
  before: { brief: ["SET lock_timeout = '5s';"], patient: ['SET lock_timeout = 0;'] },
  end: [
    'SELECT indexrelid::regclass AS left_invalid FROM pg_index WHERE NOT indisvalid;',
    'RESET lock_timeout;',
    'RESET statement_timeout;',
  ],
  passesOver: true,
  makes,
  drop({ document, version }, on, plain) {
    const table = recordIn(document, 'tables', on.id);
    const scope = new Scope(document, version, { collection: table === undefined ? 'views' : 'tables', record: on.id });
    const name = scope.nameIn(on.schema, plain);
    // One that has parts on partitions cannot go concurrently; it goes at once, with all of them.
    if (table?.partitioning !== undefined) return [brief(`DROP INDEX IF EXISTS ${name};`)];
    return [patient(`DROP INDEX CONCURRENTLY IF EXISTS ${name};`)];
  },
  again(_target, { table, name, sql }) {
    const text = sql.trim().replace(/;*$/, ';');
    // Of a partitioned table it is made in one go: writes wait for it.
    if ('partitioning' in table) return [brief(text.replace(/ ON ONLY /, ' ON '))];
    // Remarks may stand before it, and the name may be missing, which IF NOT EXISTS asks for.
    const made = text.replace(
      /^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)(ON )?/im,
      (_head, unique: string | undefined, on: string | undefined) =>
        `CREATE ${unique ?? ''}INDEX CONCURRENTLY IF NOT EXISTS ${on === undefined ? '' : `${ident(name)} ON `}`,
    );
    return [patient(made)];
  },
};
