import { usualOf } from '#model/usual-types.ts';
import { memoByIdentity } from '../../memo.ts';
import { defineRule, fix } from '../define.ts';
import type { Facts } from '../facts.ts';
import { junctionOf } from '../junction.ts';

/** The model keeps timestamps as a habit: at least three of its tables, and most of them, have one. */
const isHabit = memoByIdentity((facts: Facts): boolean => {
  const tables = facts.tables.filter((one) => !one.isPartition);
  const having = tables.filter((one) => one.hasAuditTimestamps).length;
  return having >= 3 && having * 2 > tables.length;
});

export const auditTimestampsMissing = defineRule({
  id: 'audit-timestamps-missing',
  category: 'audit',
  scope: 'tableInModel',
  severity: 'info',
  title: 'Table without the timestamps its neighbours have',
  docs: {
    what: 'Most tables of the model record when a row was made or changed (created_at, updated_at, last_update ...); this one does not. Link tables and partitions are left alone, and so are models without the habit.',
    why: 'Without them nobody can tell when a row appeared, and loading only what is new is not possible for this table.',
    todo: 'Add created_at (and updated_at where rows change).',
  },
  sources: ['Checked likewise by active_record_doctor (table_without_timestamps), tbls (requireColumns), schemalint'],
  check(at, facts) {
    if (at.table.partitionOf !== undefined || at.columns.length < 3 || !isHabit(facts) || junctionOf(at, true) !== undefined)
      return [];
    // A moment of another name does as well: an event or a log row says when it happened.
    const said = at.columns.some(
      ({ name, type }) => type.kind === 'builtin' && /^(?:timestamp|datetime)/i.test(type.name) && /_at$|_on$|time|date/.test(name),
    );
    if (said || facts.byId.get(at.table.id)?.hasAuditTimestamps === true) return [];
    const { types, now } = usualOf(at.document);
    const column = {
      name: 'created_at',
      type: types.moment,
      nullable: false,
      default: { kind: 'expression', sql: now },
    } as const;
    return [
      {
        at: [at.ref()],
        what: `${at.title} does not record when its rows were made, as most tables of the model do.`,
        fixes: [fix(`Add created_at to ${at.title}`, { name: 'addColumn', args: { table: at.table.id, column } })],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE a (id int PRIMARY KEY, x int, created_at timestamptz);
CREATE TABLE b (id int PRIMARY KEY, x int, created_at timestamptz);
CREATE TABLE c (id int PRIMARY KEY, x int, created_at timestamptz);
CREATE TABLE d (id int PRIMARY KEY, x int, y int);`,
        expect: ['d'],
      },
    ],
    good: [
      {
        note: 'No habit, no finding.',
        ddl: `CREATE TABLE a (id int PRIMARY KEY, x int, created_at timestamptz);
CREATE TABLE b (id int PRIMARY KEY, x int, y int);`,
      },
    ],
  },
});
