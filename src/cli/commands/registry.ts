import type { Command } from '../command.ts';
import { catalog } from './catalog.ts';
import { check } from './check.ts';
import { ddl } from './ddl.ts';
import { denormalize } from './denormalize.ts';
import { discover } from './discover.ts';
import { document } from './document.ts';
import { indexes } from './indexes.ts';
import { normalize } from './normalize.ts';

/** Every command, in the order the usage text lists them. */
export const COMMANDS: readonly Command[] = [ddl, catalog, check, document, normalize, denormalize, discover, indexes];
