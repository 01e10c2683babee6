/** HTML that shows the SQL where rich text is pasted, and carries the exact model for Crowfoot where only HTML travels. */

const ATTRIBUTE = 'data-crowfoot';
/** Characters of a clip that are doubled into HTML; larger ones travel by their own kind alone. */
const MOST = 4_000_000;

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

function fromBase64(text: string): string | undefined {
  try {
    const binary = atob(text);
    return new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** @param clip what {@link clipInHtml} finds again. @param sql what a person sees of it. */
export function clipHtml(clip: string, sql: string): string {
  const carried = clip.length > MOST ? '' : ` ${ATTRIBUTE}="${toBase64(clip)}"`;
  return `<pre${carried}>${escaped(sql)}</pre>`;
}

/** The clip that HTML carries; undefined when it carries none. The HTML is never parsed as such: it may be anything. */
export function clipInHtml(html: string): string | undefined {
  const at = html.indexOf(`${ATTRIBUTE}="`);
  if (at < 0) return undefined;
  const start = at + ATTRIBUTE.length + 2;
  const end = html.indexOf('"', start);
  return end < 0 ? undefined : fromBase64(html.slice(start, end));
}
