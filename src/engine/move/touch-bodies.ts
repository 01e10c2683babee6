import type { Column } from '#model/column-types.ts';
import type { Dialect, Id, Table, Trigger } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';

/** A column that updates set, in the target. */
export interface Touched {
  readonly column: Id;
  /** Its name as the target's catalog has it, and as SQL. */
  readonly called: string;
  readonly name: string;
  /** What it is set to, as SQL of the target. */
  readonly value: string;
}

/** What a trigger says besides its name, and the function that it calls, where it needs one. */
export type TouchBody = Pick<Trigger, 'timing' | 'forEach' | 'execute'> & { readonly when?: string; readonly definition?: string };

/** What a body is made for: the table as the target has it, its qualified name and the trigger's, as SQL. */
interface Site {
  readonly touched: readonly Touched[];
  readonly table: Table;
  readonly path: string;
  readonly name: string;
}

/** Types whose values their product does not compare by `=`. */
const OPAQUE: Readonly<Partial<Record<Dialect, RegExp>>> = {
  mssql: /^(?:xml|n?text|image|geography|geometry|json|vector)$/i,
  oracle: /^(?:n?clob|blob|bfile|json|long|long raw|xmltype|vector|sdo_geometry)$/i,
};

/** The columns that an update may change besides those that are set, told apart by whether their values can be compared. */
function others(
  { table, touched }: Site,
  dialect: Dialect,
): { readonly plain: readonly Column[]; readonly opaque: readonly Column[] } {
  const set = new Set(touched.map(({ column }) => column));
  const open = table.columns.filter(({ id, generated }) => !set.has(id) && generated === undefined);
  const isOpaque = ({ type }: Column) => type.kind !== 'builtin' || OPAQUE[dialect]?.test(type.name) === true;
  return { plain: open.filter((one) => !isOpaque(one)), opaque: open.filter(isOpaque) };
}

/**
 * Rows are compared by their images, which every type has (`json` has no `=`); column by column where some are generated:
 * before the update those have no value yet (PostgreSQL, 37.1 and 9.25.6).
 */
function postgres({ touched, table, name }: Site): TouchBody {
  const own = table.columns.filter(({ generated }) => generated === undefined).map((one) => quotedName(one.name, 'postgresql'));
  const row = (of: string) =>
    own.length === table.columns.length ? of : `ROW(${own.map((one) => `${of}.${one}`).join(', ')})::record`;
  const sets = touched.map(
    ({ name: one, value }) => `  IF NEW.${one} IS NOT DISTINCT FROM OLD.${one} THEN NEW.${one} := ${value}; END IF;`,
  );
  const definition = `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $touch$\nBEGIN\n  IF ${row('NEW')} *= ${row('OLD')} THEN RETURN NEW; END IF;\n${sets.join('\n')}\n  RETURN NEW;\nEND\n$touch$`;
  return { timing: 'before', forEach: 'row', execute: `${name}()`, definition };
}

/** Oracle knows which columns the statement names: `UPDATING ('SEEN')` (PL/SQL Language Reference, 10.4.1). */
function oracle(site: Site): TouchBody | undefined {
  const { plain, opaque } = others(site, 'oracle');
  const said = (called: string) => `UPDATING ('${called.replaceAll("'", "''")}')`;
  const changed = [
    ...plain
      .map(({ name }) => quotedName(name, 'oracle'))
      .map(
        (one) =>
          `:NEW.${one} <> :OLD.${one} OR (CASE WHEN :NEW.${one} IS NULL THEN 1 ELSE 0 END) <> (CASE WHEN :OLD.${one} IS NULL THEN 1 ELSE 0 END)`,
      ),
    ...opaque.map(({ name }) => said(name)),
  ];
  if (changed.length === 0) return undefined;
  const sets = site.touched.map(({ called, name, value }) => `    IF NOT ${said(called)} THEN :NEW.${name} := ${value}; END IF;`);
  const lines = ['BEGIN', `  IF ${changed.join('\n  OR ')}`, '  THEN', ...sets, '  END IF;', 'END'];
  return { timing: 'before', forEach: 'row', execute: lines.join('\n') };
}

