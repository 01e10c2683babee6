import { usualOf } from '#model/usual-types.ts';
import { defineRule } from '../define.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts } from '../type-facts.ts';
import { isMoney, snake } from '../words.ts';
import { renamed, sayColumns } from './by-column.ts';

/** `amount` beside `amountuom` or `amount_unit` is a measure: its unit is given. */
function hasUnit(at: TableContext, name: string): boolean {
  const stem = snake(name);
  return at.columns.some((column) =>
    [`${stem}uom`, `${stem}_uom`, `${stem}_unit`, `${stem}_units`, 'unit', 'uom'].includes(snake(column.name)),
  );
}

export const typeFloatMoney = defineRule({
  id: 'type-float-money',
  category: 'types',
  scope: 'table',
  severity: 'error',
  title: 'Money as a floating-point number',
  docs: {
    what: 'A column whose name speaks of money (price, amount, total, fee ...) is real or double precision. Rates, ratios and counts are left alone.',
    why: 'Binary fractions cannot hold 0.10: sums drift, comparisons fail by a hair, and totals do not match.',
    todo: 'Use numeric with enough digits, or whole minor units (cents) in bigint.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Rounding Errors', 'PostgreSQL wiki, Don’t Do This: money'],
  check(at) {
    const { decimal } = usualOf(at.document).types;
    const columns = at.table.columns.filter((column) => {
      const { name } = typeFacts(at.document, column.type);
      return (name === 'real' || name === 'double precision') && isMoney(column.name) && !hasUnit(at, column.name);
    });
    return sayColumns(
      at,
      columns,
      (names, several) => `${at.title}: ${names} ${several ? 'hold' : 'holds'} money as floating-point.`,
      (column) =>
        column.type.kind === 'builtin' && decimal.kind === 'builtin'
          ? renamed(column.type, decimal.name, decimal.args && ['19', '4'])
          : undefined,
    );
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE items (id int PRIMARY KEY, unit_price real NOT NULL);', expect: ['items.unit_price'] }],
    good: [
      { ddl: 'CREATE TABLE items (id int PRIMARY KEY, unit_price numeric(10, 2) NOT NULL, weight real);' },
      {
        note: 'A rate is no amount, and an amount with a unit is a measure.',
        ddl: 'CREATE TABLE doses (id int PRIMARY KEY, price_ratio double precision, amount real, amount_unit text);',
      },
    ],
  },
});
