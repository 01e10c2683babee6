let held = '';

/** Keeps what is typed while a dialog is still on its way; the empty text forgets it. */
export function keepTypedAhead(text: string): void {
  held = text;
}

/** What was typed before the dialog was there. */
export function typedAhead(): string {
  return held;
}
