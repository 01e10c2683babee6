import { linksOf } from '#model/derive/links.ts';
import type { Document, Id } from '#model/types.ts';
import type { QueryFacts } from './facts.ts';

/** A relationship that a query joins along: positions in the `uses` of its facts. */
export interface JoinedLink {
  readonly relationship: Id;
  readonly child: number;
  readonly parent: number;
}

/** The relationships whose columns a query's joins compare, each once for the uses it is between. */
export function joinedLinks(document: Document, { uses, joins }: QueryFacts): readonly JoinedLink[] {
  const links = linksOf(document);
  const found = new Map<string, JoinedLink>();
  for (const { left, right } of joins) {
    for (const [child, parent] of [
      [left, right],
      [right, left],
    ] as const) {
      const [mine, theirs] = [uses[child.use]?.table, uses[parent.use]?.table];
      if (mine === undefined || theirs === undefined) continue;
      for (const one of links.byChild.get(mine) ?? []) {
        const pairs = one.childColumns.map((column, at) => [column, one.parentColumns[at] ?? ''] as const);
        const compares = pairs.some(([a, b]) => child.term.columns.includes(a) && parent.term.columns.includes(b));
        if (one.parent !== theirs || !compares) continue;
        found.set(`${one.id} ${child.use} ${parent.use}`, { relationship: one.id, child: child.use, parent: parent.use });
      }
    }
  }
  return [...found.values()];
}
