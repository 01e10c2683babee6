import type { Dialect } from '#model/types.ts';

/** The statement at a place of a text that is asked about. */
export interface OpinionRequest {
  readonly id: number;
  readonly dialect: Dialect;
  readonly text: string;
  /** UTF-16 offset in the text. */
  readonly at: number;
}

/** What another parser says of a statement. `none`: there is no parser of this dialect. */
export type Opinion =
  | { readonly says: 'fine' }
  | { readonly says: 'none' }
  /** `position`: UTF-16 offset in the text. */
  | { readonly says: 'wrong'; readonly message: string; readonly position: number };

export interface OpinionReply {
  readonly id: number;
  readonly opinion: Opinion;
}
