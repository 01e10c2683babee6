import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { State } from './a11y-list.ts';

/**
 * What Monaco itself owns and we cannot set: its hidden text area and the layers it positions.
 * Colours of its text, line numbers and marks are ours (the editor's theme) and are checked.
 */
const MONACO_OWN = ['.monaco-editor .native-edit-context', '.monaco-editor textarea.inputarea', '.monaco-aria-container'];

/**
 * Checks what is on the screen by the rules of WCAG 2.2 A and AA; what is found reads as `rule: element`. The dark theme
 * changes colours and nothing else, so that only their rule is asked again.
 * @param part a selector of what is checked, where the rest was checked in another state.
 */
export async function expectAccessible(page: Page, state: State, part?: string): Promise<void> {
  const dark = (await page.locator('html[data-theme=dark]').count()) > 0;
  // There is one frame and nothing of another origin: no page of its own is needed to put results together.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  if (dark) builder.withRules(['color-contrast']);
  else builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  for (const own of MONACO_OWN) builder.exclude(own);
  if (part !== undefined) builder.include(part);
  const { violations, passes } = await builder.analyze();
  expect(passes.length, `rules that had something to judge: ${state}`).toBeGreaterThanOrEqual(dark ? 1 : 5);
  const said = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim() ?? ''})`),
  );
  expect.soft(said, `${state} (${dark ? 'dark' : 'light'})`).toEqual([]);
}

async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator(`html[data-theme=${colorScheme}]`)).toBeAttached();
}

/** Checks one state in both themes. The studio must follow the system's appearance. */
export async function expectAccessibleInBoth(page: Page, state: State, part?: string): Promise<void> {
  const now = (await page.locator('html[data-theme=dark]').count()) > 0 ? 'dark' : 'light';
  await expectAccessible(page, state, part);
  await wear(page, now === 'dark' ? 'light' : 'dark');
  await expectAccessible(page, state, part);
}
