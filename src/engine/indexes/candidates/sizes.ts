import type { Index } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import type { KnownTable } from '../../facts/known.ts';
import type { Access } from '../../rules/index-facts.ts';
import { ENGINES, type Engine } from '../analytic/engines.ts';
import { type IndexLike, storedIndex } from '../analytic/stored.ts';
import { KnownValues } from '../analytic/table.ts';

const likeOfAccess = ({ id, elements, include, unique, method, predicate }: Access): IndexLike => ({
  id,
  name: id,
  part: id,
  elements,
  include,
  unique,
  ...(method === 'btree' ? {} : { method }),
  ...(predicate === undefined ? {} : { where: predicate }),
});

/** How indexes of one table compare in size, by what is known or guessed of its rows. Nothing is worked out before it is asked for. */
export class RelativeSizes {
  readonly #engine: Engine;
  readonly #known: () => KnownValues | undefined;
  #values: KnownValues | undefined;

  constructor(document: Document, table: Table, known: KnownTable | undefined) {
    this.#engine = ENGINES[document.settings['settings']?.dialect ?? 'postgresql'];
    this.#known = () => (known === undefined ? undefined : new KnownValues(document, table, known, this.#engine));
  }

  /** Pages; of a key that the rows themselves lie in the order of those above the rows. Undefined where nothing is known. */
  #pages(like: IndexLike): number | undefined {
    this.#values ??= this.#known();
    return this.#values === undefined ? undefined : storedIndex(this.#values, like, this.#engine).planned.tree.pages;
  }

  smallest(accesses: readonly Access[]): Access | undefined {
    if (accesses.length < 2) return accesses[0];
    const sized = accesses.map((access) => ({ access, pages: this.#pages(likeOfAccess(access)) ?? 0 }));
    return sized.reduce((a, b) => (b.pages < a.pages ? b : a)).access;
  }

  /** Room that an index would take, as a share of what another one takes; 1 where that is not known. */
  shareOf({ elements, include = [], where }: Omit<Index, 'id'>, other: Access): number {
    const own = { id: '', name: '', elements, include, unique: false, ...(where === undefined ? {} : { where }) };
    const [pages, theirs] = [this.#pages(own), this.#pages(likeOfAccess(other))];
    return pages === undefined || theirs === undefined ? 1 : pages / Math.max(1, theirs);
  }
}
