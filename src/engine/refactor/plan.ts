import type { Result } from '#lib/result.ts';
import { err, ok } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { missingPlacements } from '#model/derive/place.ts';
import type { Document, Id } from '#model/types.ts';
import { columnsNamedByParts, retypedTexts, routinesNaming, seedBlock } from '../dialects/postgres/expressions/moving.ts';
import { renameCalls } from '../sql/expressions.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { consequencesOf } from './consequences.ts';
import { meaningOf } from './meaning.ts';
import { policiesFor, rewritesFor, sortParts } from './sort-parts.ts';
import type { Plan, PlanOptions, Refactoring } from './types.ts';

interface Steps {
  /** What makes room before, such as renames. */
  readonly first?: readonly CommandCall[];
  readonly main: CommandCall;
}

interface Work {
  readonly document: Document;
  readonly parser: PgParser;
  readonly options: PlanOptions;
}

const TOUCH = 'set_updated_at';

function extract(work: Work, asked: Extract<Refactoring, { kind: 'extract' }>): Result<Steps> {
  const { document } = work;
  const table = recordIn(document, 'tables', asked.table);
  if (table === undefined) return err('not-found', 'The table is not in the model any more: select it again.');
  const { shape } = asked;
  const key =
    shape.kind === 'one-to-one'
      ? (table.keys.find((one) => one.kind === 'primary')?.columns ?? [])
      : shape.kind === 'natural'
        ? shape.key
        : [];
  const moving = shape.kind === 'natural' ? asked.columns.filter((id) => !shape.key.includes(id)) : asked.columns;
  const known = new Set([...moving, ...key]);
  const { parts, ends, problem } = sortParts(work, table.id, moving, known);
  if (problem !== undefined) return { ok: false, problem };
  const policies = policiesFor(work, table, known, asked.name);
  const { columns, name } = asked;
  const id = work.options.ids.next('tbl', name);
  const rewrites = rewritesFor(work, table.id, parts, name);
  return ok({
    main: { name: 'extractTable', args: { table: table.id, id, columns, name, shape, parts, ends, policies, ...rewrites } },
  });
}

/** Renames columns out of each other's way before they meet in one table. */
function renameClashes(work: Work, from: Id, to: Id, moving: readonly Id[]): Result<{ work: Work; calls: CommandCall[] }> {
  let { document } = work;
  const calls: CommandCall[] = [];
  const source = recordIn(document, 'tables', from);
  const taken = new Set(recordIn(document, 'tables', to)?.columns.map((column) => column.name));
  const names = new Set([...taken, ...(source?.columns.map((column) => column.name) ?? [])]);
  for (const column of source?.columns ?? []) {
    if (!moving.includes(column.id) || !taken.has(column.name)) continue;
    let name = `${source?.name}_${column.name}`;
    for (let n = 2; names.has(name); n++) name = `${source?.name}_${column.name}_${n}`;
    names.add(name);
    const renaming = renameCalls(document, work.parser, { record: from, part: column.id }, name);
    if (!renaming.ok) return renaming;
    const ran = runCommands(document, renaming.value.calls, work.options.ids);
    if (!ran.ok) return ran;
    document = ran.value.document;
    calls.push(...renaming.value.calls);
  }
  return ok({ work: { ...work, document }, calls });
}

function inline(work: Work, asked: Extract<Refactoring, { kind: 'inline' }>): Result<Steps> {
  const link = recordIn(work.document, 'relationships', asked.relationship);
  if (link === undefined) return err('not-found', 'The relationship is not in the model any more: select it again.');
  const [from, to] = asked.end === 'child' ? [link.child, link.parent] : [link.parent, link.child];
  const shared = asked.end === 'child' ? link.childColumns : link.parentColumns;
  const source = recordIn(work.document, 'tables', from);
  const moving = source?.columns.filter((column) => !shared.includes(column.id)).map((column) => column.id) ?? [];
  const clear = renameClashes(work, from, to, moving);
  if (!clear.ok) return clear;
  const now = clear.value.work;
  const sameNames = sharedNames(now.document, link.childColumns, link.parentColumns, from === link.child, from, to);
  const { parts, problem } = sortParts(now, from, moving, new Set([...moving, ...sameNames]));
  if (problem !== undefined) return { ok: false, problem };
  const rewrites = rewritesFor(now, from, parts, nameOf(now.document, to));
  const args = { relationship: link.id, end: asked.end, parts, ...rewrites };
  return ok({ first: clear.value.calls, main: { name: 'inlineTable', args } });
}

/** Columns of the foreign key that SQL text finds under the same name in the other table. */
function sharedNames(
  document: Document,
  child: readonly Id[],
  parent: readonly Id[],
  fromChild: boolean,
  from: Id,
  to: Id,
): readonly Id[] {
  const [own, other] = fromChild ? [child, parent] : [parent, child];
  const name = (table: Id, id: Id | undefined) => recordIn(document, 'tables', table)?.columns.find((one) => one.id === id)?.name;
  return own.filter((id, at) => name(from, id) !== undefined && name(from, id) === name(to, other[at]));
}

