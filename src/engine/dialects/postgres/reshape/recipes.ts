import type { Column } from '#model/column-types.ts';
import type { Id, Relationship, Table } from '#model/types.ts';
import type { Reshape, Reshaped, ReshapeOf } from '../../../reshape/types.ts';
import { refuseIf } from '../decomposition/words.ts';
import { ident, literal } from '../quote.ts';
import { columnIn, list, nameOfTable, typeOf } from './names.ts';
import type { Recipe } from './recipe-types.ts';
import { clonesRecipe, eavRecipe, lookupRecipe } from './whole-tables.ts';

type Given<K extends Reshape['kind']> = Reshaped<ReshapeOf<K>>;

/** A child table with its parent: what a row of the one is found by in the other. */
interface Family {
  readonly parent: string;
  readonly child: string;
  readonly old: Table;
  readonly key: readonly Column[];
  readonly childKey: readonly Column[];
  /** The column of the child behind its key, and those behind it. */
  readonly position: Column;
  readonly values: readonly Column[];
}

function familyOf({ before, after, made }: Reshaped, parent: Id): Family {
  const old = before.tables[parent] as Table;
  const child = after.tables[made[0] as Id] as Table;
  const link = Object.values(after.relationships).find((one) => one.child === child.id && one.parent === parent) as Relationship;
  const childKey = link.childColumns.map((id) => columnIn(child, id));
  const [position, ...values] = child.columns.filter((column) => !childKey.includes(column));
  return {
    parent: nameOfTable(before, old),
    child: nameOfTable(after, child),
    old,
    key: link.parentColumns.map((id) => columnIn(old, id)),
    childKey,
    position: position as Column,
    values,
  };
}

const joined = ({ key, childKey }: Family, child: string, parent: string) =>
  childKey.map(({ name }, at) => `${child}.${ident(name)} = ${parent}.${ident(key[at]?.name ?? '')}`).join(' AND ');

/** Writes what the child holds back into the columns that came back. */
function updateBack({ parent, key }: Family, query: string, columns: readonly Column[]): string {
  const set = columns.map(({ name }) => `${ident(name)} = j.${ident(name)}`).join(', ');
  const on = key.map(({ name }) => `t.${ident(name)} = j.${ident(name)}`).join(' AND ');
  return `UPDATE ${parent} AS t SET ${set}\nFROM (${query}) AS j\nWHERE ${on};`;
}

function repeatingRecipe(reshaped: Given<'repeating'>): Recipe {
  const { asked } = reshaped;
  const family = familyOf(reshaped, asked.table);
  const { old, parent, child, key, childKey, position, values } = family;
  const names = values.map((_, at) => `v${at + 1}`);
  const rows = asked.numbers.map((number, at) => {
    const own = asked.attributes.map(({ columns }) => `t.${ident(columnIn(old, columns[at] as Id).name)}`);
    return `(${[number, ...own].join(', ')})`;
  });
  const some = names.map((name) => `v.${name} IS NOT NULL`).join(' OR ');
  const value = new Map(
    asked.attributes.flatMap(({ columns }, attribute) =>
      columns.map(
        (id, at) =>
          [id, `c${at + 1}.${ident(values[attribute]?.name ?? '')}::${typeOf(reshaped.before, columnIn(old, id))}`] as const,
      ),
    ),
  );
  const select = old.columns.map(({ id, name }) => `${value.get(id) ?? `t.${ident(name)}`} AS ${ident(name)}`);
  const joins = asked.numbers.map(
    (number, at) =>
      `\n  LEFT JOIN ${child} AS c${at + 1} ON ${joined(family, `c${at + 1}`, 't')} AND c${at + 1}.${ident(position.name)} = ${number}`,
  );
  const rejoin = `SELECT ${select.join(', ')}\n  FROM ${parent} AS t${joins.join('')}`;
  const empty = values.map(({ name }) => `${ident(name)} IS NULL`).join(' AND ');
  return {
    old: { table: parent, columns: old.columns.map(({ name }) => ident(name)) },
    guards: [],
    fill: [
      `INSERT INTO ${child} (${list([...childKey, position, ...values])})\nSELECT ${list(key, 't.')}, v.n, ${names.map((name) => `v.${name}`).join(', ')}\nFROM ${parent} AS t\n  CROSS JOIN LATERAL (VALUES ${rows.join(', ')}) AS v(n, ${names.join(', ')})\nWHERE ${some};`,
    ],
    rejoin,
    backGuards: [
      refuseIf(
        `SELECT FROM ${child} WHERE ${ident(position.name)} NOT IN (${asked.numbers.join(', ')}) OR (${empty})`,
        `Rows of ${child} have no column to go back to.`,
        'Remove them, or keep them elsewhere first.',
      ),
    ],
    backFill: [
      updateBack(
        family,
        rejoin,
        asked.attributes.flatMap(({ columns }) => columns.map((id) => columnIn(old, id))),
      ),
    ],
  };
}

