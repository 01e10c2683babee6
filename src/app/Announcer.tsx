import { useStore } from 'zustand';
import { announceStore } from '#state/announce.ts';

/** Reads aloud what has happened. It is always there: a region that came with its words would stay unheard. */
export function Announcer() {
  const { text, serial } = useStore(announceStore);
  return (
    <div role="status" aria-label="What happened" className="sr-only">
      {/* The same words again are news again. */}
      <p key={serial}>{text}</p>
    </div>
  );
}
