import { readFileSync } from 'node:fs';
import { utf8Length } from '#engine/dialects/postgres/names.ts';
import { checkText } from '#engine/dialects/postgres/quote.ts';

const ALL = JSON.parse(readFileSync(new URL('../data/naughty-strings/blns.json', import.meta.url), 'utf8')) as string[];

/** Naughty strings that PostgreSQL can hold as text. */
export const NAUGHTY_TEXTS: readonly string[] = ALL.filter((text) => checkText(text, 'text').ok);

/** Those that are names in full: neither empty nor cut at 63 bytes. */
export const NAUGHTY_NAMES: readonly string[] = NAUGHTY_TEXTS.filter((text) => text !== '' && utf8Length(text) <= 63);
