import { useMemo } from 'react';
import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { tintOf } from '#paint/face.ts';
import { requestDeletion } from '#state/deletion.ts';
import type { DocumentState } from '#state/document.ts';
import { useDocumentState, useResults, useView } from '#state/hooks.ts';
import { nameToEdit } from '#state/rename.ts';
import { Button } from '#ui/Button.tsx';
import { Header } from './Header.tsx';
import { kindWord, type Subject, sameBesidePlaces, subjectOf, titleOf } from './logic/subject.ts';
import { findingsOf, severities } from './logic/summary.ts';
import { count, rowsShort } from './logic/words.ts';
import { EntityInspector, HierarchyInspector } from './objects/concept-inspectors.tsx';
import { ModelSummary } from './objects/ModelSummary.tsx';
import { AreaInspector, NoteInspector, RoutineInspector, SchemaInspector, VerbatimInspector } from './objects/plain-inspectors.tsx';
import { RelationshipInspector } from './objects/RelationshipInspector.tsx';
import { SequenceInspector } from './objects/SequenceInspector.tsx';
import { SeveralInspector, severalWords } from './objects/SeveralInspector.tsx';
import { TriggerInspector } from './objects/TriggerInspector.tsx';
import { TypeInspector } from './objects/TypeInspector.tsx';
import { ViewInspector } from './objects/ViewInspector.tsx';
import { NormalFormPill } from './table/NormalFormPill.tsx';
import { TableInspector } from './table/TableInspector.tsx';
import { TINTS, tintColour } from './tint.ts';

type RecordSubject = Extract<Subject, { kind: 'record' }>;

function subtitle(document: Document, subject: RecordSubject): string {
  const schema = 'schema' in subject.record ? recordIn(document, 'schemas', subject.record.schema)?.name : undefined;
  const parts = schema === undefined ? [] : [schema];
  if (subject.collection === 'tables') {
    parts.push(count(columnsOf(document, subject.record).length, 'column'));
    const { rows, rowsPerDay } = subject.record.facts ?? {};
    const growth = rowsPerDay === undefined ? '' : `${rowsPerDay < 0 ? '−' : '+'}${rowsShort(Math.abs(rowsPerDay))} a day`;
    const size = rows === undefined ? '' : `${rowsShort(rows)} rows`;
    const facts = [size, growth].filter((one) => one !== '').join(', ');
    if (facts !== '') parts.push(facts);
  }
  if (subject.collection === 'types' && subject.record.kind === 'enum') parts.push(count(subject.record.values.length, 'value'));
  if (subject.collection === 'areas') parts.push(TINTS[subject.record.tint] ?? '');
  return parts.join(' · ');
}

function tint(document: Document, subject: RecordSubject): string | undefined {
  if (subject.collection === 'areas') return tintColour(subject.record.tint);
  if (subject.collection === 'schemas') return tintColour(tintOf(document, subject.record.id));
  return 'schema' in subject.record ? tintColour(tintOf(document, subject.record.schema)) : undefined;
}

function Badge({ table }: { readonly table: Id }) {
  const verdict = useResults((state) => (Object.hasOwn(state.normalForms, table) ? state.normalForms[table] : undefined));
  return verdict === undefined ? null : <NormalFormPill verdict={verdict} />;
}

function RecordHeader({ document, subject }: { readonly document: Document; readonly subject: RecordSubject }) {
  const findings = useResults((state) => state.findings);
  const { error: bad, warning: warn } = useMemo(
    () => severities(findingsOf(findings, subject.record.id)),
    [findings, subject.record.id],
  );
  const target: Ref = { record: subject.record.id };
  return (
    <Header
      kind={kindWord(subject.collection, subject.record)}
      name={titleOf(document, subject.collection, subject.record)}
      {...(nameToEdit(document, target) === undefined || subject.collection === 'relationships' ? {} : { target })}
      tint={tint(document, subject)}
      subtitle={subtitle(document, subject)}
      findings={{ bad, warn }}
      badge={subject.collection === 'tables' ? <Badge table={subject.record.id} /> : undefined}
    />
  );
}

function Body({ document, subject }: { readonly document: Document; readonly subject: RecordSubject }) {
  switch (subject.collection) {
    case 'relationships':
      return <RelationshipInspector document={document} relationship={subject.record} />;
    case 'types':
      return <TypeInspector document={document} type={subject.record} />;
    case 'sequences':
      return <SequenceInspector document={document} sequence={subject.record} />;
    case 'triggers':
      return <TriggerInspector document={document} trigger={subject.record} />;
    case 'routines':
      return <RoutineInspector document={document} routine={subject.record} />;
    case 'schemas':
      return <SchemaInspector document={document} schema={subject.record} />;
    case 'verbatim':
      return <VerbatimInspector document={document} verbatim={subject.record} />;
    case 'entities':
      return <EntityInspector document={document} entity={subject.record} />;
    case 'hierarchies':
      return <HierarchyInspector document={document} hierarchy={subject.record} />;
    case 'areas':
      return <AreaInspector area={subject.record} />;
    case 'notes':
      return <NoteInspector note={subject.record} />;
    default:
      return null;
  }
}

function RecordPanel({ document, subject }: { readonly document: Document; readonly subject: RecordSubject }) {
  if (subject.collection === 'tables')
    return <TableInspector document={document} table={subject.record} part={subject.part} parts={subject.parts} />;
  if (subject.collection === 'views') return <ViewInspector document={document} view={subject.record} part={subject.part} />;
  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <Body document={document} subject={subject} />
      {subject.collection === 'entities' ? null : (
        <div className="px-3.5 py-3">
          <Button variant="danger" size="sm" icon="Trash2" onClick={() => requestDeletion([{ record: subject.record.id }])}>
            Delete
          </Button>
        </div>
      )}
    </div>
  );
}

/** The document, but the same one while only places on the canvas change: a drag does not concern the inspector. */
function useStillDocument(): Document {
  const pick = useMemo(() => {
    let last: Document | undefined;
    return ({ document }: DocumentState): Document => {
      if (last === undefined || !sameBesidePlaces(last, document)) last = document;
      return last;
    };
  }, []);
  return useDocumentState(pick);
}

/** What is selected, in every detail and editable; the whole model when nothing is. */
export function Inspector() {
  const document = useStillDocument();
  const readOnly = useDocumentState((state) => state.readOnly);
  const selection = useView((state) => state.selection);
  const subject = useMemo(() => subjectOf(document, selection), [document, selection]);
  return (
    <div
      className="flex h-full min-h-0 min-w-0 flex-col overflow-hidden border-line border-l bg-surface"
      aria-disabled={readOnly !== undefined}
    >
      {subject.kind === 'model' ? (
        <>
          <Header kind="Model" name={document.settings['settings']?.name ?? 'Untitled'} subtitle="nothing selected" />
          <ModelSummary document={document} />
        </>
      ) : null}
      {subject.kind === 'several' ? (
        <>
          <Header
            kind="Several"
            name={`${subject.refs.length} selected`}
            subtitle={severalWords({ document, refs: subject.refs })}
          />
          <SeveralInspector
            key={subject.refs.map((ref) => `${ref.record}/${ref.part ?? ''}`).join()}
            document={document}
            refs={subject.refs}
          />
        </>
      ) : null}
      {subject.kind === 'record' ? (
        <div key={subject.record.id} className="contents">
          <RecordHeader document={document} subject={subject} />
          <RecordPanel document={document} subject={subject} />
        </div>
      ) : null}
    </div>
  );
}