/** A list or an array and no rows: the same where there is no NULL, and refused where there is. */
function emptyGuard(table: string, column: Column, empty: string, says: string): string[] {
  if (!column.nullable) return [];
  const name = ident(column.name);
  return [
    refuseIf(
      `SELECT FROM ${table} WHERE ${name} = ${empty}`,
      `Rows of ${table} have ${says} in ${column.name}, which would come back as NULL.`,
      `Make them NULL first: UPDATE ${table} SET ${name} = NULL WHERE ${name} = ${empty};`,
    ),
  ];
}

/** Both kinds of lists: how one is taken apart and put together again. */
interface Packing {
  readonly column: Column;
  /** A set-returning call WITH ORDINALITY over `t`. */
  readonly pieces: string;
  readonly piece: string;
  readonly together: string;
  readonly empty: string;
  readonly guards: readonly string[];
}

function packedRecipe(family: Family, { column, pieces, piece, together, empty, guards }: Packing): Recipe {
  const { old, parent, child, key, childKey, position, values } = family;
  const gathered = `(SELECT ${together} FROM ${child} AS c WHERE ${joined(family, 'c', 't')})`;
  const whole = column.nullable ? gathered : `coalesce(${gathered}, ${empty})`;
  const select = old.columns.map((one) => `${one.id === column.id ? whole : `t.${ident(one.name)}`} AS ${ident(one.name)}`);
  const rejoin = `SELECT ${select.join(', ')}\n  FROM ${parent} AS t`;
  return {
    old: { table: parent, columns: old.columns.map(({ name }) => ident(name)) },
    guards,
    fill: [
      `INSERT INTO ${child} (${list([...childKey, position, ...values])})\nSELECT ${list(key, 't.')}, v.n, ${piece}\nFROM ${parent} AS t\n  CROSS JOIN LATERAL ${pieces} WITH ORDINALITY AS v(piece, n);`,
    ],
    rejoin,
    backGuards: [],
    backFill: [updateBack(family, rejoin, [column])],
  };
}

