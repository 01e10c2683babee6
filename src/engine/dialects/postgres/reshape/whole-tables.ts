import type { Column } from '#model/column-types.ts';
import type { Id, Relationship, Table } from '#model/types.ts';
import type { Reshaped, ReshapeOf } from '../../../reshape/types.ts';
import { refuseIf } from '../decomposition/words.ts';
import { ident, literal } from '../quote.ts';
import { columnIn, list, nameOfTable, typeOf } from './names.ts';
import type { Recipe } from './recipe-types.ts';

/** Reshapings after which the old tables are gone. */

const overriding = (columns: readonly Column[]) =>
  columns.some(({ identity }) => identity?.mode === 'always') ? ' OVERRIDING SYSTEM VALUE' : '';

/** Attributes in rows become columns of their entity. Only entity, attribute and value count: a key of numbers is made anew. */
export function eavRecipe({ before, after, asked, made }: Reshaped<ReshapeOf<'eav'>>): Recipe {
  const old = before.tables[asked.table] as Table;
  const link = before.relationships[asked.relationship] as Relationship;
  const entity = before.tables[link.parent] as Table;
  const now = after.tables[link.parent] as Table;
  const [from, to] = [nameOfTable(before, old), nameOfTable(before, entity)];
  const child = columnIn(old, link.childColumns[0] as Id);
  const key = ident(columnIn(entity, link.parentColumns[0] as Id).name);
  const [attribute, value] = [columnIn(old, asked.attribute), columnIn(old, asked.value)];
  const [e, a, v] = [child, attribute, value].map(({ name }) => ident(name)) as [string, string, string];
  const columns = made.map((id) => ident(columnIn(now, id).name));
  const fields = asked.attributes.map((name, at) => ({ name: literal(name), column: columns[at] as string }));
  const json = fields.length === 0;
  const [whole] = columns as [string];
  const cast = (column: Column) => typeOf(before, column);
  const rows = json
    ? `jsonb_each_text(t.${whole}) AS f(a, v)`
    : `(VALUES ${fields.map(({ name, column }) => `(${name}, t.${column})`).join(', ')}) AS f(a, v)`;
  const rejoin = `SELECT t.${key} AS ${e}, f.a::${cast(attribute)} AS ${a}, f.v::${cast(value)} AS ${v}\n  FROM ${to} AS t\n  CROSS JOIN LATERAL ${rows}${json ? '' : '\n  WHERE f.v IS NOT NULL'}`;
  const set = json ? `${whole} = j.fields` : fields.map(({ column }) => `${column} = j.${column}`).join(', ');
  const select = json
    ? `jsonb_object_agg(${a}, ${v}) AS fields`
    : fields.map(({ name, column }) => `max(${v}) FILTER (WHERE ${a}::text = ${name}) AS ${column}`).join(', ');
  const unknown = json ? '' : ` OR ${a}::text NOT IN (${fields.map(({ name }) => name).join(', ')}) OR ${v} IS NULL`;
  return {
    old: { table: from, columns: [e, a, v] },
    guards: [
      refuseIf(
        `SELECT FROM ${from} WHERE ${e} IS NULL OR ${a} IS NULL${unknown}`,
        `Rows of ${from} have ${json ? 'no entity or no attribute' : 'no entity, no value, or an attribute that is not known'}.`,
        json
          ? 'Remove them, or give them both.'
          : `Remove or correct them first: ${fields.map(({ name }) => name).join(', ')} are known.`,
      ),
    ],
    fill: [
      `UPDATE ${to} AS t SET ${set}\nFROM (SELECT ${e} AS entity, ${select} FROM ${from} GROUP BY ${e}) AS j\nWHERE t.${key} = j.entity;`,
    ],
    rejoin,
    backGuards: json
      ? [
          refuseIf(
            `SELECT FROM ${to} WHERE ${whole} IS NOT NULL AND (jsonb_typeof(${whole}) <> 'object' OR ${whole} = '{}'::jsonb)`,
            `${whole} of ${to} holds JSON that is no object with fields.`,
            'Make it NULL or an object first.',
          ),
        ]
      : [],
    backFill: [`INSERT INTO ${from} (${e}, ${a}, ${v})\n${rejoin};`],
  };
}

