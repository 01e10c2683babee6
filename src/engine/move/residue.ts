import type { MoveMapping } from './plan-types.ts';

/** Something that the target never has. */
export interface Clause {
  readonly id: string;
  readonly group: MoveMapping['group'];
  readonly what: string;
  readonly reason: string;
}

/** Clauses that are kept as text, of which more can be said than that they are not translated. */
const KNOWN: readonly (Clause & { readonly text: RegExp })[] = [
  {
    text: /^on null\b/i,
    id: 'value:on-null',
    group: 'value',
    what: 'value in place of an explicit NULL',
    reason: 'An INSERT that says NULL is refused, or keeps NULL, instead of getting the value: it must leave the column out.',
  },
  {
    text: /^organization\s+index\b/i,
    id: 'table:organization',
    group: 'table',
    what: 'rows kept in the primary key',
    reason: 'Rows and keys are apart there: a query by the primary key reads one more page. Nothing is to be done.',
  },
  {
    text: /^with\s+read\s+only\b/i,
    id: 'object:read-only',
    group: 'object',
    what: 'view that cannot be written',
    reason: 'A simple view may be written there: grant SELECT alone on it.',
  },
  {
    text: /^identity\s+order\b/i,
    id: 'value:identity-order',
    group: 'value',
    what: 'numbers in the order of requests',
    reason: 'One server gives numbers in the order of requests anyway.',
  },
  {
    text: /^(?:(?:en|dis)able\s+row\s+movement|segment\s+creation|(?:no)?logging|(?:no)?compress|(?:no)?cache|(?:no)?parallel|lob\s*\(|nested\s+table|varray|column\s+.*\s+store)\b/i,
    id: 'table:storage',
    group: 'table',
    what: 'how rows are stored',
    reason: "How rows are stored is each product's own; the target's defaults apply.",
  },
];

/** What a clause that was kept as text means for the move, where that is known. */
export function knownClause(sql: string): Clause | undefined {
  const found = KNOWN.find(({ text }) => text.test(sql.trim()));
  if (found === undefined) return undefined;
  const { text: _, ...clause } = found;
  return clause;
}
