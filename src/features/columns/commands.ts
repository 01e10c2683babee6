import { completeType, readDefault, readType, soleIndex, soleUnique } from '#features/inspector/index.ts';
import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Patch } from '#model/patch.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { renameObject, renaming } from '#state/rename.ts';
import type { Mark } from './grid.ts';
import { addCalls, aroundCalls, bareType, type Resolved, resolveColumn, type Taking, type TypedProblem } from './resolve.ts';
import { isShorthand, readShorthand, readShorthands, type TypedColumn } from './shorthand.ts';

export type Taken<T> = Result<T, TypedProblem>;

const GONE: TypedProblem = { code: 'not-found', message: 'The table is not in the document any more: select it again.' };

function tableNow(id: Id): { document: Document; table: Table | undefined } {
  const { document } = documentStore.getState();
  return { document, table: recordIn(document, 'tables', id) };
}

/** Types that begin like what was typed are what was most likely meant, before those that only look alike. */
function withCompletions(document: Document, schema: Id, problem: TypedProblem): TypedProblem {
  if (problem.code !== 'type-unknown' || problem.unknown === undefined) return problem;
  const typed = problem.unknown;
  const begins = completeType(document, typed, schema, 4).flatMap(({ text }) =>
    text.startsWith(typed.toLowerCase()) ? [text] : [],
  );
  return { ...problem, instead: [...new Set([...begins, ...(problem.instead ?? [])])].slice(0, 4) };
}

/** Looks up typed columns one after the other, so that they do not take each other's names. */
export function resolveAll(
  document: Document,
  table: Table,
  typed: readonly TypedColumn[],
  taking: Taking,
): Taken<readonly Resolved[]> {
  const resolved: Resolved[] = [];
  const taken = new Set<string>();
  for (const one of typed) {
    const found = resolveColumn(document, table, one, interactiveIds(), taking, taken);
    if (!found.ok) return { ok: false, problem: withCompletions(document, table.schema, found.problem) };
    taken.add(found.value.column.name);
    resolved.push(found.value);
  }
  return ok(resolved);
}

export function addLabel(table: Table, columns: readonly Resolved[]): string {
  const [only] = columns;
  return columns.length === 1 && only !== undefined
    ? `Add column ${only.column.name} to ${table.name}`
    : `Add ${columns.length} columns to ${table.name}`;
}

/** Adds resolved columns as one undo step. Yields their ids. */
export function addResolved(tableId: Id, columns: readonly Resolved[], below: Id | undefined): Taken<readonly Id[]> {
  const { document, table } = tableNow(tableId);
  if (table === undefined) return { ok: false, problem: GONE };
  const after = table.columns.findIndex((one) => one.id === below);
  const at = after < 0 ? table.columns.length : after + 1;
  const ran = run(addCalls(document, table, columns, at), addLabel(table, columns));
  return ran.ok ? ok(columns.map(({ column }) => column.id)) : ran;
}

/** Adds what was typed into the ghost row, below a column or at the end: `email text!`, `id pk`, `customer_id -> customers`. */
export function addTyped(tableId: Id, text: string, below?: Id, taking: Taking = {}): Taken<readonly Id[]> {
  const { document, table } = tableNow(tableId);
  if (table === undefined) return { ok: false, problem: GONE };
  const read = readShorthands(text);
  if (!read.ok) return read;
  const resolved = resolveAll(document, table, read.value, taking);
  return resolved.ok ? addResolved(tableId, resolved.value, below) : resolved;
}

/** What was said of a column, as changes of it. What was not said stays. */
function patchOf(typed: TypedColumn, { column }: Resolved): Patch<Column> {
  return {
    ...(typed.type === undefined && typed.values === undefined ? {} : { type: column.type }),
    ...(typed.nullable === undefined && typed.primary !== true ? {} : { nullable: column.nullable }),
    ...(typed.default === undefined || column.default === undefined ? {} : { default: column.default }),
    ...(column.identity === undefined || typed.identity === undefined ? {} : { identity: column.identity }),
    ...(typed.comment === undefined ? {} : { comment: typed.comment }),
  };
}

function changeCalls(
  document: Document,
  table: Table,
  old: Column,
  typed: TypedColumn,
  found: Resolved,
): Taken<readonly CommandCall[]> {
  const renames = typed.name === undefined ? ok([]) : renaming(document, { record: table.id, part: old.id }, typed.name);
  if (!renames.ok) return renames;
  const patch = patchOf(typed, found);
  const around = {
    ...found,
    column: old,
    unique: found.unique && soleUnique(table, old.id) === undefined,
    index: found.index && soleIndex(table, old.id) === undefined,
  };
  return ok([
    ...renames.value,
    ...(found.enumType === undefined ? [] : [{ name: 'addType', args: { record: found.enumType } } as CommandCall]),
    ...(Object.keys(patch).length === 0
      ? []
      : [{ name: 'setColumn', args: { table: table.id, id: old.id, patch } } as CommandCall]),
    ...aroundCalls(document, table, [around]),
  ]);
}

/**
 * Takes what was typed into the name cell of a column: a name, or more in shorthand. In a name that has a space already,
 * spaces are a part of the name; else a name with a space stands in double quotes.
 */
