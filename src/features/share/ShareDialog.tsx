import { useEffect, useRef, useState } from 'react';
import type { Result } from '#lib/result.ts';
import { useDocumentState } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { TextField } from '#ui/TextField.tsx';
import { type MadeLink, makeLink } from './make-link.ts';

function useLink(): Result<MadeLink> | undefined {
  const document = useDocumentState((state) => state.document);
  const [link, setLink] = useState<Result<MadeLink>>();
  useEffect(() => {
    const stop = new AbortController();
    void makeLink(document, stop.signal).then((made) => {
      if (!stop.signal.aborted) setLink(made);
    });
    return () => stop.abort();
  }, [document]);
  return link;
}

/** How long a link is, in words that help to decide where to send it. */
function size(url: string): string {
  return url.length < 1000 ? `${url.length} characters` : `${(url.length / 1000).toFixed(url.length < 10_000 ? 1 : 0)} kB`;
}

function LinkField({ url, long }: MadeLink) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      notify({ tone: 'ok', text: 'The link is on the clipboard.' });
    } catch {
      notify({ tone: 'bad', text: 'The browser did not allow copying. Select the link and copy it by hand.' });
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <TextField
          label={`Link · ${size(url)}`}
          mono
          readOnly
          value={url}
          boxClassName="flex-1"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button ref={button} variant="primary" icon="Copy" onClick={copy}>
          Copy link
        </Button>
      </div>
      {long ? (
        <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn text-xs leading-4.5">
          <Icon name="TriangleAlert" size={14} className="mt-0.5" />
          <span>The link is long. Chats and mail may cut it; the Crowfoot file or the web page is the safer way.</span>
        </p>
      ) : null}
    </div>
  );
}

/** The whole design as a link: it carries the document itself, so that nobody has to store it. */
export function ShareDialog() {
  const link = useLink();
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) openDialog(undefined);
      }}
      title="Share a link"
      description="The link holds the whole design as it is now. Nothing is uploaded: browsers send this part of an address to no server."
      footer={
        <>
          <span className="flex-1 text-ink-2 text-xs">Prefer a file?</span>
          <Button onClick={() => openDialog('export')}>Web page or Crowfoot file …</Button>
        </>
      }
    >
      <div className="flex min-h-24 flex-col gap-3">
        {link === undefined ? (
          <p className="flex items-center gap-2 text-ink-2">
            <Spinner label="Packing the design" /> Packing the design …
          </p>
        ) : link.ok ? (
          <LinkField {...link.value} />
        ) : (
          <p role="alert" className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-bad">
            <Icon name="CircleAlert" size={16} className="mt-0.5" />
            <span>{link.problem.message}</span>
          </p>
        )}
        <p className="text-ink-2 text-xs leading-4.5">
          Whoever has the link can read everything in it, comments and notes included. It opens read-only, and can be kept as a copy
          there. Later edits of yours are not in it.
        </p>
      </div>
    </Dialog>
  );
}
