/** The table of what each format says, as what the writers do with the documents of one feature tells it. */
import { FEATURES } from '#engine/exchange/common/features.ts';
import { EXCHANGE_FORMATS, type ExchangeId } from '#engine/exchange/formats.ts';
import { EXCHANGE_WRITERS } from '#engine/exchange/writers.ts';
import { DIALECTS } from './exchange-features/build.ts';
import { FEATURE_CASES } from './exchange-features/cases.ts';
import { type Judged, judge } from './exchange-honesty.ts';

const MARKS: Readonly<Record<Judged['says'], string>> = { yes: 'yes', partly: 'partly', no: '–' };

/** Rows of things that every document has, before those that only some have. */
const COMMON: Readonly<Record<string, string>> = {
  table: 'tables',
  name: 'names, as they are',
  column: 'columns',
  order: 'order of columns',
  'column type': 'types, as the database calls them',
};

function cell(feature: string, format: ExchangeId): string {
  const found = FEATURE_CASES.filter((one) => one.feature === feature).flatMap((one) =>
    (one.at ?? DIALECTS).map((dialect) => judge(one, EXCHANGE_WRITERS[format], dialect).says),
  );
  const [first = 'no'] = found;
  return MARKS[found.every((says) => says === first) ? first : 'partly'];
}

/** The whole of docs/formats.md. */
export function formatTable(): string {
  const rows = Object.entries({ ...COMMON, ...FEATURES }).map(
    ([feature, words]) => `| ${words} | ${EXCHANGE_FORMATS.map(({ id }) => cell(feature, id)).join(' | ')} |`,
  );
  return `# What the other languages say

Each language beside SQL says a part of what a model holds. Whatever it leaves out, renames or says in another way is listed
with the object and the reason: in the export dialog as \`…-losses.csv\` beside the file, in a terminal with
\`crowfoot ddl FILE --to FORMAT --receipt FILE.json\`, under \`lost\`.

This table is not written by hand: \`test/exchange-table.test.ts\` writes it from documents that differ in one thing
(\`test/exchange-features/\`), in every dialect that has the thing. **yes**: they are all written differently, and nothing is
listed as lost. **–**: the language does not say it, and the list says so. **partly**: some of them, or in other words; what is
missing is in the list.

What only the studio knows is no part of a schema and in none of these files: diagrams and notes, decisions, findings that were
waived, statistics, kinds of personal data, declared dependencies and cardinalities. Tags and areas become groups in DBML.

| | ${EXCHANGE_FORMATS.map(({ label }) => label).join(' | ')} |
|---|${EXCHANGE_FORMATS.map(() => '---').join('|')}|
${rows.join('\n')}
`;
}
