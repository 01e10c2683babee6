import type { AlterTableCmd } from 'libpg-query';
import { withResidue } from './outcome.ts';
import type { MutableTable } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Range } from './tokens.ts';

/** One command of an ALTER TABLE with the table and the tokens of the command. */
export interface Alteration {
  readonly statement: Statement;
  readonly table: MutableTable;
  readonly command: AlterTableCmd;
  readonly range: Range;
}

/** Keeps one command as a statement of its own. */
export function keepCommand({ statement, table, range }: Alteration, reason: string): void {
  const { state, source } = statement;
  const only = source.find('ONLY', 0, 5) >= 0 ? 'ONLY ' : '';
  const sql = `ALTER TABLE ${only}${state.sqlName(table.schema, table.name)} ${source.slice(range)}`;
  keepVerbatim(statement, 'ALTER TABLE', sql, 'last', table.id);
  withResidue(statement.outcome, `${reason}, kept as text`);
}