/** Each kind of code goes to a table of its own. */
export function lookupRecipe({ before, after, asked, made }: Reshaped<ReshapeOf<'lookup'>>): Recipe {
  const old = before.tables[asked.table] as Table;
  const from = nameOfTable(before, old);
  const type = columnIn(old, asked.type);
  const rest = old.columns.filter((column) => column !== type && column.generated === undefined);
  const kinds = asked.kinds.map(({ value }, at) => ({
    value: literal(value),
    table: nameOfTable(after, after.tables[made[at] as Id] as Table),
  }));
  const selects = kinds.map(({ value, table }) => {
    const columns = [type, ...rest].toSorted((x, y) => old.columns.indexOf(x) - old.columns.indexOf(y));
    return `SELECT ${columns.map((one) => (one === type ? `${value}::${typeOf(before, type)} AS ${ident(type.name)}` : ident(one.name))).join(', ')} FROM ${table}`;
  });
  const stored = old.columns.filter(({ generated }) => generated === undefined);
  const rejoin = selects.join('\n  UNION ALL ');
  return {
    old: { table: from, columns: stored.map(({ name }) => ident(name)) },
    guards: [
      refuseIf(
        `SELECT FROM ${from} WHERE ${ident(type.name)} IS NULL OR ${ident(type.name)}::text NOT IN (${kinds.map(({ value }) => value).join(', ')})`,
        `Codes of ${from} are of a kind that is not known.`,
        `Remove or correct them first: ${kinds.map(({ value }) => value).join(', ')} are known.`,
      ),
    ],
    fill: kinds.map(
      ({ value, table }) =>
        `INSERT INTO ${table} (${list(rest)})${overriding(rest)}\nSELECT ${list(rest)} FROM ${from} WHERE ${ident(type.name)}::text = ${value};`,
    ),
    rejoin,
    backGuards: [],
    backFill: [`INSERT INTO ${from} (${list(stored)})${overriding(stored)}\n${rejoin};`],
  };
}

/** The rows of several tables stand in one. */
export function clonesRecipe({ before, after, asked, made }: Reshaped<ReshapeOf<'clones'>>): Recipe {
  const to = after.tables[made[0] as Id] as Table;
  const [which, ...columns] = to.columns;
  const name = nameOfTable(after, to);
  const value = (text: string) => (asked.integer ? String(Number(text)) : literal(text));
  const own = ident((which as Column).name);
  const type = typeOf(after, which as Column);
  const each = asked.tables.map(({ table, value: text }) => {
    const record = before.tables[table] as Table;
    return { table: nameOfTable(before, record), value: value(text), columns: record.columns };
  });
  const rows = each.map((one) => `SELECT ${one.value}::${type} AS ${own}, ${list(columns)} FROM ${one.table}`);
  return {
    old: { table: `(${rows.join('\n  UNION ALL ')}) AS old`, columns: [own, ...columns.map((one) => ident(one.name))] },
    guards: [],
    fill: each.map(
      (one) =>
        `INSERT INTO ${name} (${own}, ${list(columns)})${overriding(columns)}\nSELECT ${one.value}, ${list(columns)} FROM ${one.table};`,
    ),
    rejoin: `SELECT ${own}, ${list(columns)} FROM ${name}`,
    backGuards: [
      refuseIf(
        `SELECT FROM ${name} WHERE ${own} NOT IN (${each.map((one) => one.value).join(', ')})`,
        `Rows of ${name} have no table to go back to.`,
        'Remove them, or keep them elsewhere first.',
      ),
    ],
    backFill: each.map(
      (one) =>
        `INSERT INTO ${one.table} (${list(columns)})${overriding(one.columns)}\nSELECT ${list(columns)} FROM ${name} WHERE ${own} = ${one.value};`,
    ),
  };
}
