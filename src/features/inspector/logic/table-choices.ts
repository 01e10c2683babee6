import { typedName } from '#lib/identifiers.ts';
import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Document, Id } from '#model/types.ts';

/** A table to choose, by the name a person types. */
export interface TableChoice {
  readonly id: Id;
  readonly text: string;
  /** Its primary key, in words. */
  readonly key: string;
}

/** All tables by name, those of `schema` without their schema, in order of the text. */
export function tableChoices(document: Document, schema?: Id): readonly TableChoice[] {
  return Object.values(document.tables)
    .map((table) => {
      const home = recordIn(document, 'schemas', table.schema)?.name;
      const primary = table.keys.find((key) => key.kind === 'primary');
      const key = primary === undefined ? 'no primary key' : columnNames(document, table, primary.columns).join(', ');
      const name = typedName(table.name);
      return { id: table.id, text: table.schema === schema || home === undefined ? name : `${typedName(home)}.${name}`, key };
    })
    .sort((a, b) => Number(a.text.includes('.')) - Number(b.text.includes('.')) || a.text.localeCompare(b.text));
}
