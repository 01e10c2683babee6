import type { Dialect } from '#model/types.ts';
import { createEditor, remeasureWithFonts } from './create-editor.ts';
import { languageOf } from './languages.ts';
import { monaco } from './monaco.ts';
import { currentTheme } from './theme.ts';

/** An editor that shows SQL and takes no typing. */
export function createPreview(host: HTMLElement, label: string) {
  const code = createEditor(monaco, host, label, 'postgresql');
  code.updateOptions({ readOnly: true, readOnlyMessage: { value: 'This is what would be written; it is changed above.' } });
  remeasureWithFonts(monaco);
  const theme = new MutationObserver(() => monaco.editor.setTheme(currentTheme()));
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return {
    show(text: string, dialect: Dialect): void {
      const model = code.getModel();
      if (model === null) return;
      monaco.editor.setModelLanguage(model, languageOf(dialect));
      if (model.getValue() === text) return;
      const scroll = code.getScrollTop();
      model.setValue(text);
      code.setScrollTop(scroll);
    },
    dispose(): void {
      theme.disconnect();
      const model = code.getModel();
      code.dispose();
      model?.dispose();
    },
  };
}
