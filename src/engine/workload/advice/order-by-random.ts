import type { Expr } from '../tree.ts';
import { holds } from '../walk.ts';
import type { Advice } from './advice.ts';
import type { QueryRead } from './read.ts';

const RANDOM = /^(?:random|rand|newid|sys_guid|gen_random_uuid|uuid)$/;

function isRandom(expr: Expr): boolean {
  return holds(expr, (one) => {
    // Oracle calls it without brackets, like a column.
    const path = one.is === 'call' ? one.path : one.is === 'column' ? one.path.map(({ name }) => name.toLowerCase()) : [];
    const last = path.at(-1) ?? '';
    return last === 'value' ? path.at(-2) === 'dbms_random' : one.is === 'call' && RANDOM.test(last);
  });
}

/** All rows are read and sorted for a few of them. */
export function orderByRandom(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block): Advice[] => {
    const [sort] = (block.query?.order ?? []).filter(({ of }) => isRandom(of));
    const source = block.sources.find((one) => one.table !== undefined && !q.single(block, one));
    if (sort === undefined || source === undefined) return [];
    return [
      {
        at: q.tokens.balanced(sort.of.at),
        what: `${q.query.name} sorts ${source.table?.name} by a random value.`,
        about: source.table === undefined ? [] : [{ record: source.table.id }],
      },
    ];
  });
}
