/**
 * How strongly operators between two values bind, as symbols or as words in capitals: the higher, the sooner. Dialects agree on
 * these (MySQL 9.4.1, SQLite's expressions, Transact-SQL's and Oracle's operator precedence); what one has of its own is with
 * whoever reads it. AND, OR and NOT bind less than all.
 */
export const BINDING: Readonly<Record<string, number>> = {
  '=': 5,
  '==': 5,
  '<>': 5,
  '!=': 5,
  '^=': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '<=>': 5,
  '||': 6,
  '->': 9,
  '->>': 9,
  '&': 6,
  '|': 6,
  '<<': 6,
  '>>': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
  DIV: 8,
  MOD: 8,
  '^': 9,
};

/** What comparisons bind, and predicates in words: LIKE, IN, BETWEEN, IS. */
export const COMPARED = 5;

const SAME: Readonly<Record<string, string>> = { '!=': '<>', '^=': '<>', '==': '=' };

/** An operator by the one name that trees have for it: `!=` is `<>`, words are in small letters. */
export function sameOperator(op: string): string {
  return Object.hasOwn(SAME, op) ? (SAME[op] as string) : op.toLowerCase();
}
