import { linksOf } from '#model/derive/links.ts';
import type { Collection, Document, Id, Relationship, Verbatim } from '#model/types.ts';
import type { Unsupported, WrittenDocument, WrittenStatement } from '../../../sql/written.ts';
import { WriteCache } from './cache.ts';
import { writeRoutine, writeSchema, writeSequence, writeTrigger, writeType, writeVerbatim, writeView } from './objects.ts';
import { type Order, type OrderedNode, orderOf } from './order.ts';
import { planKey } from './plan.ts';
import { Scope } from './scope.ts';
import { LATE_SLOTS, type Piece } from './slots.ts';
import { writeTable } from './table.ts';
import { isForeignKey, tablePlans } from './table-plans.ts';

const NO_LINKS: readonly Relationship[] = [];

/** Writes the pieces of one document, taking from the cache what still holds. */
class Writer {
  readonly #document: Document;
  readonly #version: number;
  readonly #cache: WriteCache;

  constructor(document: Document, version: number, cache: WriteCache) {
    this.#document = document;
    this.#version = version;
    this.#cache = cache;
  }

  piece(collection: Collection, id: Id, inputs: readonly unknown[], write: (scope: Scope) => void): Piece {
    const known = this.#cache.get(id, inputs);
    if (known !== undefined) return known;
    const scope = new Scope(this.#document, this.#version, { collection, record: id });
    write(scope);
    const piece = { placed: scope.placed, unsupported: scope.unsupported };
    this.#cache.set(id, inputs, scope.facts, piece);
    return piece;
  }

  nodes(order: Order, apart: ReadonlySet<Id> | undefined): readonly Piece[] {
    const planOf = tablePlans(this.#document, order, apart);
    const links = linksOf(this.#document).byChild;
    return order.nodes.map((node) => {
      if (node.collection !== 'tables') return this.#simple(node, order);
      const table = this.#document.tables[node.id] as Document['tables'][string];
      const own = (links.get(node.id) ?? NO_LINKS).filter((link) => isForeignKey(this.#document, link));
      const plan = planOf(table);
      return this.piece('tables', node.id, [table, planKey(plan), ...own], (scope) => writeTable(scope, table, own, plan));
    });
  }

  #simple({ collection, id }: OrderedNode, order: Order): Piece {
    const document = this.#document;
    const record = document[collection][id];
    return this.piece(collection, id, [record, order.circular], (scope) => {
      if (collection === 'types') writeType(scope, document.types[id] as Document['types'][string]);
      else if (collection === 'sequences') writeSequence(scope, document.sequences[id] as Document['sequences'][string]);
      else if (collection === 'routines') writeRoutine(scope, document.routines[id] as Document['routines'][string]);
      else if (collection === 'views') writeView(scope, document.views[id] as Document['views'][string], order.circular);
    });
  }

  verbatim(place: Verbatim['place']): readonly Piece[] {
    return Object.values(this.#document.verbatim)
      .filter((one) => one.place === place)
      .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
      .map((one) => this.piece('verbatim', one.id, [one], (scope) => writeVerbatim(scope, one)));
  }

  schemas(): readonly Piece[] {
    return byId(this.#document.schemas).map((one) => this.piece('schemas', one.id, [one], (scope) => writeSchema(scope, one)));
  }

  triggers(): readonly Piece[] {
    return byId(this.#document.triggers).map((one) => this.piece('triggers', one.id, [one], (scope) => writeTrigger(scope, one)));
  }
}

function byId<T extends { readonly id: Id }>(records: Readonly<Record<Id, T>>): T[] {
  return Object.values(records).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function take(pieces: readonly Piece[], slots: readonly string[], into: WrittenStatement[]): void {
  for (const piece of pieces) {
    for (const { slot, statement } of piece.placed) if (slots.includes(slot)) into.push(statement);
  }
}

const BODIES_UNCHECKED: WrittenStatement = {
  key: 'settings:bodies',
  collection: 'settings',
  record: 'settings',
  what: 'alter',
  sql: '-- These functions need each other, so their bodies are not checked while they are created.\nSET check_function_bodies = false;',
  parts: [],
};

/**
 * The document as PostgreSQL statements in an order that runs on an empty database: verbatim firsts, schemas, objects with
 * their indexes and comments, then what had to wait (keys, foreign keys, indexes, attachments), triggers, row security,
 * owners, verbatim statements about objects, verbatim lasts.
 * @param apart tables created at another time, so that foreign keys to them are added afterwards.
 */
export function writePostgres(
  document: Document,
  version: number,
  cache = new WriteCache(),
  apart?: ReadonlySet<Id>,
): WrittenDocument {
  cache.begin(document, version);
  const writer = new Writer(document, version, cache);
  const order = orderOf(document);
  const first = writer.verbatim('first');
  const schemas = writer.schemas();
  const nodes = writer.nodes(order, apart);
  const triggers = writer.triggers();
  const others = writer.verbatim('with');
  const last = writer.verbatim('last');
  const all = [...schemas, ...nodes, ...triggers, ...others];
  // Partitions come after their parents, and their indexes must be there before the parents'.
  const bottomUp = all.toReversed();
  const statements: WrittenStatement[] = [];
  take(first, ['here'], statements);
  if (order.circular) statements.push(BODIES_UNCHECKED);
  take(schemas, ['here', 'follow'], statements);
  take(nodes, ['here', 'follow'], statements);
  for (const slot of LATE_SLOTS) take(slot === 'key' || slot === 'index' ? bottomUp : all, [slot], statements);
  take(last, ['here'], statements);
  const unsupported: Unsupported[] = [...first, ...all, ...last].flatMap((piece) => piece.unsupported);
  return { statements, unsupported };
}
