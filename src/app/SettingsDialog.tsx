import { useDocumentState, usePreferences } from '#state/hooks.ts';
import { DEFAULT_PREFERENCES, setPreferences, type Theme } from '#state/preferences.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';
import { TextField } from '#ui/TextField.tsx';
import { DatabaseSelect } from './DatabaseSelect.tsx';
import { changeSettings } from './settings.ts';

const THEMES: readonly { readonly value: Theme; readonly label: string; readonly icon: IconName }[] = [
  { value: 'system', label: 'System', icon: 'Monitor' },
  { value: 'light', label: 'Light', icon: 'Sun' },
  { value: 'dark', label: 'Dark', icon: 'Moon' },
];

function ThemeChoice() {
  const theme = usePreferences((state) => state.theme);
  return (
    <fieldset className="flex gap-2">
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Appearance</legend>
      {THEMES.map(({ value, label, icon }) => (
        <label
          key={value}
          className={cx(
            'flex flex-1 cursor-pointer items-center gap-2 rounded-lg border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            theme === value ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={theme === value}
            onChange={() => setPreferences({ theme: value })}
          />
          <Icon name={icon} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function resetPanes(): void {
  const { navigatorOpen, inspectorOpen, dockOpen, navigatorWidth, inspectorWidth, dockHeight } = DEFAULT_PREFERENCES;
  setPreferences({ navigatorOpen, inspectorOpen, dockOpen, navigatorWidth, inspectorWidth, dockHeight });
}

/** What holds for this document, and how this browser shows the studio. */
export function SettingsDialog() {
  const settings = useDocumentState((state) => state.document.settings['settings']);
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  return (
    <Dialog open onOpenChange={() => openDialog(undefined)} title="Settings" size="sm">
      <div className="flex flex-col gap-5">
        <section className="flex flex-col gap-3" aria-label="This document">
          <TextField
            label="Name of the document"
            value={settings?.name ?? ''}
            disabled={readOnly}
            onCommit={(name) =>
              name.trim() !== '' && changeSettings({ name: name.trim() }, `Rename the document to ${name.trim()}`)
            }
          />
          <div className="flex flex-col gap-1">
            <span className="text-xs text-ink-2">DDL is written for</span>
            <DatabaseSelect />
          </div>
        </section>
        <ThemeChoice />
        <section className="flex items-center gap-3" aria-label="Panes">
          <span className="flex-1 text-ink-2">Sizes of the panes are remembered in this browser.</span>
          <Button icon="RotateCcw" onClick={resetPanes}>
            Reset panes
          </Button>
        </section>
      </div>
    </Dialog>
  );
}
