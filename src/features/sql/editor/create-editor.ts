import type { editor } from 'monaco-editor/editor/editor.api';
import type { Dialect } from '#model/types.ts';
import { languageOf } from './languages.ts';
import type { monaco as Monaco } from './monaco.ts';
import { currentTheme } from './theme.ts';

type MonacoApi = typeof Monaco;

/** The editor as the studio wants it: no trap for Tab, the shipped fonts, nothing that asks the network. */
export function createEditor(monaco: MonacoApi, host: HTMLElement, label: string, dialect: Dialect): editor.IStandaloneCodeEditor {
  monaco.editor.setTheme(currentTheme());
  const model = monaco.editor.createModel('', languageOf(dialect));
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  const editor = monaco.editor.create(host, {
    model,
    ariaLabel: label,
    automaticLayout: true,
    fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
    fontLigatures: false,
    fontSize: 12,
    lineHeight: 19,
    minimap: { enabled: false },
    tabFocusMode: true,
    tabSize: 4,
    insertSpaces: true,
    detectIndentation: false,
    scrollBeyondLastLine: false,
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 20,
    folding: false,
    guides: { indentation: false, bracketPairs: false },
    stickyScroll: { enabled: false },
    glyphMargin: false,
    overviewRulerLanes: 2,
    hideCursorInOverviewRuler: true,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    matchBrackets: 'near',
    wordBasedSuggestions: 'currentDocument',
    quickSuggestions: false,
    suggestOnTriggerCharacters: false,
    hover: { enabled: 'off' },
    links: false,
    unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
    unusualLineTerminators: 'off',
    fixedOverflowWidgets: true,
    padding: { top: 6, bottom: 6 },
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
    roundedSelection: false,
    contextmenu: true,
  });
  // After the editor was made: making it gives its model the defaults again. The whole text would be parsed for the
  // brackets of one screen.
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  return editor;
}

/** When the fonts arrive after the editor, its measures of a character are wrong: it measures again. */
export function remeasureWithFonts(monaco: MonacoApi): void {
  void document.fonts?.ready.then(() => monaco.editor.remeasureFonts());
}
