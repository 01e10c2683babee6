import { err, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { emptyTable } from '#model/create.ts';
import { referencingType } from '#model/derive/foreign-key-columns.ts';
import type { Dependency, Document, Exemption, Id, Relationship, Sql, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { freeTableName } from '../decompose/names.ts';
import { counted, lookedUp, scalarSql } from '../dialects/base/redundancy/row-triggers.ts';
import type { CopyShape, CounterShape, KeptNumber, Slots, SqlLink, SqlName } from '../dialects/base/redundancy/shapes.ts';
import { type Draft, settle } from './draft.ts';
import { columnIn, type Followed, followed } from './links.ts';
import { compound, copyName, counterName, freeColumn, freePrefix, like } from './names.ts';
import { Naming } from './shapes.ts';
import type { BuildOptions, Choice, Denormalization, Idea, Proposal } from './types.ts';
import { SLOTS } from './weigh.ts';

interface Work {
  readonly document: Document;
  readonly along: Followed;
  readonly choice: Choice;
  readonly options: BuildOptions;
}

type Of<K extends Idea['kind']> = Extract<Idea, { kind: K }>;

function exemption({ choice, options }: Work, otherwise: string): Exemption {
  return {
    kind: 'accepted',
    reason: choice.reason === '' ? otherwise : choice.reason,
    maintenance: choice.keeper,
    ...(choice.staleness === undefined || choice.keeper === 'trigger' ? {} : { staleness: choice.staleness }),
    date: options.date,
  };
}

/** A column with the type and looks of another, that may be NULL and makes no values of its own. */
export function copiedColumn(of: Column, id: Id, name: string): Column {
  const { type, collation, charset, classification, facts } = of;
  return {
    id,
    name,
    type: referencingType(type),
    nullable: true,
    ...(collation === undefined ? {} : { collation }),
    ...(charset === undefined ? {} : { charset }),
    ...(classification === undefined ? {} : { classification }),
    ...(facts === undefined ? {} : { facts }),
  };
}

function numberColumn(document: Document, id: Id, name: string, of?: Column): Column {
  const zero = { kind: 'literal' as const, sql: '0' };
  if (of === undefined) return { id, name, type: usualOf(document).types.bigint, nullable: false, default: zero };
  return { id, name, type: of.type, nullable: false, default: zero };
}

/** Reads the number where it is kept. @param holder prefix of the parent's columns, with its dot. */
function storedNumber(link: SqlLink, number: KeptNumber, slots: Slots | undefined, holder: string): Sql {
  if (slots === undefined) return `${holder}${number.column.sql}`;
  const mine = link.pairs.map(({ parent }, at) => `slots.${slots.holder[at]?.sql} = ${holder}${parent.sql}`).join(' AND ');
  return `coalesce((SELECT sum(slots.${number.column.sql}) FROM ${slots.table.sql} slots WHERE ${mine}), 0)`;
}

/** The rows of the parent whose numbers are not what counting gives, with both. */
function counterReconcile(naming: Naming, { link, numbers, slots }: CounterShape): Sql {
  const keys = link.pairs.map(({ parent }) => `p.${parent.sql}`);
  const actual = (number: KeptNumber) => scalarSql(counted(link, number, keys));
  const columns = numbers.flatMap((number, at) => [
    `${storedNumber(link, number, slots, 'p.')} AS stored${at + 1}`,
    `${actual(number)} AS actual${at + 1}`,
  ]);
  const wrong = numbers.map((_, at) => naming.words.differs(`x.stored${at + 1}`, `x.actual${at + 1}`)).join(' OR ');
  return `SELECT * FROM (\n  SELECT ${[...keys, ...columns].join(',\n         ')}\n  FROM ${link.parent.sql} p\n) x\nWHERE ${wrong};`;
}

function counterRepair(naming: Naming, { link, numbers, slots }: CounterShape): Sql[] {
  const { parent } = link;
  const keys = link.pairs.map((pair) => `${parent.alone}.${pair.parent.sql}`);
  if (slots === undefined) {
    const sets = numbers.map((one) => `${one.column.sql} = ${scalarSql(counted(link, one, keys))}`).join(', ');
    const wrong = numbers.map((one) => naming.words.differs(one.column.sql, scalarSql(counted(link, one, keys)))).join(' OR ');
    return [`UPDATE ${parent.sql} SET ${sets}\nWHERE ${wrong};`];
  }
  const fks = link.pairs.map(({ child }) => `src.${child.sql}`);
  const values = numbers.map(({ of }) => (of === undefined ? 'count(*)' : `coalesce(sum(src.${of.sql}), 0)`));
  const columns = [...slots.holder, slots.slot, ...numbers.map(({ column }) => column)].map(({ sql }) => sql).join(', ');
  const there = fks.map((fk) => `${fk} IS NOT NULL`).join(' AND ');
  return [
    `DELETE FROM ${slots.table.sql};`,
    `INSERT INTO ${slots.table.sql} (${columns})\nSELECT ${fks.join(', ')}, 0, ${values.join(', ')}\nFROM ${link.child.sql} src WHERE ${there} GROUP BY ${fks.join(', ')};`,
  ];
}

/** The table of a slotted counter: a row for each parent and slot that was ever used. */
function slotTable(work: Work, numbers: readonly Column[]): { readonly table: Table; readonly link: Relationship } {
  const { document, along, options } = work;
  const { ids } = options;
  const { link, parent } = along;
  const name = freeTableName(document, parent.schema, compound(counterName(along.child), like(parent.name, 'slots')));
  const keyColumns = link.parentColumns.flatMap((id) => columnIn(parent, id) ?? []);
  const holders = keyColumns.map((column) => ({
    ...copiedColumn(column, ids.next('col', column.name), copyName(parent, column.name)),
    nullable: false,
  }));
  const slot: Column = {
    id: ids.next('col', 'slot'),
    name: like(parent.name, 'slot'),
    type: usualOf(document).types.integer,
    nullable: false,
  };
  const table: Table = {
    ...emptyTable(ids.next('tbl', name), parent.schema, name),
    columns: [...holders, slot, ...numbers],
    keys: [{ id: ids.next('key', name), kind: 'primary', columns: [...holders.map(({ id }) => id), slot.id] }],
  };
  const reference: Relationship = {
    id: ids.next('rel', name),
    child: table.id,
    parent: parent.id,
    childColumns: holders.map(({ id }) => id),
    parentColumns: link.parentColumns,
    onDelete: 'cascade',
  };
  return { table, link: reference };
}

/** Why a counter cannot have slots; undefined when it can. */
export function slotsProblem(document: Document, relationship: Id): string | undefined {
  const along = followed(document, relationship);
  if (along === undefined) return 'The foreign key is gone.';
  const { onUpdate } = along.link;
  return onUpdate === 'cascade' || onUpdate === 'set null' || onUpdate === 'set default'
    ? 'The parent’s key may change, and the children with it: slots would count them twice.'
    : undefined;
}

function counterDraft(work: Work, idea: Of<'counter'>): Result<Draft> {
  const { document, along, choice, options } = work;
  const { child, parent, link } = along;
  const { ids } = options;
  const naming = new Naming(document);
  const names = [
    counterName(child),
    ...idea.measures.map((id) => compound(columnIn(child, id)?.name ?? '', like(child.name, 'total'))),
  ];
  const slotted = choice.slots === true;
  const made = names.map((wanted, at) => {
    const of = at === 0 ? undefined : columnIn(child, idea.measures[at - 1] ?? '');
    const name = slotted ? wanted : freeColumn(document, parent, wanted);
    return numberColumn(document, ids.next('col', name), name, of);
  });
  const problem = slotted ? slotsProblem(document, idea.relationship) : undefined;
  if (problem !== undefined) return err('no-slots', problem);
  const own = slotted ? slotTable(work, made) : undefined;
  const numbers = made.map(
    (column, at): KeptNumber => ({
      column: { id: column.id, sql: naming.ident(column.name) },
      ...(at === 0 ? {} : { of: naming.column(child, idea.measures[at - 1] ?? '') }),
    }),
  );
  const slots: Slots | undefined =
    own === undefined
      ? undefined
      : {
          table: naming.table(own.table),
          holder: own.link.childColumns.map((id) => naming.column(own.table, id)),
          slot: naming.column(own.table, own.table.columns[own.link.childColumns.length]?.id ?? ''),
          count: SLOTS,
        };
  const shape: CounterShape = {
    kind: 'counter',
    name: freePrefix(document, compound(parent.name, counterName(child))),
    link: naming.link(link, child, parent),
    numbers,
    ...(slots === undefined ? {} : { slots }),
  };
  const holder = own?.table ?? parent;
  const dependency: Dependency = {
    id: ids.next('dep', counterName(child)),
    determinant: own === undefined ? link.parentColumns : (own.table.keys[0]?.columns ?? []),
    dependent: made.map(({ id }) => id),
    note: `Worked out from ${child.name}: ${made.map(({ name }, at) => `${name} = ${at === 0 ? 'count(*)' : `sum(${columnIn(child, idea.measures[at - 1] ?? '')?.name})`}`).join(', ')}`,
    exempt: exemption(work, `Counted often, changed seldom`),
  };
  return {
    ok: true,
    value: {
      ...(own === undefined
        ? { columns: made.map((column) => ({ table: parent.id, column })) }
        : {
            records: [
              { collection: 'tables', record: own.table },
              { collection: 'relationships', record: own.link },
            ],
          }),
      dependencies: [{ table: holder.id, dependency }],
      ...(choice.keeper === 'trigger' ? { shape } : {}),
      reconcile: counterReconcile(naming, shape),
      repair: counterRepair(naming, shape),
      touched: [holder.id, ...(own === undefined ? [] : [parent.id]), child.id],
      quiet: [child.id, parent.id],
    },
  };
}

function copyReconcile(naming: Naming, { link, copies }: CopyShape): Sql {
  const { child, parent, pairs } = link;
  const key = child.key.map(({ sql }) => `c.${sql}`);
  const keys = key.length > 0 ? key : pairs.map((pair) => `c.${pair.child.sql}`);
  const shown = copies.flatMap(({ from, to }, at) => [`c.${to.sql} AS stored${at + 1}`, `p.${from.sql} AS actual${at + 1}`]);
  const on = pairs.map((pair) => `p.${pair.parent.sql} = c.${pair.child.sql}`).join(' AND ');
  const wrong = copies.map(({ from, to }) => naming.words.differs(`c.${to.sql}`, `p.${from.sql}`)).join(' OR ');
  return `SELECT ${[...keys, ...shown].join(', ')}\nFROM ${child.sql} c\nLEFT JOIN ${parent.sql} p ON ${on}\nWHERE ${wrong};`;
}

function copyRepair(naming: Naming, { link, copies }: CopyShape): Sql[] {
  const at = link.pairs.map(({ child }) => `${link.child.alone}.${child.sql}`);
  const value = (from: SqlName) => scalarSql(lookedUp(link, from, at));
  const sets = copies.map(({ from, to }) => `${to.sql} = ${value(from)}`).join(', ');
  const wrong = copies.map(({ from, to }) => naming.words.differs(to.sql, value(from))).join(' OR ');
  return [`UPDATE ${link.child.sql} SET ${sets}\nWHERE ${wrong};`];
}

function copyDraft(work: Work, idea: Of<'copy' | 'snapshot'>): Result<Draft> {
  const { document, along, choice, options } = work;
  const { child, parent, link } = along;
  const naming = new Naming(document);
  const made = idea.columns.flatMap((id) => {
    const of = columnIn(parent, id);
    if (of === undefined) return [];
    const name = freeColumn(document, child, copyName(parent, of.name));
    return [{ from: id, column: copiedColumn(of, options.ids.next('col', name), name) }];
  });
  if (made.length !== idea.columns.length)
    return err('stale-proposal', `${parent.name} has changed since: look at the advice again.`);
  const shape: CopyShape = {
    kind: idea.kind,
    name: freePrefix(document, compound(child.name, made[0]?.column.name ?? '')),
    link: naming.link(link, child, parent),
    copies: made.map(({ from, column }) => ({
      from: naming.column(parent, from),
      to: { id: column.id, sql: naming.ident(column.name) },
    })),
  };
  const lasting = idea.kind === 'copy';
  const reason = choice.reason === '' ? 'The value when the row was made' : choice.reason;
  const dependency: Dependency = {
    id: options.ids.next('dep', made[0]?.column.name ?? ''),
    determinant: link.childColumns,
    dependent: made.map(({ column }) => column.id),
    note: `Copied from ${parent.name}`,
    exempt: lasting ? exemption(work, 'Read often, changed seldom') : { kind: 'temporal', reason, date: options.date },
  };
  const index = lasting ? indexFor(child, link, options) : [];
  return {
    ok: true,
    value: {
      columns: made.map(({ column }) => ({ table: child.id, column })),
      dependencies: [{ table: child.id, dependency }],
      calls: index,
      ...(choice.keeper === 'trigger' ? { shape } : {}),
      ...(lasting ? { reconcile: copyReconcile(naming, shape) } : {}),
      repair: lasting ? copyRepair(naming, shape) : [],
      touched: [child.id, parent.id],
      quiet: lasting ? [parent.id, child.id] : [],
    },
  };
}

/** A change of the parent looks for its children: without an index it would read them all. */
function indexFor(child: Table, link: Relationship, { ids }: BuildOptions): NonNullable<Draft['calls']> {
  const begins = (columns: readonly (Id | undefined)[]) =>
    link.childColumns.every((id) => columns.slice(0, link.childColumns.length).includes(id));
  const there =
    child.keys.some(({ columns }) => begins(columns)) ||
    child.indexes.some(({ elements, where }) => where === undefined && begins(elements.map(({ column }) => column)));
  if (there) return [];
  const name = compound(child.name, ...link.childColumns.map((id) => columnIn(child, id)?.name ?? ''), like(child.name, 'idx'));
  const part = { id: ids.next('idx', name), name, elements: link.childColumns.map((column) => ({ column })) };
  return [{ name: 'addIndex', args: { table: child.id, part } }];
}

function markDraft({ document, along, choice, options }: Work, idea: Of<'mark'>): Result<Draft> {
  const { child, parent, link } = along;
  const reason = choice.reason === '' ? `The value when the row was made, whatever ${parent.name} says now` : choice.reason;
  const exempt: Exemption = { kind: 'temporal', reason, date: options.date };
  const table = recordIn(document, 'tables', child.id);
  const there = table?.dependencies.find(
    ({ determinant, dependent }) => dependent.join() === idea.column && determinant.join() === link.childColumns.join(),
  );
  const base = { repair: [], touched: [child.id], quiet: [] };
  if (there !== undefined)
    return {
      ok: true,
      value: { ...base, calls: [{ name: 'setDependency', args: { table: child.id, id: there.id, patch: { exempt } } }] },
    };
  const id = options.ids.next('dep', columnIn(child, idea.column)?.name ?? '');
  const dependency: Dependency = { id, determinant: link.childColumns, dependent: [idea.column], exempt };
  return { ok: true, value: { ...base, dependencies: [{ table: child.id, dependency }] } };
}

/** Works out an idea along one foreign key: what it adds, what keeps it and what checks it. */
export function buildAlong(
  document: Document,
  proposal: Proposal,
  idea: Of<'counter' | 'copy' | 'snapshot' | 'mark'>,
  choice: Choice,
  options: BuildOptions,
): Result<Denormalization> {
  const along = followed(document, idea.relationship);
  if (along === undefined) return err('stale-proposal', 'The foreign key is not in the model any more: look at the advice again.');
  const work: Work = { document, along, choice, options };
  const draft =
    idea.kind === 'counter' ? counterDraft(work, idea) : idea.kind === 'mark' ? markDraft(work, idea) : copyDraft(work, idea);
  return draft.ok ? settle(document, proposal, choice, draft.value, options) : draft;
}
