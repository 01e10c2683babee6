import type { Test } from './facts.ts';
import type { Expr } from './tree.ts';

/** Whether a LIKE pattern begins with characters that are meant as they are. */
function likePrefix(pattern: string): boolean {
  const [first] = pattern;
  return first !== undefined && first !== '%' && first !== '_';
}

/** Whether a regular expression is anchored at the start and begins with characters that are meant as they are. */
function regexpPrefix(pattern: string): boolean {
  return /^\^\(?[\w @/#-]/.test(pattern) && !/^\^\(?[\w @/#-][*?{]/.test(pattern) && !pattern.includes('|');
}

function globPrefix(pattern: string): boolean {
  return pattern !== '' && !/^[*?[]/.test(pattern);
}

/**
 * What a pattern asks for. Of a pattern that is a parameter `texts` tells what is declared; when nothing is, it may begin
 * with anything.
 */
export function patternTest(expr: Expr & { is: 'like' }, texts: readonly string[]): Test {
  if (expr.not) return 'differs';
  const isPrefix = {
    like: likePrefix,
    similar: likePrefix,
    regexp: regexpPrefix,
    glob: globPrefix,
    ilike: undefined,
    iregexp: undefined,
  }[expr.op];
  return isPrefix !== undefined && texts.length > 0 && texts.every(isPrefix) ? 'prefix' : 'pattern';
}
