import { notify } from './notices.ts';

/**
 * Puts a text on the clipboard and says so, or that the browser did not let it.
 * @param said what is said when it is there; without it whoever asks shows that itself
 * @returns whether it is there
 */
export async function copyText(text: string, said?: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notify({ tone: 'bad', text: 'The browser did not let the studio copy: select the text and copy it.' });
    return false;
  }
  if (said !== undefined) notify({ tone: 'ok', text: said });
  return true;
}
