import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { DecomposeTableArgs, NewPart, PartKey } from '#model/commands/refactor/decompose-table.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { type ReadsColumns, readersOf } from '../dialects/postgres/expressions/moving.ts';
import { type Consequence, consequencesOf } from '../refactor/consequences.ts';
import { policiesFor, policiesThatMove, rewritesFor, sortParts } from '../refactor/sort-parts.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { keyOfEqualNulls } from './equal-nulls.ts';
import { brokenReader, meaningOfDecomposition, meaningOfPolicies, meaningOfViews, nameOfPart } from './meaning.ts';
import { carryRows } from './migration.ts';
import { constraintName } from './names.ts';
import { callsForOldShape, type OldShape, oldShapeOf } from './old-shape.ts';
import { placesOfParts } from './place.ts';
import type { Carried, DecomposeOptions, DecompositionPlan, Proposal, ProposedTable, Settlement } from './types.ts';

interface Work {
  readonly document: Document;
  readonly parser: PgParser;
  readonly table: Table;
  readonly proposal: Proposal;
  readonly settled: Settlement;
  readonly options: DecomposeOptions;
}

/** What is still open or was settled in a way that does not fit. */
function unsettled({ table, proposal, settled }: Work): Result<never> | undefined {
  const column = (id: Id) => table.columns.find((one) => one.id === id);
  if (proposal.tables.some((one) => one.columns.some((id) => column(id) === undefined))) {
    return err('stale-proposal', `${table.name} has changed since: work the decomposition out again.`);
  }
  for (const [at, one] of proposal.tables.entries()) {
    const policy = settled.nulls?.[at];
    if (one.nullable.length === 0) continue;
    const names = one.nullable.map((id) => column(id)?.name).join(', ');
    if (policy === undefined)
      return err('choose-null-policy', `${names} may be NULL: choose what becomes of such rows (${one.policies.join(', ')}).`);
    if (!one.policies.includes(policy)) {
      const why = policy === 'keep' && one.noKeep !== undefined ? `: ${one.noKeep}` : '';
      return err('null-policy-unfit', `${names}: “${policy}” is not possible here${why}; choose ${one.policies.join(' or ')}.`);
    }
  }
  return undefined;
}

function keyFor(work: Work, one: ProposedTable, at: number): PartKey {
  const { document, table, settled } = work;
  if (one.nullable.length === 0 || settled.nulls?.[at] !== 'own row') return { columns: one.key };
  return keyOfEqualNulls(document, table, one.key, one.nullable, nameOfPart(work, at));
}

/** The name of the key that takes the place of the table's own, where the dialect's could not be said again. */
function nameOfKey({ document, table }: Work): { readonly name?: string } {
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  return TRAITS[dialect].keysNeedNames === true ? { name: constraintName(document, 'pk', [table.name]) } : {};
}

/** Foreign keys between the tables, with names where the dialect's own could not be said again. */
function linksFor({ document, proposal }: Work, said: readonly string[], ids: readonly Id[]): DecomposeTableArgs['links'] {
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const names: string[] = [];
  return proposal.links.map(({ child, parent, columns }) => {
    const link = { child: ids[child] as Id, parent: ids[parent] as Id, columns };
    if (TRAITS[dialect].foreignKeysNeedNames !== true) return link;
    const name = constraintName(document, 'fk', [said[child] ?? '', said[parent] ?? ''], names);
    names.push(name);
    return { ...link, name };
  });
}

/** Options of the table without which columns of the new ones would be other columns. */
function sharedOptions(document: Document, { parameters = [] }: Table): NonNullable<Table['parameters']> {
  const shared = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'].sharedOptions;
  return parameters.filter(({ name }) => shared?.test(name) === true);
}

/** The command's arguments: what moves where, and which parts with SQL text can go along. */
function argsFor(work: Work): Result<{ readonly args: DecomposeTableArgs; readonly tableIds: readonly Id[] }> {
  const { document, parser, table, proposal, settled, options } = work;
  const said = proposal.tables.map((_, at) => nameOfPart(work, at));
  const tableIds = proposal.tables.map((one, at) => (one.remainder ? table.id : options.ids.next('tbl', said[at] ?? '')));
  const ends = new Set<Id>();
  let current = document;
  const parts: NewPart[] = [];
  for (const [at, one] of proposal.tables.entries()) {
    if (one.remainder) continue;
    const known = new Set(one.columns);
    const sorted = sortParts({ document, parser }, table.id, one.moved, known);
    if (sorted.problem !== undefined) return { ok: false, problem: sorted.problem };
    for (const id of [...sorted.ends, ...policiesThatMove({ document, parser }, table, one.moved)]) ends.add(id);
    const name = said[at] ?? '';
    const { rewrites } = rewritesFor({ document: current, parser }, table.id, sorted.parts, name) as {
      rewrites?: [{ record: Table }];
    };
    const record = rewrites?.[0].record;
    if (record !== undefined) current = { ...current, tables: { ...current.tables, [table.id]: record } };
    parts.push({
      id: tableIds[at] as Id,
      name,
      columns: one.columns.map((of) => {
        const column = table.columns.find(({ id }) => id === of);
        return one.moved.includes(of) ? { of } : { of, copy: options.ids.next('col', column?.name ?? 'copy') };
      }),
      key: keyFor(work, one, at),
      unique: one.unique,
      parts: sorted.parts,
      policies: policiesFor({ document, parser }, table, known, name),
      parameters: sharedOptions(document, table),
    });
  }
  const [rest] = proposal.tables;
  const notNull = proposal.tables.flatMap((one, at) => (settled.nulls?.[at] === 'refuse' ? one.nullable : []));
  const rewritten = current.tables[table.id];
  return ok({
    tableIds,
    args: {
      table: table.id,
      // Those that others refer to take their columns first, so that what they share stays with who refers.
      parts: parts.reverse(),
      ...(rest === undefined || rest.keepsKey ? {} : { key: { ...keyFor(work, rest, 0), ...nameOfKey(work) } }),
      unique: rest?.unique ?? [],
      notNull: [...new Set(notNull)],
      links: linksFor(work, said, tableIds),
      ends: [...ends],
      ...(rewritten === undefined || rewritten === table
        ? {}
        : { rewrites: [{ collection: 'tables' as const, record: rewritten }] }),
    },
  });
}

