import { useId } from 'react';
import type { ColumnType } from '#model/column-types.ts';
import type { Document, Id } from '#model/types.ts';
import { completeType } from '../logic/type-completion.ts';
import { typeText } from '../logic/type-text.ts';
import { FieldRow, noteId } from './FieldRow.tsx';
import { SuggestInput } from './SuggestInput.tsx';
import { useTypeField } from './use-type-field.ts';

export interface TypeRowProps {
  readonly label: string;
  readonly document: Document;
  readonly type: ColumnType;
  readonly schema?: Id | undefined;
  readonly onCommit: (type: ColumnType) => string | undefined;
}

/** A type, with completion. A name nobody knows is asked about: a suggestion, or Enter once more to keep it. */
export function TypeRow({ label, document, type, schema, onCommit }: TypeRowProps) {
  const id = useId();
  const field = useTypeField(document, typeText(document, type, schema), schema, onCommit);
  return (
    <FieldRow label={label} id={id} problem={field.problem}>
      <SuggestInput
        id={id}
        label={label}
        text={field.text}
        mono
        commitChoice
        invalid={field.problem !== undefined}
        describedBy={field.problem === undefined ? undefined : noteId(id)}
        suggest={(text) => ({ start: 0, end: text.length, options: completeType(document, field.changed ? text : '', schema) })}
        onChange={field.change}
        onCommit={(text) => field.commit(text)}
        onCancel={field.restore}
        onBlur={() => field.commit()}
      />
    </FieldRow>
  );
}
