import type { Node, RangeVar, RoleSpec } from 'libpg-query';

type Kinds<N> = N extends N ? keyof N : never;
export type NodeKind = Kinds<Node>;
type NodeOf<K extends NodeKind> = Node extends infer N ? (N extends Record<K, infer V> ? V : never) : never;

/** The node as this kind, or undefined when it is of another. */
export function as<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return node !== undefined && Object.hasOwn(node, kind) ? (node as unknown as Record<K, NodeOf<K>>)[kind] : undefined;
}

/** What kind of node it is. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}

/** The nodes of a list that are of this kind. */
export function all<K extends NodeKind>(nodes: readonly Node[] | undefined, kind: K): NodeOf<K>[] {
  return (nodes ?? []).flatMap((node) => as(node, kind) ?? []);
}

function text(node: Node | undefined): string | undefined {
  const string = as(node, 'String');
  return string === undefined ? undefined : (string.sval ?? '');
}

/** The texts of a list of String nodes, such as a qualified name. */
export function texts(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => text(node) ?? []);
}

/** The items of a List node, or the node itself as the only one. */
export function items(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  const list = as(node, 'List');
  return list === undefined ? [node] : (list.items ?? []);
}

/** A schema-qualified name; a catalog before it is left out. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

export function qualifiedName(parts: readonly string[]): QualifiedName {
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

export function nameOf(relation: RangeVar | undefined): QualifiedName {
  const name = relation?.relname ?? '';
  return relation?.schemaname === undefined ? { name } : { schema: relation.schemaname, name };
}

/** A role as SQL says it where it is a key word, else its name. */
export function roleName(role: RoleSpec | undefined): string {
  switch (role?.roletype) {
    case 'ROLESPEC_CURRENT_ROLE':
      return 'CURRENT_ROLE';
    case 'ROLESPEC_CURRENT_USER':
      return 'CURRENT_USER';
    case 'ROLESPEC_SESSION_USER':
      return 'SESSION_USER';
    case 'ROLESPEC_PUBLIC':
      return 'PUBLIC';
    default:
      return role?.rolename ?? '';
  }
}

/** A constant as text: numbers and words as they read. Undefined when it is none. */
export function constantText(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const number = as(node, 'Integer');
  if (number !== undefined) return String(number.ival ?? 0);
  const float = as(node, 'Float');
  if (float !== undefined) return float.fval ?? '';
  const bool = as(node, 'Boolean');
  if (bool !== undefined) return bool.boolval === true ? 'true' : 'false';
  const type = as(node, 'TypeName');
  if (type !== undefined) return texts(type.names).at(-1);
  const value = as(node, 'A_Const');
  if (value !== undefined) {
    if (value.sval !== undefined) return value.sval.sval ?? '';
    if (value.ival !== undefined) return String(value.ival.ival ?? 0);
    if (value.fval !== undefined) return value.fval.fval ?? '';
    if (value.boolval !== undefined) return value.boolval.boolval === true ? 'true' : 'false';
  }
  return text(node);
}
