import { findRecord } from '#model/collections.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { mentionsIn } from '../write/mentions.ts';
import { analyse } from './analyse.ts';
import { catalogOf } from './catalog.ts';
import { mapTexts } from './texts.ts';

/** A name in SQL text that means nothing. */
export interface StaleReference {
  readonly ref: Ref;
  readonly kind: 'relation' | 'column';
  readonly name: string;
  /** UTF-16 offset in the SQL text that holds it. */
  readonly position: number;
  readonly sql: string;
}

/** Relations that verbatim statements make, which the model does not know. */
function madeElsewhere(document: Document): ReadonlySet<string> {
  const creating = Object.values(document.verbatim).filter((one) => /^CREATE\b/i.test(one.kind));
  return new Set(creating.flatMap((one) => mentionsIn(one.sql).names));
}

/**
 * Names in the SQL texts of a record that nothing in the document has: a column that was removed or renamed past the
 * model, a table that is gone. Names that an extension or a function may bring are given the benefit of the doubt.
 */
export function staleReferences(document: Document, parser: PgParser, record: Id): readonly StaleReference[] {
  const found = findRecord(document, record);
  if (found === undefined) return [];
  const stale: StaleReference[] = [];
  let elsewhere: ReadonlySet<string> | undefined;
  mapTexts(found.collection, found.record, (sql, context, part) => {
    const ref: Ref = part === undefined ? { record } : { record, part };
    for (const one of analyse(parser, catalogOf(document), sql, context).unknown) {
      if (one.kind === 'relation') {
        elsewhere ??= madeElsewhere(document);
        if (elsewhere.has(one.name.split('.').at(-1) as string)) continue;
      }
      stale.push({ ref, kind: one.kind, name: one.name, position: one.start, sql });
    }
    return sql;
  });
  return stale;
}
