import { figure } from '#lib/figures.ts';
import type { IdSource } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import type { ChangeStep } from '#model/change-types.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { missingPlacements } from '#model/derive/place.ts';
import type { AnyRecord, Collection, Dependency, Document, Id, Sql, Table } from '#model/types.ts';
import type { KeptShape, TriggerDraft } from '../dialects/base/redundancy/shapes.ts';
import { writeDocument } from '../sql/write.ts';
import { Naming } from './shapes.ts';
import type { BuildOptions, Choice, Denormalization, Proposal } from './types.ts';
import { dialectOf } from './weigh.ts';

/** What accepting a proposal adds, before it is made into commands and scripts. */
export interface Draft {
  readonly columns?: readonly { readonly table: Id; readonly column: Column }[];
  readonly records?: readonly { readonly collection: Collection; readonly record: AnyRecord }[];
  readonly dependencies?: readonly { readonly table: Id; readonly dependency: Dependency }[];
  readonly calls?: readonly CommandCall[];
  /** Kept by triggers, when that was chosen. */
  readonly shape?: KeptShape;
  readonly reconcile?: Sql;
  readonly repair: readonly Sql[];
  /** Making it fills it. */
  readonly filled?: true;
  /** What runs now and then instead of triggers. */
  readonly refresh?: Sql;
  readonly touched: readonly Id[];
  /** Tables whose rows must not change while what is new is filled. */
  readonly quiet: readonly Id[];
}

function triggerRecords(document: Document, drafts: readonly TriggerDraft[], ids: IdSource) {
  return drafts.flatMap(({ trigger, routine }): { collection: Collection; record: AnyRecord }[] => {
    const schema = recordIn(document, 'tables', trigger.on)?.schema ?? '';
    const own = { ...trigger, id: ids.next('trg', trigger.name) };
    if (routine === undefined) return [{ collection: 'triggers', record: own }];
    const { name, signature, definition } = routine;
    return [
      { collection: 'routines', record: { id: ids.next('fn', name), schema, name, kind: 'function', signature, definition } },
      { collection: 'triggers', record: own },
    ];
  });
}

/**
 * The statements that make records, and the lines of columns, as the dialect's writer puts them. Only what these name is
 * written, so that a large model costs no more than a small one.
 */
function written(document: Document, records: ReadonlySet<Id>) {
  const own = <T>(all: Readonly<Record<Id, T>>) => Object.fromEntries(Object.entries(all).filter(([id]) => records.has(id)));
  const links = Object.values(document.relationships).filter(({ id, child }) => records.has(id) || records.has(child));
  const triggers = own(document.triggers);
  const named = new Set([
    ...records,
    ...links.flatMap(({ child, parent }) => [child, parent]),
    ...Object.values(triggers).map(({ on }) => on),
  ]);
  const few: Document = {
    ...document,
    tables: Object.fromEntries(Object.entries(document.tables).filter(([id]) => named.has(id))),
    relationships: Object.fromEntries(links.map((link) => [link.id, link])),
    views: own(document.views),
    routines: own(document.routines),
    triggers,
    verbatim: {},
  };
  const { statements } = writeDocument(few, { version: document.settings['settings']?.version ?? 0 });
  return statements.filter(({ record }) => records.has(record));
}

/** `ALTER TABLE ... ADD` of columns, each with the line that the writer gives it. */
function addedColumns(naming: Naming, columns: NonNullable<Draft['columns']>): Sql[] {
  const tables = new Set(columns.map(({ table }) => table));
  const statements = written(naming.document, tables).filter(({ what }) => what === 'create');
  const [open, close] = naming.words.addColumn;
  return columns.flatMap(({ table, column }) => {
    const statement = statements.find(({ record }) => record === table);
    const part = statement?.parts.find(({ id }) => id === column.id);
    const record = recordIn(naming.document, 'tables', table);
    if (statement === undefined || part === undefined || record === undefined) return [];
    const line = statement.sql.slice(part.start, part.end).replaceAll(/ {2,}/g, ' ');
    return [`ALTER TABLE ${naming.table(record).sql} ${open}${line}${close};`];
  });
}

function scriptOf(
  naming: Naming,
  draft: Draft,
  drafts: readonly TriggerDraft[],
  made: ReadonlySet<Id>,
): Denormalization['change']['forward'] {
  const { columns = [], records = [], repair, reconcile, quiet } = draft;
  const own = new Set(records.map(({ record }) => record.id));
  const step = (phase: ChangeStep['phase'], note: string, sql: readonly Sql[]): ChangeStep[] =>
    sql.length === 0 ? [] : [{ phase, note, sql: sql.join('\n\n') }];
  const statements = written(naming.document, new Set([...own, ...made]));
  const tables = quiet.flatMap((id) => recordIn(naming.document, 'tables', id) ?? []).map((table) => naming.table(table).sql);
  const lock = drafts.length > 0 && tables.length > 0 ? naming.words.lock?.(tables) : undefined;
  const triggers = statements.filter(({ record }) => made.has(record)).map(({ sql }) => sql);
  const alone = lock === undefined ? 'while nobody writes to these tables' : 'writers wait until the transaction ends';
  return [
    ...step('expand', 'What is new, empty.', [
      ...addedColumns(naming, columns),
      ...statements.filter(({ record }) => own.has(record)).map(({ sql }) => sql),
    ]),
    ...step(
      'fill',
      triggers.length === 0 ? 'Works the values out.' : `What keeps the values, and the values themselves: ${alone}.`,
      [...(lock === undefined ? [] : [lock]), ...triggers, ...repair],
    ),
    ...(reconcile === undefined ? [] : step('verify', 'Gives the rows that disagree: none, when all is well.', [reconcile])),
  ];
}

