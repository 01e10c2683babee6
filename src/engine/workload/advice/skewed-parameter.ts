import type { Advice } from './advice.ts';
import { parts, type QueryRead } from './read.ts';

function plain(sql: string): string {
  return sql.replace(/^'([\s\S]*)'$/, '$1').replaceAll("''", "'");
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

/** A parameter whose usual value finds few rows while others find many, so that one plan for all is wrong for some. */
export function skewedParameter(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block) =>
    parts(block.where).flatMap((one): Advice[] => {
      if (one.is !== 'binary' || one.op !== '=') return [];
      return (
        [
          [one.left, one.right],
          [one.right, one.left],
        ] as const
      ).flatMap(([side, value]): Advice[] => {
        const column = value.is === 'parameter' ? q.own(block, side) : undefined;
        if (column === undefined || value.is !== 'parameter') return [];
        const given = q.query.parameters?.find(({ name }) => name === value.name)?.values ?? [];
        const common = new Map((column.column.facts?.common ?? []).map((each) => [each.value, each.share]));
        const most = [...common].sort((a, b) => b[1] - a[1])[0];
        if (most === undefined || most[1] < 0.5) return [];
        const asked = given.flatMap(({ sql, share }) =>
          share === undefined ? [] : [{ value: plain(sql), asked: share, held: common.get(plain(sql)) }],
        );
        const rare = asked.filter((each) => each.value !== most[0] && (each.held ?? 0) * 20 <= most[1] && each.asked >= 0.5)[0];
        if (rare === undefined) return [];
        return [
          {
            at: q.tokens.balanced(one.at),
            what: `${q.query.name} is called with ${value.name} = ${rare.value} in ${percent(rare.asked)} of the calls, but ${percent(most[1])} of ${column.table.name} have ${column.column.name} = ${most[0]}.`,
            evidence: [
              `${rare.value}: ${rare.held === undefined ? 'not among the common values' : `${percent(rare.held)} of the rows`}`,
              `${most[0]}: ${percent(most[1])} of the rows`,
            ],
            about: [{ record: column.table.id, part: column.column.id }],
          },
        ];
      });
    }),
  );
}
