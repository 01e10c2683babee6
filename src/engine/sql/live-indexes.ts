import { recordIn } from '#model/collections.ts';
import type { IndexDecision } from '#model/decision-types.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import type { LiveIndexes, LiveStatement } from '../dialects/base/write/live-indexes.ts';
import { FRAMES, framed } from '../dialects/frames.ts';
import { LIVE_INDEXES } from '../dialects/live-indexes.ts';
import { kitOf } from '../dialects/writers.ts';

/** The way there and the way back. */
export interface LiveScripts {
  readonly up: string;
  readonly down: string;
}

interface Decided {
  readonly made: ReadonlySet<Id>;
  /** The last that was decided of each, if it is gone indeed. */
  readonly dropped: readonly { readonly table: Table | View; readonly decision: IndexDecision }[];
}

/** What decisions that hold say of indexes, as far as the model still is so. */
function decidedOf(document: Document): Decided {
  const made = new Set<Id>();
  const dropped = new Map<string, { table: Table | View; decision: IndexDecision }>();
  const inOrder = Object.values(document.decisions)
    .filter(({ status, indexes }) => status === 'accepted' && indexes !== undefined)
    .sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
  for (const decision of inOrder.flatMap(({ indexes }) => indexes?.indexes ?? [])) {
    const table = recordIn(document, 'tables', decision.table) ?? recordIn(document, 'views', decision.table);
    if (table === undefined) continue;
    if (decision.action === 'make') made.add(decision.index);
    else if (!table.indexes.some(({ id, name }) => id === decision.index || name === decision.name))
      dropped.set(`${table.id} ${decision.name}`, { table, decision });
  }
  return { made, dropped: [...dropped.values()] };
}

/** Statements with what their locks ask for before them. */
function scriptLines(live: LiveIndexes, statements: readonly LiveStatement[]): readonly string[] {
  let last: LiveStatement['lock'] | undefined;
  return statements.flatMap(({ sql, lock }) => {
    const before = lock === last ? [] : live.before[lock];
    last = lock;
    return [...before, sql];
  });
}

const GAP = '\n\n';

/** Remarks, one a line: a name that has line breaks ends no remark. */
const remark = (lines: readonly string[]) =>
  lines.map((line) => `-- ${line.replaceAll(/[\n\r\f\u0085\u2028\u2029]+/g, ' ')}`).join('\n');

/**
 * Indexes for a system that runs, with the way back: those of the model are made while others read and write, those that a
 * decision dropped are taken away. The way back takes back what decisions did; without any, all that the script made.
 * @param version of the target
 */
export function liveIndexScripts(document: Document, version: number): LiveScripts {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const live = LIVE_INDEXES[dialect];
  const target = { document, version };
  const { made, dropped } = decidedOf(document);
  const all = live.makes(target).filter(({ statements }) => statements.length > 0);
  const someDecided = all.some(({ index }) => made.has(index)) || dropped.length > 0;
  const isOurs = ({ index }: { readonly index: Id }) => !someDecided || made.has(index);
  const ours = all.filter(isOurs);
  const others = all.filter((one) => !isOurs(one));
  const run = live.passesOver ? all : ours;
  const said = others.map(({ name, index }) => (name === '' ? index : name));

  const drops = dropped.flatMap(({ table, decision }) => live.drop(target, table, decision.name));
  const again = dropped.flatMap(({ table, decision: { name, sql } }) =>
    sql.trim() === '' ? [] : live.again(target, { table, name, sql }),
  );
  const back = ours.toReversed().flatMap((one) => {
    const on = recordIn(document, 'tables', one.on) ?? recordIn(document, 'views', one.on);
    return on === undefined ? [] : live.drop(target, on, one.name);
  });
  const frame = FRAMES[dialect];
  const text = (statements: readonly LiveStatement[], head: readonly string[], tail: readonly string[], empty: string) => {
    if (statements.length === 0) return `${remark([empty])}\n`;
    const after = kitOf(dialect)?.after;
    const lines = scriptLines(live, statements).map((sql) =>
      after === undefined || sql.endsWith(after) ? sql : framed(frame, [sql]),
    );
    const parts = [
      remark([...head, ...live.says]),
      framed(frame, live.begin),
      ...lines,
      framed(frame, live.end),
      ...(tail.length === 0 ? [] : [remark(tail)]),
    ];
    return `${parts.filter((one) => one !== '').join(GAP)}\n`;
  };
  return {
    up: text(
      [...run.flatMap((one) => one.statements), ...drops],
      ['Indexes for a system that runs, with the tables and partitions of the model.'],
      !live.passesOver && said.length > 0 ? ['Taken to be there already, so not made here:', ...said] : [],
      'Nothing to add in this step.',
    ),
    down: text(
      [...again, ...back],
      ['The way back: what was decided on is taken back while the system runs.'],
      said.length > 0 ? ['Left as they are, for they may have been there before:', ...said] : [],
      'Nothing to take back in this step.',
    ),
  };
}
