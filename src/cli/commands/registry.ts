import type { Command } from '../command.ts';
import { ddl } from './ddl.ts';
import { document } from './document.ts';

/** Every command, in the order the usage text lists them. */
export const COMMANDS: readonly Command[] = [ddl, document];
