import type { Document, Id, Ref, Table } from '#model/types.ts';
import { memoByIdentity } from '../memo.ts';

/** A statement, or a piece of one, in which columns are used. */
export interface SqlText {
  /** Where it stands, in words: `view active_users`, `query open_orders`. */
  readonly place: string;
  readonly sql: string;
  readonly ref?: Ref;
  /** The table whose columns it names without saying the table, such as that of a check. */
  readonly table?: Id;
}

const ofTable = memoByIdentity((table: Table): readonly SqlText[] => {
  const own = { table: table.id };
  const text = (kind: string, part: { readonly id: Id; readonly name?: string }, sql: string | undefined): SqlText[] => {
    if (sql === undefined) return [];
    const name = part.name === undefined ? '' : `${part.name} `;
    return [{ ...own, place: `${kind} ${name}of ${table.name}`, sql, ref: { record: table.id, part: part.id } }];
  };
  return [
    ...table.columns.flatMap((column) => text('generated column', column, column.generated?.expression)),
    ...table.checks.flatMap((check) => text('check', check, check.expression)),
    ...table.indexes.flatMap((index) => [
      ...index.elements.flatMap((element) => text('index', index, element.expression)),
      ...text('index', index, index.where),
    ]),
    ...table.policies.flatMap((policy) => [...text('policy', policy, policy.using), ...text('policy', policy, policy.withCheck)]),
  ];
});

const ofViews = memoByIdentity((views: Document['views']): readonly SqlText[] =>
  Object.values(views).map(({ id, name, materialized, query }) => ({
    place: `${materialized === true ? 'materialized view' : 'view'} ${name}`,
    sql: query,
    ref: { record: id },
  })),
);

const ofRoutines = memoByIdentity((routines: Document['routines']): readonly SqlText[] =>
  Object.values(routines).map(({ id, kind, name, definition }) => ({
    place: `${kind} ${name}`,
    sql: definition,
    ref: { record: id },
  })),
);

const ofTriggers = memoByIdentity((triggers: Document['triggers']): readonly SqlText[] =>
  Object.values(triggers).flatMap(({ id, name, on, when, execute }) =>
    [when, execute].flatMap((sql): SqlText[] =>
      sql === undefined ? [] : [{ place: `trigger ${name}`, sql, ref: { record: id }, table: on }],
    ),
  ),
);

const ofQueries = memoByIdentity((queries: Document['queries']): readonly SqlText[] =>
  Object.values(queries).map(({ name, sql, callsPerHour }) => ({
    place: callsPerHour === undefined ? `query ${name}` : `query ${name} (${callsPerHour} calls an hour)`,
    sql,
  })),
);

/** The texts that stand in a table itself. */
export function textsOfTable(table: Table): readonly SqlText[] {
  return ofTable(table);
}

/** Every other text, by where it is kept: each list stays the same array while nothing in it changes. */
export function textsElsewhere(document: Document): readonly (readonly SqlText[])[] {
  const { views, routines, triggers, queries } = document;
  return [ofViews(views), ofRoutines(routines), ofTriggers(triggers), ofQueries(queries)];
}
