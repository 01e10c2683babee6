import type { Sql } from '#model/types.ts';
import type {
  CopyShape,
  CounterShape,
  KeptShape,
  RedundancyWords,
  SqlLink,
  SqlName,
  SqlTable,
  TriggerDraft,
} from '../base/redundancy/shapes.ts';
import { quoteIdent } from './quote.ts';

const differs = (left: Sql, right: Sql) => `EXISTS (SELECT ${left} EXCEPT SELECT ${right})`;

const list = (names: readonly Sql[]) => names.join(', ');

function joined(pairs: readonly (readonly [Sql, Sql])[]): Sql {
  return pairs.map(([left, right]) => `${left} = ${right}`).join(' AND ');
}

/** Triggers run once for each statement (Transact-SQL reference, CREATE TRIGGER): they look at all its rows. */
function draft(
  on: SqlTable,
  name: string,
  events: readonly ('insert' | 'update' | 'delete')[],
  lines: readonly Sql[],
): TriggerDraft {
  const execute = ['BEGIN', '  SET NOCOUNT ON;', ...lines.map((line) => `  ${line}`), 'END'].join('\n');
  return { trigger: { on: on.id, name, timing: 'after', events, forEach: 'statement', execute } };
}

/** What the rows of a statement add to each parent: `k1 ...` the reference, `n1 ...` the amounts. */
function amounts({ link, numbers }: CounterShape): Sql {
  const keys = link.pairs.map((_, i) => `x.k${i + 1}`);
  const of = (sign: '' | '0 - ') =>
    list([
      ...link.pairs.map(({ child }, i) => `${child.sql} AS k${i + 1}`),
      ...numbers.map((one, i) => `${sign}${one.of === undefined ? '1' : `coalesce(${one.of.sql}, 0)`} AS n${i + 1}`),
    ]);
  const sums = numbers.map((_, i) => `sum(x.n${i + 1}) AS n${i + 1}`);
  return `(SELECT ${list([...keys, ...sums])} FROM (SELECT ${of('')} FROM inserted UNION ALL SELECT ${of('0 - ')} FROM deleted) AS x GROUP BY ${list(keys)})`;
}

function childCounter(shape: CounterShape): TriggerDraft {
  const { link, numbers, slots, name } = shape;
  const on = joined(link.pairs.map(({ parent }, i) => [`p.${parent.sql}`, `d.k${i + 1}`]));
  const any = numbers.map((_, i) => `d.n${i + 1} <> 0`).join(' OR ');
  const events = ['insert', 'update', 'delete'] as const;
  if (slots === undefined) {
    const sets = list(numbers.map(({ column }, i) => `${column.sql} = p.${column.sql} + d.n${i + 1}`));
    return draft(link.child, name, events, [
      `UPDATE p SET ${sets} FROM ${link.parent.sql} AS p JOIN ${amounts(shape)} AS d ON ${on} WHERE ${any};`,
    ]);
  }
  const columns = [...slots.holder, slots.slot, ...numbers.map(({ column }) => column)];
  const source = `(SELECT ${list([...link.pairs.map((_, i) => `d.k${i + 1}`), ...numbers.map((_, i) => `d.n${i + 1}`)])} FROM ${amounts(shape)} AS d JOIN ${link.parent.sql} AS p ON ${on} WHERE ${any})`;
  const match = joined([
    ...slots.holder.map(({ sql }, i) => [`t.${sql}`, `s.k${i + 1}`] as const),
    [`t.${slots.slot.sql}`, '@slot'],
  ]);
  const sets = list(numbers.map(({ column }, i) => `${column.sql} = t.${column.sql} + s.n${i + 1}`));
  const values = list([...slots.holder.map((_, i) => `s.k${i + 1}`), '@slot', ...numbers.map((_, i) => `s.n${i + 1}`)]);
  return draft(link.child, name, events, [
    `DECLARE @slot int = abs(checksum(newid()) % ${slots.count});`,
    `MERGE ${slots.table.sql} WITH (HOLDLOCK) AS t USING ${source} AS s ON ${match} WHEN MATCHED THEN UPDATE SET ${sets} WHEN NOT MATCHED THEN INSERT (${list(columns.map(({ sql }) => sql))}) VALUES (${values});`,
  ]);
}

/** `UPDATE(a) OR UPDATE(b)`: the statement sets one of them. */
function updates(columns: readonly SqlName[]): Sql {
  return columns.map(({ sql }) => `UPDATE(${sql})`).join(' OR ');
}

