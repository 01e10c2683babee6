/** What is said about a query: plain data. */
import type { Ref } from '#model/types.ts';
import type { Severity } from '../../finding.ts';
import type { Spot } from '../facts.ts';
import type { Edit } from './text.ts';

export interface Advice {
  /** The part of the query's text that it is about. */
  readonly at: Spot;
  readonly what: string;
  /** Where these are left out, the rule's own. */
  readonly why?: string;
  readonly todo?: string;
  readonly severity?: Severity;
  /** Facts that prove it. */
  readonly evidence?: readonly string[];
  /** Tables and columns that are involved. */
  readonly about?: readonly Ref[];
  readonly rewrite?: Rewrite;
}

/** Another text for the query. Everything outside of the edits stays as it is written. */
export interface Rewrite {
  readonly edits: readonly Edit[];
  /** Equal results whatever the rows are; otherwise `conditions` say what differs, or on what it rests. */
  readonly equal: boolean;
  readonly conditions: readonly string[];
}
