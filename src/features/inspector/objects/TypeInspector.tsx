import { collationSql } from '#lib/identifiers.ts';
import { usesOfTypes } from '#model/commands/types.ts';
import type { Patch } from '#model/patch.ts';
import type { CompositeType, CustomType, Document, DomainType, RangeType } from '#model/types.ts';
import { interactiveIds } from '#state/document.ts';
import { reveal } from '#state/view.ts';
import { addPart, removePart, setPart, setRecord } from '../edit.ts';
import { AreaRow } from '../fields/AreaRow.tsx';
import { CheckRow } from '../fields/CheckRow.tsx';
import { ParametersRow } from '../fields/ParametersRow.tsx';
import { PartList } from '../fields/PartList.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { SqlRow } from '../fields/SqlRow.tsx';
import { TextRow } from '../fields/TextRow.tsx';
import { TypeRow } from '../fields/TypeRow.tsx';
import { readDefault } from '../logic/default-text.ts';
import { freeName } from '../logic/marks.ts';
import { titleOfRef } from '../logic/subject.ts';
import { typeText } from '../logic/type-text.ts';
import { rename } from '../name.ts';
import { NameRow } from '../table/constraint-fields.tsx';
import { StatedFields } from './common.tsx';
import { EnumValues } from './EnumValues.tsx';
import { SchemaRow } from './SchemaRow.tsx';

interface TypeProps<T extends CustomType> {
  readonly document: Document;
  readonly type: T;
}

function patchType(id: string, patch: Patch<CustomType>): string | undefined {
  return setRecord('types', id, patch);
}

function DomainFields({ document, type }: TypeProps<DomainType>) {
  const set = (patch: Patch<DomainType>) => patchType(type.id, patch);
  return (
    <>
      <Section title="Domain">
        <TypeRow label="Over" document={document} type={type.base} schema={type.schema} onCommit={(base) => set({ base })} />
        <CheckRow label="Not null" checked={type.notNull === true} onCommit={(on) => set({ notNull: on ? true : null })} />
        <SqlRow
          label="Default"
          value={type.default?.sql}
          placeholder="none"
          onCommit={(text) => set({ default: readDefault(text) ?? null })}
        />
        <TextRow
          label="Collation"
          value={type.collation}
          mono
          placeholder="of the type"
          onCommit={(text) => set({ collation: collationSql(text) })}
        />
      </Section>
      <Section title="Checks">
        <PartList
          parts={type.checks}
          noun="check"
          empty="Every value of the type is allowed."
          title={(check) => `check ${check.expression}`}
          summary={(check) => <span className="min-w-0 truncate font-mono text-[11.5px]">{check.expression}</span>}
          detail={(check) => (
            <>
              <SqlRow
                label="Condition"
                value={check.expression}
                hint="VALUE is the value that is checked."
                onCommit={(text) =>
                  text.trim() === ''
                    ? 'A check needs its condition.'
                    : setPart(type.id, 'checks', check.id, { expression: text.trim() })
                }
              />
              <NameRow
                owner={type.id}
                id={check.id}
                name={check.name}
                onClear={() => setPart(type.id, 'checks', check.id, { name: null })}
              />
              <CheckRow
                label="Not valid: values of before are not checked"
                checked={check.notValid === true}
                onCommit={(on) => setPart(type.id, 'checks', check.id, { notValid: on ? true : null })}
              />
            </>
          )}
          onAdd={() => addPart(type.id, 'checks', { expression: 'VALUE IS NOT NULL' })}
          onRemove={(check) => removePart(type.id, 'checks', check.id)}
        />
      </Section>
    </>
  );
}

