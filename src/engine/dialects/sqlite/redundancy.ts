import type { Sql } from '#model/types.ts';
import { type Branch, type RowTrigger, type RowWords, rowTriggers, type Step, scalarSql } from '../base/redundancy/row-triggers.ts';
import type { RedundancyWords, SqlTable, TriggerDraft } from '../base/redundancy/shapes.ts';
import { ident } from './quote.ts';

const differs = (left: Sql, right: Sql) => `${left} IS NOT ${right}`;

const WORDS: RowWords = {
  row: (side, column) => `${side.toUpperCase()}.${column.sql}`,
  differs,
  addTo: ({ table, holder, slot }, columns, source) => {
    const key = [...holder, slot].map(({ sql }) => sql).join(', ');
    const numbers = columns.slice(holder.length + 1);
    const sets = numbers.map(({ sql }) => `${sql} = ${table.alone}.${sql} + excluded.${sql}`).join(', ');
    return `INSERT INTO ${table.sql} (${columns.map(({ sql }) => sql).join(', ')}) ${source} ON CONFLICT (${key}) DO UPDATE SET ${sets}`;
  },
  randomBelow: (count) => `abs(random() % ${count})`,
  defers: true,
};

/** The changed row itself, by its key; a table without one has row ids. */
function own({ key }: SqlTable): Sql {
  return key.length === 0 ? 'rowid = NEW.rowid' : key.map(({ sql }) => `${sql} = NEW.${sql}`).join(' AND ');
}

/** A trigger cannot set columns of its row (SQLite, "CREATE TRIGGER"): it updates it afterwards, where something differs. */
function stepsSql(on: SqlTable, steps: readonly Step[]): Sql[] {
  const runs = steps.flatMap((step) => ('run' in step ? [`  ${step.run};`] : []));
  const sets = steps.flatMap((step) => ('set' in step ? [{ column: step.set.sql, value: scalarSql(step.to) }] : []));
  if (sets.length === 0) return runs;
  const changes = sets.map(({ column, value }) => `${column} = ${value}`).join(', ');
  const wrong = sets.map(({ column, value }) => differs(column, value)).join(' OR ');
  return [...runs, `  UPDATE ${on.sql} SET ${changes}\n  WHERE ${own(on)} AND (${wrong});`];
}

function draftOf({ on, name }: RowTrigger, branch: Branch, suffix: string): TriggerDraft[] {
  const { event, of, when, does } = branch;
  if (event === 'truncate') return [];
  const execute = ['BEGIN', ...stepsSql(on, does), 'END'].join('\n');
  const trigger = { on: on.id, name: `${name}_${suffix}`, timing: 'after', events: [event], forEach: 'row', execute } as const;
  return [{ trigger: { ...trigger, ...(of === undefined ? {} : { updateOf: of }), ...(when === undefined ? {} : { when }) } }];
}

function draftsOf(one: RowTrigger): TriggerDraft[] {
  return one.branches.flatMap((branch, at) => {
    const before = one.branches.slice(0, at).filter(({ event }) => event === branch.event).length;
    return draftOf(one, branch, `${branch.event}${before === 0 ? '' : before + 1}`);
  });
}

export const SQLITE_REDUNDANCY: RedundancyWords = {
  ident,
  differs,
  triggers: (shape) => rowTriggers(shape, WORDS).flatMap(draftsOf),
  namesAlone: true,
  addColumn: ['ADD COLUMN ', ''],
  dropTrigger: (name) => `DROP TRIGGER ${name};`,
  dates: {
    key: (moment) => `CAST(strftime('%Y%m%d', ${moment}) AS INTEGER)`,
    part: (date, part) => {
      if (part === 'quarter') return `(CAST(strftime('%m', ${date}) AS INTEGER) + 2) / 3`;
      // Sunday is 0 here, and 7 by ISO 8601.
      if (part === 'weekday') return `(CAST(strftime('%w', ${date}) AS INTEGER) + 6) % 7 + 1`;
      return `CAST(strftime('${{ year: '%Y', month: '%m', day: '%d' }[part]}', ${date}) AS INTEGER)`;
    },
    day: (moment) => `date(${moment})`,
    series: (from, to) =>
      `WITH RECURSIVE days (d) AS (SELECT date(${from}) UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < date(${to})) SELECT d FROM days WHERE d IS NOT NULL`,
  },
};
