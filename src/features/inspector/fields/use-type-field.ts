import { useRef } from 'react';
import type { ColumnType } from '#model/column-types.ts';
import type { Document, Id } from '#model/types.ts';
import { readType } from '../logic/type-text.ts';
import { type Field, useField } from './use-field.ts';

/** A field whose text is a type. An unknown name is refused once with a question; the same text again is taken. */
export function useTypeField(
  document: Document,
  value: string,
  schema: Id | undefined,
  onCommit: (type: ColumnType) => string | undefined,
  initial?: string,
): Field & { readonly changed: boolean } {
  const asked = useRef<string | undefined>(undefined);
  const field = useField(
    value,
    (text) => {
      const read = readType(document, text, schema);
      if (!read.ok) return read.problem.message;
      const { type, doubt } = read.value;
      if (doubt !== undefined && asked.current !== text) {
        asked.current = text;
        return `${doubt.message} Press Enter again to keep it as a type from elsewhere.`;
      }
      asked.current = undefined;
      return onCommit(type);
    },
    false,
    initial,
  );
  return { ...field, changed: field.text !== value };
}
