import type { Document, Relationship } from '#model/types.ts';
import { reveal } from '#state/view.ts';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Section } from '../fields/Section.tsx';
import { titleOfRef } from '../logic/subject.ts';
import { KeptText } from './common.tsx';
import { RelationshipFields } from './RelationshipFields.tsx';

/** A relationship: its ends, and as a foreign key its columns and actions. */
export function RelationshipInspector({
  document,
  relationship,
}: {
  readonly document: Document;
  readonly relationship: Relationship;
}) {
  return (
    <>
      <Section title="Ends">
        {(['child', 'parent'] as const).map((end) => (
          <FieldRow key={end} label={end === 'child' ? 'Child' : 'Parent'}>
            <button
              type="button"
              className="h-7 max-w-full self-start truncate rounded text-accent hover:underline"
              onClick={() => reveal({ record: relationship[end] }, 'inspector')}
            >
              {titleOfRef(document, { record: relationship[end] })}
            </button>
          </FieldRow>
        ))}
      </Section>
      <Section title={relationship.childColumns.length === 0 ? 'Relationship' : 'Foreign key'}>
        <RelationshipFields document={document} relationship={relationship} />
      </Section>
      <KeptText remarks={relationship.remarks} residue={undefined} />
    </>
  );
}
