import type { MoveLoss } from '#engine/move/plan-types.ts';
import { EmptyState } from '#ui/EmptyState.tsx';

/** Losses that are drawn; the rest is counted. */
const SHOWN = 1000;

/** Everything of the document that is not in what comes out, object by object. */
export function LossList({ losses }: { readonly losses: readonly MoveLoss[] }) {
  if (losses.length === 0) {
    return <EmptyState icon="CircleCheck" title="Nothing is lost" text="Everything the document says is said there too." />;
  }
  const rest = losses.length - SHOWN;
  return (
    <ul className="flex flex-col">
      {losses.slice(0, SHOWN).map((one) => (
        <li
          key={`${one.mapping}/${one.object}/${one.feature}/${one.at.part ?? one.at.record}`}
          className="border-line border-b px-4 py-2"
        >
          <p className="[overflow-wrap:anywhere]">
            <b className="font-semibold">{one.object}</b> <span className="text-ink-2">{one.feature}</span>
          </p>
          <p className="text-ink-2 text-xs leading-4.5 [overflow-wrap:anywhere]">{one.reason}</p>
          {one.sql === undefined ? null : (
            <pre className="mt-1 max-h-24 overflow-auto rounded-md bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap">
              {one.sql}
            </pre>
          )}
        </li>
      ))}
      {rest > 0 ? (
        <li className="px-4 py-2 text-ink-3 text-xs">and {rest.toLocaleString('en')} more: the migration guide lists them all</li>
      ) : null}
    </ul>
  );
}
