import type { Command } from '../command.ts';
import { check } from './check.ts';
import { ddl } from './ddl.ts';
import { document } from './document.ts';
import { normalize } from './normalize.ts';

/** Every command, in the order the usage text lists them. */
export const COMMANDS: readonly Command[] = [ddl, check, document, normalize];
