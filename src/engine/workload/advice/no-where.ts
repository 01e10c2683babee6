import type { Advice } from './advice.ts';
import type { QueryRead } from './read.ts';

/** Tables such as settings, of which all rows are meant. */
const FEW = 100;

/** UPDATE and DELETE of every row. */
export function noWhere(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block): Advice[] => {
    const { change, place } = block;
    if (change === undefined || place !== 'top' || change.where !== undefined || change.limit !== undefined) return [];
    // What it is joined with may leave rows out.
    if (change.from.length > 0 || change.table.is !== 'table') return [];
    const source = block.sources[0];
    if (source?.table?.persistence === 'temporary') return [];
    const rows = source?.table === undefined ? undefined : q.rows(source.table.id);
    if (rows !== undefined && rows <= FEW) return [];
    const name = source?.table?.name ?? source?.name ?? '';
    return [
      {
        at: q.tokens.balanced(change.table.at),
        what: `${q.query.name} ${change.is === 'update' ? 'changes' : 'deletes'} every row of ${name}.`,
        about: source?.table === undefined ? [] : [{ record: source.table.id }],
        todo:
          change.is === 'update'
            ? 'Say which rows in WHERE; where all are meant, change them in portions by key.'
            : 'Say which rows in WHERE; where all are meant, TRUNCATE empties a table without looking at its rows.',
      },
    ];
  });
}