function listRecipe(reshaped: Given<'list'>): Recipe {
  const { asked, before } = reshaped;
  const family = familyOf(reshaped, asked.table);
  const { old, parent, child, position, values } = family;
  const column = columnIn(old, asked.column);
  const [value] = values as readonly [Column];
  const separator = literal(asked.separator);
  const target = asked.refers === undefined ? undefined : (before.tables[asked.refers] as Table);
  const key = target?.columns.find(({ id }) => id === target.keys.find(({ kind }) => kind === 'primary')?.columns[0]);
  const split = `string_to_table(t.${ident(column.name)}::text, ${separator})`;
  const name = ident(column.name);
  const guards = [...emptyGuard(parent, column, "''", 'an empty text')];
  if (target !== undefined && key !== undefined) {
    guards.push(
      refuseIf(
        `SELECT FROM ${parent} AS t CROSS JOIN LATERAL ${split} AS v(piece)\nWHERE NOT EXISTS (SELECT FROM ${nameOfTable(before, target)} AS r WHERE r.${ident(key.name)}::text = v.piece)`,
        `${column.name} of ${parent} holds pieces that are no key of ${target.name}, or are not written as one.`,
        'Correct them first: without spaces or leading zeros, and without keys that are not there.',
      ),
    );
  } else {
    guards.push(
      refuseIf(
        `SELECT FROM ${parent} AS t CROSS JOIN LATERAL ${split} AS v(piece)\nWHERE v.piece <> btrim(v.piece)`,
        `${column.name} of ${parent} holds pieces with spaces around them.`,
        `Take them away first: UPDATE ${parent} SET ${name} = regexp_replace(${name}, ${literal(`\\s*[${asked.separator.trim()}]\\s*`)}, ${separator}, 'g');`,
      ),
    );
  }
  const recipe = packedRecipe(family, {
    column,
    pieces: split,
    piece: key === undefined ? 'v.piece' : `v.piece::${typeOf(before, value)}`,
    together: `string_agg(c.${ident(value.name)}::text, ${separator} ORDER BY c.${ident(position.name)})::${typeOf(before, column)}`,
    empty: "''",
    guards,
  });
  return {
    ...recipe,
    backGuards: [
      refuseIf(
        `SELECT FROM ${child} WHERE strpos(${ident(value.name)}::text, ${separator}) > 0\nUNION ALL\nSELECT FROM ${child} GROUP BY ${list(family.childKey)} HAVING count(*) = 1 AND min(${ident(value.name)}::text) = ''`,
        `Values of ${child} hold the separator, or are empty and alone: they would come back as others.`,
        'Change them, or keep the table.',
      ),
    ],
  };
}

function elementsRecipe(reshaped: Given<'elements'>): Recipe {
  const { asked } = reshaped;
  const family = familyOf(reshaped, asked.table);
  const { old, parent, position, values } = family;
  const column = columnIn(old, asked.column);
  const [value] = values as readonly [Column];
  return packedRecipe(family, {
    column,
    pieces: `jsonb_array_elements(t.${ident(column.name)})`,
    piece: 'v.piece',
    together: `jsonb_agg(c.${ident(value.name)} ORDER BY c.${ident(position.name)})`,
    empty: `'[]'::jsonb`,
    guards: [
      refuseIf(
        `SELECT FROM ${parent} WHERE jsonb_typeof(${ident(column.name)}) <> 'array'`,
        `${column.name} of ${parent} holds JSON that is no array.`,
        'Make it an array first.',
      ),
      ...emptyGuard(parent, column, `'[]'::jsonb`, 'an empty array'),
    ],
  });
}

function arrayRecipe({ before, asked }: Given<'array'>): Recipe {
  const old = before.tables[asked.table] as Table;
  const column = columnIn(old, asked.column);
  const [table, name, separator] = [nameOfTable(before, old), ident(column.name), literal(asked.separator)];
  const type = typeOf(before, column);
  const select = old.columns.map((one) =>
    one === column ? `array_to_string(t.${name}, ${separator})::${type} AS ${name}` : `t.${ident(one.name)}`,
  );
  return {
    old: { table, columns: old.columns.map((one) => ident(one.name)) },
    guards: [
      refuseIf(
        `SELECT FROM ${table} WHERE array_to_string(string_to_array(${name}::text, ${separator}), ${separator})::${type} IS DISTINCT FROM ${name}`,
        `${column.name} of ${table} does not come back from an array as it was.`,
        'Correct those rows first.',
      ),
    ],
    fill: [`ALTER TABLE ${table} ALTER COLUMN ${name} TYPE text[] USING string_to_array(${name}::text, ${separator});`],
    rejoin: `SELECT ${select.join(', ')}\n  FROM ${table} AS t`,
    inPlace: true,
    backGuards: [
      refuseIf(
        `SELECT FROM ${table} WHERE string_to_array(array_to_string(${name}, ${separator}), ${separator}) IS DISTINCT FROM ${name}`,
        `Arrays in ${column.name} hold NULL, the separator or arrays: a text cannot hold them.`,
        'Change them, or keep the array.',
      ),
    ],
    backFill: [`ALTER TABLE ${table} ALTER COLUMN ${name} TYPE ${type} USING array_to_string(${name}, ${separator});`],
  };
}

