import { figure } from '#lib/figures.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id } from '#model/types.ts';
import { isNotNull } from '../normalize/table-dependencies.ts';
import { columnIn, type Followed, followed, identifying, isMany } from './links.ts';
import type { Load } from './load.ts';
import { columnNamesOf, copyName, counterName, hasCounter } from './names.ts';
import { Naming, refusal } from './shapes.ts';
import { isDecimal, isExactNumber, valueBytes } from './size.ts';
import type { Contention, Proposal } from './types.ts';
import {
  BUSY,
  fanOut,
  guessesOf,
  HELD_SECONDS,
  HOT_SHARE,
  keepersFor,
  LEAST_SAVED,
  LOOKUP_READS,
  WRITE_WEIGHT,
  worthIt,
} from './weigh.ts';

/** Bytes of a whole number that counts. */
const COUNTER_BYTES = 8;

function contentionOf(writesPerHour: number): Contention {
  const perSecond = (writesPerHour * HOT_SHARE) / 3600;
  const busy = perSecond * HELD_SECONDS;
  return { perSecond, busy, hot: busy >= BUSY };
}

/**
 * A counter at the parent: where children are counted much more often than they come and go. Counting reads each child of
 * the parent (its entry in an index at least); the counter is one row that was read anyway.
 */
export function suggestCounter(document: Document, load: Load, relationship: Id): Proposal | undefined {
  const along = followed(document, relationship);
  if (along === undefined || !isMany(document, along)) return undefined;
  const { link, child, parent } = along;
  const join = load.join([relationship]);
  const [of, up] = [load.table(child.id), load.table(parent.id)];
  const each = fanOut(of, up);
  const moves = of.inserts.value + of.deletes.value;
  const saved = join.counts.value * each;
  if (each < 2 || !worthIt(saved, moves) || hasCounter(document, parent, child)) return undefined;
  const measures = (load.given([relationship])?.measures ?? []).filter((id) => {
    const column = columnIn(child, id);
    return column !== undefined && isExactNumber(document, column);
  });
  const naming = new Naming(document);
  const bytes = COUNTER_BYTES * (1 + measures.length);
  const name = counterName(child);
  const contention = contentionOf(moves);
  return {
    id: `counter ${relationship}`,
    idea: { kind: 'counter', relationship, measures },
    title: `Keep the number of ${child.name} in ${parent.name}`,
    table: parent.id,
    why: [
      `${figure(join.counts.value)} rows of ${parent.name} per hour are shown with a count of about ${figure(each)} ${child.name} each: ${figure(saved)} rows read to count them.`,
      `Only ${figure(moves)} ${child.name} per hour come or go.`,
    ],
    saved: saved - moves * WRITE_WEIGHT,
    cost: { bytesPerRow: bytes, rows: up.rows.value, bytes: bytes * up.rows.value, writesPerHour: moves, contention },
    invariant: {
      words: `${parent.name}.${name} = the number of rows of ${child.name} that refer to the row${measures.length === 0 ? '' : `, and the sums of their ${columnNamesOf(child, measures)}`}.`,
    },
    guesses: guessesOf([
      [join.counts, `counts per hour`],
      [of.rows, `rows of ${child.name}`],
      [up.rows, `rows of ${parent.name}`],
      [of.inserts, `inserts into ${child.name} per hour`],
      [of.deletes, `deletes from ${child.name} per hour`],
    ]),
    keepers: keepersFor(document, link, refusal(naming, 'counter', naming.link(link, child, parent)), true),
  };
}

/** Names that tell people what a row is, in the order in which one is chosen. */
const TITLES = ['name', 'title', 'label', 'display_name', 'displayname', 'sku', 'code'];
/** Below this the whole parent stays in memory, and a join with it costs next to nothing. */
const SMALL_PARENT = 1000;

function titleOf(document: Document, { child, parent }: Followed): Id | undefined {
  const keys = identifying(document, parent);
  const plain = (name: string) => name.toLowerCase();
  const prefix = plain(parent.name).replace(/s$/, '');
  const of = (name: string) => plain(name).replace(new RegExp(`^${prefix.replaceAll(/[^a-z0-9]/g, '.')}_?`), '');
  const open = parent.columns.filter(
    (column) =>
      !keys.has(column.id) &&
      column.generated === undefined &&
      (column.classification === undefined || column.classification === 'none'),
  );
  for (const title of TITLES) {
    const found = open.find(({ name }) => plain(name) === title || of(name) === title);
    if (found !== undefined && !columnsOf(document, child).some(({ name }) => plain(name) === plain(copyName(parent, found.name))))
      return found.id;
  }
  return undefined;
}

