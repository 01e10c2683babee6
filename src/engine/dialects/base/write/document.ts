import { linksOf } from '#model/derive/links.ts';
import type { Collection, Document, Id, Trigger, Verbatim } from '#model/types.ts';
import type { Unsupported, WrittenDocument, WrittenStatement } from '../../../sql/written.ts';
import type { Arrangement } from './arrange.ts';
import { byId, here, late } from './assemble.ts';
import { PieceCache, WriteCache } from './cache.ts';
import { isForeignKey } from './foreign-keys.ts';
import { KitScope, type Target, targetOf, type WriteKit } from './kit.ts';
import { writeRoutine, writeSchema, writeSequence, writeTrigger, writeType, writeVerbatim, writeView } from './objects.ts';
import type { Order, OrderedNode } from './order.ts';
import { arrangerOf, type BasePlan, PLAIN_PLAN } from './rules.ts';
import { type Piece, pieceOf } from './slots.ts';
import { type Edges, Sorter } from './sort.ts';
import { writeTable } from './table.ts';

type Pieces = PieceCache<Order, BasePlan>;

const memory = new WeakMap<WriteCache, Map<WriteKit, Pieces>>();

function piecesOf(cache: WriteCache, kit: WriteKit): Pieces {
  const byKit = memory.get(cache) ?? new Map<WriteKit, Pieces>();
  memory.set(cache, byKit);
  const pieces = byKit.get(kit) ?? new PieceCache(arrangerOf(kit));
  byKit.set(kit, pieces);
  return pieces;
}

/** Writes the pieces of one document, taking from the cache what still holds. */
class Writer {
  readonly #document: Document;
  readonly #version: number;
  readonly #pieces: Pieces;
  readonly #target: Target;

  constructor(document: Document, version: number, pieces: Pieces, kit: WriteKit) {
    this.#document = document;
    this.#version = version;
    this.#pieces = pieces;
    this.#target = targetOf(kit, version);
  }

  #piece(collection: Collection, id: Id, plan: BasePlan | undefined, write: (scope: KitScope) => void): Piece {
    const known = this.#pieces.get(id, plan);
    if (known !== undefined) return known;
    const scope = new KitScope(this.#document, this.#version, { collection, record: id }, this.#target);
    write(scope);
    const piece = pieceOf(scope.placed, scope.unsupported);
    this.#pieces.set(id, plan, scope.facts, piece);
    return piece;
  }

  nodes({ order, plans }: Arrangement<Order, BasePlan>): Piece[] {
    return order.nodes.map((node) => this.#node(node, plans.get(node.id)));
  }

  #node({ collection, id }: OrderedNode, plan: BasePlan | undefined): Piece {
    const document = this.#document;
    return this.#piece(collection, id, plan, (scope) => {
      if (collection === 'tables') {
        const own = (linksOf(document).byChild.get(id) ?? []).filter((link) => isForeignKey(document, link));
        writeTable(scope, document.tables[id] as Document['tables'][string], own, plan ?? PLAIN_PLAN);
      } else if (collection === 'types') writeType(scope, document.types[id] as Document['types'][string]);
      else if (collection === 'sequences') writeSequence(scope, document.sequences[id] as Document['sequences'][string]);
      else if (collection === 'routines') writeRoutine(scope, document.routines[id] as Document['routines'][string]);
      else writeView(scope, document.views[id] as Document['views'][string]);
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

  /** Those with further clauses last: they may name others that they come after. */
  triggers(): Piece[] {
    const all = byId(this.#document.triggers);
    const sorted = [...all.filter((one) => one.residue === undefined), ...all.filter((one) => one.residue !== undefined)];
    return inOrder(sorted).map((one) => this.#piece('triggers', one.id, undefined, (scope) => writeTrigger(scope, one)));
  }
}

/** Triggers after those that they follow or precede by name. */
function inOrder(triggers: readonly Trigger[]): readonly Trigger[] {
  if (!triggers.some((one) => one.residue !== undefined)) return triggers;
  const ids = new Map(triggers.map((one) => [`${one.on} ${one.name.toLowerCase()}`, one.id]));
  const edges = triggers.map(({ id, on, residue = [] }): [Id, Edges] => {
    const named = residue.flatMap((clause) => /^(?:FOLLOWS|PRECEDES)\s+[`"]?(.*?)[`"]?$/i.exec(clause)?.[1]?.toLowerCase() ?? []);
    return [id, { hard: named.flatMap((name) => ids.get(`${on} ${name}`) ?? []), soft: [] }];
  });
  const sorter = new Sorter(new Map(triggers.map((one) => [one.id, one])), new Map(edges));
  for (const { id } of triggers) sorter.visit(id);
  return sorter.sorted;
}

/**
 * The document as statements of a kit's dialect in an order that runs on an empty database: verbatim firsts, schemas,
 * objects with their indexes and comments, then foreign keys that had to wait, triggers, verbatim statements about
 * objects, verbatim lasts. What the dialect has no words for is listed in `unsupported`.
 * @param version major version of the target.
 */
export function writeBase(document: Document, kit: WriteKit, version: number, cache = new WriteCache()): WrittenDocument {
  const pieces = piecesOf(cache, kit);
  const arrangement = pieces.begin(document, version);
  const writer = new Writer(document, version, pieces, kit);
  const first = writer.verbatim('first');
  const schemas = writer.schemas();
  const nodes = writer.nodes(arrangement);
  const rest = [...writer.triggers(), ...writer.verbatim('with')];
  const last = writer.verbatim('last');
  const statements: WrittenStatement[] = [];
  here(first, statements);
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
