import type { editor } from 'monaco-editor/editor/editor.api';
import type { Dialect } from '#model/types.ts';
import { createEditor, remeasureWithFonts } from './create-editor.ts';
import { monaco } from './monaco.ts';
import { currentTheme } from './theme.ts';

/** A place that something is said of: UTF-16 offsets. */
export interface FieldMark {
  readonly start: number;
  readonly end: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface FieldOptions {
  readonly label: string;
  /** How it is coloured; absent = not at all. */
  readonly dialect: Dialect | undefined;
  /** Every change that a person makes. */
  readonly onType: (text: string) => void;
  /** Ctrl Enter, or the focus leaves. */
  readonly onDone: () => void;
  /** Ctrl Enter, once {@link onDone} was told. */
  readonly onRun: () => void;
  /** Escape. */
  readonly onBack: () => void;
}

const OWNER = 'field';
const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

function markerOf(model: editor.ITextModel, { start, end, severity, message }: FieldMark): editor.IMarkerData {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(Math.max(end, start + 1));
  const empty = from.lineNumber === to.lineNumber && from.column === to.column;
  return {
    severity: SEVERITY[severity],
    message,
    startLineNumber: from.lineNumber,
    // At the end of a line there is nothing to underline: the character before stands for it.
    startColumn: empty ? Math.max(1, from.column - 1) : from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** An editor for one piece of SQL. */
export function createField(host: HTMLElement, options: FieldOptions) {
  const code = createEditor(monaco, host, options.label, options.dialect ?? 'postgresql');
  const text = code.getModel();
  if (options.dialect === undefined && text !== null) monaco.editor.setModelLanguage(text, 'plaintext');
  code.updateOptions({
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    wordWrap: 'on',
    hover: { enabled: 'on' },
    overviewRulerLanes: 0,
  });
  remeasureWithFonts(monaco);
  const theme = new MutationObserver(() => monaco.editor.setTheme(currentTheme()));
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  let writing = false;
  code.onDidChangeModelContent(() => {
    if (!writing) options.onType(code.getValue());
  });
  code.onDidBlurEditorText(options.onDone);
  code.onKeyDown((event) => {
    if (event.keyCode === monaco.KeyCode.Enter && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      options.onDone();
      options.onRun();
    } else if (event.keyCode === monaco.KeyCode.Escape) options.onBack();
  });
  return {
    show(text: string): void {
      const model = code.getModel();
      if (model === null || model.getValue() === text) return;
      writing = true;
      model.setValue(text);
      writing = false;
    },
    mark(marks: readonly FieldMark[]): void {
      const model = code.getModel();
      if (model !== null) {
        monaco.editor.setModelMarkers(
          model,
          OWNER,
          marks.map((one) => markerOf(model, one)),
        );
      }
    },
    /** Puts the caret there. */
    goTo(offset: number): void {
      const position = code.getModel()?.getPositionAt(offset);
      if (position === undefined) return;
      code.setPosition(position);
      code.revealPositionInCenterIfOutsideViewport(position);
      code.focus();
    },
    dispose(): void {
      theme.disconnect();
      const model = code.getModel();
      code.dispose();
      model?.dispose();
    },
  };
}
