/** What the plain page draws. */
export interface PlainSchema {
  readonly tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly columns: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  }[];
  readonly links: readonly {
    readonly id: string;
    readonly child: string;
    readonly column: string;
    readonly parent: string;
    readonly parentColumn: string;
  }[];
  readonly hub: string;
}
