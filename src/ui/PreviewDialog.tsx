import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog, type DialogProps } from './Dialog.tsx';

export interface PreviewDialogProps {
  readonly title: string;
  readonly description: string;
  readonly size: NonNullable<DialogProps['size']>;
  /** What the button that does it says. */
  readonly action: string;
  /** Whether what is asked for can be done. */
  readonly ready: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What would change. */
  readonly preview: ReactNode;
  /** What is asked for. */
  readonly children: ReactNode;
}

/** What is asked for on the left, what it would do on the right; Enter in a field does it, as the button does. */
export function PreviewDialog(props: PreviewDialogProps) {
  const { ready, onConfirm, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={props.title}
      description={props.description}
      size={props.size}
      flush
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={onConfirm}>
            {props.action}
          </Button>
        </>
      }
    >
      <form
        className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(0,auto)_minmax(0,1fr)] min-[860px]:min-h-[420px] min-[860px]:grid-cols-[330px_minmax(0,1fr)] min-[860px]:grid-rows-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onConfirm();
        }}
      >
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto border-line border-r px-5 py-4">{props.children}</div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard */}
        <section aria-label="What changes" aria-live="polite" tabIndex={0} className="min-h-0 overflow-y-auto bg-surface px-5 py-4">
          {props.preview}
        </section>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
