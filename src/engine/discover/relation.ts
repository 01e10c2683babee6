/** A column as numbers: equal values have equal codes. */
export interface CodedColumn {
  readonly name: string;
  /** A code for each row, from 0 to `values.length` - 1. */
  readonly codes: Int32Array;
  /** The value of each code, in order of first appearance; the text is empty for NULL. */
  readonly values: readonly string[];
  /** The code of NULL; -1 when no row has one. */
  readonly nullCode: number;
}

/** A table of data, column by column. */
export interface Relation {
  readonly rows: number;
  readonly columns: readonly CodedColumn[];
}

/** Whether two NULLs of one column are the same value, or each is a value that stands once. */
export type NullMeaning = 'equal' | 'distinct';

/** What discovery looks at: codes alone. */
export interface Grid {
  readonly rows: number;
  readonly size: number;
  readonly codes: readonly Int32Array[];
  /** How many codes each column has. */
  readonly cards: readonly number[];
}

/** Collects the values of one column. */
export interface ColumnCoder {
  /** @param value undefined for NULL. */
  add(value: string | undefined): void;
  finish(): CodedColumn;
}

/** A coder that numbers values as they come. @param expected how many rows are likely. */
export function columnCoder(name: string, expected = 1024): ColumnCoder {
  const known = new Map<string, number>();
  const values: string[] = [];
  let codes = new Int32Array(Math.max(16, expected));
  let rows = 0;
  let nullCode = -1;
  return {
    add(value) {
      let code: number | undefined;
      if (value === undefined) {
        if (nullCode < 0) nullCode = values.push('') - 1;
        code = nullCode;
      } else {
        code = known.get(value);
        if (code === undefined) {
          code = values.push(value) - 1;
          known.set(value, code);
        }
      }
      if (rows === codes.length) {
        const grown = new Int32Array(rows * 2);
        grown.set(codes);
        codes = grown;
      }
      codes[rows++] = code;
    },
    finish: () => ({ name, codes: codes.slice(0, rows), values, nullCode }),
  };
}

/** Codes rows of values. @param rows each as long as `names`; undefined is NULL. */
export function relationOf(names: readonly string[], rows: readonly (readonly (string | undefined)[])[]): Relation {
  const coders = names.map((name) => columnCoder(name, rows.length));
  for (const row of rows) coders.forEach((coder, at) => void coder.add(row[at]));
  return { rows: rows.length, columns: coders.map((coder) => coder.finish()) };
}

/** The codes under one meaning of NULL. When NULLs are distinct, each gets a code of its own, so that it equals nothing. */
export function gridOf(relation: Relation, nulls: NullMeaning): Grid {
  const coded = relation.columns.map((column) => {
    const card = column.values.length;
    if (nulls === 'equal' || column.nullCode < 0) return { codes: column.codes, card };
    let next = card;
    const codes = column.codes.map((code) => (code === column.nullCode ? next++ : code));
    return { codes, card: next };
  });
  return {
    rows: relation.rows,
    size: relation.columns.length,
    codes: coded.map((one) => one.codes),
    cards: coded.map((one) => one.card),
  };
}

/** The first rows of a relation, coded anew; the relation itself when it has no more. */
export function firstRows(relation: Relation, limit: number): Relation {
  if (relation.rows <= limit) return relation;
  const columns = relation.columns.map((column) => {
    const coder = columnCoder(column.name, limit);
    for (let row = 0; row < limit; row++) coder.add(valueAt(column, row));
    return coder.finish();
  });
  return { rows: limit, columns };
}

/** The value in a row; undefined for NULL. */
export function valueAt(column: CodedColumn, row: number): string | undefined {
  const code = column.codes[row] as number;
  return code === column.nullCode ? undefined : column.values[code];
}