export function nameTyped(tableId: Id, columnId: Id, text: string, taking: Taking = {}): TypedProblem | undefined {
  const { document, table } = tableNow(tableId);
  const old = table?.columns.find((one) => one.id === columnId);
  if (table === undefined || old === undefined) return GONE;
  const typed = text.trim();
  const plain = /[^\p{L}\p{N}_$]/u.test(old.name) && !typed.startsWith('"');
  const read = plain || !isShorthand(typed) ? undefined : readShorthand(typed);
  if (read === undefined || (read.ok && Object.keys(read.value).length === 1)) {
    const unquoted = readShorthand(typed);
    const name = plain || !unquoted.ok ? typed : (unquoted.value.name ?? typed);
    const done = renameObject({ record: tableId, part: columnId }, name);
    return done.ok ? undefined : done.problem;
  }
  if (!read.ok) return read.problem;
  const others = { ...table, columns: table.columns.filter((one) => one.id !== columnId) };
  const found = resolveAll(document, others, [read.value], taking);
  if (!found.ok) return found.problem;
  const [resolved] = found.value;
  if (resolved === undefined) return undefined;
  const calls = changeCalls(document, table, old, read.value, resolved);
  if (!calls.ok) return calls.problem;
  const ran = run(calls.value, `Change column ${resolved.column.name}`);
  return ran.ok ? undefined : ran.problem;
}

/** Takes what was typed into the type cell; an enum may be written out: `enum(draft, sent)`. */
export function typeTyped(tableId: Id, columnId: Id, text: string, taking: Taking = {}): TypedProblem | undefined {
  const { document, table } = tableNow(tableId);
  const column = table?.columns.find((one) => one.id === columnId);
  if (table === undefined || column === undefined) return GONE;
  if (/^\s*enum\s*\(/i.test(text))
    return nameTyped(tableId, columnId, `"${column.name.replaceAll('"', '""')}" ${text.trim()}`, taking);
  const read = readType(document, text, table.schema);
  if (!read.ok) return read.problem;
  const { type, doubt } = read.value;
  if (doubt !== undefined && taking.unknownTypes !== true) {
    const problem = {
      code: 'type-unknown',
      message: doubt.message,
      unknown: bareType(text),
      instead: doubt.suggestions,
      keeps: true,
    };
    return withCompletions(document, table.schema, problem);
  }
  const ran = run({ name: 'setColumn', args: { table: tableId, id: columnId, patch: { type } } });
  return ran.ok ? undefined : ran.problem;
}

/** Takes what was typed into the default cell; an empty text takes the default away. */
export function defaultTyped(tableId: Id, columnId: Id, text: string): TypedProblem | undefined {
  const patch = { default: readDefault(text) ?? null };
  const ran = run({ name: 'setColumn', args: { table: tableId, id: columnId, patch } });
  return ran.ok ? undefined : ran.problem;
}

function sameSet(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** The unique key, or the plain index, over exactly these columns. */
function coveringPart(table: Table, columns: readonly Id[], mark: 'unique' | 'index'): Id | undefined {
  const first = columns[0] ?? '';
  if (columns.length === 1) return mark === 'unique' ? soleUnique(table, first) : soleIndex(table, first);
  if (mark === 'unique') return table.keys.find((key) => key.kind === 'unique' && sameSet(key.columns, columns))?.id;
  return table.indexes.find(
    (one) =>
      one.unique !== true &&
      one.where === undefined &&
      sameSet(
        one.elements.map((part) => part.column ?? ''),
        columns,
      ),
  )?.id;
}

/** What toggling a mark on columns of one table means; several columns make one composite key or index. */
export function markCalls(table: Table, ids: readonly Id[], mark: Mark): readonly CommandCall[] {
  const columns = table.columns.filter((one) => ids.includes(one.id)).map((one) => one.id);
  if (columns.length === 0) return [];
  const owner = table.id;
  if (mark === 'mandatory') {
    const nullable = table.columns.every((one) => !columns.includes(one.id) || !one.nullable);
    return columns.map((id) => ({ name: 'setColumn', args: { table: owner, id, patch: { nullable } } }));
  }
  if (mark === 'primary') {
    const old = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const all = columns.every((id) => old.includes(id));
    const next = all ? old.filter((id) => !columns.includes(id)) : [...old, ...columns.filter((id) => !old.includes(id))];
    return [{ name: 'setPrimaryKey', args: { table: owner, columns: next } }];
  }
  const part = coveringPart(table, columns, mark);
  if (mark === 'unique')
    return part === undefined
      ? [{ name: 'addKey', args: { table: owner, part: { kind: 'unique', columns } } }]
      : [{ name: 'removeKeys', args: { table: owner, ids: [part] } }];
  return part === undefined
    ? [{ name: 'addIndex', args: { table: owner, part: { elements: columns.map((column) => ({ column })) } } }]
    : [{ name: 'removeIndexes', args: { table: owner, ids: [part] } }];
}

/** Puts columns into the primary key, makes them unique, indexes them or forbids null; the same again takes it back. */
export function toggleMarks(tableId: Id, ids: readonly Id[], mark: Mark): void {
  const { table } = tableNow(tableId);
  const ran = table === undefined ? undefined : run(markCalls(table, ids, mark));
  if (ran?.ok === false) notify({ tone: 'bad', text: ran.problem.message });
}
