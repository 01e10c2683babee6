import { linksOf } from '#model/derive/links.ts';
import type { Collection, Document, Id, Relationship, Verbatim } from '#model/types.ts';
import type { Unsupported, WrittenDocument, WrittenStatement } from '../../../sql/written.ts';
import type { Arrangement } from '../../base/write/arrange.ts';
import { byId, here, late } from '../../base/write/assemble.ts';
import { PieceCache, WriteCache } from '../../base/write/cache.ts';
import { isForeignKey } from '../../base/write/foreign-keys.ts';
import type { OrderedNode } from '../../base/write/order.ts';
import { type Piece, pieceOf } from '../../base/write/slots.ts';
import { arranger } from './arranger.ts';
import { writeRoutine, writeSchema, writeSequence, writeTrigger, writeType, writeVerbatim, writeView } from './objects.ts';
import type { Order } from './order.ts';
import { PLAIN_PLAN, type TablePlan } from './plan.ts';
import { Scope } from './scope.ts';
import { writeTable } from './table.ts';

const NO_LINKS: readonly Relationship[] = [];

type Pieces = PieceCache<Order, TablePlan>;

const memory = new WeakMap<WriteCache, Pieces>();

/** @param apart always the same for one cache. */
function piecesOf(cache: WriteCache, apart: ReadonlySet<Id> | undefined): Pieces {
  const known = memory.get(cache);
  if (known !== undefined) return known;
  const pieces = new PieceCache(arranger(apart));
  memory.set(cache, pieces);
  return pieces;
}

/** Writes the pieces of one document, taking from the cache what still holds. */
class Writer {
  readonly #document: Document;
  readonly #version: number;
  readonly #cache: Pieces;

  constructor(document: Document, version: number, cache: Pieces) {
    this.#document = document;
    this.#version = version;
    this.#cache = cache;
  }

  #piece(collection: Collection, id: Id, plan: unknown, write: (scope: Scope) => void): Piece {
    const known = this.#cache.get(id, plan);
    if (known !== undefined) return known;
    const scope = new Scope(this.#document, this.#version, { collection, record: id });
    write(scope);
    const piece = pieceOf(scope.placed, scope.unsupported);
    this.#cache.set(id, plan, scope.facts, piece);
    return piece;
  }

  nodes({ order, plans }: Arrangement<Order, TablePlan>): Piece[] {
    const pieces: Piece[] = [];
    for (const node of order.nodes) {
      const plan = node.collection === 'tables' ? plans.get(node.id) : order.unchecked;
      pieces.push(this.#cache.get(node.id, plan) ?? this.#node(node, plan));
    }
    return pieces;
  }

  #node({ collection, id }: OrderedNode, plan: TablePlan | boolean | undefined): Piece {
    const document = this.#document;
    return this.#piece(collection, id, plan, (scope) => {
      if (collection === 'tables') {
        const own = (linksOf(document).byChild.get(id) ?? NO_LINKS).filter((link) => isForeignKey(document, link));
        const table = document.tables[id] as Document['tables'][string];
        writeTable(scope, table, own, typeof plan === 'object' ? plan : PLAIN_PLAN);
      } else if (collection === 'types') writeType(scope, document.types[id] as Document['types'][string]);
      else if (collection === 'sequences') writeSequence(scope, document.sequences[id] as Document['sequences'][string]);
      else if (collection === 'routines') writeRoutine(scope, document.routines[id] as Document['routines'][string]);
      else writeView(scope, document.views[id] as Document['views'][string], plan === true);
    });
  }

  verbatim(place: Verbatim['place']): Piece[] {
    return Object.values(this.#document.verbatim)
      .filter((one) => one.place === place)
      .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
      .map((one) => this.#piece('verbatim', one.id, undefined, (scope) => writeVerbatim(scope, one)));
  }

  schemas(): Piece[] {
    return byId(this.#document.schemas).map((one) => this.#piece('schemas', one.id, undefined, (scope) => writeSchema(scope, one)));
  }

  triggers(): Piece[] {
    return byId(this.#document.triggers).map((one) =>
      this.#piece('triggers', one.id, undefined, (scope) => writeTrigger(scope, one)),
    );
  }
}

const BODIES_UNCHECKED: WrittenStatement = {
  key: 'settings:bodies',
  collection: 'settings',
  record: 'settings',
  what: 'alter',
  sql: '-- Some bodies need each other, or a search path of their own: they are not checked while they are created.\nSET check_function_bodies = false;',
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
  const pieces = piecesOf(cache, apart);
  const arrangement = pieces.begin(document, version);
  const writer = new Writer(document, version, pieces);
  const first = writer.verbatim('first');
  const schemas = writer.schemas();
  const nodes = writer.nodes(arrangement);
  const rest = [...writer.triggers(), ...writer.verbatim('with')];
  const last = writer.verbatim('last');
  const statements: WrittenStatement[] = [];
  here(first, statements);
  if (arrangement.order.unchecked) statements.push(BODIES_UNCHECKED);
  here(schemas, statements);
  here(nodes, statements);
  late([...schemas, ...nodes, ...rest], statements);
  here(last, statements);
  const unsupported: Unsupported[] = [];
  for (const section of [first, schemas, nodes, rest, last]) {
    for (const piece of section) if (piece.unsupported.length > 0) unsupported.push(...piece.unsupported);
  }
  return { statements, unsupported };
}
