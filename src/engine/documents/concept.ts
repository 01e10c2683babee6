import { endsOf } from '#model/derive/ends.ts';
import { seenAs } from '#model/derive/level.ts';
import { PLAIN_LOOK } from '#model/derive/look.ts';
import type { Cardinality, Document, Id } from '#model/types.ts';
import { blocks, code, table as grid, text } from './markdown.ts';
import { qualifiedName } from './words.ts';

const COUNT: Readonly<Record<Cardinality, string>> = {
  '0..1': 'at most one',
  '1': 'exactly one',
  '0..n': 'any number',
  '1..n': 'one or more',
};

/**
 * What the database is about, without keys and types: entities with their attributes, relationships with their cardinalities
 * in words, subtype hierarchies. Empty for a document without tables.
 */
export function conceptSection(given: Document): string {
  const document = seenAs(given, { ...PLAIN_LOOK, level: 'conceptual' });
  const entities = Object.values(document.tables).toSorted((a, b) =>
    qualifiedName(document, a) < qualifiedName(document, b) ? -1 : 1,
  );
  if (entities.length === 0) return '';
  const name = (id: Id) => {
    const found = document.tables[id];
    return found === undefined ? id : qualifiedName(document, found);
  };
  const rows = entities.map((one) => [
    code(qualifiedName(document, one), true),
    text(one.columns.map((column) => column.name).join(', ')),
    text(one.comment ?? ''),
  ]);
  const relationships = Object.values(document.relationships)
    .map((one) => {
      const ends = endsOf(document, one);
      return [code(name(one.child), true), COUNT[ends.parent], code(name(one.parent), true), COUNT[ends.child]];
    })
    .sort((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));
  const hierarchies = Object.values(document.hierarchies).map((one) => [
    code(name(one.supertype), true),
    one.subtypes.map((id) => code(name(id), true)).join(', '),
    `${one.overlapping === true ? 'overlapping' : 'disjoint'}, ${one.complete === true ? 'complete' : 'partial'}`,
  ]);
  return blocks(
    '## Concept',
    grid(['Entity', 'Attributes', 'Meaning'], rows),
    relationships.length === 0 ? '' : grid(['Each', 'has', 'of', 'each of which has'], relationships),
    hierarchies.length === 0 ? '' : grid(['Supertype', 'Subtypes', 'Kind'], hierarchies),
  );
}
