import { notify } from '#state/notices.ts';
import { sessionStore } from '#state/session.ts';
import { startSession } from '#state/session-open.ts';

/** What the fragment of a link that carries a document begins with; the rest of its format is loaded with such a link. */
const isShare = () => location.hash.startsWith('#doc=');

/** Shows what the address carries; says why when it cannot. */
async function openAddress(): Promise<boolean> {
  const { openShared } = await import('#state/session-shared.ts');
  const shown = await openShared(location.hash);
  if (!shown.ok) {
    notify({ tone: 'bad', text: shown.problem.message, sticky: true });
    forgetAddress();
  }
  return shown.ok;
}

/** Takes the document out of the address: what is open now is another one. */
function forgetAddress(): void {
  if (isShare()) history.replaceState(history.state, '', location.pathname + location.search);
}

/** Begins the session: with the document in the address where there is one. Follows further links in the same tab. */
export async function startWithLink(): Promise<void> {
  sessionStore.subscribe((now, before) => {
    if (before.shared !== undefined && now.shared === undefined) forgetAddress();
  });
  window.addEventListener('hashchange', () => {
    if (isShare()) void openAddress();
  });
  await startSession(undefined, async () => isShare() && openAddress());
}
