/** What a DBML text says, before names are looked up. Offsets are UTF-16 into the text. */

export interface DbmlValue {
  readonly kind: 'word' | 'name' | 'text' | 'expression' | 'symbols';
  /** Words, names and symbols joined as they stand. */
  readonly text: string;
}

export interface DbmlSetting {
  /** In lower case, words joined by one space: `not null`. */
  readonly name: string;
  readonly value?: DbmlValue;
  /** Of `ref`. */
  readonly ref?: { readonly relation: Relation; readonly end: DbmlEnd };
  readonly at: number;
}

export type Relation = '>' | '<' | '-' | '<>';

/** Columns of a table that a reference joins. */
export interface DbmlEnd {
  /** Schema and table, or an alias; absent in a partial. */
  readonly path: readonly string[];
  readonly columns: readonly string[];
  readonly at: number;
}

export interface DbmlColumn {
  readonly kind: 'column';
  readonly name: string;
  readonly type: { readonly schema?: string; readonly name: string; readonly dims: number };
  readonly settings: readonly DbmlSetting[];
  readonly at: number;
}

export interface DbmlIndex {
  readonly elements: readonly { readonly kind: 'column' | 'expression'; readonly text: string; readonly at: number }[];
  readonly settings: readonly DbmlSetting[];
}

export interface DbmlCheck {
  readonly expression: string;
  readonly settings: readonly DbmlSetting[];
}

/** What stands between the braces of a table. */
export interface DbmlBody {
  readonly members: readonly (DbmlColumn | { readonly kind: 'partial'; readonly name: string; readonly at: number })[];
  readonly indexes: readonly DbmlIndex[];
  readonly checks: readonly DbmlCheck[];
  readonly note?: string;
  /** Parts that hold no schema, such as rows. */
  readonly ignored: readonly string[];
}

interface Element {
  readonly start: number;
  readonly end: number;
}

export interface DbmlTable extends Element {
  readonly kind: 'table' | 'partial';
  readonly path: readonly string[];
  readonly alias?: string;
  readonly settings: readonly DbmlSetting[];
  readonly body: DbmlBody;
}

export interface DbmlEnum extends Element {
  readonly kind: 'enum';
  readonly path: readonly string[];
  readonly values: readonly { readonly name: string; readonly noted: boolean }[];
}

export interface DbmlReference {
  readonly left: DbmlEnd;
  readonly relation: Relation;
  readonly right: DbmlEnd;
  readonly settings: readonly DbmlSetting[];
}

export interface DbmlRef extends Element {
  readonly kind: 'ref';
  readonly name?: string;
  readonly references: readonly DbmlReference[];
}

export interface DbmlGroup extends Element {
  readonly kind: 'group';
  readonly name: string;
  readonly members: readonly { readonly path: readonly string[]; readonly at: number }[];
}

export interface DbmlProject extends Element {
  readonly kind: 'project';
  readonly name?: string;
  readonly database?: string;
}

/** Something that is not part of a schema, with why it is left out. */
export interface DbmlIgnored extends Element {
  readonly kind: 'ignored';
  readonly what: string;
  readonly reason: string;
}

export interface DbmlBroken extends Element {
  readonly kind: 'broken';
  readonly at: number;
  readonly message: string;
}

export type DbmlElement = DbmlTable | DbmlEnum | DbmlRef | DbmlGroup | DbmlProject | DbmlIgnored | DbmlBroken;
