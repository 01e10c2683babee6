import type { Dependency } from '#model/types.ts';

/** Where a dependency was seen. */
export interface Provenance {
  /** {@link sourceOf} */
  readonly source: string;
  readonly rows: number;
  /** Rows that do not keep it. */
  readonly violating?: number;
}

/** What rows were read from, in a few words: a file without its folders, or a table or query of a database. */
export function sourceOf({ name, source }: { readonly name: string; readonly source?: string | undefined }): string {
  return source ?? name.replace(/^.*[/\\]/, '');
}

/** What an accepted dependency says of where it comes from. @param date ISO date of the acceptance */
export function discoveredIn({ source, rows, violating = 0 }: Provenance, date: string): Required<Pick<Dependency, 'discovered'>> {
  return { discovered: { source, rows, ...(violating === 0 ? {} : { error: violating / rows }), date } };
}
