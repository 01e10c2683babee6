/** What goes wrong while a dependency's left side is no key, in words. */
export interface Anomaly {
  readonly update: string;
  readonly insert: string;
  readonly delete: string;
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * The update, insertion and deletion anomaly (Codd 1971) of a dependency that breaks a normal form, with its own names.
 * @param missing attributes that the left side does not determine: what a row needs besides.
 */
export function anomalyWords(left: readonly string[], right: readonly string[], missing: readonly string[]): Anomaly {
  const [x, y, z] = [listed(left), listed(right), listed(missing)];
  const [is, it] = right.length === 1 ? ['is', 'it'] : ['are', 'them'];
  if (left.length === 0) {
    return {
      update: `${y} ${is} the same in every row: a change of ${it} must reach every row, and one that is missed contradicts the others.`,
      insert: `${y} cannot be recorded before there is a row with ${z}.`,
      delete: `Deleting the last row loses ${y}.`,
    };
  }
  return {
    update: `${y} ${is} repeated in every row with the same ${x}: a change must reach each of them, and one that is missed contradicts the others.`,
    insert: `For a new ${x}, ${y} cannot be recorded before there is a row with ${z}.`,
    delete: `Deleting the last row with some ${x} loses its ${y}.`,
  };
}

/** For a multivalued dependency: every value of one side is repeated with every value of the other. */
export function combinationWords(left: readonly string[], right: readonly string[], rest: readonly string[]): Anomaly {
  const [x, y, z] = [listed(left), listed(right), listed(rest)];
  const of = left.length === 0 ? '' : ` of one ${x}`;
  return {
    update: `Every ${y}${of} stands with every ${z}: a change of one value must reach each of these rows.`,
    insert: `A new ${y}${of} needs a row for every ${z} that is there, and cannot be recorded when there is none.`,
    delete: `Deleting the last ${z}${of} loses every ${y}.`,
  };
}

/** A row's values by attribute number; null is a value like others. */
export type SampleRow = readonly (string | null)[];

export interface RepeatedFact {
  readonly left: readonly (string | null)[];
  readonly right: readonly (string | null)[];
  /** Positions of the rows that hold the same fact. */
  readonly rows: readonly number[];
}

/** The anomalies of one dependency as sample rows show them. */
export interface AnomalyRows {
  /** Facts stored more than once, the most frequent first, at most as many as asked for. */
  readonly repeated: readonly RepeatedFact[];
  /** Rows that store a fact again: values that a table of its own would save. */
  readonly redundant: number;
  /** Rows whose deletion loses a fact: the only ones with their left side. */
  readonly lonely: readonly number[];
  /** Pairs of rows that agree on the left side and not on the right: the dependency does not hold in the sample. */
  readonly conflicts: readonly (readonly [number, number])[];
}

/** Finds in sample rows what {@link anomalyWords} says. @param most facts, rows and pairs to list of each kind. */
export function anomalyRows(rows: readonly SampleRow[], left: readonly number[], right: readonly number[], most = 5): AnomalyRows {
  const valuesOf = (row: SampleRow, items: readonly number[]) => items.map((item) => row[item] ?? null);
  const groups = new Map<string, number[]>();
  rows.forEach((row, at) => {
    const key = JSON.stringify(valuesOf(row, left));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [at]);
    else group.push(at);
  });
  const repeated: RepeatedFact[] = [];
  const lonely: number[] = [];
  const conflicts: [number, number][] = [];
  let redundant = 0;
  for (const group of groups.values()) {
    const first = group[0] as number;
    if (group.length === 1) lonely.push(first);
    const values = valuesOf(rows[first] as SampleRow, right);
    const text = JSON.stringify(values);
    const other = group.find((at) => JSON.stringify(valuesOf(rows[at] as SampleRow, right)) !== text);
    if (other !== undefined) conflicts.push([first, other]);
    else if (group.length > 1) {
      redundant += group.length - 1;
      repeated.push({ left: valuesOf(rows[first] as SampleRow, left), right: values, rows: group });
    }
  }
  repeated.sort((a, b) => b.rows.length - a.rows.length);
  return { repeated: repeated.slice(0, most), redundant, lonely: lonely.slice(0, most), conflicts: conflicts.slice(0, most) };
}
