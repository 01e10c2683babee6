import type { ChangeStep } from '#model/change-types.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { Carried, RowCarrier } from '../../../decompose/types.ts';
import type { KitScope, WriteKit } from '../write/kit.ts';
import { guards, keptWhere, nothingHomeless, sameBags } from './guards.ts';
import { type KitCarrier, type KitSays, kitCarrier } from './kit-words.ts';
import { linkChanges } from './links.ts';
import { rejoining, type Shape, type Shaped, shapeOf } from './shape.ts';
import { columnsGone, missingIn, step, stricterIn, warned } from './steps.ts';
import { listOf } from './words.ts';
import { statementsOf } from './written.ts';

/** What a dialect's statements of a decomposition are made from. */
export interface AlterWork {
  readonly carried: Carried;
  readonly carrier: KitCarrier;
  readonly shape: Shape;
  /** The table as it was and as it is. */
  readonly table: Table;
  readonly rest: Table;
  /** Its SQL name. */
  readonly name: string;
  /** Scopes of the table in both documents. */
  readonly was: KitScope;
  readonly now: KitScope;
  /** Columns that leave it. */
  readonly gone: readonly Column[];
  /** Keys that it has afterwards only: one that takes the place of its primary key comes when the columns are gone. */
  readonly newKeys: readonly Table['keys'][number][];
  readonly lateKey: Table['keys'][number] | undefined;
}

/** A dialect whose statements change a table's constraints where it stands. Texts carry what ends them. */
export interface AlterWords extends KitSays {
  /** Before the guards: what they need. */
  readonly opening?: readonly string[];
  dropLink(work: AlterWork, document: Document, link: Relationship): string[];
  /** When foreign keys have gone: takes away what they leave behind. */
  unlinked?(work: AlterWork, document: Document, links: readonly Relationship[]): string[];
  /** The foreign key, and the look at the rows where that is a step of its own. */
  addLink(work: AlterWork, document: Document, link: Relationship): { readonly add: string; readonly validate?: string };
  /** Lets go of what the new tables take names from. */
  freed(work: AlterWork): string[];
  /** A document in which the new tables can be filled. */
  fillable?(document: Document, tables: readonly Id[]): Document;
  /** Around the INSERT of one table. */
  filled(work: AlterWork, part: Shaped, now: Table, insert: string): string[];
  /** How rows are taken once where a column is of a type that DISTINCT cannot compare; absent: it compares all. */
  readonly once?: { readonly types: RegExp; select(list: string, key: string, source: string): string };
  stricter(work: AlterWork, columns: readonly Column[]): string[];
  addKey(work: AlterWork, scope: KitScope, table: Table, key: Table['keys'][number]): string;
  /** Takes the columns away, with what stands on them; then rows once, and the new key. */
  contract(work: AlterWork): string[];
  /** Takes the keys away that the decomposition added, and brings the columns back without values. */
  addColumns(work: AlterWork): string[];
  fillBack(work: AlterWork): string[];
  /** NOT NULL, defaults, keys, checks and indexes as they were. */
  restore(work: AlterWork): string[];
  /** What the way back cannot bring back. */
  limits?(work: AlterWork): string;
}

/** Columns that take values. */
export function stored(columns: readonly Column[], table: Table): readonly Column[] {
  return columns.filter(({ name }) => table.columns.find((one) => one.name === name)?.generated === undefined);
}

function fill(work: AlterWork, words: AlterWords, part: Shaped): string[] {
  const { carrier, shape, carried } = work;
  const now = carried.after.tables[part.id] as Table;
  const list = listOf(carrier.words, stored(part.columns, now));
  const kept = keptWhere(carrier.words, part);
  const source = `${shape.table}${kept === '' ? '' : `\nWHERE ${kept}`}`;
  const select =
    words.once !== undefined &&
    part.columns.some(({ type }) => type.kind === 'builtin' && words.once?.types.test(type.name) === true)
      ? words.once.select(list, listOf(carrier.words, part.key), source)
      : `SELECT DISTINCT ${list}\nFROM ${source}`;
  return words.filled(work, part, now, carrier.end(`INSERT INTO ${part.name} (${list})\n${select}`));
}

function dropLinks(work: AlterWork, words: AlterWords, document: Document, links: readonly Relationship[]): string[] {
  return [...links.flatMap((link) => words.dropLink(work, document, link)), ...(words.unlinked?.(work, document, links) ?? [])];
}

