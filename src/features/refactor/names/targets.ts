import { ancestorsOf } from '#model/derive/columns.ts';
import type { Document, Id, Ref, Table } from '#model/types.ts';

export type NameKind = 'table' | 'column' | 'constraint' | 'index';

/** Something with a name that can be renamed with many others. */
export interface Target {
  readonly key: string;
  readonly ref: Ref;
  readonly kind: NameKind;
  readonly name: string;
  /** The table it is of, for people; of a table its schema. */
  readonly where: string;
}

export type Scope = { readonly kind: 'all' } | { readonly kind: 'schema'; readonly schema: Id } | { readonly kind: 'selection' };

interface Asked {
  readonly scope: Scope;
  readonly kinds: ReadonlySet<NameKind>;
  readonly selection: readonly Ref[];
}

const key = (ref: Ref) => `${ref.record}/${ref.part ?? ''}`;

/** Tables within the scope; of a selection those it touches, and the parts it is limited to. */
function tablesIn(document: Document, { scope, selection }: Asked): { table: Table; only: ReadonlySet<Id> | undefined }[] {
  const all = Object.values(document.tables);
  if (scope.kind !== 'selection') {
    return all
      .filter((table) => scope.kind === 'all' || table.schema === scope.schema)
      .map((table) => ({ table, only: undefined }));
  }
  const whole = new Set(selection.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  return all.flatMap((table): { table: Table; only: ReadonlySet<Id> | undefined }[] => {
    if (whole.has(table.id)) return [{ table, only: undefined }];
    const parts = selection.flatMap((ref) => (ref.record === table.id && ref.part !== undefined ? [ref.part] : []));
    return parts.length === 0 ? [] : [{ table, only: new Set(parts) }];
  });
}

/** Columns that have their name from an ancestor: they follow it. */
function follows(document: Document, table: Table, name: string): boolean {
  return ancestorsOf(table).some((id) => {
    const parent = Object.hasOwn(document.tables, id) ? document.tables[id] : undefined;
    return parent !== undefined && (parent.columns.some((column) => column.name === name) || follows(document, parent, name));
  });
}

/** Everything within the scope that has a name of its own, in the order of tables. */
export function targetsOf(document: Document, asked: Asked): readonly Target[] {
  const { kinds } = asked;
  const found: Target[] = [];
  const tables = tablesIn(document, asked);
  const add = (kind: NameKind, ref: Ref, name: string | undefined, where: string) => {
    if (kinds.has(kind) && name !== undefined) found.push({ key: key(ref), ref, kind, name, where });
  };
  for (const { table, only } of tables.toSorted((a, b) => (a.table.name < b.table.name ? -1 : 1))) {
    const record = table.id;
    const wanted = (part: Id) => only === undefined || only.has(part);
    const schema = Object.hasOwn(document.schemas, table.schema) ? document.schemas[table.schema]?.name : undefined;
    if (only === undefined) add('table', { record }, table.name, schema ?? '');
    for (const column of table.columns) {
      if (wanted(column.id) && !follows(document, table, column.name))
        add('column', { record, part: column.id }, column.name, table.name);
    }
    for (const part of [...table.keys, ...table.checks, ...table.exclusions]) {
      if (wanted(part.id)) add('constraint', { record, part: part.id }, part.name, table.name);
    }
    for (const index of table.indexes) if (wanted(index.id)) add('index', { record, part: index.id }, index.name, table.name);
  }
  if (kinds.has('constraint')) {
    const names = new Map(tables.flatMap(({ table, only }) => (only === undefined ? [[table.id, table.name]] : [])));
    const chosen = new Set(asked.scope.kind === 'selection' ? asked.selection.map((ref) => ref.record) : []);
    for (const link of Object.values(document.relationships)) {
      const where = names.get(link.child) ?? (chosen.has(link.id) ? document.tables[link.child]?.name : undefined);
      if (where !== undefined && link.childColumns.length > 0) add('constraint', { record: link.id }, link.name, where);
    }
  }
  return found;
}
