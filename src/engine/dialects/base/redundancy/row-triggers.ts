import type { Id, Sql } from '#model/types.ts';
import type { CopyShape, CounterShape, KeptNumber, KeptShape, Slots, SqlLink, SqlName, SqlTable } from './shapes.ts';

/** The row before or after the change, in a trigger for each row. */
export type RowSide = 'new' | 'old';

/** A value that a query gives: one row, always. */
export interface Scalar {
  readonly value: Sql;
  /** `FROM ... WHERE ...` */
  readonly rest: Sql;
  /** Without an aggregate there may be no row, which means NULL. */
  readonly aggregate: boolean;
}

export type Step =
  /** A statement without its terminator. */
  | { readonly run: Sql }
  /** Sets a column of the changed row itself. */
  | { readonly set: SqlName; readonly to: Scalar };

/** What happens on one event. */
export interface Branch {
  readonly event: 'insert' | 'update' | 'delete' | 'truncate';
  /** The update is of one of these columns. */
  readonly of?: readonly Id[];
  readonly when?: Sql;
  readonly does: readonly Step[];
}

/** A trigger for each row, before a dialect puts it into its words. */
export interface RowTrigger {
  readonly name: string;
  readonly on: SqlTable;
  /** It sets columns of the row itself. */
  readonly sets: boolean;
  readonly branches: readonly Branch[];
}

/** What a dialect with triggers for each row says its own way. */
export interface RowWords {
  /** A column of the changed row. */
  row(side: RowSide, column: SqlName): Sql;
  differs(left: Sql, right: Sql): Sql;
  /** Adds to numbers in a row that may not be there yet. @param source SELECT whose columns are the key's, then the numbers. */
  addTo(slots: Slots, columns: readonly SqlName[], source: Sql): Sql;
  /** A whole number from 0 to below the count, another one each time. */
  randomBelow(count: number): Sql;
  /** Foreign keys that change rows do it without triggers. */
  readonly silentCascades?: true;
  /** Foreign keys may be checked late, so that children can come before their parent. */
  readonly defers?: true;
}

const coalesced = (sql: Sql) => `coalesce(${sql}, 0)`;

/** `a.x = b.y AND ...` */
function same(pairs: readonly (readonly [Sql, Sql])[]): Sql {
  return pairs.map(([left, right]) => `${left} = ${right}`).join(' AND ');
}

/** The number as it is worked out from all children. @param at the parent's key, by position in the pairs. */
export function counted(link: SqlLink, number: KeptNumber, at: readonly Sql[]): Scalar {
  return {
    value: number.of === undefined ? 'count(*)' : coalesced(`sum(src.${number.of.sql})`),
    rest: `FROM ${link.child.sql} src WHERE ${same(link.pairs.map(({ child }, i) => [`src.${child.sql}`, at[i] ?? '']))}`,
    aggregate: true,
  };
}

/** The parent's value for a child. @param at the child's reference, by position in the pairs. */
export function lookedUp(link: SqlLink, from: SqlName, at: readonly Sql[]): Scalar {
  return {
    value: `src.${from.sql}`,
    rest: `FROM ${link.parent.sql} src WHERE ${same(link.pairs.map(({ parent }, i) => [`src.${parent.sql}`, at[i] ?? '']))}`,
    aggregate: false,
  };
}

export function scalarSql({ value, rest }: Scalar): Sql {
  return `(SELECT ${value} ${rest})`;
}

function bump(shape: CounterShape, words: RowWords, side: RowSide, sign: '+' | '-'): Step {
  const { link, numbers, slots } = shape;
  const amount = ({ of }: KeptNumber) => (of === undefined ? '1' : coalesced(words.row(side, of)));
  const mine = same(link.pairs.map(({ child, parent }) => [parent.sql, words.row(side, child)]));
  if (slots === undefined) {
    const sets = numbers.map((one) => `${one.column.sql} = ${one.column.sql} ${sign} ${amount(one)}`).join(', ');
    return { run: `UPDATE ${link.parent.sql} SET ${sets} WHERE ${mine}` };
  }
  const amounts = numbers.map((one) => (sign === '-' ? `0 - ${amount(one)}` : amount(one)));
  const columns = [...slots.holder, slots.slot, ...numbers.map(({ column }) => column)];
  const values = [...link.pairs.map(({ parent }) => parent.sql), words.randomBelow(slots.count), ...amounts];
  const given = values.map((value, at) => `${value} AS ${columns[at]?.sql}`).join(', ');
  const source = `SELECT ${given} FROM ${link.parent.sql} WHERE ${mine}`;
  return { run: words.addTo(slots, columns, source) };
}

function any(conditions: readonly Sql[]): Sql {
  return conditions.join(' OR ');
}

/**
 * Triggers of a counter. The child's add and take away what a row counts for, which needs no look at other rows and is right
 * whoever else writes (the parent's row is locked until the end of the transaction). The parent's work the number out anew
 * where a row or key begins to be: deferred foreign keys let children come first, and after a key has changed the children
 * follow one by one, each counted by the child's trigger.
 */