function forward(work: AlterWork, words: AlterWords, broken: readonly string[]): ChangeStep[] {
  const { carried, carrier, shape, table, rest } = work;
  const { after, before } = carried;
  const { old, fresh } = linkChanges(before, after);
  const ids = shape.fresh.map(({ id }) => id);
  const added = fresh.map((link) => words.addLink(work, after, link));
  const fillable = words.fillable?.(after, ids) ?? after;
  const early = work.newKeys.filter((key) => key !== work.lateKey);
  return [
    ...step('guard', 'Stops when rows contradict the dependencies: nothing has been changed by then.', [
      ...(words.opening ?? []),
      ...guards(shape, carrier.words),
    ]),
    ...step('expand', 'Lets go of names and references that the new tables take over.', [
      ...dropLinks(work, words, before, old),
      ...words.freed(work),
    ]),
    ...step(
      'expand',
      'Makes the new tables.',
      statementsOf({ ...fillable, triggers: {} }, ids, carrier.write).map(({ sql }) => sql),
    ),
    ...step(
      'fill',
      'Copies each fact once.',
      shape.fresh.toReversed().flatMap((part) => fill(work, words, part)),
    ),
    ...step('verify', 'Proves that the tables give back the old rows, each as often as it was there.', [
      sameBags(shape, table.name, carrier.words),
    ]),
    ...step('expand', 'Adds keys and foreign keys.', [
      ...words.stricter(work, stricterIn(table, rest)),
      ...early.map((key) => words.addKey(work, work.now, rest, key)),
      ...added.map(({ add }) => add),
    ]),
    ...step(
      'validate',
      'Looks at the rows that are there.',
      added.flatMap(({ validate }) => validate ?? []),
    ),
    ...step('contract', `Takes away what the new tables hold.${warned(broken)}`, words.contract(work)),
  ];
}

function back(work: AlterWork, words: AlterWords): ChangeStep[] {
  const { carried, carrier, shape, table } = work;
  const { after, before } = carried;
  const { old, fresh } = linkChanges(before, after);
  const added = old.map((link) => words.addLink(work, before, link));
  const limits = words.limits?.(work) ?? '';
  return [
    ...step('guard', `Stops when a new table has rows that no row of ${table.name} can hold.`, [
      ...(words.opening ?? []),
      ...nothingHomeless(shape, table.name, carrier.words),
    ]),
    ...step('expand', 'Brings the columns back.', [...dropLinks(work, words, after, fresh), ...words.addColumns(work)]),
    ...step('fill', 'Copies the facts back to every row.', words.fillBack(work)),
    ...step(
      'contract',
      'Takes the tables away.',
      shape.fresh.map(({ name }) => carrier.end(`DROP TABLE ${name}`)),
    ),
    ...step('validate', `Puts constraints and indexes back.${limits}`, [...words.restore(work), ...added.map(({ add }) => add)]),
    ...step(
      'validate',
      'Looks at the rows that are there.',
      added.flatMap(({ validate }) => validate ?? []),
    ),
  ];
}

/** Keys, checks and indexes that the table had and has no more. */
export function partsGone({ table, rest }: AlterWork) {
  return {
    keys: missingIn(table.keys, rest.keys),
    checks: missingIn(table.checks, rest.checks),
    indexes: missingIn(table.indexes, rest.indexes),
  };
}

/** The carrier of a dialect that is written by a kit and alters tables where they stand. */
export function alteringRows(kit: WriteKit, words: AlterWords): RowCarrier {
  return (carried, broken) => {
    const { before, after, table, proposal } = carried;
    const carrier = kitCarrier(kit, before.settings['settings']?.version ?? 0, words);
    const shape = shapeOf(carried, carrier.words);
    const rest = after.tables[table.id] as Table;
    const owner = { collection: 'tables' as const, record: table.id };
    const newKeys = missingIn(rest.keys, table.keys);
    const work: AlterWork = {
      carried,
      carrier,
      shape,
      table,
      rest,
      name: shape.table,
      was: carrier.scope(before, owner),
      now: carrier.scope(after, owner),
      gone: columnsGone(table, rest),
      newKeys,
      lateKey: proposal.tables[0]?.keepsKey === true ? undefined : newKeys.find((key) => key === rest.keys[0]),
    };
    return {
      forward: forward(work, words, broken),
      back: back(work, words),
      rejoining: rejoining(shape, carrier.words),
    };
  };
}
