import { defineRule } from '../define.ts';
import { isBookkeeping, snake } from '../words.ts';
import { columnsOfType, renamed, sayColumns } from './by-column.ts';

export const typeTimestampNoTz = defineRule({
  id: 'type-timestamp-no-tz',
  category: 'types',
  scope: 'table',
  severity: 'warning',
  title: 'Timestamp without time zone',
  dialects: ['postgresql'],
  docs: {
    what: 'Columns have the type timestamp (without time zone). Columns whose name says that a local time is meant (starts_local, wall_clock) are left alone; created_at, updated_at and the like, which frameworks write in UTC, are only mentioned.',
    why: 'Such a value is a picture of a clock: without the zone it names no moment. Sessions in different zones write and read different moments, and an hour repeats every autumn.',
    todo: 'Use timestamptz for moments: it stores UTC and shows the session’s zone. Keep timestamp where a local wall-clock time is meant, and say so in the comment.',
  },
  sources: [
    'PostgreSQL wiki, Don’t Do This: timestamp (without time zone)',
    'Checked likewise by squawk (prefer-timestamptz), schemalint, pg-index-health',
  ],
  check(at) {
    const columns = columnsOfType(at, 'timestamp').filter((column) => !/local|wall/.test(snake(column.name)));
    const said = sayColumns(
      at,
      columns,
      (names, several) => `${at.title}: ${names} ${several ? 'are timestamps' : 'is a timestamp'} without time zone.`,
      (column) => (column.generated === undefined ? renamed(column.type, 'timestamptz') : undefined),
    );
    // Frameworks write created_at and updated_at in UTC: worth knowing, seldom wrong.
    return columns.every((column) => isBookkeeping(column.name))
      ? said.map((one) => ({ ...one, severity: 'info' as const }))
      : said;
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE events (id int PRIMARY KEY, started_at timestamp NOT NULL, ended_at timestamp(3));',
        expect: ['events.started_at'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE events (id int PRIMARY KEY, started_at timestamptz NOT NULL);' },
      { ddl: 'CREATE TABLE flights (id int PRIMARY KEY, departs_local timestamp NOT NULL, zone text NOT NULL);' },
    ],
  },
});