/** What reads columns that leave the table. */
function readersIn({ document, parser, table }: Work, after: Document): readonly ReadsColumns[] {
  const now = recordIn(after, 'tables', table.id);
  const gone = table.columns.filter(({ id }) => now?.columns.some((one) => one.id === id) !== true);
  return readersOf(document, parser, table, new Set(gone.map(({ id }) => id)));
}

/** The view of the old shape, with the views that would break without it. */
function viewsFor(work: Work, carried: Carried, readers: readonly ReadsColumns[]): OldShape {
  const { parser, options, table } = work;
  const { rejoining } = carryRows(carried, [], options.date);
  return oldShapeOf(carried, rejoining, readers, parser, options.ids.next('view', table.name));
}

/** What the change breaks and takes along; names that only their meaning shows to be gone, too. @param mended by views. */
function brokenBy(work: Work, after: Document, readers: readonly ReadsColumns[], mended: ReadonlySet<Id>): Consequence[] {
  const { document, parser, table } = work;
  const found = [...consequencesOf(document, after, parser)];
  const told = new Set(found.flatMap(({ kind, ref }) => (kind === 'breaks' && ref !== undefined ? ref.record : [])));
  const silent = readers.filter(({ record, columns }) => columns.length > 0 && !told.has(record) && !mended.has(record));
  return [...silent.map((reader) => brokenReader(document, table, reader)), ...found];
}

/**
 * Works out a decomposition without doing it, as {@link planRefactoring} does for other changes: the calls (one undo step),
 * the document they lead to, what they take along, break or mean, and the SQL for a database with rows, which the calls also
 * keep in the document.
 * @param settled names and NULL policies by position in the proposal; a policy is needed where `nullable` is not empty.
 */
export function planDecomposition(
  document: Document,
  parser: PgParser,
  proposal: Proposal,
  settled: Settlement,
  options: DecomposeOptions,
): Result<DecompositionPlan> {
  const table = recordIn(document, 'tables', proposal.table);
  if (table === undefined) return err('not-found', 'The table is not in the model any more: select it again.');
  const work: Work = { document, parser, table, proposal, settled, options };
  const open = unsettled(work);
  if (open !== undefined) return open;
  const found = argsFor(work);
  if (!found.ok) return found;
  const { args, tableIds } = found.value;
  const dry = runCommands(document, [{ name: 'decomposeTable', args }], options.ids);
  if (!dry.ok) return dry;
  const carried: Carried = { before: document, after: dry.value.document, table, proposal, settled, tableIds };
  const readers = readersIn(work, carried.after);
  const views = settled.view === true ? viewsFor(work, carried, readers) : undefined;
  const extra = views === undefined ? [] : callsForOldShape(views);
  const whole = runCommands(dry.value.document, extra, options.ids);
  if (!whole.ok) return whole;
  const mended = new Set((views?.moved ?? []).map(({ from }) => from.id));
  const broken = brokenBy(work, whole.value.document, readers, mended);
  const rows = carryRows(carried, broken, options.date, views);
  const main: CommandCall = { name: 'decomposeTable', args: { ...args, change: rows.change } };
  const wishes = settled.places ?? {};
  const places = placesOfParts({
    before: document,
    after: dry.value.document,
    diagram: options.diagram,
    proposal,
    tableIds,
    wishes,
  });
  const place: CommandCall[] = places.length === 0 ? [] : [{ name: 'placeObjects', args: { diagram: options.diagram, places } }];
  const calls = [main, ...extra, ...place];
  const ran = runCommands(document, calls, options.ids);
  if (!ran.ok) return ran;
  return ok({
    calls,
    label: ran.value.label,
    after: ran.value.document,
    consequences: [
      ...meaningOfDecomposition(document, work),
      ...meaningOfPolicies(table, ran.value.document, tableIds),
      ...(views === undefined ? [] : meaningOfViews(views)),
      ...broken,
    ],
    proposal,
    ids: tableIds,
    ...rows,
  });
}
