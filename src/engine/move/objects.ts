import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Ref, Routine, Sequence, Trigger, Verbatim, View } from '#model/types.ts';
import { nameKey } from '../dialects/base/traits.ts';
import { plainSequence, portable } from './canonical.ts';
import { stripped } from './drop.ts';
import type { Ledger } from './ledger.ts';
import type { Naming } from './names.ts';
import { type Fates, tellNotes } from './scope.ts';
import { queryOf } from './sql/parse.ts';
import { Printer } from './sql/print.ts';
import { type QueryNames, QueryPrinter, type Source } from './sql/print-query.ts';
import type { Word } from './sql/tree.ts';
import { ownTypeOf } from './typing.ts';

export interface ObjectsWork {
  readonly ledger: Ledger;
  readonly naming: Naming;
  readonly fates: Fates;
  /** The prepared source. */
  readonly source: Document;
  schemaOf(schema: Id): Id;
  /** Name of a schema of the target to write before names in it; undefined: none. */
  schemaName(schema: Id): string | undefined;
}

/** Tables and views by how the source's queries may call them. Views become known when they are translated. */
class Known implements QueryNames {
  readonly ownType: QueryNames['ownType'];
  private readonly work: ObjectsWork;
  private readonly views = new Map<Id, { readonly view: View; readonly columns: readonly string[] | undefined }>();

  constructor(work: ObjectsWork) {
    this.work = work;
    this.ownType = (words) => ownTypeOf(work.ledger, words);
  }

  add(view: View, columns: readonly string[] | undefined): void {
    this.views.set(view.id, { view, columns });
  }

  form(name: string): string {
    return this.work.naming.form(name);
  }

  key(name: string): string {
    return nameKey(name, this.work.ledger.from);
  }

  private matches(one: { readonly name: string; readonly schema: Id }, path: readonly Word[]): boolean {
    const last = path.at(-1);
    const schema = path.at(-2);
    if (last === undefined || this.key(one.name) !== this.key(last.name)) return false;
    return schema === undefined || this.key(this.work.source.schemas[one.schema]?.name ?? '') === this.key(schema.name);
  }

  private path(one: { readonly id: Id; readonly name: string; readonly schema: Id }): string[] {
    const schema = this.work.schemaName(one.schema);
    const name = this.work.fates.names.get(one.id) ?? one.name;
    return schema === undefined ? [name] : [schema, name];
  }

  table(path: readonly Word[]): Source | undefined {
    const { source, fates } = this.work;
    const table = Object.values(source.tables).find((one) => this.matches(one, path));
    if (table !== undefined) {
      const byName = new Map(columnsOf(source, table).map((column) => [this.key(column.name), column.id]));
      const nameOf = (id: Id) => this.key(columnsOf(source, table).find((column) => column.id === id)?.name ?? '');
      const nullable = new Set(columnsOf(source, table).flatMap((column) => (column.nullable ? [column.id] : [])));
      const keys = table.keys.filter(({ kind, columns }) => kind === 'primary' || !columns.some((id) => nullable.has(id)));
      return {
        path: this.path(table),
        keys: keys.map(({ columns }) => columns.map(nameOf)),
        column: (name) => {
          const id = byName.get(this.key(name));
          const fate = id === undefined ? undefined : fates.columns.get(table.id)?.get(id);
          return fate === undefined ? undefined : { name: fate.name, holds: fate.holds };
        },
      };
    }
    const found = [...this.views.values()].find(({ view }) => this.matches(view, path));
    if (found === undefined) return undefined;
    const known = found.columns === undefined ? undefined : new Set(found.columns.map((name) => this.key(name)));
    return {
      path: this.path(found.view),
      column: (name) => (known === undefined || known.has(this.key(name)) ? { name: this.form(name) } : undefined),
    };
  }
}

function loseView(ledger: Ledger, view: View, reason: string): undefined {
  ledger.lose(
    {
      id: 'object:view',
      group: 'object',
      what: view.materialized === true ? 'materialized view' : 'view',
      from: 'CREATE VIEW',
      reason: 'Its query says something that has no certain equal in the target.',
    },
    { object: ledger.object(view), at: { record: view.id }, reason, sql: view.query },
  );
  return undefined;
}

