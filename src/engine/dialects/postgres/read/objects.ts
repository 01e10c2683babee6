import type { Node, ObjectType, RangeVar } from 'libpg-query';
import type { Id, Stated } from '#model/types.ts';
import { as, items, nameOf, type QualifiedName, qualifiedName, texts } from './ast.ts';
import { findConstraint, findIndex } from './lookup.ts';
import { routinesOf } from './routines.ts';
import type { Statement } from './statement.ts';
import type { Writable } from './writable.ts';

/** Something a COMMENT, GRANT, OWNER or RENAME names: a record, or a part of one that takes a comment. */
export interface Target {
  readonly record: Id;
  readonly part?: Id;
  /** What holds the comment. */
  readonly on: { comment?: string };
  /** Set when it is a record that may have an owner. */
  readonly stated?: Writable<Stated>;
}

function ofRecord(record: Writable<Stated> | undefined): Target | undefined {
  if (record === undefined) return undefined;
  return { record: record.id, on: record, stated: record };
}

function relation({ state }: Statement, name: QualifiedName): Target | undefined {
  const found = state.relation(name);
  if (found === undefined || found.kind === 'opaque') return undefined;
  return ofRecord(state.get(found.kind, found.id) as Writable<Stated> | undefined);
}

function index({ state }: Statement, name: QualifiedName): Target | undefined {
  const found = findIndex(state, name);
  if (found === undefined) return undefined;
  const part = found.index ?? found.key;
  return { record: found.owner.id, part: part.id, on: part };
}

function column({ state }: Statement, parts: readonly string[]): Target | undefined {
  const owner = qualifiedName(parts.slice(0, -1));
  const name = parts.at(-1) ?? '';
  const table = state.table(owner);
  if (table !== undefined) {
    const found = table.columns.find((one) => one.name === name);
    return found === undefined ? undefined : { record: table.id, part: found.id, on: found };
  }
  const view = state.view(owner);
  if (view !== undefined) {
    const comments = view.columnComments ?? [];
    const on = {
      get comment(): string {
        return comments.find((one) => one.column === name)?.comment ?? '';
      },
      set comment(text: string) {
        view.columnComments = [...comments.filter((one) => one.column !== name), { column: name, comment: text }];
      },
    };
    return { record: view.id, on };
  }
  const id = state.typeId(owner);
  const type = id === undefined ? undefined : state.get('types', id);
  const attribute = type?.kind === 'composite' ? type.attributes.find((one) => one.name === name) : undefined;
  return type === undefined || attribute === undefined ? undefined : { record: type.id, part: attribute.id, on: attribute };
}

function constraint({ state }: Statement, parts: readonly string[]): Target | undefined {
  const table = state.table(qualifiedName(parts.slice(0, -1)));
  const found = table === undefined ? undefined : findConstraint(state, table, parts.at(-1) ?? '');
  if (table === undefined || found === undefined || found.kind === 'notNull') return undefined;
  if (found.kind === 'relationship') return { record: found.relationship.id, on: found.relationship };
  const part = (table[found.kind] as { id: Id; comment?: string }[]).find((one) => one.id === found.id);
  return part === undefined ? undefined : { record: table.id, part: part.id, on: part };
}

function onTable({ state }: Statement, parts: readonly string[], kind: 'trigger' | 'policy'): Target | undefined {
  const name = parts.at(-1);
  const on = qualifiedName(parts.slice(0, -1));
  if (kind === 'trigger') {
    const found = state.relation(on);
    return ofRecord([...state.records.triggers.values()].find((one) => one.on === found?.id && one.name === name));
  }
  const table = state.table(on);
  const policy = table?.policies.find((one) => one.name === name);
  return table === undefined || policy === undefined ? undefined : { record: table.id, part: policy.id, on: policy };
}

function type({ state }: Statement, parts: readonly string[]): Target | undefined {
  const id = state.typeId(qualifiedName(parts));
  return id === undefined ? undefined : ofRecord(state.get('types', id));
}

function domainConstraint({ state }: Statement, object: Node | undefined): Target | undefined {
  const [typeNode, nameNode] = items(object);
  const id = state.typeId(qualifiedName(texts(as(typeNode, 'TypeName')?.names)));
  const domain = id === undefined ? undefined : state.get('types', id);
  const check = domain?.kind === 'domain' ? domain.checks.find((one) => one.name === texts([nameNode as Node])[0]) : undefined;
  return domain === undefined || check === undefined ? undefined : { record: domain.id, part: check.id, on: check };
}

/** Finds what a statement names. Undefined when the model does not hold it. @param relationName for statements that name a table apart. */
export function findTarget(
  statement: Statement,
  kind: ObjectType | undefined,
  object: Node | undefined,
  relationName?: RangeVar,
): Target | undefined {
  const { state } = statement;
  const typeName = as(object, 'TypeName');
  const parts = typeName === undefined ? texts(items(object)) : texts(typeName.names);
  switch (kind) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_FOREIGN_TABLE':
      return relation(statement, relationName === undefined ? qualifiedName(parts) : nameOf(relationName));
    case 'OBJECT_INDEX':
      return index(statement, relationName === undefined ? qualifiedName(parts) : nameOf(relationName));
    case 'OBJECT_COLUMN':
      return column(statement, parts);
    case 'OBJECT_TABCONSTRAINT':
      return constraint(statement, parts);
    case 'OBJECT_DOMCONSTRAINT':
      return domainConstraint(statement, object);
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
      return onTable(statement, parts, kind === 'OBJECT_TRIGGER' ? 'trigger' : 'policy');
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return type(statement, parts);
    case 'OBJECT_SCHEMA': {
      const id = state.findSchema(parts[0] ?? '');
      return id === undefined ? undefined : ofRecord(state.get('schemas', id));
    }
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return ofRecord(routinesOf(statement, as(object, 'ObjectWithArgs'))[0]);
    default:
      return undefined;
  }
}

/** How a message names what a statement is about. */
export function sayTarget(kind: ObjectType | undefined, object: Node | undefined, relationName?: RangeVar): string {
  const word = (kind ?? '')
    .replace('OBJECT_', '')
    .toLowerCase()
    .replace('tabconstraint', 'constraint')
    .replace('matview', 'materialized view');
  const typeName = as(object, 'TypeName');
  const args = as(object, 'ObjectWithArgs');
  const parts =
    relationName !== undefined
      ? [relationName.schemaname, relationName.relname].flatMap((part) => part ?? [])
      : typeName !== undefined
        ? texts(typeName.names)
        : args !== undefined
          ? texts(args.objname)
          : texts(items(object));
  return `${word} ${parts.join('.')}`;
}