/** Columns of the parent in each child, where they are looked up much more often than parents change. */
export function suggestCopy(document: Document, load: Load, relationship: Id): Proposal | undefined {
  const along = followed(document, relationship);
  if (along === undefined || !isMany(document, along) || along.child.id === along.parent.id) return undefined;
  const { link, child, parent } = along;
  const join = load.join([relationship]);
  const [of, up] = [load.table(child.id), load.table(parent.id)];
  if (up.rows.value < SMALL_PARENT || join.lookups.value * LOOKUP_READS < LEAST_SAVED) return undefined;
  const said = load.given([relationship])?.columns?.filter((id) => columnIn(parent, id) !== undefined) ?? [];
  const title = said.length > 0 ? undefined : titleOf(document, along);
  const columns = said.length > 0 ? said : title === undefined ? [] : [title];
  if (columns.length === 0 || columns.length > 2) return undefined;
  const each = fanOut(of, up);
  const spread = up.updates.value * each;
  const saved = join.lookups.value * LOOKUP_READS;
  // A new child looks the values up once, and is written anyway.
  const net = saved - of.inserts.value * LOOKUP_READS;
  if (!worthIt(net, spread)) return undefined;
  const names = columnNamesOf(parent, columns);
  const bytes = columns.reduce(
    (sum, id) => sum + valueBytes(document, columnIn(parent, id) ?? { type: { kind: 'builtin', name: 'text' } }),
    0,
  );
  const copies = columns.map((id) => copyName(parent, columnIn(parent, id)?.name ?? '')).join(', ');
  const naming = new Naming(document);
  return {
    id: `copy ${relationship} ${columns.join(' ')}`,
    idea: { kind: 'copy', relationship, columns },
    title: `Copy ${names} of ${parent.name} into ${child.name}`,
    table: child.id,
    why: [
      `${figure(join.lookups.value)} rows of ${child.name} per hour are shown with ${names} of ${parent.name}: ${figure(saved)} reads of an index and a row that the copy spares.`,
      `${parent.name} changes ${figure(up.updates.value)} times per hour, each change carried to about ${figure(each)} ${child.name}.`,
      ...(title === undefined ? [] : [`${names} is what names a row of ${parent.name}; which columns are looked up, nobody said.`]),
    ],
    saved: net - spread * WRITE_WEIGHT,
    cost: { bytesPerRow: bytes, rows: of.rows.value, bytes: bytes * of.rows.value, writesPerHour: spread },
    invariant: {
      words: `In each row of ${child.name}, ${copies} equals ${names} of the ${parent.name} that it refers to.`,
      dependency: `${child.name}: ${columnNamesOf(child, link.childColumns)} → ${copies}`,
    },
    guesses: guessesOf([
      [join.lookups, 'lookups per hour'],
      [of.rows, `rows of ${child.name}`],
      [up.rows, `rows of ${parent.name}`],
      [up.updates, `updates of ${parent.name} per hour`],
      [of.inserts, `inserts into ${child.name} per hour`],
    ]),
    keepers: keepersFor(document, link, refusal(naming, 'copy', naming.link(link, child, parent)), false),
  };
}

const PRICE = /^(?:unit|list|sale|sales|selling|base|standard|current|net|gross)?_?(?:price|cost|fee|rate)$/i;
const AMOUNT = /^(?:qty|quantity|amount|units|pieces|hours|item_?count|count)$/i;
const plainWords = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');

/**
 * Prices of their time: a child that says how many of something its parent has a price for, and does not hold the price that
 * was paid. It changes what the past says, whatever the load. Where it holds one already, it is only not marked yet.
 */
export function suggestSnapshot(document: Document, load: Load, relationship: Id): Proposal | undefined {
  const along = followed(document, relationship);
  if (along === undefined || !isMany(document, along) || along.child.id === along.parent.id) return undefined;
  const { link, child, parent } = along;
  const isPrice = ({ name }: { readonly name: string }) => PRICE.test(plainWords(name));
  const prices = parent.columns.filter((column) => isPrice(column) && isDecimal(document, column));
  const price = prices[0];
  if (price === undefined || prices.length > 1) return undefined;
  if (!child.columns.some((column) => AMOUNT.test(plainWords(column.name)) && isExactNumber(document, column))) return undefined;
  const held = child.columns.find(
    (column) => /price|cost|fee|rate|amount_paid|total/i.test(column.name) && isDecimal(document, column),
  );
  const naming = new Naming(document);
  const of = load.table(child.id);
  const base = { table: child.id, saved: 0, guesses: [] as string[] };
  const fk = columnNamesOf(child, link.childColumns);
  if (held !== undefined) {
    const marked = child.dependencies.some(({ dependent, exempt }) => dependent.includes(held.id) && exempt?.kind === 'temporal');
    if (marked || !isPrice(held)) return undefined;
    return {
      ...base,
      id: `mark ${relationship} ${held.id}`,
      idea: { kind: 'mark', relationship, column: held.id },
      title: `Mark ${child.name}.${held.name} as the value of its time`,
      why: [
        `${child.name} holds ${held.name} beside a reference to ${parent.name}, which has ${price.name}: it looks like a copy, and is the value when the row was made.`,
        'Marked as temporal it is never normalised away, and found dependencies do not count it.',
      ],
      cost: { bytesPerRow: 0, rows: of.rows.value, bytes: 0, writesPerHour: 0 },
      invariant: {
        words: `None: ${held.name} may differ from ${parent.name}.${price.name}, and should.`,
        dependency: `${child.name}: ${fk} → ${held.name} (temporal)`,
      },
      keepers: [{ keeper: 'application' }],
    };
  }
  const bytes = valueBytes(document, price);
  return {
    ...base,
    id: `snapshot ${relationship} ${price.id}`,
    idea: { kind: 'snapshot', relationship, columns: [price.id] },
    title: `Keep ${parent.name}.${price.name} as it was in ${child.name}`,
    why: [
      `${child.name} says how many, and takes ${price.name} from ${parent.name}: when that changes, what was sold before changes its value too.`,
      `${isNotNull(document, parent, price) ? '' : `${price.name} may be NULL, and so may the snapshot. `}Rows that are there already stay NULL: what held then, the database does not know.`,
    ],
    cost: { bytesPerRow: bytes, rows: of.rows.value, bytes: bytes * of.rows.value, writesPerHour: 0 },
    invariant: {
      words: `None that lasts: it equals ${parent.name}.${price.name} at the moment the row is made, and is never changed after.`,
      dependency: `${child.name}: ${fk} → ${copyName(parent, price.name)} (temporal)`,
    },
    keepers: keepersFor(document, link, refusal(naming, 'snapshot', naming.link(link, child, parent)), false),
  };
}
