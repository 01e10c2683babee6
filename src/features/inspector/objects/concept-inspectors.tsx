import type { Hierarchy } from '#model/concept-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';
import { perform } from '#state/actions.ts';
import { reveal, select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { orNull, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { fixedByTables, strategyWords } from '../logic/hierarchy-words.ts';
import { titleOf } from '../logic/subject.ts';

function Link({ id, name }: { readonly id: Id; readonly name: string }) {
  return (
    <button
      type="button"
      className="h-6 max-w-full self-start truncate rounded text-[12.5px] text-accent hover:underline"
      onClick={() => reveal({ record: id }, 'inspector')}
    >
      {name}
    </button>
  );
}

interface HierarchyProps {
  readonly document: Document;
  readonly hierarchy: Hierarchy;
}

function Rules({ document, hierarchy }: HierarchyProps) {
  const { id, overlapping, complete, discriminator } = hierarchy;
  const fixed = fixedByTables(hierarchy);
  const why = 'Its table was made from this: take the resolution back to change it.';
  return (
    <Section title="What it says">
      <CheckRow
        label="Of one subtype at most (disjoint)"
        checked={overlapping !== true}
        disabled={fixed.disjoint}
        {...(fixed.disjoint ? { hint: why } : {})}
        onCommit={(disjoint) => setRecord('hierarchies', id, { overlapping: disjoint ? null : true })}
      />
      <CheckRow
        label={`Everything in ${entityIn(document, hierarchy.supertype)?.name ?? '?'} is of a subtype (complete)`}
        checked={complete === true}
        onCommit={(on) => setRecord('hierarchies', id, { complete: on ? true : null })}
      />
      <TextRow
        label="Discriminator"
        value={discriminator}
        mono
        placeholder="none"
        disabled={fixed.discriminator}
        onCommit={(text) => setRecord('hierarchies', id, { discriminator: orNull(text) })}
      />
    </Section>
  );
}

/** A subtype hierarchy: its members, what it says of them, and which tables make it. */
export function HierarchyInspector({ document, hierarchy }: HierarchyProps) {
  const { id, supertype, subtypes, strategy } = hierarchy;
  const name = (member: Id) => entityIn(document, member)?.name ?? '?';
  const act = (action: string) => {
    // The actions go by what is selected.
    select([{ record: id }]);
    perform(action);
  };
  return (
    <>
      <Section title="Members">
        <FieldRow label="Supertype">
          <Link id={supertype} name={name(supertype)} />
        </FieldRow>
        <FieldRow label="Subtypes">
          <ul className="flex min-w-0 flex-col">
            {subtypes.map((member) => (
              <li key={member} className="flex min-w-0">
                <Link id={member} name={name(member)} />
              </li>
            ))}
          </ul>
        </FieldRow>
      </Section>
      <Rules document={document} hierarchy={hierarchy} />
      <Section title="Tables">
        <p className="text-xs leading-[18px] text-ink-2">{strategyWords(hierarchy)}</p>
        {strategy === undefined ? (
          <Button size="sm" icon="Table2" className="self-start" onClick={() => act('levels.resolve')}>
            Choose its tables …
          </Button>
        ) : (
          <Button size="sm" icon="RotateCcw" className="self-start" onClick={() => act('levels.takeBack')}>
            Take the resolution back …
          </Button>
        )}
      </Section>
    </>
  );
}

/** An entity that stands in the concept only, as others realise it. */
export function EntityInspector({ document, entity }: { readonly document: Document; readonly entity: Table }) {
  const around = Object.values(document.hierarchies).filter(
    (one) => one.supertype === entity.id || one.subtypes.includes(entity.id),
  );
  const columns = columnsOf(document, entity);
  return (
    <>
      <Section title="Description">
        <p className="text-xs leading-[18px] text-ink-2">
          It has no table of its own: the concept keeps it, other tables realise it.
        </p>
        <AreaRow
          label="Comment"
          value={entity.comment}
          placeholder="what one of it is"
          onCommit={(text) => setRecord('entities', entity.id, { comment: orNull(text) })}
        />
        <ChipsRow
          label="Tags"
          chips={(entity.tags ?? []).map((tag) => ({ id: tag, label: tag }))}
          placeholder="such as core"
          onCommit={(tags) => setRecord('entities', entity.id, { tags: tags.length === 0 ? null : [...new Set(tags)] })}
        />
      </Section>
      <Section title="Attributes">
        {columns.length === 0 ? <Nothing>It has no attributes of its own.</Nothing> : null}
        <ul className="flex min-w-0 flex-col font-mono text-xs">
          {columns.map((column) => (
            <li key={column.id} className="min-h-6 min-w-0 truncate leading-6">
              {column.name}
            </li>
          ))}
        </ul>
      </Section>
      {around.length === 0 ? null : (
        <Section title="Subtype hierarchies">
          {around.map((one) => (
            <Link key={one.id} id={one.id} name={titleOf(document, 'hierarchies', one)} />
          ))}
        </Section>
      )}
    </>
  );
}
