import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { KnownTable } from '../../facts/known.ts';
import { type Access, accessesOf, accessName, normalSql } from '../../rules/index-facts.ts';
import type { Term } from '../../workload/facts.ts';
import { ENGINES } from '../analytic/engines.ts';
import type { Candidate, CandidatePart, Reason } from './candidate.ts';
import { columnType, type IndexKind } from './kinds.ts';
import type { Slot } from './roles.ts';
import { RelativeSizes } from './sizes.ts';
import type { Special } from './specials.ts';

/** Widest key that is proposed. Wider ones cost more than they find. */
const MAX_KEY = 6;
const MAX_NOTES = 8;
/** Share of the room of an index that begins with it from which a further one is not worth a thought. */
const MUCH_SMALLER = 2 / 3;

/** What of a candidate is not its key. */
export interface Extras {
  readonly include?: readonly Id[];
  readonly where?: string;
  readonly unique?: true;
  readonly notes?: readonly string[];
  /** Much of it is read, in its order or instead of the table: then a smaller one may pay beside one that begins with it. */
  readonly wide?: boolean;
}

/** Whether an expression gives the same for the same row at any time. */
export type Immutable = (table: Table, expression: string) => boolean;

interface Mutable extends Omit<Candidate, 'reasons' | 'notes'> {
  readonly reasons: Reason[];
  readonly notes: string[];
}

/** Index definitions of one table, each once, that its engine takes and does not have yet. */
export class Collector {
  readonly document: Document;
  readonly table: Table;
  readonly kind: IndexKind;
  readonly columns: readonly Column[];
  /** What is known or guessed of the table. */
  readonly known: KnownTable | undefined;
  readonly #immutable: Immutable;
  readonly #found = new Map<string, Mutable>();
  readonly #existing: readonly Access[];
  readonly #keys: readonly ReadonlySet<Id>[];
  readonly #sizes: RelativeSizes;
  /** Columns that every entry of an index ends with, as its way to the row. */
  readonly #pointer: readonly Id[];

  constructor(document: Document, table: Table, kind: IndexKind, immutable: Immutable, known: KnownTable | undefined) {
    this.document = document;
    this.known = known;
    this.table = table;
    this.kind = kind;
    this.columns = columnsOf(document, table);
    this.#immutable = immutable;
    this.#existing = accessesOf(table);
    this.#sizes = new RelativeSizes(document, table, known);
    this.#pointer = ENGINES[document.settings['settings']?.dialect ?? 'postgresql'].organisation(document, table).pointer;
    const required = new Set(this.columns.filter((one) => !one.nullable).map((one) => one.id));
    this.#keys = this.#existing
      .filter(
        (one) =>
          one.unique &&
          one.where === undefined &&
          one.elements.every((element) => element.column !== undefined && required.has(element.column)),
      )
      .map((one) => new Set(one.elements.flatMap((element) => element.column ?? [])));
  }

  get candidates(): readonly Candidate[] {
    return [...this.#found.values()];
  }

  column(id: Id | undefined): Column | undefined {
    return this.columns.find((one) => one.id === id);
  }

  /** Whether at most one row has given values of these columns. */
  determinesRow(ids: ReadonlySet<Id>): boolean {
    return this.#keys.some((key) => [...key].every((id) => ids.has(id)));
  }

  /** What follows a whole unique key neither finds nor sorts anything. */
  #trimmed(slots: readonly Slot[]): readonly Slot[] {
    const seen = new Set<Id>();
    for (const [i, { term }] of slots.entries()) {
      if (term.column !== undefined) seen.add(term.column);
      if (this.determinesRow(seen)) return slots.slice(0, i + 1);
    }
    return slots;
  }

  /** Whether the engine takes this as a part of a B-tree. */
  accepts(slot: Slot): boolean {
    return this.#element(slot) !== undefined;
  }

