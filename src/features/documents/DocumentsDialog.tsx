import { useMemo, useState } from 'react';
import { useSession } from '#state/hooks.ts';
import type { DocumentEntry } from '#state/session.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Menu } from '#ui/Menu.tsx';
import { Pill } from '#ui/Pill.tsx';
import { TextField } from '#ui/TextField.tsx';
import { copyDocument, discardDocument, goToDocument, makeDocument, nameDocument, openAnyFile } from './document-work.ts';

const WHEN = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago, in words: `2 hours ago`. */
function ago(then: number, now: number): string {
  for (const [unit, length] of STEPS) if (now - then >= length) return WHEN.format(-Math.floor((now - then) / length), unit);
  return 'just now';
}

function Rename({ entry, onDone }: { readonly entry: DocumentEntry; readonly onDone: () => void }) {
  const [text, setText] = useState(entry.name);
  const finish = (keep: boolean) => {
    onDone();
    if (keep && text.trim() !== entry.name) void nameDocument(entry.id, text);
  };
  return (
    <input
      aria-label={`New name of ${entry.name}`}
      data-escape=""
      // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
      autoFocus
      value={text}
      className="h-7 min-w-0 flex-1 rounded-md border border-accent bg-surface px-2 outline-none ring-1 ring-accent"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        else if (event.key === 'Escape') {
          event.stopPropagation();
          finish(false);
        }
      }}
    />
  );
}

function Row({ entry, open, now }: { readonly entry: DocumentEntry; readonly open: boolean; readonly now: number }) {
  const [renaming, setRenaming] = useState(false);
  return (
    <li className={cx('flex h-12 items-center gap-3 border-line border-b px-5', open ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <Icon name="Database" className={open ? 'text-accent' : 'text-ink-3'} />
      {renaming ? (
        <Rename entry={entry} onDone={() => setRenaming(false)} />
      ) : (
        <button type="button" className="min-w-0 flex-1 text-left" onClick={() => void goToDocument(entry.id)}>
          <span className="block truncate font-semibold">{entry.name}</span>
          <span className="block text-xs text-ink-2">
            {entry.tables} {entry.tables === 1 ? 'table' : 'tables'} · changed {ago(entry.changed, now)}
          </span>
        </button>
      )}
      {open ? <Pill tone="accent">open</Pill> : null}
      <IconButton icon="Pencil" label={`Rename ${entry.name}`} size="sm" onClick={() => setRenaming(true)} />
      <Menu
        align="end"
        items={[
          { label: 'Open', icon: 'FolderOpen', onSelect: () => void goToDocument(entry.id) },
          { label: 'Duplicate', icon: 'Copy', onSelect: () => void copyDocument(entry.id) },
          { kind: 'separator' },
          { label: 'Delete', icon: 'Trash2', danger: true, onSelect: () => void discardDocument(entry.id) },
        ]}
        trigger={<IconButton icon="ChevronDown" label={`More for ${entry.name}`} size="sm" />}
      />
    </li>
  );
}

/** The documents this browser keeps. */
export function DocumentsDialog() {
  const documents = useSession((state) => state.documents);
  const openId = useSession((state) => state.documentId);
  const [filter, setFilter] = useState('');
  const [now] = useState(() => Date.now());
  const shown = useMemo(() => {
    const needle = filter.trim().toLowerCase();
    return documents.filter((one) => one.name.toLowerCase().includes(needle)).toSorted((a, b) => b.changed - a.changed);
  }, [documents, filter]);
  return (
    <Dialog
      open
      onOpenChange={() => openDialog(undefined)}
      title="Documents"
      description="Kept in this browser, and nowhere else."
      flush
      footer={
        <>
          <Button icon="FolderOpen" onClick={() => void openAnyFile()}>
            Open a .crowfoot.json …
          </Button>
          <span className="flex-1" />
          <Button variant="primary" icon="FilePlus" onClick={() => void makeDocument()}>
            New document
          </Button>
        </>
      }
    >
      {documents.length > 6 ? (
        <TextField
          label="Filter"
          hideLabel
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          start={<Icon name="Search" size={14} className="text-ink-3" />}
          boxClassName="px-5 py-2"
        />
      ) : null}
      {shown.length === 0 ? (
        <div className="h-48">
          <EmptyState
            icon="FileText"
            title={documents.length === 0 ? 'No document yet' : 'Nothing matches'}
            text={documents.length === 0 ? 'A document is kept here from its first edit on.' : undefined}
          />
        </div>
      ) : (
        <ul className="max-h-[50vh] overflow-y-auto">
          {shown.map((entry) => (
            <Row key={entry.id} entry={entry} open={entry.id === openId} now={now} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}
