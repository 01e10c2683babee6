import type { Document, Id } from '#model/types.ts';
import { targetOf } from './base/write/kit.ts';
import { ident, literal } from './postgres/quote.ts';
import { objectName } from './postgres/write/scope.ts';
import { kitOf } from './writers.ts';

/** Names and texts as SQL of a document's dialect. */
export interface SqlNaming {
  ident(name: string): string;
  literal(text: string): string;
  /** The name of an object of this schema. */
  objectName(schema: Id, name: string): string;
  /** What an INSERT says to give values to columns that count always. */
  readonly overriding: string;
}

/** How a document's dialect says names and texts. */
export function namingOf(document: Document): SqlNaming {
  const { dialect = 'postgresql', version = 18 } = document.settings['settings'] ?? {};
  const kit = kitOf(dialect);
  if (kit === undefined) {
    const named = (schema: Id, name: string) => objectName(document, schema, name);
    return { ident, literal, objectName: named, overriding: ' OVERRIDING SYSTEM VALUE' };
  }
  const { naming } = targetOf(kit, version);
  return {
    ident: (name) => naming.ident(name),
    literal: (text) => kit.literal(text),
    objectName: (schema, name) => naming.objectName(document, schema, name, false),
    overriding: '',
  };
}
