import type { Id, Remark, Stated } from '#model/types.ts';
import { type EditedCollection, orNull, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { Section } from '../fields/Section.tsx';
import { TextRow } from '../fields/TextRow.tsx';

export interface StatedProps {
  readonly collection: EditedCollection;
  readonly record: Stated;
}

/** The remarks of the SQL text and the clauses kept as they were. */
export function KeptText({
  remarks,
  residue,
}: {
  readonly remarks: readonly Remark[] | undefined;
  readonly residue: readonly string[] | undefined;
}) {
  const said = [...(remarks ?? []).map((remark) => remark.text), ...(residue ?? [])];
  if (said.length === 0) return null;
  return (
    <Section title="Kept from its SQL text">
      {said.map((text) => (
        <pre
          key={text}
          className="overflow-x-auto whitespace-pre-wrap break-words rounded-md bg-sunken px-2 py-1 font-mono text-[11.5px] leading-4 text-ink-2"
        >
          {text}
        </pre>
      ))}
    </Section>
  );
}

/** Comment and owner, which every object with a statement has, and what its text carried besides. */
export function StatedFields({ collection, record }: StatedProps) {
  const set = (id: Id, patch: { comment: string | null } | { owner: string | null }) => setRecord(collection, id, patch as never);
  return (
    <>
      <Section title="Description">
        <AreaRow
          label="Comment"
          value={record.comment}
          placeholder="what it is for"
          onCommit={(text) => set(record.id, { comment: orNull(text) })}
        />
        <TextRow
          label="Owner"
          value={record.owner}
          mono
          placeholder="who runs the script"
          onCommit={(text) => set(record.id, { owner: orNull(text) })}
        />
      </Section>
      <KeptText remarks={record.remarks} residue={record.residue} />
    </>
  );
}
