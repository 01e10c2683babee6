import { useState } from 'react';
import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import { linksOf } from '#model/derive/links.ts';
import type { CheckConstraint, Exclusion, Key } from '#model/table-parts.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { reveal } from '#state/view.ts';
import { Pill } from '#ui/Pill.tsx';
import { addPart, movePart, now } from '../edit.ts';
import { PartList } from '../fields/PartList.tsx';
import { Section } from '../fields/Section.tsx';
import { elementText } from '../logic/element-text.ts';
import { CARDINALITY, pairWords } from '../logic/words.ts';
import { RelationshipFields } from '../objects/RelationshipFields.tsx';
import { AddForeignKey } from './AddForeignKey.tsx';
import { CheckFields, ExclusionFields, KeyFields } from './constraint-fields.tsx';

export interface TabProps {
  readonly document: Document;
  readonly table: Table;
  /** The part the selection names. */
  readonly part: Id | undefined;
}

const mono = 'min-w-0 truncate font-mono text-[11.5px]';

function Keys({ document, table, part }: TabProps) {
  const names = (key: Key) => columnNames(document, table, key.columns).join(', ');
  const add = () => {
    const primary = table.keys.some((key) => key.kind === 'primary');
    const used = new Set(table.keys.filter((key) => key.columns.length === 1).map((key) => key.columns[0]));
    const column = table.columns.find((one) => !used.has(one.id)) ?? table.columns[0];
    if (column === undefined) return undefined;
    return addPart(table.id, 'keys', { kind: primary ? 'unique' : 'primary', columns: [column.id] });
  };
  return (
    <Section title="Primary and unique keys">
      <PartList
        parts={table.keys}
        noun="key"
        focus={part}
        empty="No key: equal rows may repeat, and nothing can refer to a row."
        title={(key) => `${key.kind} key ${names(key)}`}
        summary={(key) => (
          <>
            <span className={mono}>{names(key)}</span>
            <Pill tone={key.kind === 'primary' ? 'accent' : 'plain'} className="ml-auto">
              {key.kind}
            </Pill>
          </>
        )}
        detail={(key) => <KeyFields document={document} table={table} part={key} />}
        addLabel={table.columns.length === 0 ? 'Add key (needs a column)' : 'Add key'}
        onAdd={add}
        onMove={(key, to) => movePart(table.id, 'keys', key.id, to)}
        onRemove={(key) => requestDeletion([{ record: table.id, part: key.id }])}
      />
    </Section>
  );
}

function ForeignKeys({ document, table, part }: TabProps) {
  const [opened, setOpened] = useState<Id | undefined>();
  const all = linksOf(document).byChild.get(table.id) ?? [];
  const parentName = (one: Relationship) => recordIn(document, 'tables', one.parent)?.name ?? '(missing table)';
  return (
    <Section title="Foreign keys">
      <PartList
        parts={all}
        noun="foreign key"
        focus={opened ?? part}
        empty="Refers to no other table."
        title={(one) => `foreign key ${pairWords(document, one)} of ${parentName(one)}`}
        summary={(one) => {
          const ends = endsOf(document, one);
          const wrong = mismatchOf(ends, one.declared);
          return (
            <>
              <span className={mono}>{columnNames(document, table, one.childColumns).join(', ') || 'conceptual'}</span>
              <span className="text-ink-3">→</span>
              <span className="min-w-0 truncate">{parentName(one)}</span>
              <Pill
                tone={wrong.child || wrong.parent ? 'warn' : 'plain'}
                className="ml-auto"
                title={`${CARDINALITY[ends.child]} to ${CARDINALITY[ends.parent]}`}
              >
                {ends.child} : {ends.parent}
              </Pill>
            </>
          );
        }}
        detail={(one) => <RelationshipFields key={one.id} document={document} relationship={one} />}
        onRemove={(one) => requestDeletion([{ record: one.id }])}
      />
      <AddForeignKey document={document} table={table} onAdded={setOpened} />
    </Section>
  );
}

function ReferredBy({ document, table }: TabProps) {
  const all = (linksOf(document).byParent.get(table.id) ?? []).filter((one) => one.child !== table.id);
  if (all.length === 0) return null;
  return (
    <Section title="Referred to by">
      <ul className="flex min-w-0 flex-col">
        {all.map((one) => (
          <li key={one.id} className="min-w-0">
            <button
              type="button"
              className="flex h-6.5 w-full min-w-0 items-center gap-1.5 rounded-md px-1 text-left text-[12.5px] hover:bg-sunken"
              onClick={() => reveal({ record: one.child }, 'inspector')}
            >
              <span className="truncate">{recordIn(document, 'tables', one.child)?.name}</span>
              <span className={`${mono} ml-auto text-ink-3`}>{pairWords(document, one)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Checks({ document, table, part }: TabProps) {
  return (
    <Section title="Checks">
      <PartList<CheckConstraint>
        parts={table.checks}
        noun="check"
        focus={part}
        empty="No condition on the rows."
        title={(check) => `check ${check.name ?? check.expression}`}
        summary={(check) => (
          <>
            <span className={mono}>{check.expression}</span>
            {check.notValid === true || check.notEnforced === true ? (
              <Pill tone="warn" className="ml-auto">
                {check.notEnforced === true ? 'not enforced' : 'not valid'}
              </Pill>
            ) : null}
          </>
        )}
        detail={(check) => <CheckFields document={document} table={table} part={check} />}
        onAdd={() => addPart(table.id, 'checks', { expression: 'true' })}
        onMove={(check, to) => movePart(table.id, 'checks', check.id, to)}
        onRemove={(check) => requestDeletion([{ record: table.id, part: check.id }])}
      />
    </Section>
  );
}

function Exclusions({ document, table, part }: TabProps) {
  const name = (id: Id) => columnNames(document, table, [id])[0];
  const words = (one: Exclusion) =>
    one.elements.map((element) => `${elementText(element, name)} WITH ${element.operator}`).join(', ');
  const add = () => {
    const column = now().tables[table.id]?.columns[0];
    if (column === undefined) return undefined;
    return addPart(table.id, 'exclusions', { method: 'gist', elements: [{ column: column.id, operator: '=' }] });
  };
  return (
    <Section title="Exclusion constraints">
      <PartList
        parts={table.exclusions}
        noun="exclusion constraint"
        focus={part}
        empty="None: no two rows are kept from overlapping."
        title={(one) => `exclusion ${words(one)}`}
        summary={(one) => <span className={mono}>{words(one)}</span>}
        detail={(one) => <ExclusionFields document={document} table={table} part={one} />}
        onAdd={add}
        onRemove={(one) => requestDeletion([{ record: table.id, part: one.id }])}
      />
    </Section>
  );
}

/** Everything that keeps the rows of a table right. */
export function KeysTab(props: TabProps) {
  return (
    <>
      <Keys {...props} />
      <ForeignKeys {...props} />
      <ReferredBy {...props} />
      <Checks {...props} />
      <Exclusions {...props} />
    </>
  );
}
