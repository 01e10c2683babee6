import { withoutSources } from '#engine/sql/sources.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { LONG_LINK, LONGEST_LINK } from '#storage/share.ts';

export interface MadeLink {
  readonly url: string;
  /** Longer than chats and mail carry safely. */
  readonly long: boolean;
}

type Answer = { readonly fragment: string } | { readonly problem: string };

/** The link of a fragment; a problem where it would be longer than browsers open. */
export function linkOf(fragment: string, address: string): Result<MadeLink> {
  const url = `${address.replace(/#.*$/s, '')}#${fragment}`;
  if (url.length > LONGEST_LINK) {
    return err(
      'link-too-long',
      `The design is too large for a link: it would have ${url.length.toLocaleString('en')} characters, and browsers open ${LONGEST_LINK.toLocaleString('en')} at most. Send the Crowfoot file or the web page instead.`,
    );
  }
  return ok({ url, long: url.length > LONG_LINK });
}

/** Packs a document into a link, in a worker that ends with it. */
export function makeLink(document: Document, signal: AbortSignal): Promise<Result<MadeLink>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./share.worker.ts', import.meta.url), { type: 'module', name: 'share' });
    const finish = (result: Result<MadeLink>) => {
      worker.terminate();
      resolve(result);
    };
    signal.addEventListener('abort', () => finish(err('stopped', 'No link was made: it was stopped.')));
    worker.onerror = (event) =>
      finish(err('link-failed', `No link could be made: ${event.message}. Reload the page and try again.`));
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      finish(
        'fragment' in data ? linkOf(data.fragment, location.href) : err('link-failed', `No link could be made: ${data.problem}.`),
      );
    // The files it came from are large, and whoever opens the link has the design without them.
    worker.postMessage(withoutSources(document));
  });
}
