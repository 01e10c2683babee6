const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Code points that XML 1.0 has no place for, and halves of surrogate pairs. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text for an XML document, in content and in quoted attributes; what XML cannot say becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}

/** A text cut to about so many letters, by whole code points. */
export function cutText(text: string, letters: number): string {
  const points = [...text];
  return points.length <= letters ? text : `${points.slice(0, Math.max(1, letters - 1)).join('')}…`;
}
