import type { Column } from '#model/column-types.ts';
import { lex } from '../../dialects/postgres/lex.ts';
import { ident } from '../../dialects/postgres/quote.ts';
import { defineRule, fix } from '../define.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts, typeFamily } from '../type-facts.ts';
import { snake } from '../words.ts';

interface Missing {
  readonly columns: readonly Column[];
  readonly expression: string;
}

const RANGES: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/(^|_)(percent|percentage|pct)$/, (name) => `${name} BETWEEN 0 AND 100`],
  [/^(lat|latitude)$|_(lat|latitude)$/, (name) => `${name} BETWEEN -90 AND 90`],
  [/^(lon|lng|longitude)$|_(lon|lng|longitude)$/, (name) => `${name} BETWEEN -180 AND 180`],
  [/^(quantity|qty)$|_(quantity|qty)$/, (name) => `${name} >= 0`],
  [/^(price|unit_price|list_price|sale_price)$|_price(_cents)?$/, (name) => `${name} >= 0`],
];

/** `starts_at` with `ends_at`, `valid_from` with `valid_to` ... */
const SPANS: readonly (readonly [RegExp, string])[] = [
  [/^starts?(_|$)/, 'end'],
  [/^(.*_)?start(_at|_date|_time|_on)?$/, 'end'],
  [/^(.*_)?from(_date|_at)?$/, 'to'],
];

function endOf(at: TableContext, start: Column): Column | undefined {
  const name = snake(start.name);
  for (const [pattern, word] of SPANS) {
    if (!pattern.test(name)) continue;
    const wanted = word === 'end' ? name.replace(/start(s?)/, 'end$1') : name.replace(/from/, 'to');
    const found = at.table.columns.find((column) => snake(column.name) === wanted && wanted !== name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function missing(at: TableContext, mentioned: ReadonlySet<string>): Missing[] {
  return at.table.columns.flatMap((column): Missing[] => {
    const type = typeFacts(at.document, column.type);
    if (type.isArray || type.domain || column.generated !== undefined) return [];
    const family = typeFamily(type);
    if (family === 'number' && !mentioned.has(column.name)) {
      const range = RANGES.find(([pattern]) => pattern.test(snake(column.name)));
      return range === undefined ? [] : [{ columns: [column], expression: range[1](ident(column.name)) }];
    }
    const end = family === 'time' ? endOf(at, column) : undefined;
    if (end === undefined || typeFacts(at.document, end.type).name !== type.name || mentioned.has(end.name)) return [];
    return [{ columns: [column, end], expression: `${ident(end.name)} >= ${ident(column.name)}` }];
  });
}

export const checkMissingDomain = defineRule({
  id: 'check-missing-domain',
  category: 'constraints',
  scope: 'table',
  severity: 'info',
  title: 'Values that no check bounds',
  dialects: ['postgresql'],
  docs: {
    what: 'A number is called percent, latitude, longitude, quantity or price, or two times are called start and end, and no CHECK (nor exclusion constraint or domain) mentions them.',
    why: 'Impossible values are accepted: a price below zero, 140 percent, an end before its start.',
    todo: 'Add the CHECK that the name implies, or another one that says what is allowed.',
  },
  sources: ['PostgreSQL documentation, Constraints: Check Constraints'],
  check(at) {
    const sql = [
      ...at.table.checks.map((check) => check.expression),
      ...at.table.exclusions.flatMap((one) => one.elements.map((element) => element.expression ?? '')),
    ];
    const mentioned = new Set(sql.flatMap((text) => lex(text).map((token) => token.text)));
    const found = missing(at, mentioned);
    if (found.length === 0 || at.table.partitionOf !== undefined) return [];
    return [
      {
        at: found.flatMap((one) => one.columns.map((column) => at.ref(column.id))),
        what: `${at.title} accepts impossible values: nothing checks ${found.map((one) => one.expression).join('; ')}.`,
        fixes: [
          fix(
            `Add ${found.length === 1 ? 'the check' : `${found.length} checks`}`,
            ...found.map(({ expression }) => ({ name: 'addCheck' as const, args: { table: at.table.id, part: { expression } } })),
          ),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE items (id int PRIMARY KEY, unit_price numeric NOT NULL, quantity int NOT NULL);',
        expect: ['items.unit_price'],
      },
      {
        ddl: 'CREATE TABLE bookings (id int PRIMARY KEY, starts_at timestamptz, ends_at timestamptz);',
        expect: ['bookings.starts_at'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE items (id int PRIMARY KEY, unit_price numeric NOT NULL CHECK (unit_price >= 0));' },
      {
        ddl: 'CREATE TABLE bookings (id int PRIMARY KEY, starts_at timestamptz, ends_at timestamptz, CHECK (ends_at > starts_at));',
      },
    ],
  },
});
