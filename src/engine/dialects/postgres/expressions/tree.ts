/** Reading of parse trees as plain JSON: shapes are checked where they are read, never assumed. */

export type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The inner object of a wrapped node such as `{ColumnRef: {...}}`, when it is of this kind. */
export function as(value: unknown, kind: string): Node | undefined {
  if (!isNode(value)) return undefined;
  const inner = value[kind];
  return isNode(inner) ? inner : undefined;
}

export function field(node: Node, name: string): Node | undefined {
  const value = node[name];
  return isNode(value) ? value : undefined;
}

export function list(node: Node, name: string): readonly unknown[] {
  const value = node[name];
  return Array.isArray(value) ? value : [];
}

export function text(node: Node, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' ? value : undefined;
}

/** Offset of a node; an absent one is 0, a negative one says that there is none. */
export function locationOf(node: Node): number | undefined {
  const { location } = node as { readonly location?: unknown };
  if (location === undefined) return 0;
  return typeof location === 'number' && location >= 0 ? location : undefined;
}

/** Names of a list of String nodes; undefined in place of `*` and anything else. */
export function strings(values: readonly unknown[]): (string | undefined)[] {
  return values.map((value) => {
    const string = as(value, 'String');
    return string === undefined ? undefined : text(string, 'sval');
  });
}

/** The text of a string constant, `'x'` or `'x'::type`. */
export function stringConstant(value: unknown): { readonly value: string; readonly location: number } | undefined {
  const cast = as(value, 'TypeCast');
  if (cast !== undefined) return stringConstant(cast['arg']);
  const constant = as(value, 'A_Const');
  const inner = constant === undefined ? undefined : field(constant, 'sval');
  const found = inner === undefined ? undefined : (text(inner, 'sval') ?? '');
  const location = constant === undefined ? undefined : locationOf(constant);
  return found === undefined || location === undefined ? undefined : { value: found, location };
}
