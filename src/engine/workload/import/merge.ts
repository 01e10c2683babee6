import type { ParameterValue, QueryParameter } from '#model/query-types.ts';
import type { Dialect } from '#model/types.ts';
import { lexSql } from '../../dialects/base/lex.ts';
import { SPELLING } from '../../dialects/base/queries/spelling.ts';
import type { Entry } from './entry.ts';

/** Different values of one place that are still worth telling. */
const MAX_VALUES = 20;

interface Literal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function literalsOf(sql: string, dialect: Dialect): readonly Literal[] {
  return lexSql(sql, dialect).tokens.flatMap(({ kind, start, end, text }) =>
    kind === 'string' || kind === 'number' ? [{ start, end, text }] : [],
  );
}

interface Text {
  readonly sql: string;
  readonly calls: number;
  readonly literals: readonly Literal[];
}

/**
 * One text for queries that differ in literals only: a place whose value differs becomes a parameter with the values that
 * were seen and their shares. Undefined when the literals do not stand in the same places.
 */
function withParameters(texts: readonly Text[], dialect: Dialect): { sql: string; parameters: QueryParameter[] } | undefined {
  const [first] = texts;
  if (first === undefined || texts.some((one) => one.literals.length !== first.literals.length)) return undefined;
  const total = texts.reduce((sum, one) => sum + one.calls, 0);
  const numbered = SPELLING[dialect].numbersParameters === true;
  const taken = /[$?:@]\w*/.test(first.sql.replaceAll(/'[^']*'/g, ''));
  if (taken) return undefined;
  let sql = '';
  let from = 0;
  const parameters: QueryParameter[] = [];
  first.literals.forEach((literal, i) => {
    const counts = new Map<string, number>();
    for (const one of texts) {
      const value = one.literals[i]?.text ?? '';
      counts.set(value, (counts.get(value) ?? 0) + one.calls);
    }
    sql += first.sql.slice(from, literal.start);
    from = literal.end;
    if (counts.size === 1) sql += literal.text;
    else {
      const number = parameters.length + 1;
      const few = counts.size <= MAX_VALUES;
      const values = [...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, MAX_VALUES)
        .map(([value, count]): ParameterValue => (few ? { sql: value, share: count / total } : { sql: value }));
      parameters.push({ name: numbered ? `$${number}` : `?${number}`, values });
      sql += numbered ? `$${number}` : '?';
    }
  });
  return { sql: sql + first.sql.slice(from), parameters };
}

/** The text that stands for all of these, which have one fingerprint. */
export function oneText(
  entries: readonly Entry[],
  dialect: Dialect,
): { readonly sql: string; readonly parameters?: readonly QueryParameter[] } {
  const byText = new Map<string, Text>();
  for (const { sql, calls } of entries) {
    const known = byText.get(sql);
    byText.set(sql, { sql, calls: calls + (known?.calls ?? 0), literals: known?.literals ?? literalsOf(sql, dialect) });
  }
  const texts = [...byText.values()];
  const [first] = texts;
  if (first === undefined || texts.length === 1) return { sql: first?.sql ?? '' };
  const made = withParameters(texts, dialect);
  if (made === undefined) return { sql: first.sql };
  return { sql: made.sql, ...(made.parameters.length === 0 ? {} : { parameters: made.parameters }) };
}