/** The names that a view's columns have; undefined: not known. */
function viewColumns(view: View, ledger: Ledger): readonly string[] | undefined {
  if (view.columns !== undefined) return view.columns;
  const read = queryOf(view.query, ledger.from);
  if ('problem' in read || read.value.first.items.some(({ star }) => star !== undefined)) return undefined;
  return read.value.first.items.map(({ of, alias }) => alias?.name ?? (of?.is === 'name' ? (of.path.at(-1)?.name ?? '') : ''));
}

function moveView(work: ObjectsWork, known: Known, view: View): View | undefined {
  const { ledger, fates } = work;
  const at: Ref = { record: view.id };
  if (ledger.related) return { ...view, schema: work.schemaOf(view.schema), name: fates.names.get(view.id) ?? view.name };
  const read = queryOf(view.query, ledger.from);
  if ('problem' in read) return loseView(ledger, view, `Its query is not understood: ${read.problem}.`);
  const names = new QueryPrinter(known);
  const printer = new Printer(ledger.from, ledger.to, ledger.version, names);
  const query = names.query(read.value, printer);
  if (printer.problem !== undefined) return loseView(ledger, view, `${ledger.label} has no certain equal of ${printer.problem}.`);
  tellNotes(ledger, printer, at);
  const object = ledger.object(view);
  const materialized = view.materialized === true;
  if (materialized && ledger.to !== 'postgresql') {
    ledger.lose(
      {
        id: 'object:materialized',
        group: 'object',
        what: 'stored result of a view',
        from: 'MATERIALIZED',
        reason: `${ledger.label} computes the view at each query; a table that a job fills would keep the result.`,
      },
      { object, at, sql: 'MATERIALIZED' },
    );
  }
  for (const index of materialized && ledger.to !== 'postgresql' ? view.indexes : [])
    ledger.lose(
      {
        id: 'index:view',
        group: 'index',
        what: 'index of a materialized view',
        from: 'INDEX',
        reason: 'A view without stored rows has no indexes.',
      },
      { object: `index ${index.name ?? ''} on ${object}`, at: { record: view.id, part: index.id } },
    );
  ledger.tell(
    {
      id: 'object:view',
      group: 'object',
      what: 'view',
      from: 'CREATE VIEW',
      to: 'CREATE VIEW',
      verdict: 'faithful',
      reason: "Its query in the target's words.",
    },
    at,
  );
  const kept = stripped(
    ledger,
    view,
    [
      'owner',
      'options',
      'accessMethod',
      'tablespace',
      'residue',
      ...(ledger.to === 'sqlite' || ledger.to === 'mysql' || ledger.to === 'mariadb' ? (['comment'] as const) : []),
    ],
    object,
    at,
  ) as View;
  const { materialized: _, withNoData: __, indexes: ___, columnComments, checkOption, recursive: ____, columns, ...rest } = kept;
  if (columnComments !== undefined && ledger.to !== 'postgresql')
    stripped(ledger, { comment: columnComments.map(({ column, comment }) => `${column}: ${comment}`) }, ['comment'], object, at);
  if (checkOption !== undefined && ledger.to === 'sqlite')
    ledger.lose(
      {
        id: 'object:check-option',
        group: 'object',
        what: 'check option of a view',
        from: 'WITH CHECK OPTION',
        reason: 'Views of SQLite are read only.',
      },
      { object, at },
    );
  return {
    ...rest,
    ...(rest.remarks === undefined ? {} : { remarks: rest.remarks.map(portable) }),
    schema: work.schemaOf(view.schema),
    name: fates.names.get(view.id) ?? view.name,
    query,
    indexes: [],
    ...(columns === undefined ? {} : { columns: columns.map((name) => work.naming.form(name)) }),
    ...(checkOption !== undefined && ledger.to !== 'sqlite' ? { checkOption } : {}),
    ...(columnComments !== undefined && ledger.to === 'postgresql'
      ? { columnComments: columnComments.map(({ column, comment }) => ({ column: work.naming.form(column), comment })) }
      : {}),
  };
}

/** Views whose queries can be said, each after those it reads. */
export function moveViews(work: ObjectsWork): Record<Id, View> {
  const { ledger, source } = work;
  const known = new Known(work);
  const moved: Record<Id, View> = {};
  let open = Object.values(source.views);
  const lower = (view: View) => view.query.toLowerCase();
  while (open.length > 0) {
    const ready = open.filter(
      (view) => !open.some((other) => other.id !== view.id && lower(view).includes(other.name.toLowerCase())),
    );
    const now = ready.length > 0 ? ready : open;
    for (const view of now) {
      const made = moveView(work, known, view);
      if (made === undefined) continue;
      // Nothing but PostgreSQL stores a view's rows here, so that there are none to know of.
      const { facts: _, ...plain } = made;
      moved[view.id] = plain;
      known.add(view, viewColumns(view, ledger));
    }
    open = open.filter((view) => !now.includes(view));
  }
  return moved;
}

