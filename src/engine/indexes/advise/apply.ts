import type { IdSource } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { PART_PREFIX, recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { IndexDecision, IndexesDecided, QueryDecision } from '#model/decision-types.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { indexOfView } from '../../workload/stored-view.ts';
import type { AdvisedIndex, CostBasis, IndexAdvice, IndexCard, LostIndex, Scenario } from './advice.ts';
import { type DecisionKind, decisionText, WHY_NOT } from './decision-words.ts';
import { type MadeIndex, meantBeside, withMade } from './meant.ts';
import { IndexNames } from './names.ts';

export interface ApplyOptions {
  readonly ids: IdSource;
  /** ISO date of the decision: the engine owns no clock. */
  readonly date: string;
}

export interface AppliedAdvice {
  /** To be run as one step. */
  readonly calls: readonly CommandCall[];
  readonly label: string;
  /** By the advice's id: the index in its table. */
  readonly made: ReadonlyMap<string, { readonly table: Id; readonly index: Id; readonly name: string }>;
  /** Ids of the indexes that were dropped, without those that were attached to them. */
  readonly dropped: readonly Id[];
}

/** Whose costs they are, in words. */
function basisText(basis: CostBasis): string {
  return basis.kind === 'planner' ? `planner of PostgreSQL ${basis.version}` : `analytic model (${basis.why})`;
}

function queryName(document: Document, query: Id): string {
  return recordIn(document, 'queries', query)?.name ?? query;
}

/** What an index stands on: a table, or a materialized view. */
function indexedIn(document: Document, id: Id): Table | View | undefined {
  return recordIn(document, 'tables', id) ?? recordIn(document, 'views', id);
}

function onName(document: Document, table: Id): string {
  const found = indexedIn(document, table);
  if (found === undefined) return table;
  const schema = recordIn(document, 'schemas', found.schema);
  return schema === undefined || schema.implicit === true || schema.name === 'public' ? found.name : `${schema.name}.${found.name}`;
}

/** What is kept of an index, with numbers that a file can hold. */
function recorded(
  document: Document,
  card: AdvisedIndex | LostIndex,
  action: IndexDecision['action'],
  index: Id,
  name: string,
  notes: readonly string[],
): IndexDecision {
  const gains = 'gains' in card ? card.gains : [];
  return {
    action,
    table: card.table,
    index,
    name,
    on: onName(document, card.table),
    sql: card.name === name || card.name === '' ? card.sql : renamedSql(card, name),
    parts: card.parts.map(({ text, role, desc }) => ({
      text: desc === true && !/\bDESC\b/i.test(text) ? `${text} DESC` : text,
      ...(role === undefined ? {} : { role }),
    })),
    serves: gains.map((gain) => ({
      query: gain.query,
      name: queryName(document, gain.query),
      without: finite(gain.without),
      with: finite(gain.with),
    })),
    bytes: card.bytes,
    ...(card.bytesInThreeYears === undefined ? {} : { bytesInThreeYears: card.bytesInThreeYears }),
    writeCost: finite(card.writeCost),
    worth: 'worth' in card ? finite(card.worth) : 0,
    notes,
  };
}

/** The statement with the name that the index got, where it says the other one. */
function renamedSql({ sql, name: from }: IndexCard, to: string): string {
  const at = sql.indexOf(from);
  return at < 0 ? sql : `${sql.slice(0, at)}${to}${sql.slice(at + from.length)}`;
}

const finite = (value: number) => (Number.isFinite(value) ? value : 0);

/** Indexes of partitions that are attached to one: they go with it. */
function attachedTo(document: Document, index: Id): readonly { readonly table: Id; readonly id: Id }[] {
  return Object.values(document.tables).flatMap((table) =>
    table.indexes.flatMap((one) =>
      one.attachedTo === index ? [{ table: table.id, id: one.id }, ...attachedTo(document, one.id)] : [],
    ),
  );
}

const RERUN = 'The model has changed since: let the advice be worked out again.';

function dropCalls(document: Document, card: AdvisedIndex): Result<readonly CommandCall[]> {
  const existing = card.existing;
  const table = indexedIn(document, card.table);
  if (existing === undefined || table?.indexes.some(({ id }) => id === existing) !== true)
    return err('stale-advice', `The index ${card.name} is not there any more. ${RERUN}`);
  const all = [...attachedTo(document, existing), { table: card.table, id: existing }];
  return ok(all.map(({ table, id }): CommandCall => ({ name: 'removeIndexes', args: { table, ids: [id] } })));
}

/** The statement for an extension that an index needs and nobody makes yet. */
function extensionCalls(document: Document, needed: ReadonlySet<string>): readonly CommandCall[] {
  const there = Object.values(document.verbatim).filter(({ kind }) => kind.toUpperCase() === 'CREATE EXTENSION');
  const missing = [...needed].filter((name) => !there.some(({ sql }) => new RegExp(`\\b${name}\\b`, 'i').test(sql)));
  const order = Math.max(-1, ...Object.values(document.verbatim).map((one) => one.order));
  return missing.map((name, at) => ({
    name: 'addVerbatim',
    args: {
      record: {
        kind: 'CREATE EXTENSION',
        sql: `CREATE EXTENSION IF NOT EXISTS ${name};`,
        place: 'first',
        order: order + 1 + at,
      },
    },
  }));
}

const totals = ({ reads, writes, bytes }: Scenario) => ({ reads: finite(reads), writes: finite(writes), bytes });

/** Costs of queries before and after, where the whole set was weighed: of another, nobody asked. */
function outcome(document: Document, advice: IndexAdvice, after: Scenario | undefined): Pick<IndexesDecided, 'queries' | 'totals'> {
  if (after === undefined) return {};
  const costs = new Map(after.queries.map(({ query, cost }) => [query, cost]));
  const queries = advice.queries.map(
    ({ query, calls, counted, now, advised }): QueryDecision => ({
      query,
      name: queryName(document, query),
      ...(counted ? { callsPerHour: calls } : {}),
      before: finite(now),
      after: finite(costs.get(query) ?? advised),
    }),
  );
  return { queries, totals: { before: totals(advice.now), after: totals(after) } };
}

/**
 * What puts chosen indexes of an advice into the model: new ones under names like those that are there, needless ones taken
 * out with what is attached to them, an extension that one needs, a decision that keeps why, and where a rule would call one
 * needless by its shape the waiver that says what it is worth.
 * @param chosen ids of indexes to make or to drop, of the advice or of those that lost; others are left as they are.
 * @returns problems `nothing-chosen`; `stale-advice` when the model has no longer what it speaks of.
 */
export function applicationOf(
  document: Document,
  advice: IndexAdvice,
  chosen: readonly string[],
  options: ApplyOptions,
): Result<AppliedAdvice> {
  const wanted = new Set(chosen);
  const makes = [...advice.indexes.filter((one) => one.verdict === 'make'), ...advice.losers].filter(
    (one) => wanted.has(one.id) && one.index !== undefined,
  );
  const drops = advice.indexes.filter((one) => one.verdict === 'drop' && wanted.has(one.id));
  if (makes.length + drops.length === 0) return err('nothing-chosen', 'No index to make or to drop was chosen.');
  const advised = advice.indexes.filter((one) => one.verdict === 'make' || one.verdict === 'drop');
  const whole = makes.length + drops.length === advised.length && advised.every((one) => wanted.has(one.id));
  return application(
    document,
    advice,
    { makes, drops, kind: whole ? 'advised' : 'some', after: whole ? advice.advised : undefined },
    options,
  );
}

/** What is to be made and dropped so that there is a set of indexes that a person put together, beside those that hold rules. */
export interface OwnChanges {
  readonly makes: readonly (AdvisedIndex | LostIndex)[];
  readonly drops: readonly AdvisedIndex[];
}

/**
 * How the indexes there are become those of an own set. What rows are stored or replicated by stays, whether it is in the set or
 * not.
 * @param indexes ids of the advice: of what is to be there
 */
export function ownChanges(document: Document, advice: IndexAdvice, indexes: ReadonlySet<string>): OwnChanges {
  const stays = ({ table, existing }: AdvisedIndex) =>
    indexedIn(document, table)?.indexes.some(
      (one) => one.id === existing && (one.clustered === true || one.replicaIdentity === true),
    );
  return {
    makes: [...advice.indexes, ...advice.losers].filter(
      (one) => indexes.has(one.id) && one.existing === undefined && one.index !== undefined,
    ),
    drops: advice.indexes.filter(
      (one) => one.verdict !== 'rule' && one.existing !== undefined && !indexes.has(one.id) && stays(one) !== true,
    ),
  };
}

/**
 * {@link applicationOf} for a set that a person put together: what of it is not there is made, what is there and not in it is
 * dropped.
 * @param after what an hour costs with it, where it was weighed
 * @returns problems `nothing-chosen` when the set is what is there; `stale-advice`
 */
export function applicationOfOwn(
  document: Document,
  advice: IndexAdvice,
  own: { readonly indexes: ReadonlySet<string>; readonly after?: Scenario | undefined },
  options: ApplyOptions,
): Result<AppliedAdvice> {
  const changes = ownChanges(document, advice, own.indexes);
  if (changes.makes.length + changes.drops.length === 0)
    return err('nothing-chosen', 'The set is what is there already: there is nothing to make or to drop.');
  return application(document, advice, { ...changes, kind: 'own', after: own.after }, options);
}

interface Chosen extends OwnChanges {
  readonly kind: DecisionKind;
  /** What an hour costs afterwards, where that was worked out. */
  readonly after: Scenario | undefined;
}

function application(
  document: Document,
  advice: IndexAdvice,
  { makes, drops, kind, after }: Chosen,
  { ids, date }: ApplyOptions,
): Result<AppliedAdvice> {
  const names = new IndexNames(document);
  const calls: CommandCall[] = [];
  const decided: IndexDecision[] = [];
  const news: MadeIndex[] = [];
  const made = new Map<string, { table: Id; index: Id; name: string }>();
  for (const card of drops) {
    const found = dropCalls(document, card);
    if (!found.ok) return found;
    calls.push(...found.value);
    const others = card.instead.map((id) => advice.indexes.find((one) => one.id === id)?.name ?? id);
    const left = kind === 'own' && card.verdict === 'keep' ? ['it is not in the set that was chosen'] : [];
    const why = card.why === undefined ? left : [`${WHY_NOT[card.why]}${others.length === 0 ? '' : ` (${others.join(', ')})`}`];
    decided.push(recorded(document, card, 'drop', card.existing as Id, card.name, [...why, ...card.notes]));
  }
  calls.push(...extensionCalls(document, new Set(makes.flatMap((one) => one.extension ?? []))));
  for (const card of makes) {
    const { table, index } = card;
    if (index === undefined) continue;
    const on = indexedIn(document, table);
    if (on === undefined) return err('stale-advice', `The table of the index ${card.name} is not there any more. ${RERUN}`);
    const part = 'query' in on ? indexOfView(table, index) : index;
    const name = card.name === '' ? names.give(on, part) : names.free(on.schema, card.name);
    const id = ids.next(PART_PREFIX.indexes, name);
    const decision = recorded(document, card, 'make', id, name, card.notes);
    calls.push({ name: 'addIndex', args: { table, part: { ...part, id, name } } });
    made.set(card.id, { table, index: id, name });
    news.push({ table, index: { ...index, id, name }, decided: decision });
    decided.push(decision);
  }
  const next = withMade(document, news, new Set(drops.flatMap((one) => one.existing ?? [])));
  calls.push(...meantBeside(next, news, basisText(advice.basis), date));
  const indexes: IndexesDecided = {
    basis: basisText(advice.basis),
    ...(advice.budget === undefined || !Number.isFinite(advice.budget) ? {} : { budget: advice.budget }),
    indexes: decided,
    ...outcome(document, advice, after),
  };
  const about = [...new Set([...drops, ...makes].map((one) => one.table))];
  calls.push({
    name: 'addDecision',
    args: { record: { ...decisionText(advice, indexes, kind), status: 'accepted', date, about, indexes } },
  });
  const said = [...(makes.length > 0 ? [`make ${makes.length}`] : []), ...(drops.length > 0 ? [`drop ${drops.length}`] : [])].join(
    ', ',
  );
  return ok({
    calls,
    label: `Apply ${kind === 'own' ? 'own set of indexes' : 'index advice'}: ${said}`,
    made,
    dropped: drops.flatMap(({ existing }) => existing ?? []),
  });
}
