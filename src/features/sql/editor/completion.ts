import type { languages } from 'monaco-editor/editor/editor.api';
import type { Dialect } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { completeSql, type Suggested } from '../logic/complete.ts';
import { keywordsOf } from './languages.ts';

/** Monaco's numbers of kinds (`CompletionItemKind`), which a type import cannot give. */
const KINDS: Readonly<Record<Suggested['kind'], languages.CompletionItemKind>> = {
  table: 5,
  view: 7,
  column: 3,
  type: 24,
  keyword: 17,
};

/** Completion of a dialect's SQL from the open model. */
export function completionOf(dialect: Dialect): languages.CompletionItemProvider {
  const keywords = keywordsOf(dialect);
  return {
    provideCompletionItems(model, position) {
      const { document } = documentStore.getState();
      const { start, items } = completeSql(document, dialect, keywords, model.getValue(), model.getOffsetAt(position));
      const from = model.getPositionAt(start);
      const range = {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: position.lineNumber,
        endColumn: position.column,
      };
      const suggestions = items.map(({ kind, text, note }, at) => ({
        label: note === '' ? text : { label: text, description: note },
        kind: KINDS[kind],
        insertText: text,
        // In the order given: what fits the place most comes first.
        sortText: String(at).padStart(5, '0'),
        range,
      }));
      return { suggestions };
    },
  };
}
