/** An expression or query in the middle between dialects: what it means, not how it is spelled. */

export interface Word {
  readonly name: string;
  readonly quoted: boolean;
}

export interface TypeWords {
  readonly name: string;
  readonly args: readonly string[];
  readonly dims: number;
  /** Named with a schema that is not the system's, or quoted: a type of the document's own. */
  readonly own: boolean;
}

export interface SortItem {
  readonly of: Expr;
  readonly desc: boolean;
  readonly nulls?: 'first' | 'last';
}

export interface WindowWords {
  readonly partition: readonly Expr[];
  readonly order: readonly SortItem[];
}

export interface Call {
  readonly is: 'call';
  /** In lower case, or as it stands when it was quoted. */
  readonly name: string;
  /** Called by a schema's name, so a routine of the document's own. */
  readonly own: boolean;
  readonly args: readonly Expr[];
  readonly distinct?: boolean;
  readonly star?: boolean;
  readonly order?: readonly SortItem[];
  /** A joined text that is too long is cut (LISTAGG ... ON OVERFLOW TRUNCATE). */
  readonly cut?: true;
  readonly over?: WindowWords;
  readonly filter?: Expr;
}

export type Expr =
  | { readonly is: 'name'; readonly path: readonly Word[] }
  | { readonly is: 'string'; readonly value: string }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'bytes'; readonly hex: string }
  | { readonly is: 'null' }
  | { readonly is: 'truth'; readonly value: boolean }
  | { readonly is: 'default' }
  | { readonly is: 'unary'; readonly op: '-' | '+' | 'not' | '~'; readonly of: Expr }
  | { readonly is: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | {
      readonly is: 'like';
      readonly op: 'like' | 'ilike' | 'regexp' | 'iregexp' | 'similar' | 'glob';
      readonly not: boolean;
      readonly of: Expr;
      readonly pattern: Expr;
      readonly escape?: Expr;
    }
  | { readonly is: 'test'; readonly of: Expr; readonly not: boolean; readonly what: 'null' | 'true' | 'false' | 'unknown' | 'json' }
  | { readonly is: 'distinct'; readonly left: Expr; readonly right: Expr; readonly not: boolean }
  | { readonly is: 'between'; readonly of: Expr; readonly low: Expr; readonly high: Expr; readonly not: boolean }
  | { readonly is: 'in'; readonly of: Expr; readonly list: readonly Expr[]; readonly not: boolean }
  | { readonly is: 'in query'; readonly of: Expr; readonly query: Query; readonly not: boolean }
  | {
      readonly is: 'case';
      readonly subject?: Expr;
      readonly whens: readonly { readonly when: Expr; readonly result: Expr }[];
      readonly other?: Expr;
    }
  | { readonly is: 'cast'; readonly of: Expr; readonly type: TypeWords }
  | Call
  | { readonly is: 'extract'; readonly field: string; readonly of: Expr }
  | { readonly is: 'interval'; readonly amount: Expr; readonly unit: string }
  | { readonly is: 'row'; readonly items: readonly Expr[] }
  | { readonly is: 'array'; readonly items: readonly Expr[] }
  | { readonly is: 'query'; readonly query: Query }
  | { readonly is: 'exists'; readonly query: Query };

export interface SelectItem {
  /** Absent: `*` or `t.*`. */
  readonly of?: Expr;
  readonly star?: readonly Word[];
  readonly alias?: Word;
}

export interface TableItem {
  readonly name?: readonly Word[];
  readonly query?: Query;
  readonly alias?: Word;
}

export interface Join {
  readonly kind: 'inner' | 'left' | 'right' | 'full' | 'cross' | 'comma';
  readonly right: FromItem;
  readonly on?: Expr;
  readonly using?: readonly Word[];
}

export interface FromItem {
  readonly first: TableItem | FromItem;
  readonly joins: readonly Join[];
}

export interface SelectCore {
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from?: FromItem;
  readonly where?: Expr;
  readonly group: readonly Expr[];
  readonly having?: Expr;
}

export interface Query {
  readonly with: readonly { readonly name: Word; readonly columns: readonly Word[]; readonly query: Query }[];
  readonly recursive: boolean;
  readonly first: SelectCore;
  readonly more: readonly { readonly op: 'union' | 'union all' | 'intersect' | 'except'; readonly core: SelectCore }[];
  readonly order: readonly SortItem[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}
