/** How a text of separated values is written. */
export interface Format {
  /** One character between the fields of a row. */
  readonly separator: string;
  /** The character around fields that may hold anything; doubled, it stands for itself. Empty: none. */
  readonly quote: string;
  /** The first row holds the names of the columns. */
  readonly header: boolean;
}

/** A row that was left out, with the place of what is wrong: lines and columns count from 1, columns in UTF-16 units. */
export interface SkippedRow {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Skipped rows that are told one by one; of the others only the number. */
export const MAX_TOLD = 100;

/** Columns a file may have. */
export const MAX_COLUMNS = 2000;

/** Collects rows that were left out. */
export class Skips {
  readonly told: SkippedRow[] = [];
  count = 0;

  add(line: number, column: number, reason: string): void {
    this.count++;
    if (this.told.length < MAX_TOLD) this.told.push({ line, column, reason });
  }
}

/** Names for columns: given ones trimmed, those without one numbered, those that stand twice told apart. */
export function columnNames(given: readonly string[]): string[] {
  const taken = new Set<string>();
  return given.map((name, at) => {
    const plain = name.trim() === '' ? `column${at + 1}` : name.trim();
    let free = plain;
    for (let number = 2; taken.has(free); number++) free = `${plain}_${number}`;
    taken.add(free);
    return free;
  });
}
