import { err, type Result } from '#lib/result.ts';
import { parseDocument } from '#model/format/parse.ts';
import { decodeShare } from '#storage/share.ts';
import { documentStore, setReadOnly } from './document.ts';
import { sessionStore } from './session.ts';
import { newId, sessionPorts, show } from './session-current.ts';
import { newDocument } from './session-open.ts';

const SHOWN = 'This design came in a link. It is only shown, and nothing of it is stored here, until you keep a copy.';

/**
 * Shows the document that an address's fragment carries. It cannot be edited and is stored nowhere until it is kept.
 * @returns a problem when the link is damaged, too large or of a newer version; what was open stays open then.
 */
export async function openShared(fragment: string): Promise<Result<void>> {
  const text = await decodeShare(fragment);
  if (!text.ok) return text;
  const parsed = parseDocument(text.value);
  if (!parsed.ok) return err(parsed.problem.code, `The link holds a design that could not be read. ${parsed.problem.message}`);
  const { last } = sessionPorts();
  const before = last();
  const shown = await show(newId(), parsed.value.document);
  if (!shown.ok) return shown;
  // What is only looked at is not what was worked on.
  if (before !== undefined) last(before);
  setReadOnly(parsed.value.readOnly ?? SHOWN);
  sessionStore.setState({ shared: parsed.value.readOnly === undefined ? 'keepable' : 'newer' });
  return shown;
}

/** Makes the shown document of a link a document of one's own, stored in this browser. */
export async function keepShared(): Promise<Result<string>> {
  if (sessionStore.getState().shared !== 'keepable') return err('not-shared', 'No design of a link is shown.');
  return newDocument(documentStore.getState().document);
}
