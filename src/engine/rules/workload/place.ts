import { lineAndColumn } from '#lib/json-text.ts';
import type { QueryFinding } from '../../workload/facts.ts';
import type { QueryContext, Said } from '../define.ts';

/** Where in its query something stands, in words. */
function placeText(sql: string, { at }: QueryFinding): string {
  const { line, column } = lineAndColumn(sql, at.start);
  return line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
}

/** What a query's own findings of some kinds say, each at the query, its text as evidence. */
export function saidOf({ query, facts }: QueryContext, codes: readonly QueryFinding['code'][]): readonly Said[] {
  return facts.findings
    .filter(({ code }) => codes.includes(code))
    .map((one) => ({
      at: [{ record: query.id }],
      what: `${query.name}, ${placeText(query.sql, one)}: ${one.message.replace(/[.…]?$/, '.')}`,
      evidence: [query.sql.slice(one.at.start, Math.max(one.at.end, one.at.start + 1)).slice(0, 200)],
    }));
}
