import type { Node } from 'libpg-query';
import type { Default } from '#model/column-types.ts';
import { as } from './ast.ts';
import { type Range, type Source, withoutBrackets } from './tokens.ts';

/** A default by its tree and its source text, without brackets around all of it, which are written where they are needed. */
export function readDefault(tree: Node | undefined, source: Source, range: Range): Default {
  return { kind: defaultKind(tree), sql: source.slice(withoutBrackets(source, range)) };
}

function defaultKind(tree: Node | undefined): Default['kind'] {
  const cast = as(tree, 'TypeCast');
  if (cast !== undefined) return defaultKind(cast.arg);
  const constant = as(tree, 'A_Const');
  if (constant === undefined) return 'expression';
  return constant.isnull === true ? 'null' : 'literal';
}
