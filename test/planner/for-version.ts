import type { Document } from '#model/types.ts';

/** A document that is for another version of its database. */
export function forVersion(document: Document, version: number): Document {
  const settings = document.settings['settings'];
  if (settings === undefined) throw new Error('A document without settings.');
  return { ...document, settings: { settings: { ...settings, version } } };
}
