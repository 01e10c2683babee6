/** Everything of Monaco the studio ships: loaded as one lazy chunk. Nothing else imports the package's code. */
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/readOnlyMessage/register';
// The list itself: what is registered as the feature brings only suggestions within a line.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import * as monaco from 'monaco-editor/editor/editor.api';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { completionOf } from './completion.ts';
import { sqlLanguages } from './languages.ts';
import { defineThemes } from './theme.ts';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
for (const { id, dialect, tokens, configuration } of sqlLanguages()) {
  monaco.languages.register({ id, aliases: ['SQL'] });
  monaco.languages.setMonarchTokensProvider(id, tokens);
  monaco.languages.setLanguageConfiguration(id, configuration);
  monaco.languages.registerCompletionItemProvider(id, completionOf(dialect));
}
defineThemes(monaco);

export { monaco };
