import { useState } from 'react';
import { useActions, useDocumentState } from '#state/hooks.ts';
import { Icon } from '#ui/Icon.tsx';
import { Menu } from '#ui/Menu.tsx';
import type { MenuItem } from '#ui/menu-items.ts';
import { menuItem } from './menu-item.ts';
import { changeSettings } from './settings.ts';

function Rename({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const [text, setText] = useState(name);
  const commit = () => {
    onDone();
    const next = text.trim();
    if (next === '' || next === name) return;
    changeSettings({ name: next }, `Rename the document to ${next}`);
  };
  return (
    <input
      aria-label="Name of the document"
      // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
      autoFocus
      value={text}
      size={Math.max(12, text.length)}
      className="h-7 max-w-60 rounded-md border border-accent bg-surface px-2 font-semibold outline-none ring-1 ring-accent"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') onDone();
      }}
    />
  );
}

const LINES = [
  'file.new',
  'file.documents',
  'file.duplicate',
  '-',
  'file.import',
  'file.save',
  'file.saveAs',
  'file.download',
  '-',
  'file.delete',
  '-',
  'help.shortcuts',
];

/** The document's name; opens what can be done with the document as a whole. */
export function DocumentMenu() {
  const name = useDocumentState((state) => state.document.settings['settings']?.name ?? 'Untitled');
  const actions = useActions();
  const [renaming, setRenaming] = useState(false);
  if (renaming) return <Rename name={name} onDone={() => setRenaming(false)} />;
  const items = (): MenuItem[] => [
    { label: 'Rename', icon: 'Pencil', onSelect: () => setRenaming(true) },
    ...LINES.flatMap((id) => (id === '-' ? { kind: 'separator' as const } : (menuItem(actions, id) ?? []))),
  ];
  return (
    <Menu
      items={items}
      trigger={
        <button
          type="button"
          className="flex h-7 min-w-16 max-w-56 items-center gap-1.5 rounded-md bg-sunken px-2.5 font-semibold hover:bg-line"
          onDoubleClick={() => setRenaming(true)}
        >
          <span className="min-w-0 truncate">{name}</span>
          <Icon name="ChevronDown" size={12} className="text-ink-2" />
        </button>
      }
    />
  );
}
