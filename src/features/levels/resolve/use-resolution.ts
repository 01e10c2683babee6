import { useEffect, useState } from 'react';
import { derivedIds } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import type { Preview } from '#state/preview.ts';
import { type Summary, summaryOf } from './summary.ts';

export interface Resolution {
  readonly calls: readonly CommandCall[];
  readonly summary: Summary;
  readonly preview: Preview;
}

/** How to get from a document to the commands; may look at what they would do and refine them. */
export type Planner = (document: Document) => Promise<Result<readonly CommandCall[]>>;

async function resolve(document: Document, plan: Planner): Promise<Result<Resolution>> {
  const calls = await plan(document);
  if (!calls.ok) return calls;
  const ran = runCommands(document, calls.value, derivedIds());
  if (!ran.ok) return ran;
  const [{ changePreview }, { previewWriter }] = await Promise.all([
    import('#state/preview.ts'),
    import('#state/preview-writer.ts'),
  ]);
  const after = ran.value.document;
  const preview = changePreview(document, after, previewWriter(document));
  return ok({ calls: calls.value, summary: summaryOf(document, after), preview });
}

/** What a resolution would do; undefined while it is worked out. */
export function useResolution(document: Document, plan: Planner): Result<Resolution> | undefined {
  const [known, setKnown] = useState<{ readonly plan: Planner; readonly result: Result<Resolution> }>();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void resolve(document, plan).then((result) => {
        if (current) setKnown({ plan, result });
      });
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [document, plan]);
  return known?.plan === plan ? known.result : undefined;
}
