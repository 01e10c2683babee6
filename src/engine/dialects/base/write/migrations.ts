import { recordIn } from '#model/collections.ts';
import type { Dialect, Document, Id, Table } from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { statement } from './clauses.ts';
import { writeBase } from './document.ts';
import { KitScope, type Target, targetOf, type WriteKit } from './kit.ts';
import { sqlText } from './text.ts';

/** A step of a migration, with what takes it back in its order. */
export interface Step {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** Indexes that hold no rows apart and that no foreign key rests on: they can come when the rows are there. */
function indexesLater(document: Document): ReadonlySet<Id> {
  const referenced = new Map<Id, string[]>();
  for (const link of Object.values(document.relationships)) {
    referenced.set(link.parent, [...(referenced.get(link.parent) ?? []), link.parentColumns.join()]);
  }
  const later = new Set<Id>();
  for (const table of Object.values(document.tables)) {
    for (const index of table.indexes) {
      const columns = index.elements.map((element) => element.column ?? '').join();
      const borne = referenced.get(table.id)?.some((one) => columns === one || columns.startsWith(`${one},`)) === true;
      if (index.unique !== true && index.clustered !== true && !borne) later.add(index.id);
    }
  }
  return later;
}

function withoutIndexes(document: Document, later: ReadonlySet<Id>): Document {
  const tables = Object.values(document.tables).map((table): [Id, Table] => {
    const left = table.indexes.filter((index) => !later.has(index.id));
    return [table.id, left.length === table.indexes.length ? table : { ...table, indexes: left }];
  });
  return { ...document, tables: Object.fromEntries(tables) };
}

const OBJECTS = { tables: 'TABLE', views: 'VIEW', sequences: 'SEQUENCE', types: 'TYPE' } as const;

/** Dialects whose DROP INDEX names the table. */
const INDEX_OF_TABLE: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb', 'mssql']);

class Dropping {
  private readonly document: Document;
  private readonly target: Target;
  private readonly version: number;

  constructor(document: Document, target: Target, version: number) {
    this.document = document;
    this.target = target;
    this.version = version;
  }

  scope(record: Id): KitScope {
    return new KitScope(this.document, this.version, { collection: 'tables', record }, this.target);
  }

  private end(sql: string): string {
    return this.target.kit.ended(sqlText(sql), false).sql;
  }

  index(table: Table, id: Id): string | undefined {
    const name = table.indexes.find((index) => index.id === id)?.name;
    if (name === undefined) return undefined;
    const scope = this.scope(table.id);
    if (INDEX_OF_TABLE.has(this.target.kit.dialect)) return this.end(`DROP INDEX ${scope.ident(name)} ON ${scope.name(table.id)}`);
    return this.end(`DROP INDEX ${scope.nameIn(table.schema, name)}`);
  }

  /** What takes a statement back; undefined where that goes with its object. */
  statement({ collection, record, what }: WrittenStatement): string | undefined {
    const scope = this.scope(record);
    const { dialect } = this.target.kit;
    if (what === 'constraint' && collection === 'relationships') {
      const link = recordIn(this.document, 'relationships', record);
      if (link?.name === undefined) return undefined;
      const kind = dialect === 'mysql' || dialect === 'mariadb' ? 'FOREIGN KEY' : 'CONSTRAINT';
      return this.end(`ALTER TABLE ${scope.name(link.child)} DROP ${kind} ${scope.ident(link.name)}`);
    }
    if (what !== 'create') return undefined;
    if (collection === 'tables' || collection === 'views' || collection === 'sequences' || collection === 'types') {
      const materialized = recordIn(this.document, 'views', record)?.materialized === true ? 'MATERIALIZED ' : '';
      const tail = dialect === 'oracle' && collection === 'tables' ? ' CASCADE CONSTRAINTS' : '';
      return this.end(`DROP ${materialized}${OBJECTS[collection]} ${scope.name(record)}${tail}`);
    }
    if (collection === 'triggers') {
      const trigger = recordIn(this.document, 'triggers', record);
      return trigger === undefined ? undefined : this.end(`DROP TRIGGER ${scope.ident(trigger.name)}`);
    }
    if (collection === 'routines') {
      const routine = recordIn(this.document, 'routines', record);
      return routine === undefined ? undefined : this.end(`DROP ${routine.kind.toUpperCase()} ${scope.name(record)}`);
    }
    const schema = collection === 'schemas' ? recordIn(this.document, 'schemas', record) : undefined;
    return schema === undefined || schema.implicit === true ? undefined : this.end(`DROP SCHEMA ${scope.ident(schema.name)}`);
  }
}

/**
 * A document of a kit's dialect as two steps: everything that tables are, with unique indexes and those that foreign keys
 * rest on; then the other indexes. Partitions stand in their tables. Run in this order they lead to what the whole writes.
 */
export function migrationSteps(
  document: Document,
  kit: WriteKit,
  version: number,
): { readonly tables: Step; readonly indexes: Step } {
  const later = indexesLater(document);
  const target = targetOf(kit, version);
  const dropping = new Dropping(document, target, version);
  const { statements } = writeBase(withoutIndexes(document, later), kit, version);
  const down = statements.flatMap((one) => dropping.statement(one) ?? []).toReversed();
  const indexes = Object.values(document.tables).flatMap((table) =>
    table.indexes.flatMap((index) => {
      if (!later.has(index.id)) return [];
      const scope = dropping.scope(table.id);
      const clause = kit.index(scope, { ...table, table }, index);
      if (clause === undefined) return [];
      const sql = kit.indexes === 'inline' ? `ALTER TABLE ${scope.name(table.id)} ADD ${clause}` : clause;
      return [{ up: statement(scope, table.remarks, sql, false, index.id).sql, down: dropping.index(table, index.id) }];
    }),
  );
  return {
    tables: { up: statements.map((one) => one.sql), down },
    indexes: { up: indexes.map((one) => one.up), down: indexes.flatMap((one) => one.down ?? []).toReversed() },
  };
}
