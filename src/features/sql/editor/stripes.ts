import type { editor } from 'monaco-editor/editor/editor.api';
import type { WrittenStatement } from '#engine/sql/written.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import type { TextBinding } from './text-binding.ts';

/** The schema a statement's object belongs to: that of its table for what stands on a table. */
export function schemaOf(document: Document, statement: WrittenStatement): Id | undefined {
  const { collection, record } = statement;
  switch (collection) {
    case 'schemas':
      return record;
    case 'relationships': {
      const child = recordIn(document, 'relationships', record)?.child;
      return child === undefined ? undefined : recordIn(document, 'tables', child)?.schema;
    }
    case 'triggers': {
      const on = recordIn(document, 'triggers', record)?.on;
      return on === undefined ? undefined : (recordIn(document, 'tables', on) ?? recordIn(document, 'views', on))?.schema;
    }
    case 'verbatim': {
      const about = recordIn(document, 'verbatim', record)?.about;
      return about === undefined ? undefined : (recordIn(document, 'tables', about) ?? recordIn(document, 'views', about))?.schema;
    }
    case 'tables':
    case 'views':
    case 'types':
    case 'sequences':
    case 'routines':
      return recordIn(document, collection, record)?.schema;
    default:
      return undefined;
  }
}

/** Stripes beside the lines on the screen: each object in the tint of its schema, drafts marked as such. */
export function stripesOf(
  code: editor.IStandaloneCodeEditor,
  binding: TextBinding,
  tintOf: (statement: WrittenStatement) => number | undefined,
): editor.IModelDeltaDecoration[] {
  const model = code.getModel();
  if (model === null) return [];
  const { places, segments } = binding;
  const stripes: editor.IModelDeltaDecoration[] = [];
  for (const visible of code.getVisibleRanges()) {
    const from = places.segmentAt(model.getOffsetAt({ lineNumber: visible.startLineNumber, column: 1 }));
    const to = places.segmentAt(model.getOffsetAt({ lineNumber: visible.endLineNumber, column: 1 }));
    for (let index = Math.max(0, from); index <= to; index++) {
      const segment = segments[index];
      if (segment === undefined) continue;
      const statement = places.statementOf(index);
      const tint = statement === undefined ? undefined : tintOf(statement);
      const look = segment.draft ? 'sql-stripe-draft' : tint === undefined ? 'sql-stripe-none' : `sql-stripe-${tint}`;
      const range = places.rangeOfSegment(index);
      const start = model.getPositionAt(range.start).lineNumber;
      const end = Math.max(start, model.getPositionAt(range.end).lineNumber);
      stripes.push({
        range: { startLineNumber: start, startColumn: 1, endLineNumber: end, endColumn: 1 },
        options: { isWholeLine: true, linesDecorationsClassName: `sql-stripe ${look}` },
      });
    }
  }
  return stripes;
}
