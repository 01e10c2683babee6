import { recordIn } from '#model/collections.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import type { Id } from '#model/types.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { TYPE_SINCE } from '../features.ts';
import { literal } from '../quote.ts';

/** A type of Oracle's own: its arguments stand behind its first word. */
export function builtinSql(name: string, args: readonly string[] | undefined): string {
  // What a reference leads to is a name as it was written.
  if (name.startsWith('ref ')) return `REF ${name.slice(4)}`;
  const [first = '', ...rest] = name.toUpperCase().split(' ');
  const list = args === undefined || args.length === 0 ? '' : `(${args.join(', ').toUpperCase()})`;
  // The arguments of DOUBLE PRECISION and LONG RAW, if anybody gave them any, come last.
  return first === 'TIMESTAMP' ? [`${first}${list}`, ...rest].join(' ') : `${[first, ...rest].join(' ')}${list}`;
}

/** What an enumerated type or domain, which Oracle does not have, is written as. */
function standIn(scope: KitScope, type: Id): ColumnType | { readonly values: readonly string[] } | undefined {
  const said = scope.fact([type], (document) => {
    const found = recordIn(document, 'types', type);
    if (found?.kind === 'enum') return JSON.stringify({ values: found.values });
    return found?.kind === 'domain' || found?.kind === 'range' ? JSON.stringify(found.kind === 'domain' ? found.base : {}) : '';
  });
  return said === '' ? undefined : (JSON.parse(said) as ColumnType | { readonly values: readonly string[] });
}

function customSql(scope: KitScope, type: Id, part: Id | undefined): string {
  const instead = standIn(scope, type);
  if (instead === undefined) return scope.name(type);
  if ('values' in instead) {
    const longest = Math.max(1, ...instead.values.map((value) => value.length));
    return `VARCHAR2(${longest} CHAR)`;
  }
  return 'kind' in instead ? typeSql(scope, instead, part) : 'VARCHAR2(4000)';
}

/** A type as SQL. @param part what it is the type of. */
export function typeSql(scope: KitScope, type: ColumnType, part?: Id): string {
  if (type.kind === 'custom') return customSql(scope, type.type, part);
  if (type.kind === 'other')
    return [type.schema, type.name].flatMap((one) => (one === undefined ? [] : scope.ident(one))).join('.');
  const later = TYPE_SINCE.get(type.name);
  if (later === undefined || scope.version >= later.since) return builtinSql(type.name, type.args);
  scope.note({
    ...(part === undefined ? {} : { part }),
    feature: `type ${type.name}`,
    since: later.since,
    message: `Oracle ${scope.version} has no type ${type.name.toUpperCase()}. It is written as ${later.instead}.`,
  });
  return later.instead;
}

/** A check that stands for the values of an enumerated type, with a leading space. */
export function valuesCheck(scope: KitScope, { name, type }: Column): string {
  const instead = type.kind === 'custom' ? standIn(scope, type.type) : undefined;
  if (instead === undefined || !('values' in instead) || instead.values.length === 0) return '';
  return ` CHECK (${scope.ident(name)} IN (${instead.values.map(literal).join(', ')}))`;
}
