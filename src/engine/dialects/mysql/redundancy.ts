import type { Sql } from '#model/types.ts';
import {
  type Branch,
  byEvent,
  type RowTrigger,
  type RowWords,
  rowTriggers,
  type Step,
  scalarSql,
} from '../base/redundancy/row-triggers.ts';
import type { KeptShape, RedundancyWords, TriggerDraft } from '../base/redundancy/shapes.ts';
import { ident } from './quote.ts';

const differs = (left: Sql, right: Sql) => `NOT (${left} <=> ${right})`;

const WORDS: RowWords = {
  row: (side, column) => `${side.toUpperCase()}.${column.sql}`,
  differs,
  addTo: ({ table, holder }, columns, source) => {
    const sets = columns
      .slice(holder.length + 1)
      .map(({ sql }) => `${sql} = ${table.alone}.${sql} + VALUES(${sql})`)
      .join(', ');
    return `INSERT INTO ${table.sql} (${columns.map(({ sql }) => sql).join(', ')}) ${source} ON DUPLICATE KEY UPDATE ${sets}`;
  },
  randomBelow: (count) => `floor(rand() * ${count})`,
  // MySQL 8.4 Reference Manual, "Using Triggers": cascaded foreign key actions do not activate triggers.
  silentCascades: true,
};

const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit}${digit === 0 ? ' AS n' : ''}`).join(' UNION ALL ');

const EVENTS = ['insert', 'update', 'delete'] as const;

function stepSql(step: Step): Sql {
  return 'run' in step ? `${step.run};` : `SET NEW.${step.set.sql} = ${scalarSql(step.to)};`;
}

function branchLines({ when, does }: Branch): Sql[] {
  const steps = does.map(stepSql);
  return when === undefined
    ? steps.map((line) => `  ${line}`)
    : [`  IF ${when} THEN`, ...steps.map((line) => `    ${line}`), '  END IF;'];
}

function draftsOf({ on, name, sets, branches }: RowTrigger): TriggerDraft[] {
  return EVENTS.flatMap((event) => {
    const lines = byEvent(branches, event).flatMap(branchLines);
    if (lines.length === 0) return [];
    const timing = sets ? ('before' as const) : ('after' as const);
    const execute = ['BEGIN', ...lines, 'END'].join('\n');
    return [{ trigger: { on: on.id, name: `${name}_${event}`, timing, events: [event], forEach: 'row' as const, execute } }];
  });
}

const QUIET = 'MySQL and MariaDB run no triggers for rows that a foreign key changes or deletes';

/** Why triggers of this dialect would miss changes. */
function missed(shape: KeptShape): string | undefined {
  const { link, kind } = shape;
  if (kind !== 'snapshot' && link.child.id === link.parent.id)
    return 'A trigger of MySQL or MariaDB cannot change the table that the statement is about (error 1442).';
  if (kind === 'copy' && (link.onUpdate === 'set null' || link.onUpdate === 'set default' || link.onDelete === 'set default'))
    return `${QUIET}, and this one may set the reference to NULL when the key changes.`;
  return undefined;
}

export const MYSQL_REDUNDANCY: RedundancyWords = {
  ident,
  differs,
  triggers: (shape) => missed(shape) ?? rowTriggers(shape, WORDS).flatMap(draftsOf),
  silentCascades: QUIET,
  addColumn: ['ADD COLUMN ', ''],
  dropTrigger: (name) => `DROP TRIGGER ${name};`,
  dates: {
    key: (moment) => `CAST(date_format(${moment}, '%Y%m%d') AS UNSIGNED)`,
    part: (date, part) =>
      part === 'weekday' ? `weekday(${date}) + 1` : part === 'day' ? `dayofmonth(${date})` : `${part}(${date})`,
    day: (moment) => `CAST(${moment} AS date)`,
    // A recursive query ends after 1,000 steps unless a session says otherwise: four digits are counted instead.
    series: (from, to) =>
      `SELECT CAST(${from} AS date) + INTERVAL n.n DAY AS d FROM (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n AS n FROM ${['a', 'b', 'c', 'e'].map((name) => `(${DIGITS}) ${name}`).join(' CROSS JOIN ')}) n WHERE n.n <= datediff(${to}, ${from})`,
  },
};
