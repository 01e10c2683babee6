import { recordIn } from '#model/collections.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import { endsOf } from '#model/derive/ends.ts';
import type { Patch } from '#model/patch.ts';
import type { Cardinality, Document, Id, Relationship, Table } from '#model/types.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Select } from '#ui/Select.tsx';
import { editAloud, orNull, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ChipsRow } from '../fields/ChipsRow.tsx';
import { Disclosure } from '../fields/Disclosure.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { SelectRow } from '../fields/SelectRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { ACTIONS, CARDINALITIES, DEFERRALS } from '../logic/choices.ts';
import { CARDINALITY, mismatchWords, relationshipWords } from '../logic/words.ts';

export interface RelationshipFieldsProps {
  readonly document: Document;
  readonly relationship: Relationship;
}

type Set = (patch: Patch<Relationship>) => string | undefined;

function choices(document: Document, table: Table | undefined) {
  return table === undefined ? [] : columnsOf(document, table).map((column) => ({ value: column.id, label: column.name }));
}

function Pairs({ document, relationship, set }: RelationshipFieldsProps & { readonly set: Set }) {
  const child = recordIn(document, 'tables', relationship.child);
  const parent = recordIn(document, 'tables', relationship.parent);
  const { childColumns, parentColumns } = relationship;
  const [from, to] = [choices(document, child), choices(document, parent)];
  const put = (at: number, side: 'child' | 'parent', id: Id) => {
    const swap = (list: readonly Id[]) => list.map((one, place) => (place === at ? id : one));
    set(side === 'child' ? { childColumns: swap(childColumns) } : { parentColumns: swap(parentColumns) });
  };
  const drop = (at: number) =>
    set({
      childColumns: childColumns.filter((_, place) => place !== at),
      parentColumns: parentColumns.filter((_, place) => place !== at),
    });
  const freeChild = from.find((one) => !childColumns.includes(one.value))?.value;
  const freeParent = to.find((one) => !parentColumns.includes(one.value))?.value;
  const pairs = childColumns.map((id, at) => ({ id, other: parentColumns[at] ?? '', at }));
  return (
    <FieldRow label="Columns, child → parent" stacked>
      {pairs.map(({ id, other, at }) => (
        <div key={`${id}/${other}`} className="flex min-w-0 items-center gap-1">
          <Select
            className="min-w-0 flex-1"
            size="sm"
            label={`Column ${at + 1} of the child`}
            value={id}
            options={from}
            onValueChange={(next) => put(at, 'child', next)}
          />
          <Icon name="ArrowRight" size={12} className="text-ink-3" />
          <Select
            className="min-w-0 flex-1"
            size="sm"
            label={`Column ${at + 1} of the parent`}
            value={other}
            options={to}
            onValueChange={(next) => put(at, 'parent', next)}
          />
          <IconButton
            icon="X"
            size="sm"
            label={`Take pair ${at + 1} out`}
            disabled={childColumns.length === 1}
            onClick={() => drop(at)}
          />
        </div>
      ))}
      <Button
        variant="ghost"
        size="sm"
        icon="Plus"
        className="self-start"
        disabled={freeChild === undefined || freeParent === undefined}
        onClick={() =>
          freeChild !== undefined &&
          freeParent !== undefined &&
          set({ childColumns: [...childColumns, freeChild], parentColumns: [...parentColumns, freeParent] })
        }
      >
        {childColumns.length === 0 ? 'Make it a foreign key' : 'Add pair'}
      </Button>
    </FieldRow>
  );
}

function Ends({ document, relationship, set }: RelationshipFieldsProps & { readonly set: Set }) {
  const ends = endsOf(document, relationship);
  const declare = (end: 'child' | 'parent', value: Cardinality | 'unsaid') => {
    const { [end]: _, ...rest } = relationship.declared ?? {};
    const next = value === 'unsaid' ? rest : { ...rest, [end]: value };
    return set({ declared: Object.keys(next).length === 0 ? null : next });
  };
  const wrong = mismatchWords(document, relationship);
  const names = {
    child: recordIn(document, 'tables', relationship.child)?.name ?? 'child',
    parent: recordIn(document, 'tables', relationship.parent)?.name ?? 'parent',
  };
  return (
    <>
      {(['child', 'parent'] as const).map((end) => (
        <SelectRow
          key={end}
          label={end === 'child' ? 'Children' : 'Parents'}
          value={relationship.declared?.[end] ?? 'unsaid'}
          options={CARDINALITIES}
          hint={`${names[end]}: the keys make it ${CARDINALITY[ends[end]]}`}
          onCommit={(value) => declare(end, value)}
        />
      ))}
      {wrong.map((text) => (
        <p key={text} className="flex gap-1.5 rounded-md bg-warn-soft px-2 py-1.5 text-xs leading-[18px] text-warn">
          <Icon name="TriangleAlert" size={14} className="mt-0.5" />
          {text}
        </p>
      ))}
    </>
  );
}

