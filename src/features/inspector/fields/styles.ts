/** What every input of the inspector looks like; width and font are added where it stands. */
export const INPUT =
  'min-w-0 rounded-md border border-line-strong bg-surface px-2 text-[12.5px] text-ink placeholder:text-ink-3 hover:border-ink-3 ' +
  'focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent aria-invalid:border-bad disabled:opacity-50';

export const MONO = 'font-mono text-[11.5px]';
