import { useRef } from 'react';
import { useStore } from 'zustand';
import { importStore, resetImport } from '#state/import.ts';
import { openDialog } from '#state/view.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { Working } from '#ui/Working.tsx';
import { AskStage } from './AskStage.tsx';
import { ChooseStage } from './ChooseStage.tsx';
import { PreviewStage } from './PreviewStage.tsx';

/** From SQL text to a document: paste or choose, read, look, decide. */
export function ImportDialog() {
  const state = useStore(importStore, (store) => store.import);
  // Reading again takes the preview away for a moment: the focus comes back to what asked for it.
  const asked = useRef<string>(undefined);
  const close = () => {
    resetImport();
    openDialog(undefined);
  };
  const title =
    state.stage === 'preview'
      ? `What ${state.files.length === 1 ? (state.files[0]?.name ?? 'it') : `${state.files.length} files`} would bring`
      : 'Import SQL';
  return (
    <Dialog open onOpenChange={close} title={title} size="xl" flush>
      {state.stage === 'choose' ? <ChooseStage problem={state.problem} /> : null}
      {state.stage === 'reading' ? (
        <Working done={state.done} what={state.what} label={state.what} stop="Cancel" onStop={resetImport} />
      ) : null}
      {state.stage === 'ask' ? <AskStage ask={state} onBack={resetImport} /> : null}
      {state.stage === 'preview' ? <PreviewStage preview={state} asked={asked} onBack={resetImport} /> : null}
    </Dialog>
  );
}
