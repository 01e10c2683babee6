import { perform } from '#state/actions.ts';
import { useDocumentState, useSession } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';

/** What has become of the last edit: where it is kept, or that it is not. */
export function SaveState() {
  const save = useSession((state) => state.save);
  const file = useSession((state) => state.file);
  const current = useSession((state) => state.fileCurrent === true);
  const readOnly = useDocumentState((state) => state.readOnly);
  if (save.state === 'failed') {
    return (
      <Button variant="danger" size="sm" icon="TriangleAlert" title={save.message} onClick={() => perform('file.download')}>
        Not saved: download
      </Button>
    );
  }
  const text =
    readOnly !== undefined
      ? 'Read only'
      : save.state === 'saving'
        ? 'Saving …'
        : file === undefined
          ? `Saved in ${save.where}`
          : current
            ? `Saved to ${file}`
            : `Saved in ${save.where}; ${file} is older`;
  return (
    <span role="status" title={readOnly ?? text} className="min-w-0 shrink-[100] truncate text-xs text-ink-3">
      {text}
    </span>
  );
}
