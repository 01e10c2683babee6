import { findRecord } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { AnyRecord, Collection, Document, Id } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { analyse, type SqlContext } from './analyse.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { mapTexts, WITH_TEXTS } from './texts.ts';
import { isUseOf, maySpell, type Use } from './uses.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What stands before a name for its schema: the schema's own token, or the place where it goes unsaid. */
function schemaBefore(sql: string, use: Use, schemas: readonly Use[]): Use | undefined {
  return schemas.find((one) => one.start === use.start || /^\s*\.\s*$/.test(sql.slice(one.end, use.start)));
}

function movedIn(sql: string, context: SqlContext, parser: PgParser, catalog: Catalog, record: Id, from: Id, to: string): string {
  const { uses } = analyse(parser, catalog, sql, context);
  const schemas = uses.filter((use) => isUseOf(use, { record: from }));
  const edits = new Map<number, Edit>();
  for (const use of uses) {
    if (!isUseOf(use, { record })) continue;
    // Without a schema of its own, as in `orders.total`, the name stands for what FROM says already.
    const schema = schemaBefore(sql, use, schemas);
    if (schema === undefined) continue;
    edits.set(schema.start, { start: schema.start, end: schema.end, text: schema.renamed(to) });
  }
  return [...edits.values()]
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), sql);
}

/** The records as they are after a move, that which moves among them. */
export interface Moved {
  readonly label: string;
  readonly changed: ReadonlyMap<Id, { readonly collection: Collection; readonly record: AnyRecord }>;
}

/**
 * Moves a table, view, type, sequence or routine to another schema and says so in every SQL text that names it.
 * @param schema id of the schema it goes to, which exists.
 * @returns the call that does it; none when it is there already.
 */
export function moveCalls(document: Document, parser: PgParser, record: Id, schema: Id): readonly CommandCall[] {
  const done = moved(document, parser, record, schema);
  return done === undefined ? [] : [{ name: 'putRecords', args: { label: done.label, put: [...done.changed.values()] } }];
}

/** {@link moveCalls}, as the records that change; undefined when it is there already. */
export function moved(document: Document, parser: PgParser, record: Id, schema: Id): Moved | undefined {
  const found = findRecord(document, record);
  const to = document.schemas[schema]?.name;
  if (found === undefined || to === undefined || !('schema' in found.record) || !('name' in found.record)) return undefined;
  const { schema: from, name } = found.record as { readonly schema: Id; readonly name: string };
  if (from === schema) return undefined;
  const catalog = catalogOf(document);
  const changed = new Map<Id, { collection: Collection; record: AnyRecord }>();
  for (const collection of WITH_TEXTS) {
    for (const one of Object.values(document[collection]) as AnyRecord[]) {
      const next = mapTexts(collection, one, (sql, context) =>
        maySpell(sql, name) ? movedIn(sql, context, parser, catalog, record, from, to) : sql,
      );
      if (next !== one) changed.set(one.id, { collection, record: next });
    }
  }
  const now = changed.get(record)?.record ?? found.record;
  changed.set(record, { collection: found.collection, record: { ...now, schema } as AnyRecord });
  return { label: `Move ${name} to ${to}`, changed };
}
