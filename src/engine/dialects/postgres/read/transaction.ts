import type { TransactionStmt } from 'libpg-query';
import type { Outcome } from './outcome.ts';
import { skipped } from './outcome.ts';
import type { Restore } from './state.ts';
import type { Statement } from './statement.ts';

interface Mark {
  /** Name of a savepoint; absent for the transaction itself. */
  readonly name?: string;
  readonly restore: Restore | undefined;
  /** How many outcomes there were. */
  readonly outcomes: number;
  readonly searchPath: readonly string[];
}

const UNDONE = 'its transaction is rolled back, so it changes nothing';
const NOTHING = 'transaction: it changes nothing by itself';

/** Transactions of a text: what was folded since BEGIN or a savepoint is taken back by ROLLBACK. */
export class Transactions {
  /** Whether the text rolls back anywhere; when not, nothing is remembered for it. */
  expected = false;
  private marks: Mark[] = [];
  private outcomes: Outcome[] = [];
  private local = false;

  /** Another text begins: a session of its own. */
  begin(expected: boolean): void {
    this.expected = expected;
    this.marks = [];
    this.outcomes = [];
  }

  note(outcome: Outcome): void {
    if (this.expected && this.marks.length > 0) this.outcomes.push(outcome);
  }

  /** SET LOCAL lasts to the end of the transaction. */
  setLocal(): void {
    this.local = this.marks.length > 0;
  }

  private mark({ state }: Statement, name?: string): void {
    const restore = this.expected ? state.snapshot() : undefined;
    const outcomes = this.outcomes.length;
    this.marks.push({ restore, outcomes, searchPath: state.searchPath, ...(name === undefined ? {} : { name }) });
  }

  private end({ state }: Statement, mark: Mark | undefined): void {
    if (this.local && mark !== undefined) state.searchPath = mark.searchPath;
    this.local = false;
    this.marks = [];
    this.outcomes = [];
  }

  private undo(mark: Mark): number {
    mark.restore?.();
    let undone = 0;
    for (const outcome of this.outcomes.splice(mark.outcomes)) {
      if (outcome.state === 'skipped' || outcome.state === 'error') continue;
      outcome.state = 'skipped';
      outcome.reason = UNDONE;
      delete outcome.record;
      delete outcome.part;
      undone++;
    }
    return undone;
  }

  /** `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT` and their kin. */
  handle(statement: Statement, node: TransactionStmt): Outcome {
    const [first] = this.marks;
    const name = node.savepoint_name ?? '';
    const at = this.marks.findLastIndex((mark) => mark.name === name);
    const savepoint = this.marks[at];
    switch (node.kind) {
      case 'TRANS_STMT_BEGIN':
      case 'TRANS_STMT_START':
        if (first === undefined) this.mark(statement);
        return skipped(NOTHING);
      case 'TRANS_STMT_SAVEPOINT':
        if (first !== undefined) this.mark(statement, name);
        return skipped(NOTHING);
      case 'TRANS_STMT_RELEASE':
        if (savepoint !== undefined) this.marks.length = at;
        return skipped(NOTHING);
      case 'TRANS_STMT_ROLLBACK_TO':
        if (savepoint === undefined) return skipped(NOTHING);
        this.marks.length = at + 1;
        return sayUndone(this.undo(savepoint));
      case 'TRANS_STMT_ROLLBACK': {
        if (first === undefined) return skipped(NOTHING);
        const undone = this.undo(first);
        this.end(statement, undefined);
        if (node.chain === true) this.mark(statement);
        return sayUndone(undone);
      }
      default:
        this.end(statement, first);
        if (node.chain === true) this.mark(statement);
        return skipped(NOTHING);
    }
  }
}

function sayUndone(count: number): Outcome {
  if (count === 0) return skipped(NOTHING);
  return skipped(`transaction: it takes back ${count === 1 ? 'one statement' : `${count} statements`} before it`);
}