function wayBack(naming: Naming, draft: Draft, drafts: readonly TriggerDraft[]): ChangeStep[] {
  const { columns = [], records = [] } = draft;
  const table = (id: Id) => {
    const record = recordIn(naming.document, 'tables', id);
    return record === undefined ? '' : naming.table(record).sql;
  };
  const calls = new Map<string, number>();
  for (const { trigger } of drafts) calls.set(trigger.execute, (calls.get(trigger.execute) ?? 0) + 1);
  const gone = [...drafts].reverse().map(({ trigger, routine }) => {
    const function_ = routine === undefined ? undefined : trigger.execute.slice(0, -2);
    return naming.words.dropTrigger(naming.ident(trigger.name), table(trigger.on), function_);
  });
  const objects = [...records].reverse().flatMap(({ collection, record }) => {
    if (collection === 'tables') return [`DROP TABLE ${naming.object((record as Table).schema, (record as Table).name)};`];
    if (collection === 'views' && 'schema' in record && 'name' in record)
      return [`DROP MATERIALIZED VIEW ${naming.object(String(record.schema), String(record.name))};`];
    return [];
  });
  const lines = columns.map(({ table: id, column }) => `ALTER TABLE ${table(id)} DROP COLUMN ${naming.ident(column.name)};`);
  const sql = [...gone, ...objects, ...lines].join('\n');
  return sql === '' ? [] : [{ phase: 'contract', note: 'Takes away what keeps the values, and the values.', sql }];
}

/** The record of why: it stands in the design document with its price and the query that checks it. */
function decisionOf(document: Document, proposal: Proposal, choice: Choice, draft: Draft, date: string) {
  const { cost, invariant, title, why } = proposal;
  const kept =
    choice.keeper === 'trigger'
      ? 'triggers keep it'
      : choice.keeper === 'application'
        ? 'the application keeps it'
        : 'it is refreshed';
  const lag = choice.staleness === undefined ? '' : `, at most ${choice.staleness} late`;
  const tables = draft.touched.flatMap(
    (id) => recordIn(document, 'tables', id)?.name ?? recordIn(document, 'views', id)?.name ?? [],
  );
  return {
    title,
    status: 'accepted' as const,
    context: why.join(' '),
    decision: `${choice.reason === '' ? title : choice.reason} Redundancy of ${tables.join(', ')}: ${kept}${lag}. ${invariant.words}`,
    consequences: [
      cost.bytes === 0 ? '' : `About ${figure(cost.bytesPerRow)} bytes more per row, ${figure(cost.bytes)} in all. `,
      cost.writesPerHour === 0 ? '' : `About ${figure(cost.writesPerHour)} rows more written per hour. `,
      draft.reconcile === undefined ? '' : `Rows that disagree are found by:\n\n${draft.reconcile}`,
    ].join(''),
    date,
    about: draft.touched,
  };
}

/** Makes one undo step of a draft, with its scripts. */
export function settle(
  document: Document,
  proposal: Proposal,
  choice: Choice,
  draft: Draft,
  options: BuildOptions,
): Result<Denormalization> {
  const { ids, diagram, date } = options;
  const naming = new Naming(document);
  const drafts = draft.shape === undefined ? [] : naming.words.triggers(draft.shape);
  if (typeof drafts === 'string') return { ok: false, problem: { code: 'not-by-trigger', message: drafts } };
  const kept = triggerRecords(document, drafts, ids);
  const structure: CommandCall[] = [
    ...(draft.columns ?? []).map((one): CommandCall => ({ name: 'addColumn', args: one })),
    ...((draft.records ?? []).length + kept.length === 0
      ? []
      : [{ name: 'putRecords' as const, args: { label: proposal.title, put: [...(draft.records ?? []), ...kept] } }]),
    ...(draft.dependencies ?? []).map(
      ({ table, dependency }): CommandCall => ({ name: 'addDependency', args: { table, part: dependency } }),
    ),
    ...(draft.calls ?? []),
  ];
  const dry = runCommands(document, structure, ids, proposal.title);
  if (!dry.ok) return dry;
  const after = new Naming(dry.value.document);
  const made = new Set(kept.map(({ record }) => record.id));
  const change = {
    title: proposal.title,
    kind: 'denormalization' as const,
    date,
    dialect: dialectOf(document),
    version: document.settings['settings']?.version ?? 0,
    about: draft.touched,
    forward: scriptOf(after, draft, drafts, made),
    back: wayBack(after, draft, drafts),
  };
  const places = missingPlacements(dry.value.document, diagram)
    .filter(({ object }) => draft.touched.includes(object))
    .map(({ object, x, y }) => ({ object, x, y }));
  const calls: CommandCall[] = [
    ...structure,
    { name: 'addDecision', args: { record: decisionOf(dry.value.document, proposal, choice, draft, date) } },
    ...(change.forward.length === 0 ? [] : [{ name: 'addChange' as const, args: { record: change } }]),
    ...(places.length === 0 ? [] : [{ name: 'placeObjects' as const, args: { diagram, places } }]),
  ];
  const ran = runCommands(document, calls, ids, proposal.title);
  if (!ran.ok) return ran;
  const statements = written(dry.value.document, made).map(({ sql }) => sql);
  const code = draft.refresh ?? (statements.length > 0 ? statements.join('\n\n') : draft.repair.join('\n\n'));
  return ok({
    calls,
    label: proposal.title,
    after: ran.value.document,
    code,
    ...(draft.reconcile === undefined ? {} : { reconcile: draft.reconcile }),
    repair: draft.repair,
    change,
    touched: draft.touched,
  });
}
