import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import type { Consequence } from '../refactor/consequences.ts';
import type { Reshape } from './types.ts';

const says = (text: string): Consequence => ({ kind: 'meaning', text });

/** What a refactoring of a smell changes in the meaning of the data, which no statement shows. */
export function meaningOfReshape(before: Document, asked: Reshape): readonly Consequence[] {
  const name = (id: string) => recordIn(before, 'tables', id)?.name ?? id;
  switch (asked.kind) {
    case 'repeating':
      return [
        says(`A row of ${name(asked.table)} may have any number of rows in ${asked.name}; those of NULL are not there.`),
        says(`Deleting a row of ${name(asked.table)} deletes its rows in ${asked.name}.`),
      ];
    case 'list':
    case 'elements':
      return [
        says(`An empty list and no list are the same: no row in ${asked.name}.`),
        says(`Deleting a row of ${name(asked.table)} deletes its rows in ${asked.name}.`),
      ];
    case 'array':
      return [says('Whoever reads or writes the text has to read and write an array.')];
    case 'polymorphic':
      return [
        says('Each reference is held by a foreign key: a row that is referred to can no longer be deleted alone.'),
        says(
          `Another kind of thing needs a column of its own: ${asked.targets.map(({ table }) => name(table)).join(', ')} are known.`,
        ),
      ];
    case 'eav':
      return [
        asked.attributes.length === 0
          ? says('Attributes are fields of one JSON column: the database knows neither their names nor their types.')
          : says('A new attribute is a new column. The columns have the type of the old value: give each its own.'),
      ];
    case 'lookup':
      return [says('A new kind of code is a new table.')];
    case 'clones':
      return [says(`Keys hold within one ${asked.column}: the same key may stand in several.`)];
  }
}
