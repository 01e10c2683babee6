import { useEffect, useState } from 'react';
import type { Plan, Refactoring } from '#engine/refactor/types.ts';
import type { WriteCache } from '#engine/sql/write.ts';
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

/** What was written for the plan before: the next one costs what it changes. */
let cache: WriteCache | undefined;

async function planOf(asked: Refactoring): Promise<Result<Planned>> {
  const [parser, { planRefactoring }, { changePreview }, { createWriteCache, writeDocument }] = await Promise.all([
    sqlParser(),
    import('#engine/refactor/plan.ts'),
    import('#state/preview.ts'),
    import('#engine/sql/write.ts'),
  ]);
  const { document } = documentStore.getState();
  const plan = planRefactoring(document, parser, asked, { ids: interactiveIds(), diagram: viewStore.getState().diagram });
  if (!plan.ok) return plan;
  const version = document.settings['settings']?.version ?? 18;
  cache ??= createWriteCache();
  const written = cache;
  const preview = changePreview(document, plan.value.after, (one) => writeDocument(one, { version, cache: written }));
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
