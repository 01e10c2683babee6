import { bytesText, shortNumber } from '#lib/amounts.ts';
import type { QueryDecision } from '#model/decision-types.ts';
import { inFileOrder } from '#model/format/order.ts';
import type { Decision, Document } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import type { Finding } from '../finding.ts';
import type { WorkloadReport } from '../workload/report.ts';
import { indexesChapter } from './indexes.ts';
import { blocks, code, fence, table as grid, text } from './markdown.ts';
import { decisionsOnIndexes } from './recorded-indexes.ts';
import { queriesInOrder, workloadChapter } from './workload.ts';

export interface OptimizationInput {
  readonly document: Document;
  readonly findings: readonly Finding[];
  /** What each query says. */
  readonly workload?: WorkloadReport;
}

function changeText({ before, after }: QueryDecision): string {
  if (before <= 0) return '';
  const share = (after - before) / before;
  return Math.abs(share) < 0.005 ? 'same' : `${share < 0 ? '−' : '+'}${Math.round(Math.abs(share) * 100)} %`;
}

/** What was weighed for a decision, query by query. */
function beforeAfter(decision: ReturnType<typeof decisionsOnIndexes>[number]): string {
  const { basis, budget, queries = [], totals } = decision.indexes;
  const sums = (one: NonNullable<typeof totals>['before']) => [
    shortNumber(one.reads),
    shortNumber(one.writes),
    shortNumber(one.reads + one.writes),
    bytesText(one.bytes),
  ];
  return blocks(
    `### ${text(decision.title)}`,
    `${text(decision.date)}, by the ${text(basis)}${budget === undefined ? '' : `; indexes could take ${bytesText(budget)}`}. ${text(decision.consequences)}`.trim(),
    grid(
      ['Query', 'Calls an hour', 'Cost of a call before', 'After', 'Change'],
      [...queries]
        .sort((a, b) => (b.before - b.after) * (b.callsPerHour ?? 1) - (a.before - a.after) * (a.callsPerHour ?? 1))
        .map((one) => [
          text(one.name),
          one.callsPerHour === undefined ? '' : shortNumber(one.callsPerHour),
          shortNumber(one.before),
          shortNumber(one.after),
          changeText(one),
        ]),
    ),
    totals === undefined
      ? ''
      : grid(
          ['In an hour', 'Reads', 'Upkeep of indexes', 'Together', 'Size of indexes'],
          [
            ['Before', ...sums(totals.before)],
            ['After', ...sums(totals.after)],
          ],
        ),
    queries.length === 0 ? 'What each query costs with just these indexes was not worked out.' : '',
  );
}

/** Open findings that stand at queries: what to change in their text or around them. */
function queryAdvice(document: Document, findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ at, waivedBy, message, rule }) => {
    const names = at.flatMap(({ record }) =>
      Object.hasOwn(document.queries, record) ? [document.queries[record]?.name ?? record] : [],
    );
    if (waivedBy !== undefined || names.length === 0) return [];
    return [
      {
        key: `${names.join()} ${rule} ${message.what}`,
        cells: [text(names.join(', ')), text(message.what), text(message.todo), code(rule, true)],
      },
    ];
  });
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  return grid(
    ['Query', 'What', 'What to do', 'Rule'],
    rows.map(({ cells }) => cells),
  );
}

/** Whether there is anything to write in {@link databaseOptimization}. */
export function hasOptimization({ decisions, queries }: Document): boolean {
  return Object.keys(queries).length > 0 || Object.values(decisions).some((one: Decision) => one.indexes !== undefined);
}

/**
 * `database-optimization.md`: the workload, what was decided on indexes with the costs of its queries before and after as they
 * were recorded, advice on queries, and their texts. Nothing is in it that document and findings do not say.
 */
export function databaseOptimization(given: OptimizationInput): string {
  const document = inFileOrder(given.document);
  const { workload = {}, findings } = given;
  const { name = 'Database', dialect = 'postgresql', version } = document.settings['settings'] ?? {};
  const decisions = decisionsOnIndexes(document);
  const advice = queryAdvice(document, findings);
  const queries = queriesInOrder(document);
  const markdown = blocks(
    `# ${text(name)}: database optimization`,
    `For ${TRAITS[dialect].label} ${version ?? ''}. Costs are in pages read in sequence, as the source of each says.`.replace(
      ' .',
      '.',
    ),
    workloadChapter(document, workload),
    indexesChapter(document, workload),
    '## Before and after',
    decisions.length === 0 ? 'No decision on indexes is recorded yet.' : decisions.map(beforeAfter),
    '## Queries to change',
    advice === '' ? 'No open finding stands at a query.' : advice,
    queries.length === 0 ? '' : '## Texts of the queries',
    queries.map((query) => blocks(`**${text(query.name)}**`, fence('sql', query.sql))),
  );
  return `${markdown}\n`;
}
