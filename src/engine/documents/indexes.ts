import { bytesText, shortNumber } from '#lib/amounts.ts';
import type { IndexService } from '#model/decision-types.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import { accessOfIndex } from '../rules/index-facts.ts';
import { mayUse, usesByTable } from '../rules/indexes/workload-uses.ts';
import type { WorkloadReport } from '../workload/report.ts';
import { indexedView } from '../workload/stored-view.ts';
import { blocks, code, table as grid, text } from './markdown.ts';
import { droppedByDecision, madeByDecision, type RecordedIndex } from './recorded-indexes.ts';
import { indexReason, qualifiedName, tablesInOrder } from './words.ts';

const ROLES = { E: 'equality', S: 'order', R: 'range', I: 'included' } as const;

function plainParts(document: Document, table: Table, index: Index): string {
  const keys = index.elements.map(({ column, expression, columnName, order }) => {
    const name = column === undefined ? (expression ?? columnName ?? '') : columnNames(document, table, [column]).join('');
    return code(`${name}${order === 'desc' ? ' DESC' : ''}`, true);
  });
  const included = columnNames(document, table, index.include ?? []).map((name) => `${code(name, true)} (included)`);
  return [...keys, ...included].join(', ');
}

function service({ name, without, with: costs }: IndexService): string {
  return `${text(name)} (${shortNumber(without)} → ${shortNumber(costs)})`;
}

function sizeOf({ index }: RecordedIndex): string {
  const later = index.bytesInThreeYears === undefined ? '' : `, ${bytesText(index.bytesInThreeYears)} in three years`;
  return `${bytesText(index.bytes)}${later}`;
}

function decidedRow(one: RecordedIndex, table: Table, index: Index): readonly string[] {
  const parts = one.index.parts.map(
    ({ text: what, role }) => `${code(what, true)}${role === undefined ? '' : ` (${ROLES[role]})`}`,
  );
  const notes = one.index.notes.map((note) => text(note));
  const why = [`${text(one.decision.title)}, ${text(one.decision.date)}: worth ${shortNumber(one.index.worth)} an hour.`, ...notes];
  return [
    code(index.name ?? one.index.name, true),
    code(table.name, true),
    parts.join(', '),
    one.index.serves.map(service).join(', '),
    sizeOf(one),
    shortNumber(one.index.writeCost),
    why.join(' '),
  ];
}

/** Names of queries that could use an index, by what the workload says now. */
function servable(document: Document, table: Table, index: Index, workload: WorkloadReport): string {
  const uses = usesByTable(workload).get(table.id) ?? [];
  const access = accessOfIndex(index);
  const ids = new Set(uses.filter((one) => mayUse(table, access, one)).map(({ query }) => query));
  return [...ids].map((id) => text(document.queries[id]?.name ?? id)).join(', ');
}

/**
 * The chapter on indexes: those that a decision made with what it knew of them, those that it dropped, and for the others what
 * they are there for as far as model and workload say.
 */
export function indexesChapter(document: Document, workload: WorkloadReport): string {
  const made = madeByDecision(document);
  const dropped = droppedByDecision(document);
  const views = Object.values(document.views).flatMap((view) => (view.indexes.length === 0 ? [] : [indexedView(view)]));
  const all = [...tablesInOrder(document), ...views].flatMap((table) => table.indexes.map((index) => ({ table, index })));
  if (all.length + dropped.length === 0) return '';
  const decided = all.flatMap(({ table, index }) => {
    const one = made.get(index.id);
    return one === undefined ? [] : [{ one, table, index }];
  });
  const others = all.filter(({ index }) => !made.has(index.id));
  const bases = [...new Set(decided.map(({ one }) => `${one.decided.basis} (${one.decision.date})`))];
  const asked = Object.keys(workload).length > 0;
  return blocks(
    '## Indexes',
    decided.length === 0
      ? ''
      : blocks(
          '### Decided on',
          `Figures are those of the decision, by the ${text(bases.join('; '))}: the cost of one call without the index and with it, and of its upkeep in an hour, in pages read in sequence.`,
          grid(
            ['Index', 'On', 'Columns', 'Serves', 'Size', 'Upkeep', 'Why'],
            decided.map(({ one, table, index }) => decidedRow(one, table, index)),
          ),
        ),
    dropped.length === 0
      ? ''
      : blocks(
          '### Dropped',
          grid(
            ['Index', 'On', 'Size', 'Why', 'Decision'],
            dropped.map((one) => [
              code(one.index.name, true),
              code(one.index.on, true),
              bytesText(one.index.bytes),
              one.index.notes.map((note) => text(note)).join(' '),
              `${text(one.decision.title)}, ${text(one.decision.date)}`,
            ]),
          ),
        ),
    others.length === 0
      ? ''
      : blocks(
          decided.length + dropped.length === 0 ? '' : '### Others',
          grid(
            ['Index', 'On', 'Columns', 'What it is for', ...(asked ? ['Queries that can use it'] : [])],
            others.map(({ table, index }) => [
              code(index.name ?? '', true),
              code(qualifiedName(document, table), true),
              plainParts(document, table, index),
              text(indexReason(document, table, index)),
              ...(asked ? [servable(document, table, index, workload)] : []),
            ]),
          ),
        ),
  );
}
