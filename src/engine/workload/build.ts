import type { Column } from '#model/column-types.ts';
import type { Id, Sql } from '#model/types.ts';
import type { Alternatives, Join, Keyset, OrderTerm, Predicate, Spot, TableUse, Term, Value, Write } from './facts.ts';

/** A table use as it is met. */
export interface NewUse {
  readonly table: Id;
  readonly columns: readonly Column[];
  readonly name: string;
  readonly place: Spot | undefined;
  readonly through: readonly Id[];
  readonly block: number;
}

/** A table use while the query is read. */
export interface UseDraft extends NewUse {
  readonly at: number;
  read: boolean;
  star: boolean;
  readonly needed: Set<Id>;
  readonly predicates: Predicate[];
  readonly alternatives: Alternatives[];
  readonly keysets: Keyset[];
  order: readonly OrderTerm[];
  group: readonly Term[];
  distinct: readonly Term[];
  readonly extremes: Term[];
  limit?: Value;
  offset?: Value;
  write?: Write;
}

/** Table uses and joins of one query, in the order they are met. */
export class Draft {
  readonly uses: UseDraft[] = [];
  readonly joins: Join[] = [];
  /** Uses of which a condition leaves out rows that an outer join would fill with NULL. */
  readonly strict = new Set<number>();
  /** Conditions of WHERE that such rows can meet, as `IS NULL`. */
  readonly loose: { readonly use: number; readonly predicate: Predicate }[] = [];
  #blocks = 0;
  #sets = 0;

  use(given: NewUse): UseDraft {
    const made: UseDraft = {
      ...given,
      at: this.uses.length,
      read: true,
      star: false,
      needed: new Set(),
      predicates: [],
      alternatives: [],
      keysets: [],
      order: [],
      group: [],
      distinct: [],
      extremes: [],
    };
    this.uses.push(made);
    return made;
  }

  /** A number for a SELECT, UPDATE ... */
  block(): number {
    return this.#blocks++;
  }

  /** A number for a set operation. */
  set(): number {
    return this.#sets++;
  }
}

/**
 * Joins as they work: an outer join whose missing rows a later condition leaves out is an inner one (PostgreSQL's
 * `reduce_outer_joins`).
 */
export function reduced({ joins, strict: known }: Draft): readonly Join[] {
  const strict = new Set(known);
  let made: readonly Join[] = joins;
  for (let size = -1; size !== strict.size; ) {
    size = strict.size;
    made = joins.map((join): Join => {
      const { kind, left, right } = join;
      const [a, b] = [strict.has(left.use), strict.has(right.use)];
      if ((kind === 'left' && b) || (kind === 'right' && a) || (kind === 'full' && a && b)) {
        // A row of one side is there only with the row of the other that it met.
        for (const { use, term } of [left, right]) if (term.column !== undefined) strict.add(use);
        return { ...join, kind: 'inner' };
      }
      // What is known to be there of one side leaves only the other side to be missing.
      return kind === 'full' && (a || b) ? { ...join, kind: a ? 'left' : 'right' } : join;
    });
  }
  return made;
}

/**
 * Conditions that look at rows which an outer join makes up, once it is known which joins stay outer: they leave out joined rows,
 * and restrict what is read of the table no more (`WHERE child.id IS NULL` finds rows without a child).
 */
export function afterOuterJoins({ uses, loose }: Draft, joins: readonly Join[]): void {
  const madeUp = new Set(
    joins.flatMap(({ kind, left, right }) => [
      ...(kind === 'left' || kind === 'full' ? [right.use] : []),
      ...(kind === 'right' || kind === 'full' ? [left.use] : []),
    ]),
  );
  for (const { use, predicate } of loose) {
    const own = uses[use]?.predicates;
    const at = own?.indexOf(predicate) ?? -1;
    if (madeUp.has(use) && at >= 0) own?.splice(at, 1, { ...predicate, filterOnly: true });
  }
}

/** A use as plain data. */
export function finished(use: UseDraft): TableUse {
  return {
    table: use.table,
    name: use.name,
    ...(use.place === undefined ? {} : { at: use.place }),
    through: use.through,
    block: use.block,
    read: use.read,
    predicates: use.predicates,
    alternatives: use.alternatives,
    keysets: use.keysets,
    order: use.order,
    group: use.group,
    distinct: use.distinct,
    extremes: use.extremes,
    ...(use.limit === undefined ? {} : { limit: use.limit }),
    ...(use.offset === undefined ? {} : { offset: use.offset }),
    columns: use.columns.filter(({ id }) => use.needed.has(id)).map(({ id }) => id),
    star: use.star && use.columns.every(({ id, invisible }) => invisible === true || use.needed.has(id)),
    ...(use.write === undefined ? {} : { write: use.write }),
  };
}

/** Equal for terms that mean the same. */
export function termKey({ column, expression }: Term): Sql {
  return column ?? `(${expression ?? ''})`;
}
