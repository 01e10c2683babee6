import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { endsOf } from '#model/derive/ends.ts';
import { type ConceptDraft, conceptCall, declaredEnds } from './concept-relation.ts';

const draft: ConceptDraft = { child: 'a', parent: 'b', kind: 'one-to-many', name: '', childNeeds: true, parentNeeds: false };

describe('a relationship drawn in the concept', () => {
  it('has the cardinalities that were agreed on', () => {
    expect(declaredEnds(draft)).toEqual({ child: '0..n', parent: '1' });
    expect(declaredEnds({ ...draft, childNeeds: false, parentNeeds: true })).toEqual({ child: '1..n', parent: '0..1' });
    expect(declaredEnds({ ...draft, kind: 'one-to-one', parentNeeds: true })).toEqual({ child: '1', parent: '1' });
    expect(declaredEnds({ ...draft, kind: 'many-to-many', parentNeeds: true })).toEqual({ child: '1..n', parent: '1..n' });
  });

  it('is recorded without columns, and shows what was agreed on', () => {
    const document = {
      ...emptyDocument(),
      tables: { a: emptyTable('a', 'sch_public', 'a'), b: emptyTable('b', 'sch_public', 'b') },
    };
    const ran = runCommands(document, [conceptCall({ ...draft, kind: 'many-to-many', name: ' likes ' })], derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    const [one] = Object.values(ran.value.document.relationships);
    if (one === undefined) throw new Error('no relationship');
    expect(one).toMatchObject({ name: 'likes', manyToMany: true, childColumns: [], parentColumns: [] });
    expect(endsOf(ran.value.document, one)).toEqual({ child: '0..n', parent: '1..n', identifying: false });
  });
});
