/** Reads trees of `node-sql-parser`, whose shapes have no types that hold. */
export type Tree = Readonly<Record<string, unknown>>;

export function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

export function list(value: unknown): readonly Tree[] {
  if (Array.isArray(value)) return value.map(tree);
  return typeof value === 'object' && value !== null ? [tree(value)] : [];
}

/** A text, whether it stands alone or as the value of a node. Undefined when there is none. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  const inner = tree(value);
  if ('expr' in inner) return text(inner['expr']);
  return 'value' in inner ? text(inner['value']) : undefined;
}

/** Name of a column an element refers to; undefined for an expression. */
export function columnName(element: Tree): string | undefined {
  if (element['type'] === 'column_ref') return text(element['column']);
  // A prefix of a column, `name(10)`, is read as a call.
  const [name] = list(tree(element['name'])['name']);
  const args = list(tree(element['args'])['value']);
  return element['type'] === 'function' && args.length === 1 && args[0]?.['type'] === 'number' ? text(name?.['value']) : undefined;
}

export function hasPrefixLength(element: Tree): boolean {
  return element['type'] === 'function' || (typeof element['suffix'] === 'string' && /^\(\d+\)$/.test(element['suffix']));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '', b: '\b', Z: '\u001a' };

/** What a quoted text stands for; the trees hold it as it was written between its quotes. */
export function unquoted(written: string, backslashes: boolean): string {
  const plain = backslashes
    ? written.replace(/\\(.)/gs, (_all, char: string) => (Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] ?? '') : char))
    : written;
  return plain.replaceAll("''", "'");
}
