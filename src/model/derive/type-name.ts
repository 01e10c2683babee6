import { recordIn } from '../collections.ts';
import type { ColumnType } from '../column-types.ts';
import type { Document } from '../types.ts';

/** A type as people read it on the canvas: `varchar(255)`, `order_status`, `text[]`. Not SQL: nothing is quoted. */
export function typeName(document: Document, type: ColumnType): string {
  const dims = '[]'.repeat(type.dims ?? 0);
  if (type.kind === 'custom') {
    const found = recordIn(document, 'types', type.type) ?? recordIn(document, 'tables', type.type);
    return `${found?.name ?? '(missing type)'}${dims}`;
  }
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  // Words such as `unsigned` and `with time zone` follow the arguments.
  const words = args === '' ? -1 : type.name.indexOf(' ');
  return words < 0 ? `${type.name}${args}${dims}` : `${type.name.slice(0, words)}${args}${type.name.slice(words)}${dims}`;
}
