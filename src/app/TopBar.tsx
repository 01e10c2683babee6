import { LevelSwitch } from '#features/levels/LevelSwitch.tsx';
import { NotationMenu } from '#features/levels/NotationMenu.tsx';
import { perform } from '#state/actions.ts';
import { useDocumentState, useKeys } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { DatabaseSelect } from './DatabaseSelect.tsx';
import { DocumentMenu } from './DocumentMenu.tsx';
import { Logo } from './Logo.tsx';
import { SaveState } from './SaveState.tsx';

function UndoRedo() {
  const done = useDocumentState((state) => state.history.done.at(-1)?.label);
  const undone = useDocumentState((state) => state.history.undone.at(-1)?.label);
  return (
    <span className="flex">
      <IconButton
        icon="Undo2"
        label={done === undefined ? 'Nothing to undo' : `Undo: ${done}`}
        keys={useKeys('edit.undo')}
        disabled={done === undefined}
        onClick={() => perform('edit.undo')}
      />
      <IconButton
        icon="Redo2"
        label={undone === undefined ? 'Nothing to redo' : `Redo: ${undone}`}
        keys={useKeys('edit.redo')}
        disabled={undone === undefined}
        onClick={() => perform('edit.redo')}
      />
    </span>
  );
}

/** Everything about the document as a whole. */
export function TopBar() {
  const keys = useKeys('view.palette');
  return (
    <div className="flex h-11 items-center gap-2 border-line border-b bg-surface pr-2.5 pl-3">
      <div className="flex min-w-40 flex-[1_1_280px] items-center gap-2">
        <Logo />
        <span className="mx-1 h-5 w-px shrink-0 bg-line" />
        <DocumentMenu />
        <SaveState />
      </div>
      <button
        type="button"
        className="flex h-7.5 min-w-9 flex-[0_4_380px] items-center overflow-hidden gap-2 rounded-[7px] border border-line bg-sunken px-2.5 text-ink-3 hover:border-line-strong"
        onClick={() => openDialog('palette')}
      >
        <Icon name="Search" />
        <span className="min-w-0 flex-1 truncate text-left">Find a table, column or action</span>
        {keys === undefined ? null : <Kbd keys={keys} className="max-[900px]:hidden" />}
      </button>
      <div className="flex shrink-0 items-center justify-end gap-2">
        <LevelSwitch />
        <NotationMenu />
        <DatabaseSelect className="max-w-40 shrink-0" />
        <UndoRedo />
        <IconButton icon="Share2" label="Share a link" onClick={() => openDialog('share')} />
        <Button variant="primary" onClick={() => openDialog('export')}>
          Export
        </Button>
      </div>
    </div>
  );
}