  #element(slot: Slot): IndexElement | undefined {
    const { term, desc, nulls, prefix } = slot;
    const column = this.column(term.column);
    const type = columnType(this.document, column);
    const order = {
      ...(desc === true ? { order: 'desc' as const } : {}),
      ...(nulls !== undefined && this.kind.saysNulls ? { nulls } : {}),
    };
    const operatorClass = prefix === true ? this.kind.prefixClass(type, column) : undefined;
    const more = { ...order, ...(operatorClass === undefined ? {} : { operatorClass }) };
    if (term.column !== undefined) {
      if (column === undefined || type === undefined) return undefined;
      const keyed = this.kind.keyed(type, column, this.table);
      if (!keyed.ok || (nulls !== undefined && !this.kind.saysNulls)) return undefined;
      return { column: term.column, ...more, ...(keyed.length === undefined ? {} : { length: keyed.length }) };
    }
    return this.#takesExpression(term) ? { expression: term.expression as string, ...more } : undefined;
  }

  #takesExpression(term: Term): boolean {
    return this.kind.expressions && term.expression !== undefined && this.#immutable(this.table, term.expression);
  }

  /**
   * Takes a B-tree with these parts, cut where the engine takes no more of it. @returns whether it is a candidate.
   */
  take(slots: readonly Slot[], reason: Reason, extras: Extras = {}): boolean {
    const wanted = this.#trimmed(slots).slice(0, Math.min(MAX_KEY, this.kind.maxColumns));
    const elements: IndexElement[] = [];
    let bytes = 0;
    for (const slot of wanted) {
      const element = this.#element(slot);
      // Of what is cut off a few hundred bytes are left.
      bytes += element?.length === undefined ? this.#bytes(slot.term.column) : 4 * element.length;
      if (element === undefined || bytes > (this.kind.keyBytes ?? Number.POSITIVE_INFINITY)) break;
      elements.push(element);
      // What is cut off sorts nothing, so that nothing may follow.
      if (element.length !== undefined) break;
    }
    const isWhole = elements.length === slots.length;
    if (extras.unique !== true) this.#withoutPointer(elements);
    if (elements.length === 0) return false;
    const kept = wanted.slice(0, elements.length);
    if (extras.unique === true && !isWhole) return false;
    const found = kept.filter((slot) => slot.role === 'E').flatMap(({ term }) => term.column ?? []);
    // One row at most is left: a predicate leaves none of the others out.
    if (extras.where !== undefined && this.determinesRow(new Set(found))) return false;
    const rest = this.#rest(isWhole ? elements : [], extras.include ?? []);
    const included = rest.filter((id) => this.#includes(id));
    const covers = rest.length > 0 && included.length === rest.length && this.#haveRoom(elements, included);
    const tail = covers && !this.kind.include ? included.map((column): IndexElement => ({ column })) : [];
    const index: Omit<Index, 'id'> = {
      elements: [...elements, ...tail],
      ...(extras.unique === true ? { unique: true } : {}),
      ...(covers && this.kind.include ? { include: included } : {}),
      ...(extras.where === undefined ? {} : { where: extras.where }),
    };
    const parts: CandidatePart[] = [
      ...kept.map(({ term, role, desc }) => ({ term, role, ...(desc === true ? { desc } : {}) })),
      ...(covers ? included.map((column) => ({ term: { column, columns: [column] }, role: 'I' as const })) : []),
    ];
    const longer = this.#longer(index);
    if (longer === undefined) return this.#put(index, parts, reason, extras.notes ?? []);
    const share = extras.wide === true && index.unique !== true ? this.#sizes.shareOf(index, longer) : 1;
    if (share > MUCH_SMALLER) return false;
    const name = accessName(longer, (id) => this.column(id)?.name ?? id);
    const note = `Smaller than ${name}, which begins with it: about ${Math.round(100 * share)} % of its room.`;
    return this.#put(index, parts, reason, [note, ...(extras.notes ?? [])]);
  }

  /** Bytes of a key column. */
  #bytes(id: Id | undefined): number {
    const column = this.column(id);
    const type = columnType(this.document, column);
    return type === undefined ? 0 : this.kind.bytes(type, column);
  }

  /** Whether what is included fits as well: in the entry, where it is not a part of the key. */
  #haveRoom(elements: readonly IndexElement[], included: readonly Id[]): boolean {
    if (elements.length + included.length > this.kind.maxColumns) return false;
    const { keyBytes, limitsEntry, include } = this.kind;
    if (keyBytes === undefined || (include && limitsEntry !== true)) return true;
    const all = [...elements.map((one) => one.column), ...included];
    return all.reduce((sum, id) => sum + this.#bytes(id), 0) <= keyBytes;
  }

  /** Takes away what an entry ends with anyway: the last columns, where they are the first of the pointer, ascending. */
  #withoutPointer(elements: IndexElement[]): void {
    for (let count = Math.min(this.#pointer.length, elements.length - 1); count > 0; count--) {
      const tail = elements.slice(-count);
      if (!tail.every((one, at) => one.column === this.#pointer[at] && one.order === undefined)) continue;
      elements.splice(-count);
      return;
    }
  }

  /** What must be included so that the table need not be read. */
  #rest(elements: readonly IndexElement[], include: readonly Id[]): readonly Id[] {
    // Of what is cut off the table holds the rest.
    if (elements.length === 0 || elements.some((one) => one.length !== undefined)) return [];
    const held = new Set([...this.#pointer, ...elements.flatMap((one) => one.column ?? [])]);
    return include.filter((id) => !held.has(id));
  }

  #includes(id: Id): boolean {
    const column = this.column(id);
    const type = columnType(this.document, column);
    if (column === undefined || type === undefined) return false;
    if (this.kind.include) return this.kind.included(type, column);
    const keyed = this.kind.keyed(type, column, this.table);
    return keyed.ok && keyed.length === undefined;
  }

  /** Takes an index of another kind over one or more terms. */
  takeSpecial(terms: readonly Term[], special: Special, reason: Reason, extras: Extras = {}): boolean {
    const elements: IndexElement[] = [];
    for (const term of terms) {
      if (term.column === undefined && !this.#takesExpression(term)) return false;
      elements.push({
        ...(term.column === undefined ? { expression: term.expression as string } : { column: term.column }),
        ...special.element,
      });
    }
    const index: Omit<Index, 'id'> = {
      ...(special.method === undefined ? {} : { method: special.method }),
      elements,
      ...(extras.where === undefined ? {} : { where: extras.where }),
      ...(special.residue === undefined ? {} : { residue: special.residue }),
    };
    const parts = terms.map((term) => ({ term, role: special.shape === 'hash' ? ('E' as const) : ('R' as const) }));
    const notes = [...(special.note === undefined ? [] : [special.note]), ...(extras.notes ?? [])];
    return this.#longer(index) === undefined && this.#put(index, parts, reason, notes, special.extension);
  }

  #put(
    index: Omit<Index, 'id'>,
    parts: readonly CandidatePart[],
    reason: Reason,
    notes: readonly string[],
    extension?: string,
  ): boolean {
    const key = keyOf(this.table.id, index);
    const known = this.#found.get(key);
    if (known === undefined) {
      const made = {
        key,
        table: this.table.id,
        index,
        parts,
        reasons: [reason],
        notes: [...notes],
        ...(extension === undefined ? {} : { extension }),
      };
      this.#found.set(key, made);
      return true;
    }
    const same = known.reasons.some(
      (one) => one.query === reason.query && one.use === reason.use && one.shape === reason.shape && one.why === reason.why,
    );
    if (!same) known.reasons.push(reason);
    for (const note of notes) if (!known.notes.includes(note) && known.notes.length < MAX_NOTES) known.notes.push(note);
    return true;
  }

  /** The smallest index of the table that begins with all of this one and leaves no row out. */
  #longer(index: Omit<Index, 'id'>): Access | undefined {
    const wanted = index.elements.map(elementKey);
    const found = this.#existing.filter((one) => {
      if (one.method !== (index.method ?? 'btree') || (index.unique === true && !one.unique)) return false;
      if (one.where !== (index.where === undefined ? undefined : normalSql(index.where))) return false;
      const own = one.elements.map(elementKey);
      if (index.unique === true && own.length !== wanted.length) return false;
      const held = new Set([...one.include, ...one.elements.flatMap((element) => element.column ?? [])]);
      return wanted.every((element, i) => element === own[i]) && (index.include ?? []).every((id) => held.has(id));
    });
    return this.#sizes.smallest(found);
  }
}

/** Without quotes around names, so that texts which differ in nothing else are equal. */
function bareSql(sql: string): string {
  return normalSql(sql.replaceAll(/["`]/g, '')).toLowerCase();
}

function elementKey({ column, expression, order, nulls, operatorClass, collation, length }: IndexElement): string {
  return [
    column ?? `(${bareSql(expression ?? '')})`,
    order ?? '',
    nulls ?? '',
    operatorClass ?? '',
    collation ?? '',
    length ?? '',
  ].join(' ');
}

/** Equal for equal definitions on the same table. */
export function keyOf(table: Id, index: Omit<Index, 'id'>): string {
  const where = index.where === undefined ? '' : normalSql(index.where);
  return [
    table,
    index.unique === true ? 'unique' : '',
    index.method ?? '',
    index.elements.map(elementKey).join(','),
    [...(index.include ?? [])].sort().join(','),
    where,
  ].join('|');
}
