import { useEffect, useState } from 'react';
import type { Plan, Refactoring } from '#engine/refactor/types.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { documentStore, interactiveIds } from '#state/document.ts';
import { sqlParser } from '#state/names-in-sql.ts';
import type { Preview } from '#state/preview.ts';
import { viewStore } from '#state/view.ts';

export interface Planned {
  readonly plan: Plan;
  readonly preview: Preview;
  /** The document that it was planned for. */
  readonly document: Document;
}

/** Milliseconds without a keystroke before a plan is worked out anew. */
const PAUSE = 180;

async function planOf(asked: Refactoring): Promise<Result<Planned>> {
  const [parser, { planRefactoring }, { changePreview }, { previewWriter }] = await Promise.all([
    sqlParser(),
    import('#engine/refactor/plan.ts'),
    import('#state/preview.ts'),
    import('#state/preview-writer.ts'),
  ]);
  const { document } = documentStore.getState();
  const plan = planRefactoring(document, parser, asked, { ids: interactiveIds(), diagram: viewStore.getState().diagram });
  if (!plan.ok) return plan;
  const preview = changePreview(document, plan.value.after, previewWriter(document));
  return ok({ plan: plan.value, preview, document });
}

/** What a refactoring would do, worked out again when what is asked for changes; undefined while it is. */
export function usePlan(asked: Refactoring | undefined): Result<Planned> | undefined {
  const [planned, setPlanned] = useState<{ readonly asked: Refactoring; readonly result: Result<Planned> }>();
  useEffect(() => {
    if (asked === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      void planOf(asked)
        .catch((error: unknown): Result<Planned> => {
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
  }, [asked]);
  return planned !== undefined && planned.asked === asked ? planned.result : undefined;
}
