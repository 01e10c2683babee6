import type { Severity } from '#engine/finding.ts';
import type { IconName } from '#ui/icons.ts';

/** How a severity looks: never by colour alone. */
export const LOOK: Readonly<Record<Severity, { readonly icon: IconName; readonly tone: string; readonly word: string }>> = {
  error: { icon: 'CircleAlert', tone: 'text-bad', word: 'Error' },
  warning: { icon: 'TriangleAlert', tone: 'text-warn', word: 'Warning' },
  info: { icon: 'Info', tone: 'text-accent', word: 'Note' },
};
