import { useDocumentState } from '#state/hooks.ts';
import { EmptyState } from '#ui/EmptyState.tsx';

/** The queries of the workload. */
export function QueriesTab() {
  const queries = useDocumentState((state) => state.document.queries);
  const all = Object.values(queries);
  if (all.length === 0) return <EmptyState icon="Activity" title="No queries yet" />;
  return (
    <ul aria-label="Queries" className="min-h-0 flex-1 overflow-auto">
      {all.map(({ id, name, sql }) => (
        <li key={id} className="flex gap-3 border-line border-b px-4 py-2">
          <span className="w-52 shrink-0 truncate">{name}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-2">{sql}</span>
        </li>
      ))}
    </ul>
  );
}