function polymorphicRecipe({ before, after, asked, made }: Given<'polymorphic'>): Recipe {
  const old = before.tables[asked.table] as Table;
  const now = after.tables[asked.table] as Table;
  const table = nameOfTable(before, old);
  const [type, id] = [columnIn(old, asked.type), columnIn(old, asked.id)];
  const [typeName, idName] = [ident(type.name), ident(id.name)];
  const targets = asked.targets.map(({ value, table: of }, at) => {
    const target = before.tables[of] as Table;
    const key = columnIn(target, target.keys.find(({ kind }) => kind === 'primary')?.columns[0] as Id);
    const column = columnIn(now, made[at] as Id);
    return {
      value: literal(value),
      column,
      name: ident(column.name),
      target: nameOfTable(before, target),
      key: ident(key.name),
      title: target.name,
    };
  });
  const select = old.columns.map((one) => {
    if (one === type) {
      const cases = targets.map(({ value, name }) => `WHEN t.${name} IS NOT NULL THEN ${value}`).join(' ');
      return `(CASE ${cases} END)::${typeOf(before, type)} AS ${typeName}`;
    }
    if (one !== id) return `t.${ident(one.name)}`;
    return `coalesce(${targets.map(({ name }) => `t.${name}::${typeOf(before, id)}`).join(', ')}) AS ${idName}`;
  });
  const rejoin = `SELECT ${select.join(', ')}\n  FROM ${table} AS t`;
  const set = targets.map(
    ({ value, name, column }) => `${name} = CASE WHEN ${typeName}::text = ${value} THEN ${idName}::${typeOf(before, column)} END`,
  );
  const back = [
    `${typeName} = (CASE ${targets.map(({ value, name }) => `WHEN ${name} IS NOT NULL THEN ${value}`).join(' ')} END)::${typeOf(before, type)}`,
    `${idName} = coalesce(${targets.map(({ name }) => `${name}::${typeOf(before, id)}`).join(', ')})`,
  ];
  return {
    old: { table, columns: old.columns.map((one) => ident(one.name)) },
    guards: [
      refuseIf(
        `SELECT FROM ${table} WHERE ${typeName}::text NOT IN (${targets.map(({ value }) => value).join(', ')}) OR (${typeName} IS NULL) <> (${idName} IS NULL)`,
        `Rows of ${table} have another ${type.name} than the known ones, or one half of the pair only.`,
        `Correct them first: ${targets.map(({ value }) => value).join(', ')} are known.`,
      ),
      ...targets.map(({ value, target, key, title }) =>
        refuseIf(
          `SELECT FROM ${table} AS t WHERE t.${typeName}::text = ${value}\n  AND NOT EXISTS (SELECT FROM ${target} AS r WHERE r.${key}::text = t.${idName}::text)`,
          `Rows of ${table} refer to rows of ${title} that are not there.`,
          'Remove them or correct them first: a foreign key cannot hold them.',
        ),
      ),
    ],
    fill: [`UPDATE ${table} SET ${set.join(',\n  ')};`],
    rejoin,
    backGuards: [],
    backFill: [`UPDATE ${table} SET ${back.join(',\n  ')};`],
  };
}

/** How rows go along with a reshaping in PostgreSQL. */
export function recipeOf(reshaped: Reshaped): Recipe {
  const { asked } = reshaped;
  switch (asked.kind) {
    case 'repeating':
      return repeatingRecipe({ ...reshaped, asked });
    case 'list':
      return listRecipe({ ...reshaped, asked });
    case 'elements':
      return elementsRecipe({ ...reshaped, asked });
    case 'array':
      return arrayRecipe({ ...reshaped, asked });
    case 'polymorphic':
      return polymorphicRecipe({ ...reshaped, asked });
    case 'eav':
      return eavRecipe({ ...reshaped, asked });
    case 'lookup':
      return lookupRecipe({ ...reshaped, asked });
    case 'clones':
      return clonesRecipe({ ...reshaped, asked });
  }
}
