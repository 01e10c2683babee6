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
  return `${type.name}${args}${dims}`;
}
