import type { Dependency } from '#model/types.ts';

/** Where a dependency was seen. */
export interface Provenance {
  readonly file: string;
  readonly rows: number;
  /** Rows that do not keep it. */
  readonly violating?: number;
}

/** What an accepted dependency says of where it comes from. @param date ISO date of the acceptance */
export function discoveredIn({ file, rows, violating = 0 }: Provenance, date: string): Required<Pick<Dependency, 'discovered'>> {
  const source = file.replace(/^.*[/\\]/, '');
  return { discovered: { source, rows, ...(violating === 0 ? {} : { error: violating / rows }), date } };
}
