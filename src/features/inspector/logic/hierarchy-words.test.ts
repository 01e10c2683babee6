import { describe, expect, it } from 'vitest';
import type { Hierarchy } from '#model/concept-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { fixedByTables, strategyWords } from './hierarchy-words.ts';
import { kindWord, subjectOf, titleOf } from './subject.ts';

const isa: Hierarchy = { id: 'isa', supertype: 'p', subtypes: ['c', 'e'] };

function people(): Document {
  const document = emptyDocument();
  const table = (id: string, name: string) => emptyTable(id, 'sch_public', name);
  return {
    ...document,
    tables: { p: table('p', 'people'), c: table('c', 'customers') },
    entities: { e: table('e', 'employees') },
    hierarchies: { isa },
  };
}

describe('what the inspector says of the concept', () => {
  it('calls a hierarchy by its members, those without a table too', () => {
    const document = people();
    expect(titleOf(document, 'hierarchies', isa)).toBe('people: customers, employees');
    expect(kindWord('hierarchies', isa)).toBe('Subtype hierarchy');
    expect(subjectOf(document, [{ record: 'isa' }])).toMatchObject({ kind: 'record', collection: 'hierarchies', record: isa });
    expect(subjectOf(document, [{ record: 'e' }])).toMatchObject({ kind: 'record', collection: 'entities' });
  });

  it('calls a relationship that was resolved away by its entities', () => {
    const one = { id: 'rel', child: 'c', parent: 'e', childColumns: [], parentColumns: [] };
    expect(titleOf(people(), 'associations', one)).toBe('customers → employees');
  });

  it('says of each strategy which tables there are, and of none that there are none yet', () => {
    const words = (['one-table', 'table-per-type', 'table-per-concrete', undefined] as const).map((strategy) =>
      strategyWords(strategy === undefined ? isa : { ...isa, strategy }),
    );
    expect(new Set(words).size).toBe(4);
    expect(words[0]).toMatch(/^One table/);
    expect(words[3]).toMatch(/No tables were chosen/);
  });

  it('keeps what one table was made from: other strategies leave it free', () => {
    expect(fixedByTables({ ...isa, strategy: 'one-table' })).toEqual({ disjoint: true, discriminator: true });
    expect(fixedByTables({ ...isa, strategy: 'table-per-type' })).toEqual({ disjoint: false, discriminator: false });
    expect(fixedByTables(isa)).toEqual({ disjoint: false, discriminator: false });
  });
});
