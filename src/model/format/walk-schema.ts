import type * as v from 'valibot';
import { text } from './schema-parts.ts';

/**
 * What writing and lenient reading need to know of a schema, read off the schema itself, so that nothing is said twice.
 */
export type Shape =
  | ObjectShape
  | { readonly kind: 'list'; readonly item: Shape; readonly optional: boolean }
  | { readonly kind: 'variant'; readonly options: ReadonlyMap<string, Shape> }
  | { readonly kind: 'text' }
  | { readonly kind: 'value' };

export interface ObjectShape {
  readonly kind: 'object';
  /** In file order; `key` is the name as JSON. */
  readonly entries: readonly { readonly name: string; readonly key: string; readonly shape: Shape }[];
  readonly known: ReadonlySet<string>;
}

interface Described {
  readonly type: string;
  readonly entries?: Record<string, Described>;
  readonly item?: Described;
  readonly wrapped?: Described;
  readonly options?: readonly Described[];
  readonly pipe?: readonly Described[];
  readonly literal?: string;
}

const memo = new WeakMap<object, Shape>();

/** The shape of a valibot schema. */
export function shapeOf(schema: v.GenericSchema): Shape {
  const known = memo.get(schema);
  if (known !== undefined) return known;
  const shape = readShape(schema as unknown as Described, false);
  memo.set(schema, shape);
  return shape;
}

function readShape(schema: Described, optional: boolean): Shape {
  if ((schema as unknown) === text) return { kind: 'text' };
  switch (schema.type) {
    case 'exact_optional':
      return readShape(schema.wrapped as Described, false);
    case 'optional':
      return readShape(schema.wrapped as Described, true);
    case 'array':
      return { kind: 'list', item: readShape(schema.item as Described, false), optional };
    case 'strict_object': {
      const entries = Object.entries(schema.entries as Record<string, Described>).map(([name, entry]) => ({
        name,
        key: JSON.stringify(name),
        shape: readShape(entry, false),
      }));
      return { kind: 'object', entries, known: new Set(entries.map(({ name }) => name)) };
    }
    case 'variant': {
      const options = new Map<string, Shape>();
      for (const option of schema.options ?? []) options.set(option.entries?.['kind']?.literal ?? '', readShape(option, false));
      return { kind: 'variant', options };
    }
    default:
      return { kind: 'value' };
  }
}

/** The shape a value of a variant has by its `kind`. */
export function variantOf(shape: Shape, value: object): Shape {
  if (shape.kind !== 'variant') return shape;
  const kind = Object.hasOwn(value, 'kind') ? (value as { kind: unknown }).kind : undefined;
  return (typeof kind === 'string' ? shape.options.get(kind) : undefined) ?? { kind: 'value' };
}