function move(work: Work, asked: Extract<Refactoring, { kind: 'move' }>): Result<Steps> {
  const link = recordIn(work.document, 'relationships', asked.relationship);
  if (link === undefined) return err('not-found', 'The relationship is not in the model any more: select it again.');
  const [from, to] = asked.to === 'parent' ? [link.child, link.parent] : [link.parent, link.child];
  const clear = renameClashes(work, from, to, asked.columns);
  if (!clear.ok) return clear;
  const now = clear.value.work;
  const sameNames = sharedNames(now.document, link.childColumns, link.parentColumns, from === link.child, from, to);
  const { parts, ends, problem } = sortParts(now, from, asked.columns, new Set([...asked.columns, ...sameNames]));
  if (problem !== undefined) return { ok: false, problem };
  const rewrites = rewritesFor(now, from, parts, nameOf(now.document, to));
  const args = { relationship: link.id, to: asked.to, columns: asked.columns, parts, ends, ...rewrites };
  return ok({ first: clear.value.calls, main: { name: 'moveColumnsAlong', args } });
}

function enumToLookup(work: Work, asked: Extract<Refactoring, { kind: 'enumToLookup' }>): Result<Steps> {
  const { document, parser } = work;
  const type = recordIn(document, 'types', asked.type);
  if (type?.kind !== 'enum') return err('not-found', 'The enum is not in the model any more: select it again.');
  const keepType = routinesNaming(document, type.id).length > 0;
  const columnUses = Object.values(document.tables).some((table) =>
    table.columns.some((column) => column.type.kind === 'custom' && column.type.type === type.id && column.type.dims !== undefined),
  );
  const typeUses = Object.values(document.types).some((one) => JSON.stringify(one).includes(`"type":"${type.id}"`));
  const stays = keepType || columnUses || typeUses;
  const texts = retypedTexts(document, parser, type.id, 'text');
  // While the type stays, only the tables whose columns change need other words.
  const rewrites = stays ? texts.filter(({ collection }) => collection === 'tables') : texts;
  const schema = recordIn(document, 'schemas', type.schema)?.name ?? 'public';
  const seed = seedBlock(schema, asked.name, type.values);
  const id = work.options.ids.next('tbl', asked.name);
  const args = { type: type.id, id, name: asked.name, seed, ...(stays ? { keepType: true } : {}), rewrites };
  return ok({ main: { name: 'enumToLookup', args } });
}

function surrogate(work: Work, asked: Extract<Refactoring, { kind: 'surrogate' }>): Result<Steps> {
  const { document, parser } = work;
  const keep: Id[] = [];
  if (asked.repoint) {
    for (const link of Object.values(document.relationships)) {
      const child = recordIn(document, 'tables', link.child);
      if (link.parent !== asked.table || child === undefined) continue;
      for (const { columns } of columnsNamedByParts(document, parser, child).values()) keep.push(...columns);
    }
  }
  const { table, key, name, repoint } = asked;
  const args = { table, kind: key, repoint, keep: [...new Set(keep)], ...(name === undefined ? {} : { name }) };
  return ok({ main: { name: 'addSurrogateKey', args } });
}

function standard(work: Work, asked: Extract<Refactoring, { kind: 'standard' }>): Result<Steps> {
  const { tables, columns, uniqueWhileNull, touch } = asked;
  const schema = recordIn(work.document, 'tables', tables[0] ?? '')?.schema;
  const touching = touch === undefined || schema === undefined ? {} : { touch: { column: touch, schema, name: TOUCH } };
  const args = { tables, columns, ...(uniqueWhileNull === undefined ? {} : { uniqueWhileNull }), ...touching };
  return ok({ main: { name: 'addStandardColumns', args } });
}

function stepsOf(work: Work, asked: Refactoring): Result<Steps> {
  switch (asked.kind) {
    case 'extract':
      return extract(work, asked);
    case 'inline':
      return inline(work, asked);
    case 'move':
      return move(work, asked);
    case 'enumToLookup':
      return enumToLookup(work, asked);
    case 'lookupToEnum':
      return ok({ main: { name: 'lookupToEnum', args: { table: asked.table, name: asked.name, values: asked.values } } });
    case 'surrogate':
      return surrogate(work, asked);
    case 'standard':
      return standard(work, asked);
  }
}

/**
 * Works out a refactoring without doing it: the commands, the document they lead to, and what they take along or break.
 * SQL texts that go with columns say the other table's name; what is new is placed where there is room.
 * @returns why it cannot be done, as the command or the names in SQL say.
 */
export function planRefactoring(document: Document, parser: PgParser, asked: Refactoring, options: PlanOptions): Result<Plan> {
  const steps = stepsOf({ document, parser, options }, asked);
  if (!steps.ok) return steps;
  const { first = [], main } = steps.value;
  const room = runCommands(document, first, options.ids);
  if (!room.ok) return room;
  const ran = runCommands(room.value.document, [main], options.ids);
  if (!ran.ok) return ran;
  const made = missingPlacements(ran.value.document, options.diagram).filter((one) => !Object.hasOwn(document.tables, one.object));
  const places = made.map(({ object, x, y }) => ({ object, x, y }));
  const place: CommandCall[] = made.length === 0 ? [] : [{ name: 'placeObjects', args: { diagram: options.diagram, places } }];
  const placed = runCommands(ran.value.document, place, options.ids);
  if (!placed.ok) return placed;
  const after = placed.value.document;
  const consequences = [...meaningOf(document, after, asked), ...consequencesOf(document, after, parser)];
  return ok({ calls: [...first, main, ...place], label: ran.value.label, after, consequences });
}
