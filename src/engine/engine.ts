import { emptyDocument } from '#model/create.ts';
import { applyDiff, type Diff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import type { Queries, QueryAnswers, QueryName } from './queries.ts';
import type { Stage, StageResults } from './stages.ts';

/** Everything the engine can compute of a document. Each function remembers its own answers. */
export interface Thinking {
  stage<S extends Stage>(stage: S, document: Document): StageResults[S];
  query<N extends QueryName>(name: N, args: Queries[N], document: Document): QueryAnswers[N];
}

/** The only door: holds a replica of the document, follows it by diffs, and answers what is asked. */
export interface Engine {
  readonly document: Document;
  reset(document: Document): void;
  apply(diff: Diff): void;
  /** The answer for the document as it is now; the same object as before while nothing it depends on has changed. */
  ask<S extends Stage>(stage: S): StageResults[S];
  query<N extends QueryName>(name: N, args: Queries[N]): QueryAnswers[N];
}

/** An engine with an empty document. */
export function createEngine(thinking: Thinking): Engine {
  let document = emptyDocument();
  let answers: Partial<StageResults> = {};
  return {
    get document() {
      return document;
    },
    reset(next) {
      document = next;
      answers = {};
    },
    apply(diff) {
      if (diff.length === 0) return;
      document = applyDiff(document, diff);
      answers = {};
    },
    ask(stage) {
      const known = answers[stage];
      if (known !== undefined) return known;
      const answer = thinking.stage(stage, document);
      answers = { ...answers, [stage]: answer };
      return answer;
    },
    query: (name, args) => thinking.query(name, args, document),
  };
}
