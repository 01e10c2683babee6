import type * as Monaco from 'monaco-editor/editor/editor.api';

/** Monaco knows no CSS variables in token colours: these are the tokens of theme.css once more, for both themes. */
const LIGHT = {
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f0f2f5',
  line: '#e0e4ea',
  lineStrong: '#c5ccd6',
  ink: '#141c26',
  ink2: '#4b5866',
  ink3: '#5f6b7b',
  accent: '#2457d6',
  accentSoft: '#e8eefc',
  bad: '#b92b2b',
  warn: '#8f5a00',
  keyword: '#7a3fc4',
  type: '#0b6c86',
  string: '#0f7347',
};

const DARK: typeof LIGHT = {
  surface: '#141a22',
  raised: '#19212b',
  sunken: '#10161d',
  line: '#27313d',
  lineStrong: '#3a4655',
  ink: '#e7ecf2',
  ink2: '#a9b4c1',
  ink3: '#94a0af',
  accent: '#7ea4ff',
  accentSoft: '#1c2b4d',
  bad: '#f28b8b',
  warn: '#e6b45c',
  keyword: '#c4a4f7',
  type: '#6fc6dc',
  string: '#7fd3a9',
};

function themeOf(base: 'vs' | 'vs-dark', c: typeof LIGHT): Monaco.editor.IStandaloneThemeData {
  const token = (name: string, colour: string, fontStyle?: string) => ({
    token: name,
    foreground: colour.slice(1),
    ...(fontStyle === undefined ? {} : { fontStyle }),
  });
  return {
    base,
    inherit: true,
    rules: [
      token('', c.ink),
      token('keyword', c.keyword),
      token('type', c.type),
      token('string', c.string),
      token('number', c.ink),
      token('comment', c.ink3, 'italic'),
      token('delimiter', c.ink2),
      token('identifier', c.ink),
    ],
    colors: {
      'editor.background': c.surface,
      'editor.foreground': c.ink,
      'editorLineNumber.foreground': c.ink3,
      'editorLineNumber.activeForeground': c.ink,
      'editor.lineHighlightBackground': `${c.accentSoft}80`,
      'editor.lineHighlightBorder': '#00000000',
      'editorCursor.foreground': c.accent,
      'editor.selectionBackground': `${c.accent}38`,
      'editor.inactiveSelectionBackground': `${c.accent}20`,
      'editorWidget.background': c.raised,
      'editorWidget.border': c.line,
      'editorWidget.foreground': c.ink,
      'editorHoverWidget.background': c.raised,
      'editorHoverWidget.border': c.line,
      'editorSuggestWidget.background': c.raised,
      'editorSuggestWidget.border': c.line,
      'editorSuggestWidget.selectedBackground': c.accentSoft,
      'editorSuggestWidget.selectedForeground': c.accent,
      'editorSuggestWidget.highlightForeground': c.accent,
      'input.background': c.sunken,
      'input.border': c.lineStrong,
      'input.foreground': c.ink,
      'menu.background': c.raised,
      'menu.foreground': c.ink,
      'menu.selectionBackground': c.accentSoft,
      'menu.selectionForeground': c.accent,
      'menu.border': c.line,
      'scrollbarSlider.background': `${c.lineStrong}80`,
      'scrollbarSlider.hoverBackground': c.lineStrong,
      'editorError.foreground': c.bad,
      'editorWarning.foreground': c.warn,
      'editorInfo.foreground': c.accent,
      'editorOverviewRuler.border': '#00000000',
      'editorGutter.background': c.surface,
      'editorBracketMatch.background': c.accentSoft,
      'editorBracketMatch.border': c.line,
      // Brackets of every depth look alike: only the pair at the caret stands out.
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, c.ink2])),
      focusBorder: c.accent,
    },
  };
}

export type ThemeName = 'crowfoot-light' | 'crowfoot-dark';

export function defineThemes(monaco: typeof Monaco): void {
  monaco.editor.defineTheme('crowfoot-light', themeOf('vs', LIGHT));
  monaco.editor.defineTheme('crowfoot-dark', themeOf('vs-dark', DARK));
}

/** The theme the page shows now. */
export function currentTheme(): ThemeName {
  return document.documentElement.dataset['theme'] === 'dark' ? 'crowfoot-dark' : 'crowfoot-light';
}
