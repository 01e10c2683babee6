import type { Sql } from '#model/types.ts';
import { type Branch, byEvent, type RowTrigger, type RowWords, rowTriggers, type Step } from '../base/redundancy/row-triggers.ts';
import type { KeptShape, RedundancyWords, TriggerDraft } from '../base/redundancy/shapes.ts';
import { ident } from './quote.ts';

/** DECODE, which takes NULLs for equal, is for SQL only: PL/SQL has no expression for it. */
const differs = (left: Sql, right: Sql) =>
  `(${left} <> ${right} OR (${left} IS NULL AND ${right} IS NOT NULL) OR (${left} IS NOT NULL AND ${right} IS NULL))`;

const WORDS: RowWords = {
  row: (side, column) => `:${side.toUpperCase()}.${column.sql}`,
  differs,
  addTo: ({ table, holder, slot }, columns, source) => {
    const key = [...holder, slot].map(({ sql }) => `kept.${sql} = more.${sql}`).join(' AND ');
    const numbers = columns.slice(holder.length + 1);
    const sets = numbers.map(({ sql }) => `kept.${sql} = kept.${sql} + more.${sql}`).join(', ');
    const names = columns.map(({ sql }) => sql).join(', ');
    const values = columns.map(({ sql }) => `more.${sql}`).join(', ');
    return `MERGE INTO ${table.sql} kept USING (${source}) more ON (${key}) WHEN MATCHED THEN UPDATE SET ${sets} WHEN NOT MATCHED THEN INSERT (${names}) VALUES (${values})`;
  },
  randomBelow: (count) => `trunc(dbms_random.value(0, ${count}))`,
  defers: true,
};

/** A query gives its value INTO the row; where there may be no row, an aggregate over at most one makes NULL of none. */
function stepSql(step: Step): Sql {
  if ('run' in step) return `${step.run};`;
  const { value, rest, aggregate } = step.to;
  return `SELECT ${aggregate ? value : `max(${value})`} INTO :NEW.${step.set.sql} ${rest};`;
}

const EVENTS = [
  ['insert', 'INSERTING'],
  ['update', 'UPDATING'],
  ['delete', 'DELETING'],
] as const;

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function branchLines({ when, does }: Branch): string[] {
  const steps = does.map(stepSql);
  return when === undefined ? steps : [`IF ${when} THEN`, ...indented(steps), 'END IF;'];
}

function draftsOf({ on, name, sets, branches }: RowTrigger): TriggerDraft[] {
  const there = EVENTS.filter(([event]) => byEvent(branches, event).length > 0);
  const lines = there.flatMap(([event, test], at) => [
    `${at === 0 ? 'IF' : 'ELSIF'} ${test} THEN`,
    ...indented(byEvent(branches, event).flatMap(branchLines)),
  ]);
  const of = [...new Set(byEvent(branches, 'update').flatMap((branch) => branch.of ?? []))];
  const execute = ['BEGIN', ...indented([...lines, 'END IF;']), 'END'].join('\n');
  const events = there.map(([event]) => event);
  const trigger = { on: on.id, name, timing: sets ? 'before' : 'after', events, forEach: 'row', execute } as const;
  return [{ trigger: { ...trigger, ...(of.length === 0 ? {} : { updateOf: of }) } }];
}

/** Oracle Database PL/SQL Language Reference, "Mutating-Table Restriction". */
function missed({ link, kind }: KeptShape): string | undefined {
  if (kind === 'snapshot') return undefined;
  if (link.child.id === link.parent.id)
    return 'A trigger for each row cannot read or change the table that the statement is about (ORA-04091).';
  if (kind === 'counter' && (link.onDelete === 'cascade' || link.onDelete === 'set null'))
    return 'When a parent is deleted its foreign key changes the children, whose trigger may not touch the parent then (ORA-04091).';
  return undefined;
}

/** A change that the parent carries over writes the copies only, which must not make the child look at the parent again. */
function drafts(shape: KeptShape): TriggerDraft[] {
  const triggers = rowTriggers(shape, WORDS);
  if (shape.kind !== 'copy') return triggers.flatMap(draftsOf);
  const fks = shape.link.pairs.map(({ child }) => child.id);
  return triggers
    .map((one) =>
      one.on.id === shape.link.child.id
        ? { ...one, branches: one.branches.map((branch) => (branch.event === 'update' ? { ...branch, of: fks } : branch)) }
        : one,
    )
    .flatMap(draftsOf);
}

export const ORACLE_REDUNDANCY: RedundancyWords = {
  ident,
  differs,
  triggers: (shape) => missed(shape) ?? drafts(shape),
  materializedViews: true,
  addColumn: ['ADD (', ')'],
  refresh: (view) => `BEGIN\n  DBMS_MVIEW.REFRESH('${view.replaceAll("'", "''")}', 'C');\nEND;`,
  lock: (tables) => tables.map((table) => `LOCK TABLE ${table} IN SHARE MODE;`).join('\n'),
  dropTrigger: (name) => `DROP TRIGGER ${name};`,
  dates: {
    key: (moment) => `CAST(to_char(${moment}, 'YYYYMMDD') AS number(8))`,
    part: (date, part) => {
      if (part === 'quarter') return `CAST(to_char(${date}, 'Q') AS number(1))`;
      // Whatever the territory, the ISO week begins on Monday.
      if (part === 'weekday') return `trunc(${date}) - trunc(${date}, 'IW') + 1`;
      return `extract(${part} FROM ${date})`;
    },
    day: (moment) => `trunc(${moment})`,
    series: (from, to) => `SELECT trunc(${from}) + LEVEL - 1 AS d FROM dual CONNECT BY LEVEL <= trunc(${to}) - trunc(${from}) + 1`,
  },
};