/**
 * SQLite changes no row that is on its way: a second update sets the value. It fires the trigger again only where
 * `recursive_triggers` is on, and then no other column differs any more.
 */
function sqlite(site: Site): TouchBody | undefined {
  const { touched, table, path } = site;
  const rowid = ['rowid', '_rowid_', 'oid'].find((one) => !table.columns.some(({ name }) => name.toLowerCase() === one));
  const { plain, opaque } = others(site, 'sqlite');
  if (rowid === undefined || plain.length + opaque.length === 0) return undefined;
  const changed = [...plain, ...opaque].map((one) => quotedName(one.name, 'sqlite')).map((one) => `new.${one} IS NOT old.${one}`);
  const same = touched.map(({ name }) => `new.${name} IS old.${name}`);
  const sets = touched.map(({ name, value }) => `${name} = CASE WHEN new.${name} IS old.${name} THEN ${value} ELSE ${name} END`);
  return {
    timing: 'after',
    forEach: 'row',
    when: `(${changed.join(' OR ')}) AND (${same.join(' OR ')})`,
    execute: `BEGIN\n  UPDATE ${path} SET ${sets.join(', ')} WHERE ${rowid} = new.${rowid};\nEND`,
  };
}

/**
 * SQL Server runs a trigger once for all rows of a statement: they are found again by their key, and what they were is in
 * `deleted`. It knows which columns the statement names (`UPDATE(column)`); where it names the key, or what cannot be
 * compared, all its rows count as changed. Its own update, and those of other triggers that it sets off, end at the nesting level.
 */
function sqlServer(site: Site): TouchBody | undefined {
  const { touched, table, path } = site;
  const nullable = new Set(table.columns.filter((column) => column.nullable).map(({ id }) => id));
  const key =
    table.keys.find(({ kind }) => kind === 'primary') ?? table.keys.find(({ columns }) => !columns.some((id) => nullable.has(id)));
  if (key === undefined || key.columns.some((id) => touched.some(({ column }) => column === id))) return undefined;
  const quoted = ({ name }: Column) => quotedName(name, 'mssql');
  const keyed = key.columns.flatMap((id) => table.columns.find((column) => column.id === id) ?? []).map(quoted);
  const on = (alias: string, to: string) => keyed.map((one) => `${alias}.${one} = ${to}.${one}`).join(' AND ');
  const { plain, opaque } = others(site, 'mssql');
  const compared = plain.map(quoted).filter((one) => !keyed.includes(one));
  const list = (alias: string) => compared.map((one) => `${alias}.${one}`).join(', ');
  const changed = compared.length === 0 ? [] : [`EXISTS (SELECT ${list('i')} EXCEPT SELECT ${list('d')})`];
  const body = [
    'BEGIN',
    '  SET NOCOUNT ON;',
    '  IF TRIGGER_NESTLEVEL(@@PROCID) > 1 RETURN;',
    '  DECLARE @every bit = 0;',
    `  IF ${[...keyed, ...opaque.map(quoted)].map((one) => `UPDATE(${one})`).join(' OR ')} SET @every = 1;`,
    ...touched.flatMap(({ name, value }) => [
      `  IF NOT UPDATE(${name})`,
      `    UPDATE t SET ${name} = ${value}`,
      `    FROM ${path} AS t`,
      `    JOIN inserted AS i ON ${on('i', 't')}`,
      `    LEFT JOIN deleted AS d ON ${on('d', 'i')}`,
      `    WHERE ${['@every = 1', ...changed].join(' OR ')};`,
    ]),
    'END',
  ];
  return { timing: 'after', forEach: 'statement', execute: body.join('\n') };
}

/** The trigger that sets columns on an update that changes a row and does not say them; undefined: the dialect cannot have it. */
export function touchBody(to: Dialect, site: Site): TouchBody | undefined {
  switch (to) {
    case 'postgresql':
      return postgres(site);
    case 'oracle':
      return oracle(site);
    case 'sqlite':
      return sqlite(site);
    case 'mssql':
      return sqlServer(site);
    default:
      return undefined;
  }
}
