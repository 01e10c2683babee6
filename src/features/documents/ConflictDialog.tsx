import { useStore } from 'zustand';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { conflictStore, saveToDisk } from './document-work.ts';

const CHOICES = [
  { conflict: 'both', label: 'Keep both', text: 'Save mine beside it, under a name you choose.' },
  { conflict: 'theirs', label: 'Take the file', text: 'Its content becomes the document, in one undo step.' },
  { conflict: 'mine', label: 'Overwrite the file', text: 'What others wrote into it is lost.' },
] as const;

/** Asked before a file that was changed on disk is written. */
export function ConflictDialog() {
  const file = useStore(conflictStore, (state) => state.file);
  if (file === undefined) return null;
  const close = () => conflictStore.setState({ file: undefined });
  return (
    <Dialog
      open
      onOpenChange={close}
      title={`${file} was changed`}
      description="Somebody wrote the file since it was last read or saved here. Nothing was overwritten."
      size="sm"
    >
      <ul className="flex flex-col gap-2">
        {CHOICES.map(({ conflict, label, text }) => (
          <li key={conflict} className="flex items-center gap-3 rounded-lg border border-line-strong px-3 py-2">
            <span className="min-w-0 flex-1 text-ink-2">{text}</span>
            <Button
              variant={conflict === 'mine' ? 'danger' : conflict === 'both' ? 'primary' : 'line'}
              onClick={() => {
                close();
                void saveToDisk({ conflict });
              }}
            >
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
