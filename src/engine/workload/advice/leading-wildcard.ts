import type { Advice } from './advice.ts';
import type { Seen } from './blocks.ts';
import { parts, type QueryRead } from './read.ts';

/** An index made for text within values. */
const INFIX_METHOD = /^(?:gin|gist|fulltext|spgist|rum|pgroonga)$/i;

function served(table: Seen['table'], column: Seen['column']): boolean {
  return table.indexes.some(
    (index) =>
      INFIX_METHOD.test(index.method ?? '') &&
      index.elements.some((one) => one.column === column.id || one.expression?.includes(column.name) === true),
  );
}

/** LIKE with something before what is looked for: an index in order of the values has no beginning to start at. */
export function leadingWildcard(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block) =>
    [...parts(block.where), ...block.on.flatMap(parts)].flatMap((one): Advice[] => {
      if (one.is !== 'like' || one.not || !/^i?like$/.test(one.op)) return [];
      const column = q.own(block, one.of);
      if (column === undefined || served(column.table, column.column) || q.single(block, column.source)) return [];
      const { pattern } = one;
      const texts =
        pattern.is === 'literal' && pattern.type === 'string'
          ? [pattern.text]
          : pattern.is === 'parameter'
            ? (q.query.parameters?.find(({ name }) => name === pattern.name)?.values ?? []).map(({ sql }) => sql.replace(/^'/, ''))
            : pattern.is === 'binary' && pattern.op === '||' && pattern.left.is === 'literal'
              ? [`${pattern.left.text}…`]
              : [];
      const [text] = texts.filter((each) => /^[%_]/.test(each) && each !== '%');
      if (text === undefined) return [];
      const { table } = column;
      return [
        {
          at: q.tokens.balanced(one.at),
          what: `${q.query.name} looks for ${q.said(pattern)} within ${table.name}.${column.column.name}.`,
          todo: `Make an index for text within values: ${q.words.infix(table.name, column.column.name)} Or, where it is the beginning that people know, leave the first % out.`,
          evidence: [`The pattern begins with ${text.slice(0, 1)}.`],
          about: [{ record: table.id, part: column.column.id }],
        },
      ];
    }),
  );
}