/** Sequences that stand for themselves. @param used those that an identity took the place of. */
export function moveSequences(work: ObjectsWork, used: ReadonlySet<Id>): Record<Id, Sequence> {
  const { ledger, source, fates } = work;
  const able = ledger.to !== 'mysql' && ledger.to !== 'sqlite';
  return Object.fromEntries(
    Object.values(source.sequences).flatMap((sequence) => {
      const at: Ref = { record: sequence.id };
      const object = ledger.object(sequence);
      if (used.has(sequence.id)) return [];
      if (!able) {
        ledger.lose(
          {
            id: 'object:sequence',
            group: 'object',
            what: 'sequence',
            from: 'CREATE SEQUENCE',
            reason: `${ledger.label} has no sequences: a table with one row, or numbers given by a key, take its place.`,
          },
          { object, at },
        );
        return [];
      }
      ledger.tell(
        {
          id: 'object:sequence',
          group: 'object',
          what: 'sequence',
          from: 'CREATE SEQUENCE',
          to: 'CREATE SEQUENCE',
          verdict: 'faithful',
          reason: 'Set its next value after the load.',
        },
        at,
      );
      const kept = stripped(
        ledger,
        sequence,
        ['owner', 'residue', ...(ledger.to === 'postgresql' ? [] : (['comment'] as const))],
        object,
        at,
      ) as Sequence;
      const { ownedBy: _, persistence: __, ...rest } = kept;
      return [
        [
          sequence.id,
          plainSequence(ledger, {
            ...rest,
            ...(rest.remarks === undefined ? {} : { remarks: rest.remarks.map(portable) }),
            schema: work.schemaOf(sequence.schema),
            name: fates.names.get(sequence.id) ?? sequence.name,
          }),
        ],
      ];
    }),
  );
}

/** What a procedural language or another product's statement says stays text: kept among the losses. */
export function loseProcedures({ ledger, source }: ObjectsWork): {
  routines: Record<Id, Routine>;
  triggers: Record<Id, Trigger>;
  verbatim: Record<Id, Verbatim>;
} {
  if (ledger.related)
    return { routines: { ...source.routines }, triggers: { ...source.triggers }, verbatim: { ...source.verbatim } };
  const language = {
    postgresql: 'PL/pgSQL',
    mysql: "MySQL's SQL/PSM",
    mariadb: "MariaDB's SQL/PSM",
    sqlite: "SQLite's triggers",
    mssql: 'T-SQL',
    oracle: 'PL/SQL',
  }[ledger.from];
  for (const one of Object.values(source.routines))
    ledger.lose(
      {
        id: `object:${one.kind}`,
        group: 'object',
        what: one.kind,
        from: `CREATE ${one.kind.toUpperCase()}`,
        reason: `It is written in ${language}, which the target does not speak: it is to be written anew.`,
      },
      { object: ledger.object(one), at: { record: one.id }, sql: one.definition },
    );
  for (const one of Object.values(source.triggers)) {
    const on = source.tables[one.on] ?? source.views[one.on];
    ledger.lose(
      {
        id: 'object:trigger',
        group: 'object',
        what: 'trigger',
        from: 'CREATE TRIGGER',
        reason: `Its body is written in ${language}: it is to be written anew.`,
      },
      {
        object: on === undefined ? one.name : `${one.name} on ${ledger.object(on)}`,
        at: { record: one.id },
        sql: `${one.timing.toUpperCase()} ${one.events.join(' OR ').toUpperCase()}${one.when === undefined ? '' : ` WHEN (${one.when})`}\n${one.execute}`,
      },
    );
  }
  for (const one of Object.values(source.verbatim))
    ledger.lose(
      {
        id: `object:verbatim:${one.kind.toLowerCase()}`,
        group: 'object',
        what: one.kind.toLowerCase(),
        from: one.kind,
        reason: 'The statement is kept as text in its own dialect only.',
      },
      { object: one.kind, at: { record: one.id }, sql: one.sql },
    );
  return { routines: {}, triggers: {}, verbatim: {} };
}
