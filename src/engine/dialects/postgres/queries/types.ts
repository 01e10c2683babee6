import { as, list, type Node, strings, text } from '../expressions/tree.ts';
import { ident } from '../quote.ts';

/** Names of the catalog by what people write. */
const WRITTEN: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
  varbit: 'bit varying',
};

function modifier(value: unknown): string | undefined {
  const constant = as(value, 'A_Const');
  const number = constant?.['ival'];
  if (typeof number !== 'object' || number === null) return undefined;
  const { ival = 0 } = number as { readonly ival?: number };
  return String(ival);
}

/** Bits of an interval's fields (`INTERVAL_MASK` of `utils/timestamp.h`). */
const FIELDS: readonly (readonly [number, string])[] = [
  [1 << 2, 'year'],
  [1 << 1, 'month'],
  [1 << 3, 'day'],
  [1 << 10, 'hour'],
  [1 << 11, 'minute'],
  [1 << 12, 'second'],
];

/** ` day`, ` day to second`; nothing when all fields are meant. */
function fieldsOf(mask: number): string {
  const said = FIELDS.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name);
  if (said.length === 0 || said.length === FIELDS.length) return '';
  return said.length === 1 ? ` ${said[0]}` : ` ${said[0]} to ${said.at(-1)}`;
}

/** A type as SQL. */
export function typeSql(node: Node): string {
  const names = strings(list(node, 'names')).filter((name) => name !== undefined);
  const own = names.length > 1 && names[0] !== 'pg_catalog';
  const last = names.at(-1) ?? 'text';
  const name = own
    ? names.map(ident).join('.')
    : Object.hasOwn(WRITTEN, last)
      ? (WRITTEN[last] as string)
      : names[0] === 'pg_catalog'
        ? last
        : ident(last);
  const modifiers = list(node, 'typmods').map(modifier);
  if (last === 'interval') return `interval${fieldsOf(Number(modifiers[0] ?? 0))}`;
  const known = modifiers.length > 0 && modifiers.every((one) => one !== undefined);
  return `${name}${known ? `(${modifiers.join(', ')})` : ''}${'[]'.repeat(list(node, 'arrayBounds').length)}`;
}

/** The operator of a node's `name` list. */
export function operatorOf(node: Node, key = 'name'): string {
  return (strings(list(node, key)).at(-1) ?? text(node, key) ?? '').toLowerCase();
}
