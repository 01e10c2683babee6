import { useDocumentState, useSession } from '#state/hooks.ts';
import { takeOver } from '#state/session-open.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { copyDocument, downloadIt, keepIt } from './document-work.ts';

function ReadOnly() {
  const reason = useDocumentState((state) => state.readOnly);
  const following = useSession((state) => state.following);
  const id = useSession((state) => state.documentId);
  const shared = useSession((state) => state.shared);
  if (reason === undefined) return null;
  return (
    <div role="status" className="flex items-center gap-2 border-line border-b bg-accent-soft px-3 py-1">
      <Icon name={following || shared !== undefined ? 'Eye' : 'Lock'} className="text-accent" />
      <span className="min-w-0 flex-1 truncate" title={reason}>
        {reason}
      </span>
      {following ? (
        <Button size="sm" variant="primary" onClick={() => void takeOver()}>
          Take over
        </Button>
      ) : shared === 'keepable' ? (
        <Button size="sm" variant="primary" onClick={() => void keepIt()}>
          Keep a copy
        </Button>
      ) : shared === 'newer' ? null : (
        <Button size="sm" onClick={() => void copyDocument(id ?? '')}>
          Work on a copy
        </Button>
      )}
    </div>
  );
}

function NotSaved() {
  const save = useSession((state) => state.save);
  if (save.state !== 'failed') return null;
  return (
    <div role="alert" className="flex items-center gap-2 border-bad/40 border-b bg-bad-soft px-3 py-1 text-bad">
      <Icon name="TriangleAlert" />
      <span className="min-w-0 flex-1 truncate" title={save.message}>
        <b className="font-semibold">Your edits are not stored.</b> {save.message}
      </span>
      <Button size="sm" icon="Download" onClick={downloadIt}>
        Download the document
      </Button>
    </div>
  );
}

/** What must be said about the document as a whole, above everything; also asks when its file was changed by others. */
export function DocumentBanners() {
  return (
    <div>
      <NotSaved />
      <ReadOnly />
      <ConflictDialog />
    </div>
  );
}
