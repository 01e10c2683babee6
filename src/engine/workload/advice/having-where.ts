import { AGGREGATES } from '../terms.ts';
import type { Expr } from '../tree.ts';
import { holds } from '../walk.ts';
import type { Advice } from './advice.ts';
import type { Block } from './blocks.ts';
import { alsoWhere, without } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

/** Whether a condition is about what is grouped by alone, so that it may leave out rows before they are grouped. */
function isAboutGroups(q: QueryRead, block: Block, condition: Expr, grouped: ReadonlySet<string>): boolean {
  let columns = 0;
  const other = holds(condition, (one) => {
    if (one.is === 'column') {
      columns++;
      const column = q.own(block, one);
      // The name of an output, which HAVING may mean by it.
      const name = q.names.key(one.path.at(-1)?.name ?? '');
      if (block.core?.items.some((item) => item.alias !== undefined && q.names.key(item.alias.name) === name) === true) return true;
      return column === undefined || !grouped.has(`${column.source.name}.${column.column.id}`);
    }
    if (one.is === 'call') return one.over !== undefined || AGGREGATES.has(one.path.at(-1) ?? '') || one.form !== 'extract';
    return one.is === 'query' || one.is === 'exists' || one.is === 'in query';
  });
  return !other && columns > 0;
}

/** HAVING that says nothing of groups: the rows are grouped first and thrown away afterwards. */
export function havingWhere(q: QueryRead): readonly Advice[] {
  if (!q.sound) return [];
  return q.blocks.flatMap((block): Advice[] => {
    const { core } = block;
    if (core?.having === undefined || core.group.length === 0) return [];
    const between = q.sql.slice(core.from[0]?.at.end ?? 0, core.having.at.start);
    if (/\b(?:rollup|cube|grouping)\b/i.test(between)) return [];
    const grouped = new Set(
      core.group.flatMap((one) => {
        const column = q.own(block, one);
        return column === undefined ? [] : [`${column.source.name}.${column.column.id}`];
      }),
    );
    const moved = parts(core.having).filter((one) => isAboutGroups(q, block, one, grouped));
    if (moved.length === 0) return [];
    const gone = new Set(moved);
    const text = moved.map((one) => q.part(one)).join(' AND ');
    const where = alsoWhere(q, core, text);
    const left = without(q, core.having, gone);
    const spot = q.tokens.bracketed(core.having.at);
    const word = q.tokens.before(spot.start);
    const previous = word === undefined ? undefined : q.tokens.before(word.start);
    if (word?.word !== 'HAVING' || previous === undefined) return [];
    return [
      {
        at: q.tokens.balanced(moved[0]?.at ?? core.having.at),
        what: `${q.query.name} says ${text} in HAVING, which holds for rows before they are grouped.`,
        ...(where === undefined
          ? {}
          : {
              rewrite: {
                edits: [...where, left === '' ? { start: previous.end, end: spot.end, text: '' } : { ...spot, text: left }],
                equal: true,
                conditions: [],
              },
            }),
      },
    ];
  });
}
