import type { Column } from '#model/column-types.ts';
import { typeFacts } from '../../rules/type-facts.ts';
import type { Advice } from './advice.ts';
import type { Block, Source } from './blocks.ts';
import { atMostOne } from './clauses.ts';
import type { QueryRead } from './read.ts';

const WIDE = /^(?:text|json|jsonb|bytea|xml|tsvector|(?:tiny|medium|long)?(?:text|blob)|clob|nclob|blob|image|ntext|vector)\b/;

function isWide(q: QueryRead, column: Column): boolean {
  const facts = typeFacts(q.document, column.type);
  return facts.isArray || WIDE.test(facts.name) || facts.args[0]?.toLowerCase() === 'max';
}

function columnsOf(q: QueryRead, sources: readonly Source[], qualify: boolean): string {
  return sources
    .flatMap((source) =>
      source.columns
        .filter((one) => one.invisible !== true)
        .map((one) => (qualify ? `${q.quoted(source.name)}.${q.quoted(one.name)}` : q.quoted(one.name))),
    )
    .join(', ');
}

function joinsByName(block: Block): boolean {
  return block.core?.from.some((from) => /"(?:using|natural)":/.test(JSON.stringify(from))) ?? true;
}

/** All columns of a table, whoever needs them. */
export function selectStar(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block): Advice[] => {
    const { core, place } = block;
    if (core === undefined || (place !== 'top' && place !== 'arm') || !q.sound) return [];
    return core.items.flatMap((item): Advice[] => {
      if (item.star === undefined) return [];
      const qualifier = item.star.at(-1)?.name;
      const sources =
        qualifier === undefined ? block.sources : block.sources.filter((one) => q.names.key(one.name) === q.names.key(qualifier));
      if (sources.length === 0 || sources.some((one) => one.table === undefined || one.columns.length === 0)) return [];
      const wide = sources.flatMap((one) => one.columns.filter((column) => isWide(q, column)));
      // One row by its key with nothing large in it: an index could save nothing.
      if (atMostOne(q, block) && wide.length === 0) return [];
      const count = sources.reduce((sum, one) => sum + one.columns.length, 0);
      const fixed = sources.flatMap((source) =>
        q.fixed(block, source).map((id) => source.columns.find((one) => one.id === id)?.name ?? ''),
      );
      const text = columnsOf(q, sources, qualifier !== undefined || block.sources.length > 1);
      const safe = !(qualifier === undefined && block.sources.length > 1 && joinsByName(block));
      return [
        {
          at: item.at,
          what: `${q.query.name} asks for all ${count} columns of ${sources.map((one) => one.table?.name).join(', ')}.`,
          evidence: [
            ...(wide.length === 0 ? [] : [`${wide.map((one) => one.name).join(', ')} may be large.`]),
            ...(fixed.length === 0
              ? []
              : [
                  `With fewer columns an index on ${[...new Set(fixed)].join(', ')} that also holds them would answer it without the table.`,
                ]),
          ],
          about: sources.flatMap((one) => (one.table === undefined ? [] : [{ record: one.table.id }])),
          ...(safe
            ? {
                rewrite: {
                  edits: [{ ...item.at, text }],
                  equal: true,
                  conditions: ['The same today; take out what nobody reads. A column that is added later does not come by itself.'],
                },
              }
            : {}),
        },
      ];
    });
  });
}
