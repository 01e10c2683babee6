import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';

/** What stands where queries are needed and there is none, with the way to them. */
export function NoQueries({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <EmptyState icon="Activity" title={title} text={text}>
      <Button variant="primary" onClick={() => openDialog('workload')}>
        Open the workload
      </Button>
    </EmptyState>
  );
}
