import { emptyDocument, emptyTable, PUBLIC_SCHEMA } from '#model/create.ts';
import type { Table } from '#model/types.ts';
import { repeatingGroups } from './repeating.ts';
import { packedValues } from './values.ts';

/** What keeps a heading out of first normal form as far as names and sample rows tell. */
export interface HeadingSmell {
  readonly kind: 'repeating' | 'list' | 'pairs' | 'code' | 'quantity';
  readonly attributes: readonly string[];
  readonly evidence: string;
}

function repeating(attributes: readonly string[]): HeadingSmell[] {
  const columns = attributes.map((name, at) => ({
    id: String(at),
    name,
    type: { kind: 'builtin' as const, name: 'text' },
    nullable: true,
  }));
  const table: Table = { ...emptyTable('heading', PUBLIC_SCHEMA.id, 'heading'), columns };
  return repeatingGroups(emptyDocument(), table).map((group) => {
    const names = group.attributes.flatMap(({ columns: ids }) => ids.map((id) => attributes[Number(id)] as string));
    return {
      kind: 'repeating',
      attributes: names,
      evidence: `${group.stem} stands ${group.numbers.length} times: ${names.join(', ')}`,
    };
  });
}

/**
 * Repeating groups among the names of attributes, and values in sample rows that pack several facts into one.
 * @param rows values by attribute; NULL counts as none.
 */
export function smellsOfHeading(
  attributes: readonly string[],
  rows: readonly (readonly (string | null)[])[] = [],
): readonly HeadingSmell[] {
  const packed = attributes.flatMap((name, at): HeadingSmell[] => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = row[at];
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const found = packedValues([...counts].map(([value, own]) => ({ value, rows: own })));
    return found === undefined ? [] : [{ kind: found.kind, attributes: [name], evidence: found.why }];
  });
  return [...repeating(attributes), ...packed];
}
