import type { Dependency } from '#model/types.ts';

/** Where a dependency was seen. */
export interface Provenance {
  readonly file: string;
  readonly rows: number;
  /** Rows that do not keep it. */
  readonly violating?: number;
}

/** What an accepted dependency says of where it comes from: the one place that puts it into the model. */
export function discoveredIn({ file, rows, violating = 0 }: Provenance): Pick<Dependency, 'note'> {
  const count = (number: number) => number.toLocaleString('en');
  const kept = violating === 0 ? `${count(rows)} rows` : `${count(rows - violating)} of ${count(rows)} rows`;
  return { note: `Discovered in ${file.replace(/^.*[/\\]/, '')} (${kept}).` };
}
