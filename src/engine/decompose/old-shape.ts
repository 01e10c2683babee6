import type { ChangeStep } from '#model/change-types.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Id, View } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { FRAMES } from '../dialects/frames.ts';
import { namingOf } from '../dialects/naming.ts';
import { type ReadsColumns, repointed } from '../dialects/postgres/expressions/moving.ts';
import { writerOf } from '../dialects/writers.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { freeTableName } from './names.ts';
import type { Carried, Rejoining } from './types.ts';

/** A view that gives the rows of the old shape, and views that read from it instead of the table. */
export interface OldShape {
  readonly view: View;
  /** Views that named columns which leave, as they were and as they are. */
  readonly moved: readonly { readonly from: View; readonly to: View }[];
}

/**
 * The view of the old shape: the new tables joined. Views that named columns which leave read from it, where their text can
 * be read; materialized ones keep their rows and are not touched.
 * @param readers what reads columns that leave. @param id of the new view.
 */
export function oldShapeOf(
  { before, after, table, tableIds }: Carried,
  { query }: Rejoining,
  readers: readonly ReadsColumns[],
  parser: PgParser,
  id: Id,
): OldShape {
  const said = tableIds.flatMap((one) => recordIn(after, 'tables', one)?.name ?? []);
  const name = freeTableName(after, table.schema, `${table.name}_whole`, said);
  const moved = readers.flatMap(({ record }) => {
    const from = recordIn(before, 'views', record);
    if (from === undefined || from.materialized === true) return [];
    const to = repointed(before, parser, from, table.id, name);
    return to === undefined || to === from ? [] : [{ from, to }];
  });
  return { view: { id, schema: table.schema, name, query, indexes: [] }, moved };
}

/** The commands that put the views into the model, after the tables are there. */
export function callsForOldShape({ view, moved }: OldShape): CommandCall[] {
  return [
    { name: 'addView', args: { record: view } },
    ...moved.map(({ to }): CommandCall => ({ name: 'setView', args: { id: to.id, patch: { query: to.query } } })),
  ];
}

/** The statements of views alone. */
function written(document: Document, views: readonly View[]) {
  const { dialect = 'postgresql', version = 18 } = document.settings['settings'] ?? {};
  const few: Document = {
    ...document,
    tables: {},
    relationships: {},
    types: {},
    sequences: {},
    routines: {},
    triggers: {},
    verbatim: {},
    views: Object.fromEntries(views.map((one) => [one.id, one])),
  };
  const own = new Set(views.map(({ id }) => id));
  return writerOf(dialect)(few, version).statements.filter(({ record }) => own.has(record));
}

function dropView(document: Document, { schema, name }: View): string {
  const { after } = FRAMES[document.settings['settings']?.dialect ?? 'postgresql'];
  const sql = `DROP VIEW ${namingOf(document).objectName(schema, name)};`;
  return after === undefined ? sql : `${sql}\n${after}`;
}

/** Views in the place of those of the same name. */
function replaced(document: Document, views: readonly View[]): string[] {
  const { replacesViews } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
  const made = written(document, views).filter(({ what }) => what === 'create');
  if (replacesViews === undefined) return [...views.map((one) => dropView(document, one)), ...made.map(({ sql }) => sql)];
  return made.map(({ sql }) => sql.replace(/^CREATE (?!OR )/m, `CREATE ${replacesViews} `));
}

/** Puts a step before the first that takes something away: what it is about is there by then, and nothing has gone. */
function beforeContract(steps: readonly ChangeStep[], step: ChangeStep): readonly ChangeStep[] {
  const at = steps.findIndex(({ phase }) => phase === 'contract');
  return at < 0 ? [...steps, step] : [...steps.slice(0, at), step, ...steps.slice(at)];
}

/** The way forward with the views, and the way back without them. */
export function withOldShape(
  { before, after }: Carried,
  { view, moved }: OldShape,
  { forward, back }: { readonly forward: readonly ChangeStep[]; readonly back: readonly ChangeStep[] },
) {
  const names = moved.map(({ from }) => from.name).join(', ');
  const there = [
    ...written(after, [view]).map(({ sql }) => sql),
    ...replaced(
      after,
      moved.map(({ to }) => to),
    ),
  ];
  const again = [
    ...replaced(
      before,
      moved.map(({ from }) => from),
    ),
    dropView(after, view),
  ];
  const read = names === '' ? '' : ` ${names} read from it.`;
  const reread = names === '' ? '' : ` ${names} read from the table again.`;
  return {
    forward: beforeContract(forward, { phase: 'expand', note: `Makes the view of the old shape.${read}`, sql: there.join('\n\n') }),
    back: beforeContract(back, {
      phase: 'expand',
      note: `Takes the view of the old shape away.${reread}`,
      sql: again.join('\n\n'),
    }),
  };
}
