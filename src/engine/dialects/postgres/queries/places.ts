import type { Spot } from '../../../workload/facts.ts';
import type { Name } from '../../../workload/tree.ts';
import { nameOf, pathAt, type Source } from '../expressions/source.ts';
import { locationOf, type Node } from '../expressions/tree.ts';

/** Where things stand in a parsed text: a tree says where something begins, the tokens say where it ends. */
export class Places {
  readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  /** The token that begins at the node's place; nothing at all when the node has none. */
  token(node: Node): Spot | undefined {
    const start = locationOf(node);
    const index = start === undefined ? undefined : this.source.at.get(start);
    const token = index === undefined ? undefined : this.source.tokens[index];
    return token === undefined ? undefined : { start: token.start, end: token.end };
  }

  /** From the first to the last of a node's own token and its parts. */
  around(node: Node, ...parts: readonly (Spot | undefined)[]): Spot {
    let start = Number.POSITIVE_INFINITY;
    let end = 0;
    // A list may be longer than a call can have arguments.
    const grow = (spot: Spot | undefined) => {
      if (spot === undefined || spot.end <= spot.start) return;
      start = Math.min(start, spot.start);
      end = Math.max(end, spot.end);
    };
    grow(this.token(node));
    for (const part of parts) grow(part);
    return end === 0 ? { start: 0, end: 0 } : { start, end };
  }

  /** The names of a dotted path that begins at the node's place. */
  path(node: Node, names: readonly string[]): readonly Name[] {
    const tokens = pathAt(this.source, locationOf(node));
    const whole = this.token(node) ?? { start: 0, end: 0 };
    return names.map((name, i) => {
      const token = tokens[i];
      const matches = token !== undefined && nameOf(this.source, token) === name;
      return { name, at: matches ? { start: token.start, end: token.end } : whole };
    });
  }

  /** A name that stands somewhere after an offset, such as an alias; where that is not found, the offset's token. */
  after(name: string, from: number): Name {
    let index = this.source.at.get(from);
    if (index !== undefined) {
      for (const last = Math.min(this.source.tokens.length, index + 400); index < last; index++) {
        const token = this.source.tokens[index];
        if (token !== undefined && token.start > from && nameOf(this.source, token) === name)
          return { name, at: { start: token.start, end: token.end } };
      }
    }
    return { name, at: { start: from, end: from } };
  }
}
