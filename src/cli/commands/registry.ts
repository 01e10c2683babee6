import type { Command } from '../command.ts';
import { ddl } from './ddl.ts';

/** Every command, in the order the usage text lists them. */
export const COMMANDS: readonly Command[] = [ddl];
