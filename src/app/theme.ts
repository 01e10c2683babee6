import { preferencesStore } from '#state/preferences.ts';

/** Keeps the page's theme as the preference or the system says. Returns how to stop. */
export function followTheme(): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = preferencesStore.getState();
    const dark = theme === 'dark' || (theme === 'system' && system.matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
  const stop = preferencesStore.subscribe(apply);
  return () => {
    system.removeEventListener('change', apply);
    stop();
  };
}