function parentCounter({ link, numbers, name }: CounterShape): TriggerDraft {
  const keys = link.pairs.map(({ parent }) => parent);
  const mine = joined(link.pairs.map(({ child, parent }) => [`src.${child.sql}`, `p.${parent.sql}`]));
  const sets = numbers.map(({ column, of }) => {
    const value = of === undefined ? 'count_big(*)' : `coalesce(sum(src.${of.sql}), 0)`;
    return `${column.sql} = (SELECT ${value} FROM ${link.child.sql} AS src WHERE ${mine})`;
  });
  const same = joined(keys.map(({ sql }) => [`i.${sql}`, `p.${sql}`]));
  return draft(
    link.parent,
    `${name}_begin`,
    ['insert', 'update'],
    [
      `IF NOT EXISTS (SELECT 1 FROM deleted) OR ${updates(keys)}`,
      `  UPDATE p SET ${list(sets)} FROM ${link.parent.sql} AS p JOIN inserted AS i ON ${same};`,
    ],
  );
}

function toParent({ pairs }: SqlLink, child: string, parent: string): Sql {
  return joined(pairs.map((pair) => [`${parent}.${pair.parent.sql}`, `${child}.${pair.child.sql}`]));
}

function copyTriggers({ link, copies, name }: CopyShape): TriggerDraft[] {
  const own = joined(link.child.key.map(({ sql }) => [`i.${sql}`, `c.${sql}`]));
  const sets = (from: string) => list(copies.map((one) => `${one.to.sql} = ${from}.${one.from.sql}`));
  const wrong = (from: string) => copies.map((one) => differs(`c.${one.to.sql}`, `${from}.${one.from.sql}`)).join(' OR ');
  const written = [...link.pairs.map(({ child }) => child), ...copies.map(({ to }) => to)];
  return [
    draft(
      link.child,
      name,
      ['insert', 'update'],
      [
        `IF NOT EXISTS (SELECT 1 FROM deleted) OR ${updates(written)}`,
        `  UPDATE c SET ${sets('p')} FROM ${link.child.sql} AS c JOIN inserted AS i ON ${own} LEFT JOIN ${link.parent.sql} AS p ON ${toParent(link, 'c', 'p')} WHERE ${wrong('p')};`,
      ],
    ),
    draft(
      link.parent,
      `${name}_carry`,
      ['update'],
      [
        `IF ${updates(copies.map(({ from }) => from))}`,
        `  UPDATE c SET ${sets('i')} FROM ${link.child.sql} AS c JOIN inserted AS i ON ${toParent(link, 'c', 'i')} WHERE ${wrong('i')};`,
      ],
    ),
  ];
}

function snapshotTriggers({ link, copies, name }: CopyShape): TriggerDraft[] {
  const own = joined(link.child.key.map(({ sql }) => [`i.${sql}`, `c.${sql}`]));
  const lines = copies.map(
    ({ from, to }) =>
      `UPDATE c SET ${to.sql} = p.${from.sql} FROM ${link.child.sql} AS c JOIN inserted AS i ON ${own} JOIN ${link.parent.sql} AS p ON ${toParent(link, 'c', 'p')} WHERE c.${to.sql} IS NULL;`,
  );
  return [draft(link.child, name, ['insert'], lines)];
}

function triggers(shape: KeptShape): readonly TriggerDraft[] | string {
  if (shape.kind === 'counter')
    return shape.slots === undefined ? [childCounter(shape), parentCounter(shape)] : [childCounter(shape)];
  if (shape.link.child.key.length === 0)
    return 'A trigger of SQL Server finds its rows by the primary key, and the table has none.';
  return shape.kind === 'copy' ? copyTriggers(shape) : snapshotTriggers(shape);
}

export const MSSQL_REDUNDANCY: RedundancyWords = {
  ident: quoteIdent,
  differs,
  triggers,
  addColumn: ['ADD ', ''],
  dropTrigger: (name) => `DROP TRIGGER ${name};`,
  dates: {
    key: (moment) => `CAST(convert(char(8), ${moment}, 112) AS int)`,
    // Whatever DATEFIRST says: 1900-01-01 was a Monday.
    part: (date, part) => (part === 'weekday' ? `datediff(day, '19000101', ${date}) % 7 + 1` : `datepart(${part}, ${date})`),
    day: (moment) => `CAST(${moment} AS date)`,
    series: (from, to) =>
      `SELECT dateadd(day, n.value, CAST(${from} AS date)) AS d FROM (SELECT row_number() OVER (ORDER BY (SELECT NULL)) - 1 AS value FROM sys.all_columns AS a CROSS JOIN sys.all_columns AS b) AS n WHERE n.value <= datediff(day, CAST(${from} AS date), CAST(${to} AS date))`,
  },
};
