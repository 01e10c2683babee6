import type { Node } from 'libpg-query';
import type { Default } from '#model/column-types.ts';
import { as } from './ast.ts';

/** A default by its tree and its source text. */
export function readDefault(tree: Node | undefined, sql: string): Default {
  return { kind: defaultKind(tree), sql };
}

function defaultKind(tree: Node | undefined): Default['kind'] {
  const cast = as(tree, 'TypeCast');
  if (cast !== undefined) return defaultKind(cast.arg);
  const constant = as(tree, 'A_Const');
  if (constant === undefined) return 'expression';
  return constant.isnull === true ? 'null' : 'literal';
}
