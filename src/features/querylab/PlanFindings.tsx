import type { ExplainedPlan } from '#engine/planner/explain-plan.ts';
import type { PlanFinding } from '#engine/planner/plan-finding.ts';
import { Icon } from '#ui/Icon.tsx';

/** Fewer per cent are not worth a word. */
const LEAST_SHARE = 0.01;

export interface PlanFindingsProps {
  readonly explained: ExplainedPlan;
  /** Shows what of the model it speaks of. */
  readonly onShow: (finding: PlanFinding) => void;
}

/** What makes a plan dear, why, and what can be done; and what of it the model does not have. */
export function PlanFindings({ explained, onShow }: PlanFindingsProps) {
  const { findings, unknown, measure } = explained;
  const of = measure === 'time' ? 'of the time' : 'of the cost';
  return (
    <>
      {unknown.length === 0 ? null : (
        <p className="flex gap-1.5 text-xs text-ink-2">
          <Icon name="Info" size={12} className="mt-0.75" />
          <span className="[overflow-wrap:anywhere]">Not in the model: {unknown.join(', ')}.</span>
        </p>
      )}
      {findings.length === 0 ? null : (
        <section aria-label="What makes it dear" className="border-line border-t pt-2">
          <h3 className="pb-1 text-xs font-semibold">What makes it dear</h3>
          <ol className="flex flex-col gap-2.5 text-xs leading-[18px]">
            {findings.map((finding) => {
              const { code, path, what, why, todo, share, refs } = finding;
              return (
                <li key={`${code} ${path} ${what}`} className="flex gap-1.5">
                  <Icon name="TriangleAlert" size={13} className="mt-0.5 shrink-0 text-warn" />
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <span className="font-medium">{what}</span>{' '}
                    {share < LEAST_SHARE ? null : (
                      <span className="text-ink-3">
                        {Math.round(share * 100)} % {of} is this step’s own.{' '}
                      </span>
                    )}
                    <span className="text-ink-2">{why}</span>
                    <span className="block">
                      {todo}
                      {refs.table === undefined ? null : (
                        <>
                          {' '}
                          <button
                            type="button"
                            className="rounded text-accent underline underline-offset-2"
                            onClick={() => onShow(finding)}
                          >
                            Show the table
                          </button>
                        </>
                      )}
                    </span>
                  </span>
                </li>
              );
            })}
          </ol>
        </section>
      )}
    </>
  );
}