/** The fields of a relationship, conceptual or a foreign key. */
export function RelationshipFields({ document, relationship }: RelationshipFieldsProps) {
  const set: Set = (patch) => setRecord('relationships', relationship.id, patch);
  const child = recordIn(document, 'tables', relationship.child);
  const isKey = relationship.childColumns.length > 0;
  const setting = relationship.onDelete === 'set null' || relationship.onDelete === 'set default';
  const names = (id: Id) => (child === undefined ? undefined : columnOf(document, child, id)?.name);
  return (
    <>
      <p className="text-xs leading-[18px] text-ink-2">{relationshipWords(document, relationship)}</p>
      <TextRow
        label="Name"
        value={relationship.name}
        mono
        placeholder="named by PostgreSQL"
        onCommit={(text) => set({ name: orNull(text) })}
      />
      <Pairs document={document} relationship={relationship} set={set} />
      {isKey ? (
        <>
          <SelectRow
            label="On delete"
            value={relationship.onDelete ?? 'no action'}
            options={ACTIONS}
            onCommit={(value) =>
              set({ onDelete: value === 'no action' ? null : value, ...(value.startsWith('set') ? {} : { onDeleteColumns: null }) })
            }
          />
          {setting ? (
            <ChipsRow
              label="Only columns"
              chips={(relationship.onDeleteColumns ?? []).map((id) => ({ id, label: names(id) ?? '?' }))}
              choices={relationship.childColumns.map((id) => ({ id, label: names(id) ?? '?' }))}
              placeholder="all of the key"
              onCommit={(ids) => set({ onDeleteColumns: ids.length === 0 ? null : ids })}
            />
          ) : null}
          <SelectRow
            label="On update"
            value={relationship.onUpdate ?? 'no action'}
            options={ACTIONS}
            onCommit={(value) => set({ onUpdate: value === 'no action' ? null : value })}
          />
        </>
      ) : null}
      <Ends document={document} relationship={relationship} set={set} />
      {isKey ? <Checking relationship={relationship} set={set} /> : null}
      {isKey ? null : (
        <CheckRow
          label="Many to many"
          checked={relationship.manyToMany === true}
          onCommit={(on) => set({ manyToMany: on ? true : null })}
        />
      )}
      <AreaRow label="Comment" value={relationship.comment} onCommit={(text) => set({ comment: orNull(text) })} />
      <Button
        variant="ghost"
        size="sm"
        icon="ArrowLeftRight"
        className="self-start"
        onClick={() => editAloud({ name: 'swapRelationship', args: { id: relationship.id } })}
      >
        Swap child and parent
      </Button>
    </>
  );
}

function Checking({ relationship, set }: { readonly relationship: Relationship; readonly set: Set }) {
  const said = [relationship.match, relationship.deferral, relationship.notValid, relationship.notEnforced, relationship.period];
  const many = said.filter((one) => one !== undefined).length;
  return (
    <Disclosure label="When and how it is checked" note={many === 0 ? 'usual' : `${many} set`}>
      <SelectRow
        label="Deferral"
        value={relationship.deferral ?? 'none'}
        options={DEFERRALS}
        onCommit={(value) => set({ deferral: value === 'none' ? null : value })}
      />
      <CheckRow
        label="MATCH FULL: all columns null, or none"
        checked={relationship.match === 'full'}
        onCommit={(on) => set({ match: on ? 'full' : null })}
      />
      <CheckRow
        label="NOT VALID: rows of before are not checked"
        checked={relationship.notValid === true}
        onCommit={(on) => set({ notValid: on ? true : null })}
      />
      <CheckRow
        label="NOT ENFORCED (PostgreSQL 18)"
        checked={relationship.notEnforced === true}
        onCommit={(on) => set({ notEnforced: on ? true : null })}
      />
      <CheckRow
        label="PERIOD on the last pair (PostgreSQL 18)"
        checked={relationship.period === true}
        onCommit={(on) => set({ period: on ? true : null })}
      />
    </Disclosure>
  );
}
