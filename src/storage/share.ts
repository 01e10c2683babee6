import { err, ok, type Result } from '#lib/result.ts';

/** What a fragment that carries a document begins with. */
export const SHARE_KEY = 'doc=';
const VERSION = '1';

/** Characters of a link above which chat programs and mail begin to cut or refuse it. */
export const LONG_LINK = 30_000;
/** Characters of a link that every browser still opens. */
export const LONGEST_LINK = 1_000_000;
/** Characters that a link's content may unpack to. */
export const MOST_TEXT = 64_000_000;

const CHUNK = 0x8000;

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Everything that a stream yields, or undefined when that would be more than `most` bytes. */
async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * A document's file text as a fragment for an address, without the `#`: packed by zlib, whose sum tells damage, as
 * base64url. Browsers send no fragment to a server.
 */
export async function encodeShare(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = (await collect(packed, Number.POSITIVE_INFINITY)) as Uint8Array;
  return `${SHARE_KEY}${VERSION}.${toBase64Url(bytes)}`;
}

/** Whether an address's fragment, with or without its `#`, carries a document. */
export function isShare(fragment: string): boolean {
  return fragment.replace(/^#/, '').startsWith(SHARE_KEY);
}

const DAMAGED = 'The link is damaged, most likely cut off or changed on its way. Ask for it again, or for the design as a file.';

/**
 * The file text that a fragment carries. What it unpacks to is bounded: a link made to fill the memory is refused.
 * @param most bytes that it may unpack to
 */
export async function decodeShare(fragment: string, most = MOST_TEXT): Promise<Result<string>> {
  const found = /^#?doc=([^.]*)\.(.*)$/s.exec(fragment);
  if (found === null) return err('link-damaged', DAMAGED);
  const [, version = '', content = ''] = found;
  if (version !== VERSION) {
    const newer = /^\d+$/.test(version) && Number(version) > Number(VERSION);
    return newer
      ? err(
          'link-newer',
          'The link was made by a newer version of Crowfoot. Reload the page to get the newest version, then open it again.',
        )
      : err('link-damaged', DAMAGED);
  }
  const bytes = fromBase64Url(content);
  if (bytes === undefined) return err('link-damaged', DAMAGED);
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    const text = await collect(stream, most);
    if (text === undefined)
      return err('link-large', 'The link holds more than a design can be. It was not opened; ask for the design as a file.');
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text));
  } catch {
    return err('link-damaged', DAMAGED);
  }
}
