import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { isText, typeFacts, typeFamily } from '../rules/type-facts.ts';

/** Name of a type without its size, which some dialects keep in it. */
function baseName(name: string): string {
  const at = name.indexOf('(');
  return (at < 0 ? name : name.slice(0, at)).trim();
}

/** Text of any length in any dialect. */
export function isTextual(document: Document, type: ColumnType): boolean {
  const facts = typeFacts(document, type);
  if (facts.isArray || facts.domain) return isText(facts);
  return (
    isText(facts) ||
    /^(n?varchar2?|n?char|(tiny|medium|long)?text|n?clob|ntext|string|character varying)$/.test(baseName(facts.name))
  );
}

/** A type that may hold JSON: JSON itself, text, and bytes where JSON is kept in them. */
export function mayHoldJson(document: Document, type: ColumnType): boolean {
  const facts = typeFacts(document, type);
  if (facts.isArray || /range/.test(facts.name)) return false;
  return !['number', 'time', 'boolean', 'bool', 'bit', 'uuid', 'date', 'datetime'].includes(typeFamily(facts));
}
