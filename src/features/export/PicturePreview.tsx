import { useEffect, useState } from 'react';
import type { PictureFacts } from '#paint/picture-protocol.ts';
import { cx } from '#ui/cx.ts';
import { Spinner } from '#ui/Spinner.tsx';
import type { PictureChoice } from './choice.ts';
import { lookOf, pictures } from './picture-work.ts';

/** Device pixels of the box it is shown in. */
const BOX = { width: 460, height: 300 } as const;

/** The picture as it will be, drawn anew whenever what it shows or how it looks changes. */
function usePreview(facts: PictureFacts | undefined, choice: PictureChoice): string | undefined {
  const [url, setUrl] = useState<string>();
  const { theme, background } = lookOf(choice);
  useEffect(() => {
    if (facts === undefined || facts.drawn === 0) {
      setUrl(undefined);
      return;
    }
    let gone = false;
    const ratio = Math.min(2, window.devicePixelRatio);
    const size = { width: BOX.width * ratio, height: BOX.height * ratio };
    void pictures.make({ theme, background }, { kind: 'preview', ...size }).then((result) => {
      if (gone || !result.ok) return;
      // Not a URL of the object: that would have to be taken back at a moment when the image surely has been read.
      const reader = new FileReader();
      reader.onload = () => {
        if (!gone && typeof reader.result === 'string') setUrl(reader.result);
      };
      reader.readAsDataURL(result.value);
    });
    return () => {
      gone = true;
    };
  }, [facts, theme, background]);
  return url;
}

export function PicturePreview({ facts, choice }: { readonly facts: PictureFacts | undefined; readonly choice: PictureChoice }) {
  const url = usePreview(facts, choice);
  const dark = lookOf(choice).theme === 'dark';
  return (
    <div
      className={cx(
        'grid h-75 min-w-0 flex-1 place-items-center overflow-hidden rounded-lg border border-line bg-sunken p-2',
        !choice.background &&
          'bg-[conic-gradient(color-mix(in_srgb,var(--line)_55%,transparent)_25%,transparent_0_50%,color-mix(in_srgb,var(--line)_55%,transparent)_0_75%,transparent_0)] bg-size-[16px_16px]',
        !choice.background && dark && 'bg-[#0e1319]',
      )}
    >
      {facts !== undefined && facts.drawn === 0 ? (
        <p className="text-ink-2">There is nothing to draw yet.</p>
      ) : url === undefined ? (
        <Spinner label="Drawing the preview" />
      ) : (
        <img src={url} alt="Preview of the diagram" className="max-h-71 max-w-full rounded object-contain shadow-card" />
      )}
    </div>
  );
}