function CompositeFields({ document, type }: TypeProps<CompositeType>) {
  const set = (attributes: CompositeType['attributes']) => patchType(type.id, { attributes } as Patch<CompositeType>);
  type Attribute = CompositeType['attributes'][number];
  const change = (id: string, next: (one: Attribute) => Attribute) =>
    set(type.attributes.map((one) => (one.id === id ? next(one) : one)));
  const put = (id: string, key: 'collation' | 'comment', text: string) =>
    change(id, (one) => {
      const { [key]: _, ...rest } = one;
      return text.trim() === '' ? rest : { ...rest, [key]: text.trim() };
    });
  const move = (one: Attribute, to: number) => {
    const next = type.attributes.filter((other) => other.id !== one.id);
    next.splice(to, 0, one);
    set(next);
  };
  const add = () => {
    const name = freeName(
      'new_attribute',
      type.attributes.map((one) => one.name),
    );
    const id = interactiveIds().next('att', name);
    return set([...type.attributes, { id, name, type: { kind: 'builtin', name: 'text' } }]) === undefined ? id : undefined;
  };
  return (
    <Section title="Attributes">
      <PartList<Attribute>
        parts={type.attributes}
        noun="attribute"
        empty="No attribute yet."
        title={(one) => `attribute ${one.name}`}
        summary={(one) => (
          <>
            <span className="min-w-0 truncate">{one.name}</span>
            <span className="ml-auto truncate font-mono text-[11.5px] text-ink-3">{typeText(document, one.type, type.schema)}</span>
          </>
        )}
        detail={(one) => (
          <>
            <TextRow
              label="Name"
              value={one.name}
              onCommit={(text) => {
                const name = text.trim();
                if (name === '') return 'A name is needed.';
                if (type.attributes.some((other) => other.id !== one.id && other.name === name))
                  return `There is already an attribute ${name}.`;
                return rename({ record: type.id, part: one.id }, name);
              }}
            />
            <TypeRow
              label="Type"
              document={document}
              type={one.type}
              schema={type.schema}
              onCommit={(next) => change(one.id, (old) => ({ ...old, type: next }))}
            />
            <TextRow
              label="Collation"
              value={one.collation}
              mono
              placeholder="of the type"
              onCommit={(text) => put(one.id, 'collation', collationSql(text) ?? '')}
            />
            <AreaRow label="Comment" value={one.comment} onCommit={(text) => put(one.id, 'comment', text)} />
          </>
        )}
        onAdd={add}
        onMove={move}
        onRemove={(one) => set(type.attributes.filter((other) => other.id !== one.id))}
      />
    </Section>
  );
}

function RangeFields({ document, type }: TypeProps<RangeType>) {
  return (
    <Section title="Range">
      <TypeRow
        label="Of"
        document={document}
        type={type.subtype}
        schema={type.schema}
        onCommit={(subtype) => patchType(type.id, { subtype } as Patch<RangeType>)}
      />
      <ParametersRow
        label="Options"
        parameters={type.parameters}
        placeholder="subtype_diff=float8mi"
        onCommit={(parameters) => patchType(type.id, { parameters: parameters ?? [] } as Patch<RangeType>)}
      />
    </Section>
  );
}

function Uses({ document, type }: TypeProps<CustomType>) {
  const uses = usesOfTypes(document, new Set([type.id]));
  return (
    <Section title="Used by">
      {uses.length === 0 ? <Nothing>Nothing uses it yet.</Nothing> : null}
      <ul className="flex min-w-0 flex-col">
        {uses.slice(0, 100).map((use) => {
          const ref = use.part === undefined ? { record: use.record } : { record: use.record, part: use.part };
          return (
            <li key={`${use.record}/${use.part ?? ''}`} className="min-w-0">
              <button
                type="button"
                className="h-6 max-w-full truncate rounded text-left text-[12.5px] text-accent hover:underline"
                onClick={() => reveal(ref, 'inspector')}
              >
                {titleOfRef(document, ref)}
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** An enum, domain, composite or range type. */
export function TypeInspector({ document, type }: TypeProps<CustomType>) {
  return (
    <>
      {type.kind === 'enum' ? <EnumValues type={type} /> : null}
      {type.kind === 'domain' ? <DomainFields document={document} type={type} /> : null}
      {type.kind === 'composite' ? <CompositeFields document={document} type={type} /> : null}
      {type.kind === 'range' ? <RangeFields document={document} type={type} /> : null}
      <Uses document={document} type={type} />
      <Section title="Place">
        <SchemaRow document={document} collection="types" record={type} />
      </Section>
      <StatedFields collection="types" record={type} />
    </>
  );
}
