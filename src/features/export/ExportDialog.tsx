import { useState } from 'react';
import { notify } from '#state/notices.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { download } from '#ui/download.ts';
import { Icon } from '#ui/Icon.tsx';
import { type TabItem, TabPanel, Tabs } from '#ui/Tabs.tsx';
import type { ItemChoice } from './index-form.ts';
import { EXPORT_PARTS, type ExportItem, type MadeFile } from './items.ts';
import { PicturePanel } from './PicturePanel.tsx';

function things(count: number): string {
  return count === 1 ? '1 thing' : `${count.toLocaleString('en')} things`;
}

/** One of two ways in which something is made. */
function Choice({ choice }: { readonly choice: ItemChoice }) {
  const [chosen, setChosen] = useState(choice.isChosen);
  return (
    <span className="mt-1.5 block">
      <Checkbox
        label={choice.label}
        title={choice.hint}
        className="text-ink-2 text-xs"
        checked={chosen}
        onCheckedChange={(next) => {
          setChosen(next);
          choice.choose(next);
        }}
      />
    </span>
  );
}

/** Makes one kind of file and hands it to the downloads; says why when it cannot. */
function ExportRow({ item }: { readonly item: ExportItem }) {
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<MadeFile['lost']>();
  const save = async () => {
    if (busy) return;
    setBusy(true);
    const made = await item.make();
    setBusy(false);
    if (made.ok) {
      const { name, blob, lost: left } = made.value;
      download(name, blob);
      setLost(left);
      if (left === undefined) notify({ tone: 'ok', text: `${name} is in your downloads.` });
      else {
        const action = { label: 'List them', run: () => download(left.list.name, left.list.blob) };
        notify({ tone: 'warn', text: `${name} is in your downloads. It leaves out ${things(left.count)} of the model.`, action });
      }
    } else {
      notify({ tone: 'bad', text: made.problem.message, sticky: true });
    }
  };
  return (
    <li className="flex items-center gap-3 py-3 not-last:border-line not-last:border-b">
      <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent">
        <Icon name={item.icon} size={18} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{item.title}</span>
        <span className="block text-ink-2 text-xs leading-4.5">{item.description}</span>
        {item.choice === undefined ? null : <Choice choice={item.choice} />}
        {lost === undefined ? null : (
          <span className="mt-1 flex flex-wrap items-center gap-x-2 text-warn text-xs leading-4.5">
            <span className="flex items-center gap-1">
              <Icon name="TriangleAlert" size={13} /> {things(lost.count)} of the model {lost.count === 1 ? 'is' : 'are'} not in it.
            </span>
            <button
              type="button"
              className="rounded underline underline-offset-2"
              aria-label={`Download what ${item.title} leaves out`}
              onClick={() => download(lost.list.name, lost.list.blob)}
            >
              List them
            </button>
          </span>
        )}
      </span>
      <Button
        variant={item.primary === true ? 'primary' : 'line'}
        icon="Download"
        // Not disabled, which would take the focus away from the keyboard.
        aria-busy={busy}
        aria-label={`Download ${item.title}`}
        onClick={save}
      >
        {busy ? 'Writing …' : 'Download'}
      </Button>
    </li>
  );
}

type Part = 'files' | 'picture';

const PARTS: readonly TabItem<Part>[] = [
  { value: 'files', label: 'Documents and files' },
  { value: 'picture', label: 'Picture' },
];

const KEY = 'crowfoot.export';

function lastPart(): Part {
  try {
    return localStorage.getItem(KEY) === 'picture' ? 'picture' : 'files';
  } catch {
    return 'files';
  }
}

function rememberPart(part: Part): void {
  try {
    localStorage.setItem(KEY, part);
  } catch {
    // A full or forbidden store: the dialog opens on its first part next time.
  }
}

/** What one leaves with: SQL, the document set, pictures, the file itself. Everything is made in this browser. */
export function ExportDialog() {
  const [part, setPart] = useState(lastPart);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) openDialog(undefined);
      }}
      size="lg"
      title="Export"
      description="Made in this browser, from the model as it is now."
      flush
    >
      <Tabs
        label="What to export"
        tabs={PARTS}
        value={part}
        onValueChange={(next) => {
          setPart(next);
          rememberPart(next);
        }}
      >
        <TabPanel value="files" className="overflow-y-auto px-5 py-1">
          {EXPORT_PARTS.map(({ title, items }) => (
            <section key={title} aria-label={title} className="not-first:mt-2">
              <h3 className="pt-3 pb-0.5 font-semibold text-ink-2 text-xs">{title}</h3>
              <ul>
                {items
                  .filter((item) => item.when?.() !== false)
                  .map((item) => (
                    <ExportRow key={item.id} item={item} />
                  ))}
              </ul>
            </section>
          ))}
        </TabPanel>
        <TabPanel value="picture" className="overflow-y-auto px-5 py-4">
          <PicturePanel />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}