function counterTriggers(shape: CounterShape, words: RowWords): RowTrigger[] {
  const { link, numbers, name, slots } = shape;
  const fks = link.pairs.map(({ child }) => child);
  const watched = [...fks, ...numbers.flatMap(({ of }) => of ?? [])];
  const changed = any(watched.map((one) => words.differs(words.row('old', one), words.row('new', one))));
  const zero: Step = {
    run: `UPDATE ${link.parent.sql} SET ${numbers.map(({ column }) => `${column.sql} = 0`).join(', ')}`,
  };
  const emptied: Branch = { event: 'truncate', does: [slots === undefined ? zero : { run: `DELETE FROM ${slots.table.sql}` }] };
  const child: RowTrigger = {
    name,
    on: link.child,
    sets: false,
    branches: [
      { event: 'insert', does: [bump(shape, words, 'new', '+')] },
      { event: 'delete', does: [bump(shape, words, 'old', '-')] },
      {
        event: 'update',
        of: watched.map(({ id }) => id),
        when: changed,
        does: [bump(shape, words, 'old', '-'), bump(shape, words, 'new', '+')],
      },
      emptied,
    ],
  };
  if (slots !== undefined) return [child];
  const at = link.pairs.map(({ parent }) => words.row('new', parent));
  const does = numbers.map((number): Step => ({ set: number.column, to: counted(link, number, at) }));
  const keys = link.pairs.map(({ parent }) => parent);
  const when = any(keys.map((one) => words.differs(words.row('old', one), words.row('new', one))));
  // Where cascades are silent the children that follow are not counted again: the number stays as it is, unless they leave.
  const stays = words.silentCascades === true && link.onUpdate !== 'set null';
  const moved: Branch[] = stays ? [] : [{ event: 'update', of: keys.map(({ id }) => id), when, does }];
  return [child, { name: `${name}_begin`, on: link.parent, sets: true, branches: [{ event: 'insert', does }, ...moved] }];
}

/**
 * Triggers of copied values. The child's take the values from the parent whenever the reference or a copy is written, so that
 * no other value can stand there; the parent's carry a change to all children.
 */
function copyTriggers(shape: CopyShape, words: RowWords): RowTrigger[] {
  const { link, copies, name } = shape;
  const at = link.pairs.map(({ child }) => words.row('new', child));
  const take = copies.map(({ from, to }): Step => ({ set: to, to: lookedUp(link, from, at) }));
  const fks = link.pairs.map(({ child }) => child.id);
  const mine = same(link.pairs.map(({ child, parent }) => [child.sql, words.row('new', parent)]));
  const carry: Step = {
    run: `UPDATE ${link.child.sql} SET ${copies.map(({ from, to }) => `${to.sql} = ${words.row('new', from)}`).join(', ')} WHERE ${mine}`,
  };
  const changed = any(copies.map(({ from }) => words.differs(words.row('old', from), words.row('new', from))));
  const gone: Branch[] =
    words.silentCascades === true && link.onDelete === 'set null'
      ? [{ event: 'delete', does: [{ run: `UPDATE ${link.child.sql} SET ${detached(link)} WHERE ${ofOld(link, words)}` }] }]
      : [];
  return [
    {
      name,
      on: link.child,
      sets: true,
      branches: [
        { event: 'insert', does: take },
        { event: 'update', of: [...fks, ...copies.map(({ to }) => to.id)], does: take },
      ],
    },
    {
      name: `${name}_carry`,
      on: link.parent,
      sets: false,
      branches: [
        ...(words.defers === true ? [{ event: 'insert' as const, does: [carry] }] : []),
        { event: 'update', of: copies.map(({ from }) => from.id), when: changed, does: [carry] },
      ],
    },
    ...(gone.length === 0 ? [] : [{ name: `${name}_leave`, on: link.parent, sets: true, branches: gone }]),
  ];
}

function detached(link: SqlLink): Sql {
  return link.pairs.map(({ child }) => `${child.sql} = NULL`).join(', ');
}

function ofOld(link: SqlLink, words: RowWords): Sql {
  return same(link.pairs.map(({ child, parent }) => [child.sql, words.row('old', parent)]));
}

/** A snapshot is taken once, where the one who inserts does not give it. */
function snapshotTriggers({ link, copies, name }: CopyShape, words: RowWords): RowTrigger[] {
  const at = link.pairs.map(({ child }) => words.row('new', child));
  const branches = copies.map(
    ({ from, to }): Branch => ({
      event: 'insert',
      when: `${words.row('new', to)} IS NULL`,
      does: [{ set: to, to: lookedUp(link, from, at) }],
    }),
  );
  return [{ name, on: link.child, sets: true, branches }];
}

/** The triggers that keep a value, for dialects whose triggers run for each row. */
export function rowTriggers(shape: KeptShape, words: RowWords): RowTrigger[] {
  if (shape.kind === 'counter') return counterTriggers(shape, words);
  return shape.kind === 'copy' ? copyTriggers(shape, words) : snapshotTriggers(shape, words);
}

/** Branches by event in a fixed order, each event once: what triggers are made of where one has one event. */
export function byEvent(branches: readonly Branch[], event: Branch['event']): readonly Branch[] {
  return branches.filter((one) => one.event === event);
}
