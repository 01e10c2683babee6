import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { chooseDatabase, isBlank } from '#state/move.ts';
import { focusPane, isPaneOpen, showDock, togglePane } from '#state/panes.ts';
import { preferencesStore, setPreferences } from '#state/preferences.ts';
import { openDialog } from '#state/view.ts';
import { cyclePanes } from './focus.ts';
import { allChoices, choiceOf } from './versions.ts';

function focusDock(tab: 'ddl' | 'problems'): void {
  showDock(tab);
  focusPane('dock');
}

/** What can be done with the frame itself. */
export const frameActions: readonly Action[] = [
  {
    id: 'view.navigator',
    label: 'Show or hide the navigator',
    group: 'View',
    icon: 'PanelLeft',
    keys: ['mod+b'],
    checked: () => isPaneOpen('navigator'),
    run: () => togglePane('navigator'),
  },
  {
    id: 'view.dock',
    label: 'Show or hide the dock',
    group: 'View',
    icon: 'PanelBottom',
    keys: ['mod+j'],
    checked: () => isPaneOpen('dock'),
    run: () => togglePane('dock'),
  },
  {
    id: 'view.inspector',
    label: 'Show or hide the inspector',
    group: 'View',
    icon: 'PanelRight',
    keys: ['mod+alt+b'],
    checked: () => isPaneOpen('inspector'),
    run: () => togglePane('inspector'),
  },
  { id: 'view.nextPane', label: 'Go to the next pane', group: 'Go', icon: 'ArrowRight', keys: ['f6'], run: () => cyclePanes(1) },
  {
    id: 'view.previousPane',
    label: 'Go to the previous pane',
    group: 'Go',
    icon: 'ArrowLeft',
    keys: ['shift+f6'],
    run: () => cyclePanes(-1),
  },
  {
    id: 'go.canvas',
    label: 'Go to the canvas',
    group: 'Go',
    icon: 'Workflow',
    keys: ['mod+alt+1'],
    run: () => focusPane('canvas'),
  },
  {
    id: 'go.navigator',
    label: 'Go to the navigator',
    group: 'Go',
    icon: 'ListTree',
    keys: ['mod+alt+2'],
    run: () => focusPane('navigator'),
  },
  {
    id: 'go.inspector',
    label: 'Go to the inspector',
    group: 'Go',
    icon: 'PanelRight',
    keys: ['mod+alt+3'],
    run: () => focusPane('inspector'),
  },
  { id: 'go.ddl', label: 'Go to the DDL', group: 'Go', icon: 'FileCode', keys: ['mod+alt+4'], run: () => focusDock('ddl') },
  {
    id: 'go.problems',
    label: 'Go to the problems',
    group: 'Go',
    icon: 'ListChecks',
    keys: ['mod+alt+5'],
    run: () => focusDock('problems'),
  },
  {
    id: 'view.themeLight',
    label: 'Light appearance',
    group: 'View',
    icon: 'Sun',
    keywords: ['theme'],
    checked: () => preferencesStore.getState().theme === 'light',
    run: () => setPreferences({ theme: 'light' }),
  },
  {
    id: 'view.themeDark',
    label: 'Dark appearance',
    group: 'View',
    icon: 'Moon',
    keywords: ['theme'],
    checked: () => preferencesStore.getState().theme === 'dark',
    run: () => setPreferences({ theme: 'dark' }),
  },
  {
    id: 'view.themeSystem',
    label: 'Appearance as the system',
    group: 'View',
    icon: 'Monitor',
    keywords: ['theme'],
    checked: () => preferencesStore.getState().theme === 'system',
    run: () => setPreferences({ theme: 'system' }),
  },
  ...allChoices().map(({ value, label }): Action => {
    const { dialect, version } = choiceOf(value);
    const settings = () => documentStore.getState().document.settings['settings'];
    const isOwn = () => settings()?.dialect === dialect;
    return {
      id: `settings.version.${dialect}.${version}`,
      label: `Write DDL for ${label}`,
      group: 'File',
      icon: 'Database',
      keywords: ['target', 'version', 'dialect'],
      when: () => documentStore.getState().readOnly === undefined && (isOwn() || isBlank(documentStore.getState().document)),
      checked: () => isOwn() && settings()?.version === version,
      run: () => chooseDatabase(dialect, version),
    };
  }),
  {
    id: 'view.settings',
    label: 'Settings',
    group: 'View',
    icon: 'Settings',
    keywords: ['preferences', 'options'],
    run: () => openDialog('settings'),
  },
  {
    id: 'help.shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Help',
    icon: 'Keyboard',
    keys: ['?'],
    keywords: ['keys', 'help'],
    run: () => openDialog('shortcuts'),
  },
];
