import { recordIn } from '#model/collections.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document, Id } from '#model/types.ts';
import { tableRates } from '../workload/rates.ts';
import type { WorkloadReport } from '../workload/report.ts';
import { blocks, code, table as grid, text } from './markdown.ts';
import { qualifiedName } from './words.ts';

/** Queries in reading order: called most first, then by name. */
export function queriesInOrder(document: Document): readonly WorkloadQuery[] {
  return Object.values(document.queries).sort(
    (a, b) =>
      (b.callsPerHour ?? -1) - (a.callsPerHour ?? -1) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
  );
}

const figure = (value: number | undefined) => (value === undefined ? '' : Number(value.toPrecision(6)).toLocaleString('en'));

function tableName(document: Document, id: Id): string {
  const found = recordIn(document, 'tables', id) ?? recordIn(document, 'views', id);
  return found === undefined ? '' : code(qualifiedName(document, found), true);
}

function tablesOf(document: Document, workload: WorkloadReport, query: Id): string {
  const facts = Object.hasOwn(workload, query) ? workload[query] : undefined;
  if (facts === undefined) return '';
  if (facts.findings.some(({ code: kind }) => kind === 'syntax')) return 'It cannot be read.';
  const written = new Set(facts.uses.flatMap(({ table, write }) => (write === undefined ? [] : [table])));
  const all = [...new Set(facts.uses.map(({ table }) => table))];
  return all.map((id) => `${tableName(document, id)}${written.has(id) ? ' (written)' : ''}`).join(', ');
}

/** The chapter on the queries that the database has to serve, and what they ask of each table. */
export function workloadChapter(document: Document, workload: WorkloadReport): string {
  const queries = queriesInOrder(document);
  if (queries.length === 0) return '';
  const rated = queries.flatMap(({ id, callsPerHour }) => {
    const facts = Object.hasOwn(workload, id) ? workload[id] : undefined;
    return facts === undefined ? [] : [{ id, ...(callsPerHour === undefined ? {} : { callsPerHour }), facts }];
  });
  const rates = [...tableRates(rated).values()].sort(
    (a, b) =>
      b.reads + b.inserts + b.updates + b.deletes - (a.reads + a.inserts + a.updates + a.deletes) || (a.table < b.table ? -1 : 1),
  );
  return blocks(
    '## Workload',
    grid(
      ['Query', 'Calls an hour', 'May take', 'Purpose', 'Tables'],
      queries.map(({ id, name, callsPerHour, latencyMs, purpose }) => [
        text(name),
        figure(callsPerHour),
        latencyMs === undefined ? '' : `${figure(latencyMs)} ms`,
        purpose ?? '',
        tablesOf(document, workload, id),
      ]),
    ),
    rates.length === 0
      ? ''
      : blocks(
          'By table, statements an hour of those whose calls are known:',
          grid(
            ['Table', 'Reads', 'Inserts', 'Updates', 'Deletes'],
            rates.map(({ table, reads, inserts, updates, deletes }) => [
              tableName(document, table),
              figure(reads),
              figure(inserts),
              figure(updates),
              figure(deletes),
            ]),
          ),
        ),
  );
}
