import type { Problem, Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Id, Ref } from '#model/types.ts';
import type { AnalyseInput } from './workload/analyse.ts';
import type { QueryFacts } from './workload/facts.ts';

/** What is wrong with a piece of SQL, in the parser's words. */
export interface SqlProblem {
  readonly message: string;
  /** UTF-16 offset in the text given. */
  readonly position: number;
}

/** Something that needs another thing and would not survive its removal as it is. */
export interface Dependent {
  readonly ref: Ref;
  /** Such as `view active_orders` or `foreign key of payments`. */
  readonly label: string;
}

/** What a piece of SQL should be. */
export type SqlKind = 'expression' | 'query' | 'statement';

/** Text a person typed over written statements, or between them. */
export interface TypedText {
  /** Keys of the written statements it replaces; none when it was typed between two. */
  readonly keys: readonly string[];
  readonly text: string;
}

/** What typed text means for the document. */
export interface TextPlan {
  /** One undo step; empty when the model already says what the text says. */
  readonly calls: readonly CommandCall[];
  readonly label: string;
  /** Records that go away although something outside of the text needs them. */
  readonly dependents: readonly Dependent[];
  /** Records that go away. */
  readonly removed: readonly Id[];
  /** What the model takes only as text, or what is hardly meant. */
  readonly warnings: readonly TextProblem[];
  /** Each statement of the text, comments before it included, and the record it defines. */
  readonly statements: readonly { readonly start: number; readonly end: number; readonly record?: Id }[];
}

/** Typed text that cannot be taken, with the place that is wrong. */
export interface TextProblem extends Problem {
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Absent = an error: the text cannot be taken. A warning is taken all the same. */
  readonly severity?: 'warning';
}

/** Questions about the document that are asked now and then, with their arguments. */
export interface Queries {
  /** Commands that rename something and rewrite every SQL text that names it. */
  readonly rename: { readonly ref: Ref; readonly name: string };
  readonly dependents: { readonly refs: readonly Ref[] };
  /** What is wrong with a piece of SQL. */
  readonly check: { readonly sql: string; readonly kind: SqlKind };
  /** What is wrong with typed text, over the statements with the keys when they are given. */
  readonly parse: { readonly text: string; readonly keys?: readonly string[] };
  readonly text: TypedText;
  /** What a query of the workload would say with this text, while it is being typed. */
  readonly reading: AnalyseInput;
}

export type QueryName = keyof Queries;

export interface QueryAnswers {
  readonly rename: Result<readonly CommandCall[]>;
  readonly dependents: readonly Dependent[];
  readonly check: SqlProblem | undefined;
  readonly parse: readonly TextProblem[];
  readonly text: Result<TextPlan, TextProblem>;
  readonly reading: QueryFacts;
}

/** The functions that answer, given what the document is now. */
export type QueryFunctions = { readonly [N in QueryName]: (args: Queries[N]) => QueryAnswers[N] };
