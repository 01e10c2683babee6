import type { Column } from '#model/column-types.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts } from '../type-facts.ts';
import { snake } from '../words.ts';

/** Stems whose numbers do not count things of one kind: address lines, coordinates, quarters, algorithms, boolean parts. */
const NOT_REPEATED =
  /(^|_)(addr|address|address_?line|addr_?line|line|street|street_?line|x|y|z|lat|lon|lng|q|quarter|md|sha|sha_|utf|iso|base|ipv|ip|int|float|oauth|oauth_|s|h|p|tier|level|log|v|version)$/;

export interface Series {
  readonly stem: string;
  readonly columns: readonly Column[];
}

/** Groups of at least two columns `stem1, stem2, ...` of one type. Two alone must be numbered 1 and 2. */
export function repeatingSeries(at: TableContext): Series[] {
  const groups = new Map<string, { column: Column; number: number }[]>();
  for (const column of at.table.columns) {
    const [, stem = '', digits = ''] = /^(.*?[a-z])_?(\d{1,2})$/.exec(snake(column.name)) ?? [];
    if (stem === '' || NOT_REPEATED.test(stem)) continue;
    const type = typeFacts(at.document, column.type);
    const key = `${stem}\n${type.name}${type.isArray ? '[]' : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), { column, number: Number(digits) }]);
  }
  return [...groups].flatMap(([key, members]) => {
    const numbers = members.map((member) => member.number).sort((a, b) => a - b);
    const consecutive = numbers.every((number, index) => index === 0 || number === (numbers[index - 1] as number) + 1);
    const enough = members.length > 2 || (members.length === 2 && numbers[0] === 1);
    return consecutive && enough ? [{ stem: key.split('\n')[0] as string, columns: members.map((member) => member.column) }] : [];
  });
}
