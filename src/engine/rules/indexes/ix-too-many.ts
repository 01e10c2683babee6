import type { Table } from '#model/types.ts';
import { memoByIdentity, memoWithInputs } from '../../memo.ts';
import { type TableRates, tableRates } from '../../workload/rates.ts';
import type { WorkloadReport } from '../../workload/report.ts';
import { defineRule, type ModelContext, type Said } from '../define.ts';

/** Indexes beside keys from which on it is told. */
const MANY = 5;
/** Rows written in an hour below which nobody waits for an index. */
const BUSY = 1000;

const remembered = memoWithInputs<WorkloadReport, ReadonlyMap<string, TableRates>>();

/** Rates of the workload; the same while its queries are. */
function ratesOf({
  document: { queries },
  workload,
}: Pick<ModelContext, 'document' | 'workload'>): ReadonlyMap<string, TableRates> {
  const report = workload();
  return remembered(report, [queries], () => {
    const rated = Object.values(queries).flatMap(({ id, callsPerHour }) => {
      const facts = Object.hasOwn(report, id) ? report[id] : undefined;
      return facts === undefined ? [] : [{ id, ...(callsPerHour === undefined ? {} : { callsPerHour }), facts }];
    });
    return tableRates(rated);
  });
}

/** Indexes that hold no rule: those that could go. */
const loose = memoByIdentity((table: Table) =>
  table.indexes.filter((one) => one.unique !== true && one.replicaIdentity !== true && one.attachedTo === undefined),
);

const number = (value: number) => Math.round(value).toLocaleString('en');

const query = (name: string, sql: string, callsPerHour: number) => ({
  name: 'addQuery' as const,
  args: { record: { name, sql, callsPerHour } },
});
const EVENTS = `CREATE TABLE events (id bigint PRIMARY KEY, a int, b int, c int, d int, e int);
CREATE INDEX ON events (a);
CREATE INDEX ON events (b);
CREATE INDEX ON events (c);
CREATE INDEX ON events (d);
CREATE INDEX ON events (e);`;

export const ixTooMany = defineRule({
  id: 'ix-too-many',
  category: 'indexes',
  scope: 'model',
  severity: 'warning',
  title: 'Many indexes on a table that is mostly written',
  docs: {
    what: `The workload says that rows of the table are written more often than they are looked for, at least ${BUSY.toLocaleString('en')} times an hour, and it has ${MANY} or more indexes beside keys and unique indexes.`,
    why: 'Each insert writes every index, and an update that changes an indexed column writes all of them anew (in PostgreSQL; elsewhere those that hold the column): log, memory and replicas pay for it.',
    todo: 'Let the advice weigh reads against writes, and drop what gains less than it costs; put reports elsewhere.',
  },
  sources: [
    'PostgreSQL documentation, Heap-Only Tuples (HOT); Indexes: Introduction (last paragraph)',
    'Use The Index, Luke: Insert, Delete and Update',
  ],
  check(at) {
    if (Object.keys(at.document.queries).length === 0) return [];
    return [...ratesOf(at).values()].flatMap(({ table, reads, inserts, updates, deletes, updatedColumns }): Said[] => {
      const context = at.table(table);
      if (context === undefined) return [];
      const indexes = loose(context.table);
      const writes = inserts + updates + deletes;
      // An UPDATE or DELETE looks for its rows: that is not what the indexes are for.
      const asked = reads - updates - deletes;
      if (indexes.length < MANY || writes < BUSY || writes <= asked) return [];
      const churned = [...updatedColumns.keys()].filter((column) =>
        indexes.some((index) => index.elements.some((element) => element.column === column) || index.include?.includes(column)),
      );
      return [
        {
          at: [context.ref()],
          what: `${context.title} is written ${number(writes)} times an hour and read ${number(Math.max(0, asked))} times, with ${indexes.length} indexes beside its keys.`,
          evidence: [
            `${number(inserts)} inserts, ${number(updates)} updates and ${number(deletes)} deletes an hour by the given workload.`,
            ...(churned.length === 0 ? [] : [`Updates change indexed columns: ${context.names(churned)}.`]),
          ],
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: EVENTS,
        given: () => [
          query('new', 'INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)', 50_000),
          query('mark', 'UPDATE events SET b = $2 WHERE id = $1', 20_000),
          query('by a', 'SELECT * FROM events WHERE a = $1', 100),
        ],
        expect: ['events'],
      },
    ],
    good: [
      { note: 'Nobody said how often it is written.', ddl: EVENTS },
      {
        note: 'It is read more.',
        ddl: EVENTS,
        given: () => [
          query('new', 'INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)', 5000),
          query('by a', 'SELECT * FROM events WHERE a = $1', 50_000),
        ],
      },
    ],
  },
});
