import type { ColumnType } from '#model/column-types.ts';
import type { CustomType, Id, Routine, Sql, Table, View } from '#model/types.ts';
import type { Needs } from '../../base/write/order.ts';
import { lex } from '../lex.ts';
import { mentionsIn } from './mentions.ts';

const memo = new WeakMap<object, Needs>();

function remember<T extends object>(record: T, find: (record: T) => Needs): Needs {
  const known = memo.get(record);
  if (known !== undefined) return known;
  const needs = find(record);
  memo.set(record, needs);
  return needs;
}

function typeIds(types: readonly ColumnType[]): Id[] {
  return types.flatMap((type) => (type.kind === 'custom' ? [type.type] : []));
}

const called = (sqls: readonly (Sql | undefined)[]) => [
  ...new Set(sqls.flatMap((sql) => (sql === undefined ? [] : mentionsIn(sql).calls))),
];

export function typeNeeds(type: CustomType): Needs {
  return remember(type, () => {
    if (type.kind === 'domain') {
      const sqls = [type.default?.sql, ...type.checks.map((check) => check.expression)];
      return { ids: typeIds([type.base]), calls: called(sqls), relations: [], names: [] };
    }
    if (type.kind === 'composite')
      return { ids: typeIds(type.attributes.map((one) => one.type)), calls: [], relations: [], names: [] };
    if (type.kind === 'range') {
      const calls = type.parameters.map((one) => one.value);
      return { ids: typeIds([type.subtype]), calls, relations: [], names: [] };
    }
    return { ids: [], calls: [], relations: [], names: [] };
  });
}

export function tableNeeds(table: Table): Needs {
  return remember(table, () => ({
    ids: [
      ...typeIds(table.columns.map((column) => column.type)),
      ...(table.inherits ?? []),
      ...(table.partitionOf === undefined ? [] : [table.partitionOf.parent]),
    ],
    calls: called([
      ...table.columns.map((column) => column.generated?.expression),
      ...(table.partitioning?.elements ?? []).map((element) => element.expression),
      table.partitionOf?.bound,
    ]),
    relations: [],
    names: laterable(table).flatMap(({ sqls }) => called(sqls)),
  }));
}

/** Parts of a table whose SQL may call routines, and that can be added after the table when those need the table first. */
export function laterable(table: Table): readonly { readonly id: Id; readonly index: boolean; readonly sqls: readonly Sql[] }[] {
  const part = (id: Id, index: boolean, sqls: readonly (Sql | undefined)[]) => ({
    id,
    index,
    sqls: sqls.filter((sql) => sql !== undefined),
  });
  return [
    ...table.columns.map((column) => part(column.id, false, [column.default?.sql])),
    ...table.checks.map((check) => part(check.id, false, [check.expression])),
    ...table.exclusions.map((one) => part(one.id, false, [one.where, ...one.elements.map((element) => element.expression)])),
    ...table.indexes.map((one) => part(one.id, true, [one.where, ...one.elements.map((element) => element.expression)])),
  ].filter((one) => one.sqls.length > 0);
}

export function viewNeeds(view: View): Needs {
  return remember(view, () => {
    const { calls, relations, names } = mentionsIn(view.query);
    return { ids: [], calls, relations, names };
  });
}

/** Text of a routine up to its body, and whether PostgreSQL looks up the names of the body when it is created. */
function routineParts(definition: Sql): { readonly header: Sql; readonly body: Sql; readonly checked: boolean } {
  const tokens = lex(definition);
  const at = tokens.findIndex(
    (token, i) => token.kind === 'word' && token.text === 'as' && /dollar|string/.test(tokens[i + 1]?.kind ?? ''),
  );
  const language = tokens[tokens.findIndex((token) => token.kind === 'word' && token.text === 'language') + 1]?.text.toLowerCase();
  const body = at < 0 ? undefined : tokens[at + 1];
  // A body in standard SQL (BEGIN ATOMIC, RETURN) and an aggregate's options stand outside quotes and are always checked.
  if (body === undefined) return { header: definition, body: '', checked: true };
  const header = `${definition.slice(0, body.start)} ${definition.slice(body.end)}`;
  return { header, body: body.text, checked: language === 'sql' };
}

export function routineNeeds(routine: Routine): Needs {
  return remember(routine, () => {
    const { header, body, checked } = routineParts(routine.definition);
    const outer = mentionsIn(header);
    const inner = mentionsIn(body);
    const own = (names: readonly string[]) => names.filter((name) => name !== routine.name);
    if (routine.kind === 'aggregate') return { ids: [], calls: own([...outer.names, ...outer.calls]), relations: [], names: [] };
    return {
      ids: [],
      calls: checked ? own(inner.calls) : [],
      relations: [...typeNames(header), ...(checked ? [...outer.relations, ...inner.relations] : [])],
      names: own([...outer.names, ...inner.names, ...inner.calls]),
    };
  });
}

/** Names after RETURNS, SETOF and in the argument list: types, which may be row types of tables. */
function typeNames(header: Sql): readonly string[] {
  return mentionsIn(header).names;
}

/** Names that the checked body of a routine says without a schema, where they can only be relations or routines. */
export function unqualifiedInBody(routine: Routine): readonly string[] {
  const known = bodies.get(routine);
  if (known !== undefined) return known;
  const { header, body, checked } = routineParts(routine.definition);
  const names = checked && body !== '' && !/\bset\s+search_path\b/i.test(header) ? unqualified(body) : [];
  bodies.set(routine, names);
  return names;
}

const bodies = new WeakMap<Routine, readonly string[]>();
const BEFORE_NAME = new Set(['from', 'join', 'into', 'update', 'only']);

function unqualified(sql: Sql): string[] {
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  return tokens.flatMap((token, i) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return [];
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (before?.text === '.' || after?.text === '.') return [];
    const named = after?.text === '(' || (before?.kind === 'word' && BEFORE_NAME.has(before.text));
    return named ? [token.text] : [];
  });
}
