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
import type { RedundancyWords, TriggerDraft } from '../base/redundancy/shapes.ts';
import { ident, literal } from './quote.ts';

const differs = (left: Sql, right: Sql) => `${left} IS DISTINCT FROM ${right}`;

const WORDS: RowWords = {
  row: (side, column) => `${side === 'new' ? 'NEW' : 'OLD'}.${column.sql}`,
  differs,
  addTo: ({ table, holder, slot }, columns, source) => {
    const key = [...holder, slot].map(({ sql }) => sql).join(', ');
    const numbers = columns.slice(holder.length + 1);
    const sets = numbers.map(({ sql }) => `${sql} = ${table.alone}.${sql} + excluded.${sql}`).join(', ');
    return `INSERT INTO ${table.sql} (${columns.map(({ sql }) => sql).join(', ')}) ${source} ON CONFLICT (${key}) DO UPDATE SET ${sets}`;
  },
  randomBelow: (count) => `CAST(floor(random() * ${count}) AS integer)`,
  defers: true,
};

function stepSql(step: Step): Sql {
  return 'run' in step ? `${step.run};` : `NEW.${step.set.sql} := ${scalarSql(step.to)};`;
}

const EVENTS = ['insert', 'update', 'delete', 'truncate'] as const;

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function branchLines({ when, does }: Branch): string[] {
  const steps = does.map(stepSql);
  return when === undefined ? steps : [`IF ${when} THEN`, ...indented(steps), 'END IF;'];
}

/** PL/pgSQL (PostgreSQL documentation, "Trigger Functions"): what a function for rows before a change returns is stored. */
function bodyOf({ branches, sets }: RowTrigger): string {
  const events = EVENTS.filter((event) => byEvent(branches, event).length > 0);
  const of = (event: Branch['event']) => byEvent(branches, event).flatMap(branchLines);
  const alike = new Set(events.map((event) => of(event).join('\n'))).size === 1;
  const lines = alike
    ? of(events[0] ?? 'insert')
    : [
        ...events.flatMap((event, at) => [
          `${at === 0 ? 'IF' : 'ELSIF'} TG_OP = '${event.toUpperCase()}' THEN`,
          ...indented(of(event)),
        ]),
        'END IF;',
      ];
  return ['', 'BEGIN', ...indented([...lines, sets ? 'RETURN NEW;' : 'RETURN NULL;']), 'END', ''].join('\n');
}

function bodyLiteral(body: string): string {
  return body.includes('$$') ? literal(body) : `$$${body}$$`;
}

function draftsOf(one: RowTrigger): TriggerDraft[] {
  const { on, name, sets, branches } = one;
  const routine = `${on.sql.slice(0, on.sql.length - on.alone.length)}${ident(name)}`;
  const call = `${routine}()`;
  const definition = `CREATE FUNCTION ${call} RETURNS trigger\n    LANGUAGE plpgsql\n    AS ${bodyLiteral(bodyOf(one))}`;
  const rows = EVENTS.filter((event) => event !== 'truncate' && byEvent(branches, event).length > 0);
  const of = [...new Set(byEvent(branches, 'update').flatMap((branch) => branch.of ?? []))];
  const common = { on: on.id, timing: sets ? ('before' as const) : ('after' as const), execute: call };
  const drafts: TriggerDraft[] = [
    {
      trigger: { ...common, name, events: rows, forEach: 'row', ...(of.length === 0 ? {} : { updateOf: of }) },
      routine: { name, signature: '', definition },
    },
  ];
  if (byEvent(branches, 'truncate').length > 0)
    drafts.push({ trigger: { ...common, name: `${name}_truncate`, timing: 'after', events: ['truncate'], forEach: 'statement' } });
  return drafts;
}

const PARTS = { year: 'year', quarter: 'quarter', month: 'month', day: 'day', weekday: 'isodow' } as const;

export const POSTGRES_REDUNDANCY: RedundancyWords = {
  ident,
  differs,
  triggers: (shape) => rowTriggers(shape, WORDS).flatMap(draftsOf),
  materializedViews: true,
  addColumn: ['ADD COLUMN ', ''],
  refresh: (view) => `REFRESH MATERIALIZED VIEW CONCURRENTLY ${view};`,
  lock: (tables) => `LOCK TABLE ${tables.join(', ')} IN SHARE ROW EXCLUSIVE MODE;`,
  dropTrigger: (name, table, routine) =>
    `DROP TRIGGER ${name} ON ${table};${routine === undefined ? '' : `\nDROP FUNCTION ${routine}();`}`,
  dates: {
    key: (moment) => `CAST(to_char(${moment}, 'YYYYMMDD') AS integer)`,
    part: (date, part) => `CAST(extract(${PARTS[part]} FROM ${date}) AS integer)`,
    day: (moment) => `CAST(${moment} AS date)`,
    series: (from, to) =>
      `SELECT CAST(d AS date) AS d FROM generate_series(CAST(${from} AS timestamp), CAST(${to} AS timestamp), interval '1 day') AS d`,
  },
};
