import type { Column } from '#model/column-types.ts';
import type { Dialect, Id, Ref, Routine, Table, Trigger } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import type { ObjectsWork } from './objects.ts';
import type { MoveOption } from './plan-types.ts';
import { tableNames, translate } from './scope.ts';

const OPTIONS: readonly MoveOption[] = [
  { id: 'trigger', label: 'trigger', reason: 'A trigger sets the value, as MySQL does by itself.' },
  { id: 'leave out', label: 'nothing', reason: 'The application says the value in each update.' },
];

/** When the trigger of a dialect sets the value, as far as it can know. */
const REASONS: Readonly<Record<Exclude<Dialect, 'mysql' | 'mariadb'>, string>> = {
  postgresql: 'A trigger sets it before each update that changes the row and leaves the column as it was.',
  oracle: 'A trigger sets it before each update that leaves the column as it was.',
  sqlite: 'A trigger sets it after each update that changes another column and leaves this one as it was.',
  mssql: 'A trigger sets it after each update that leaves the column and the key as they were.',
};

/** A column that updates set, in the target. */
interface Touched {
  readonly column: Column;
  /** Its name and its value, as SQL of the target. */
  readonly name: string;
  readonly value: string;
}

type Body = Pick<Trigger, 'timing' | 'forEach' | 'execute'> & { readonly when?: string; readonly definition?: string };

function postgres(touched: readonly Touched[], name: string): Body {
  const sets = touched.map(
    ({ name: one, value }) => `  IF NEW.${one} IS NOT DISTINCT FROM OLD.${one} THEN NEW.${one} := ${value}; END IF;`,
  );
  const definition = `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $touch$\nBEGIN\n  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;\n${sets.join('\n')}\n  RETURN NEW;\nEND\n$touch$`;
  return { timing: 'before', forEach: 'row', execute: `${name}()`, definition };
}

function oracle(touched: readonly Touched[]): Body {
  const sets = touched.map(
    ({ name, value }) =>
      `  IF :NEW.${name} = :OLD.${name} OR (:NEW.${name} IS NULL AND :OLD.${name} IS NULL) THEN :NEW.${name} := ${value}; END IF;`,
  );
  return { timing: 'before', forEach: 'row', execute: `BEGIN\n${sets.join('\n')}\nEND;` };
}

/**
 * SQLite changes no row that is on its way: a second update sets the value. It fires the trigger again only where
 * `recursive_triggers` is on, and then no other column differs any more.
 */
function sqlite(touched: readonly Touched[], table: Table, path: string): Body | undefined {
  const rowid = ['rowid', '_rowid_', 'oid'].find((one) => !table.columns.some(({ name }) => name.toLowerCase() === one));
  const set = new Set(touched.map(({ column }) => column.id));
  const others = table.columns.filter(({ id, generated }) => !set.has(id) && generated === undefined);
  if (rowid === undefined || others.length === 0) return undefined;
  const changed = others.map(({ name }) => quotedName(name, 'sqlite')).map((one) => `new.${one} IS NOT old.${one}`);
  const same = touched.map(({ name }) => `new.${name} IS old.${name}`);
  const sets = touched.map(({ name, value }) => `${name} = CASE WHEN new.${name} IS old.${name} THEN ${value} ELSE ${name} END`);
  return {
    timing: 'after',
    forEach: 'row',
    when: `(${changed.join(' OR ')}) AND (${same.join(' OR ')})`,
    execute: `BEGIN\n  UPDATE ${path} SET ${sets.join(', ')} WHERE ${rowid} = new.${rowid};\nEND`,
  };
}

/** SQL Server runs a trigger once for all rows of a statement: they are found again by their primary key. */
function sqlServer(touched: readonly Touched[], table: Table, path: string): Body | undefined {
  const key = table.keys.find(({ kind }) => kind === 'primary');
  if (key === undefined) return undefined;
  const names = key.columns.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
  const on = (alias: string) => names.map((name) => quotedName(name, 'mssql')).map((one) => `${alias}.${one} = t.${one}`);
  const same = ({ name }: Touched) => `(i.${name} = d.${name} OR (i.${name} IS NULL AND d.${name} IS NULL))`;
  const sets = touched.map((one) => `${one.name} = CASE WHEN ${same(one)} THEN ${one.value} ELSE t.${one.name} END`);
  const body = [
    'BEGIN',
    '  SET NOCOUNT ON;',
    '  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;',
    `  UPDATE t SET ${sets.join(', ')}`,
    `  FROM ${path} AS t`,
    `  JOIN inserted AS i ON ${on('i').join(' AND ')}`,
    `  JOIN deleted AS d ON ${on('d').join(' AND ')}`,
    `  WHERE ${touched.map(same).join(' OR ')};`,
    'END',
  ];
  return { timing: 'after', forEach: 'statement', execute: body.join('\n') };
}

function bodyOf(to: Dialect, touched: readonly Touched[], table: Table, path: string, name: string): Body | undefined {
  switch (to) {
    case 'postgresql':
      return postgres(touched, name);
    case 'oracle':
      return oracle(touched);
    case 'sqlite':
      return sqlite(touched, table, path);
    case 'mssql':
      return sqlServer(touched, table, path);
    default:
      return undefined;
  }
}

function valuesOf({ ledger, source, fates }: ObjectsWork, table: Table): Touched[] {
  const given = source.tables[table.id];
  return (given?.columns ?? []).flatMap((column) => {
    if (given === undefined || column.onUpdate === undefined) return [];
    const at: Ref = { record: table.id, part: column.id };
    const said = translate(ledger, tableNames(ledger, fates, given), column.onUpdate, at, 'value');
    if ('problem' in said) return [];
    const name = quotedName(fates.columns.get(table.id)?.get(column.id)?.name ?? column.name, ledger.to);
    return [{ column, name, value: said.sql }];
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
    const body = touched.length === 0 ? undefined : bodyOf(to, touched, table, path, quotedName(name, to));
    for (const column of columns) {
      const at: Ref = { record: given.id, part: column.id };
      if (body !== undefined && touched.some((one) => one.column.id === column.id)) {
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
