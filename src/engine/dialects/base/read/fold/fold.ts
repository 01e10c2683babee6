import { type Outcome, skipped } from '../../../postgres/read/outcome.ts';
import type { Ddl } from '../ddl.ts';
import { alterTable } from './alter.ts';
import { alterSequence, alterTrigger } from './alter-objects.ts';
import { comment } from './comment.ts';
import { drop } from './drop.ts';
import type { Folding } from './folding.ts';
import { createRoutine, createSchema, createSequence, createTrigger, createType, createView, keepStatement } from './objects.ts';
import { rename } from './rename.ts';
import { createIndex, createTable } from './tables.ts';

/**
 * Applies what one statement says to the model, as the engine would to its catalog.
 * @returns what became of it; the folding's own outcome whenever something may still change it.
 */
export function foldDdl(folding: Folding, ddl: Ddl): Outcome {
  switch (ddl.kind) {
    case 'table':
      return createTable(folding, ddl);
    case 'create index':
      return createIndex(folding, ddl);
    case 'alter table':
      return alterTable(folding, ddl);
    case 'view':
      return createView(folding, ddl);
    case 'sequence':
      return createSequence(folding, ddl);
    case 'type':
      return createType(folding, ddl);
    case 'routine':
      return createRoutine(folding, ddl);
    case 'trigger':
      return createTrigger(folding, ddl);
    case 'comment':
      return comment(folding, ddl);
    case 'drop':
      return drop(folding, ddl);
    case 'rename':
      return rename(folding, ddl);
    case 'schema':
      return createSchema(folding, ddl);
    case 'alter trigger':
      return alterTrigger(folding, ddl);
    case 'alter sequence':
      return alterSequence(folding, ddl);
    case 'use':
      folding.state.searchPath = [ddl.schema];
      return skipped('names without a schema mean this one from here on', `schema ${ddl.schema}`);
    case 'skip':
      return skipped(ddl.reason);
    case 'keep':
      return keepStatement(folding, ddl);
  }
}
