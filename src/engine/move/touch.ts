import type { Dialect, Id, Ref, Routine, Table, Trigger } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import type { ObjectsWork } from './objects.ts';
import type { MoveOption } from './plan-types.ts';
import { tableNames, translate } from './scope.ts';
import { type Touched, touchBody } from './touch-bodies.ts';

const OPTIONS: readonly MoveOption[] = [
  { id: 'trigger', label: 'trigger', reason: 'A trigger sets the value, as MySQL does by itself.' },
  { id: 'leave out', label: 'nothing', reason: 'The application says the value in each update.' },
];

/** When the trigger of a dialect sets the value, as far as it can know. */
const REASONS: Readonly<Record<Exclude<Dialect, 'mysql' | 'mariadb'>, string>> = {
  postgresql: 'A trigger sets it before each update that changes the row and leaves the column as it was.',
  oracle: 'A trigger sets it before each update that changes another column and does not name this one.',
  sqlite: 'A trigger sets it after each update that changes another column and leaves this one as it was.',
  mssql: 'A trigger sets it after each statement that changes other columns and does not name this one.',
};

function valuesOf({ ledger, source, fates }: ObjectsWork, table: Table): Touched[] {
  const given = source.tables[table.id];
  return (given?.columns ?? []).flatMap((column) => {
    if (given === undefined || column.onUpdate === undefined) return [];
    const at: Ref = { record: table.id, part: column.id };
    const said = translate(ledger, tableNames(ledger, fates, given), column.onUpdate, at, 'value');
    if ('problem' in said) return [];
    const called = fates.columns.get(table.id)?.get(column.id)?.name ?? column.name;
    return [{ column: column.id, called, name: quotedName(called, ledger.to), value: said.sql }];
  });
}

/**
 * `ON UPDATE CURRENT_TIMESTAMP` where the target has none: a trigger that does the same, or, if that is chosen or cannot be
 * said (SQL Server without a primary key), a loss.
 */
export function touchTriggers(
  work: ObjectsWork,
  tables: Readonly<Record<Id, Table>>,
): { routines: Record<Id, Routine>; triggers: Record<Id, Trigger> } {
  const { ledger, naming, source } = work;
  const routines: Record<Id, Routine> = {};
  const triggers: Record<Id, Trigger> = {};
  if (ledger.related) return { routines, triggers };
  const { to } = ledger;
  const chosen = ledger.choose('value:on-update', OPTIONS);
  const row = {
    id: 'value:on-update',
    group: 'value' as const,
    what: 'value that an update sets',
    from: 'ON UPDATE CURRENT_TIMESTAMP',
    options: OPTIONS,
    chosen,
  };
  for (const given of Object.values(source.tables)) {
    const columns = given.columns.filter(({ onUpdate }) => onUpdate !== undefined);
    const table = tables[given.id];
    if (columns.length === 0 || table === undefined) continue;
    const wanted = `${table.name.slice(0, 50)}_touch`;
    const name = to === 'postgresql' ? wanted : naming.give('relation', wanted, table.schema, table.id, undefined);
    const schema = work.schemaName(given.schema);
    const path = [...(schema === undefined ? [] : [schema]), table.name].map((one) => quotedName(one, to)).join('.');
    const touched = chosen === 'trigger' ? valuesOf(work, table) : [];
    const body = touched.length === 0 ? undefined : touchBody(to, { touched, table, path, name: quotedName(name, to) });
    for (const column of columns) {
      const at: Ref = { record: given.id, part: column.id };
      if (body !== undefined && touched.some((one) => one.column === column.id)) {
        const reason = to === 'mysql' || to === 'mariadb' ? '' : REASONS[to];
        ledger.tell({ ...row, to: 'trigger', verdict: 'approximate', reason }, at);
        continue;
      }
      const reason =
        chosen === 'trigger'
          ? `${ledger.label} sets nothing by itself on an update, and this table has no key by which a trigger finds its rows.`
          : `${ledger.label} sets nothing by itself on an update: the application must.`;
      // Under the id of the choice, so that it can be taken back.
      ledger.tell({ ...row, to: '', verdict: 'lost', reason }, at);
      ledger.losses.push({
        mapping: row.id,
        object: ledger.object(given, column.name),
        feature: row.what,
        reason,
        at,
        sql: column.onUpdate ?? '',
      });
    }
    if (body === undefined) continue;
    const slug = table.id.replace(/^tbl_/, '');
    const { definition, ...rest } = body;
    triggers[`trg_${slug}_touch`] = { id: `trg_${slug}_touch`, name, on: table.id, events: ['update'], ...rest };
    if (definition === undefined) continue;
    const id = `fn_${slug}_touch`;
    routines[id] = { id, schema: table.schema, kind: 'function', name, signature: '', definition };
  }
  return { routines, triggers };
}
