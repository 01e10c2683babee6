import { useEffect, useState } from 'react';
import type { Plan, Refactoring } from '#engine/refactor/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { IdSource } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { documentStore, interactiveIds } from '#state/document.ts';
import { sqlParser } from '#state/names-in-sql.ts';
import type { Preview } from '#state/preview.ts';
import { viewStore } from '#state/view.ts';

export interface Planned<P extends Plan = Plan> {
  readonly plan: P;
  readonly preview: Preview;
  /** The document that it was planned for. */
  readonly document: Document;
}

/** Milliseconds without a keystroke before a plan is worked out anew. */
const PAUSE = 180;

/** Works a change out for a document, without doing it. */
export type Planner<A, P extends Plan> = (
  asked: A,
  document: Document,
  parser: PgParser,
  options: { readonly ids: IdSource; readonly diagram: Id },
) => Result<P> | Promise<Result<P>>;

const refactoring: Planner<Refactoring, Plan> = async (asked, document, parser, options) => {
  const { planRefactoring } = await import('#engine/refactor/plan.ts');
  return planRefactoring(document, parser, asked, options);
};

async function planOf<A, P extends Plan>(asked: A, planner: Planner<A, P>): Promise<Result<Planned<P>>> {
  const [parser, { changePreview }, { previewWriter }] = await Promise.all([
    sqlParser(),
    import('#state/preview.ts'),
    import('#state/preview-writer.ts'),
  ]);
  const { document } = documentStore.getState();
  const plan = await planner(asked, document, parser, { ids: interactiveIds(), diagram: viewStore.getState().diagram });
  if (!plan.ok) return plan;
  const preview = changePreview(document, plan.value.after, previewWriter(document));
  return ok({ plan: plan.value, preview, document });
}

/** What a refactoring would do, worked out again when what is asked for changes; undefined while it is. */
export function usePlan(asked: Refactoring | undefined): Result<Planned> | undefined {
  return usePlanBy(asked, refactoring);
}

/** The same for any change. @param planner one and the same for the life of the component. */
export function usePlanBy<A, P extends Plan>(asked: A | undefined, planner: Planner<A, P>): Result<Planned<P>> | undefined {
  const [planned, setPlanned] = useState<{ readonly asked: A; readonly result: Result<Planned<P>> }>();
  useEffect(() => {
    if (asked === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      void planOf(asked, planner)
        .catch((error: unknown): Result<Planned<P>> => {
          const message = `PostgreSQL's parser could not be loaded (${String(error)}). Reload the page and try again.`;
          return { ok: false, problem: { code: 'no-parser', message } };
        })
        .then((result) => {
          if (current) setPlanned({ asked, result });
        });
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, planner]);
  return planned !== undefined && planned.asked === asked ? planned.result : undefined;
}
