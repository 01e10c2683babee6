import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { linksOf } from '#model/derive/links.ts';
import type { AnyRecord, Document, Id, Ref, Relationship, Table } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { analyse } from './analyse.ts';
import { catalogOf } from './catalog.ts';
import { nameOfTarget } from './rename.ts';
import { mapTexts, WITH_TEXTS } from './texts.ts';
import { isUseOf, maySpell, type Wanted } from './uses.ts';

/** Something that a deletion would break or take along. */
export interface Dependent {
  readonly ref: Ref;
  readonly why: string;
}

function inTexts(document: Document, parser: PgParser, wanted: Wanted, self: Ref, name: string): Dependent[] {
  const catalog = catalogOf(document);
  const found = new Map<string, Dependent>();
  for (const collection of WITH_TEXTS) {
    for (const record of Object.values(document[collection]) as AnyRecord[]) {
      mapTexts(collection, record, (sql, context, part) => {
        const ref: Ref = part === undefined ? { record: record.id } : { record: record.id, part };
        const own = record.id === self.record && (self.part === undefined || part === self.part);
        // Most texts do not spell the name at all and need no parsing.
        if (!own && maySpell(sql, name) && analyse(parser, catalog, sql, context).uses.some((use) => isUseOf(use, wanted))) {
          found.set(`${ref.record}\n${ref.part ?? ''}`, { ref, why: 'Its SQL names it.' });
        }
        return sql;
      });
    }
  }
  return [...found.values()];
}

function ofType(type: ColumnType, id: Id): boolean {
  return type.kind === 'custom' && type.type === id;
}

/** Columns, domains and attributes of a type. */
function typed(document: Document, id: Id): Dependent[] {
  const columns = Object.values(document.tables).flatMap((table) =>
    table.columns
      .filter((column) => ofType(column.type, id))
      .map((column) => ({ ref: { record: table.id, part: column.id }, why: `Column ${table.name}.${column.name} has this type.` })),
  );
  const types = Object.values(document.types).filter(
    (type) =>
      (type.kind === 'domain' && ofType(type.base, id)) ||
      (type.kind === 'composite' && type.attributes.some((one) => ofType(one.type, id))) ||
      (type.kind === 'range' && ofType(type.subtype, id)),
  );
  return [...columns, ...types.map((type) => ({ ref: { record: type.id }, why: `Type ${type.name} is built on it.` }))];
}

function foreignKeys(links: readonly Relationship[] | undefined, why: string): Dependent[] {
  return (links ?? []).map((link) => ({ ref: { record: link.id }, why }));
}

function ofTable(document: Document, table: Table): Dependent[] {
  const links = linksOf(document);
  const others = (links.byParent.get(table.id) ?? []).filter((link) => link.child !== table.id);
  const heirs = Object.values(document.tables).filter(
    (one) => one.partitionOf?.parent === table.id || one.inherits?.includes(table.id) === true,
  );
  return [
    ...foreignKeys(others, 'A foreign key points at it.'),
    ...foreignKeys(links.byChild.get(table.id), 'Its foreign key goes with it.'),
    ...heirs.map((one) => ({ ref: { record: one.id }, why: `${one.name} takes its columns from it.` })),
    ...Object.values(document.triggers)
      .filter((trigger) => trigger.on === table.id)
      .map((trigger) => ({ ref: { record: trigger.id }, why: 'The trigger stands on it.' })),
    ...Object.values(document.sequences)
      .filter((sequence) => sequence.ownedBy?.table === table.id)
      .map((sequence) => ({ ref: { record: sequence.id }, why: 'The sequence is owned by one of its columns.' })),
    ...typed(document, table.id),
  ];
}

function ofColumn(document: Document, table: Table, column: Id): Dependent[] {
  const links = linksOf(document);
  const has = (ids: readonly (Id | undefined)[] | undefined) => ids?.includes(column) === true;
  const part = (id: Id, why: string): Dependent => ({ ref: { record: table.id, part: id }, why });
  const elements = (parts: Table['indexes'] | Table['exclusions']) =>
    parts.filter((one) => has(one.elements.map((element) => element.column)) || has(one.include)).map((one) => one.id);
  return [
    ...table.keys.filter((key) => has(key.columns) || has(key.include)).map((key) => part(key.id, 'The key contains it.')),
    ...elements(table.indexes).map((id) => part(id, 'The index contains it.')),
    ...elements(table.exclusions).map((id) => part(id, 'The exclusion constraint contains it.')),
    ...table.dependencies
      .filter((one) => has(one.determinant) || has(one.dependent))
      .map((one) => part(one.id, 'The dependency names it.')),
    ...foreignKeys(
      links.byChild.get(table.id)?.filter((link) => has(link.childColumns)),
      'The foreign key contains it.',
    ),
    ...foreignKeys(
      links.byParent.get(table.id)?.filter((link) => has(link.parentColumns)),
      'A foreign key points at it.',
    ),
    ...Object.values(document.triggers)
      .filter((trigger) => trigger.on === table.id && has(trigger.updateOf))
      .map((trigger) => ({ ref: { record: trigger.id }, why: 'The trigger fires on its updates.' })),
    ...Object.values(document.sequences)
      .filter((sequence) => sequence.ownedBy?.column === column)
      .map((sequence) => ({ ref: { record: sequence.id }, why: 'The sequence is owned by it.' })),
  ];
}

function ofSchema(document: Document, schema: Id): Dependent[] {
  return (['tables', 'views', 'types', 'sequences', 'routines'] as const).flatMap((collection) =>
    Object.values(document[collection])
      .filter((record) => record.schema === schema)
      .map((record) => ({ ref: { record: record.id }, why: `${record.name} is in it.` })),
  );
}

/**
 * What deleting a record or a column would break or take along, each once, with the reason: what the model links by id,
 * and what names it in SQL text.
 */
export function dependentsOf(document: Document, parser: PgParser, target: Ref): readonly Dependent[] {
  const table = recordIn(document, 'tables', target.record);
  const column = target.part;
  const linked: Dependent[] = [];
  if (column !== undefined && table !== undefined) linked.push(...ofColumn(document, table, column));
  else if (table !== undefined) linked.push(...ofTable(document, table));
  else if (recordIn(document, 'schemas', target.record) !== undefined) linked.push(...ofSchema(document, target.record));
  else {
    linked.push(...typed(document, target.record));
    const triggers = Object.values(document.triggers).filter((trigger) => trigger.on === target.record);
    linked.push(...triggers.map((trigger) => ({ ref: { record: trigger.id }, why: 'The trigger stands on it.' })));
  }
  const wanted: Wanted = column === undefined ? { record: target.record } : { columns: new Set([column]) };
  const all = [...linked, ...inTexts(document, parser, wanted, target, nameOfTarget(document, target)?.name ?? '')];
  const seen = new Set<string>();
  return all.filter(({ ref }) => {
    const key = `${ref.record}\n${ref.part ?? ''}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
