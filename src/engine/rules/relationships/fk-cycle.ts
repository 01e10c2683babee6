import { recordIn } from '#model/collections.ts';
import { ancestorsOf, columnOf } from '#model/derive/columns.ts';
import type { Document, Relationship } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { memoWithInputs } from '../../memo.ts';
import { isNotNull } from '../../normalize/table-dependencies.ts';
import { defineRule, fix } from '../define.ts';

const remembered = memoWithInputs<Relationship, boolean>();

/** NOT NULL, checked at once, to another table: no insertion order satisfies it later. */
function isHard(document: Document, one: Relationship): boolean {
  if (one.childColumns.length === 0 || one.child === one.parent || one.deferral !== undefined || one.notEnforced === true)
    return false;
  const child = recordIn(document, 'tables', one.child);
  if (child === undefined) return false;
  const mandatory = () =>
    one.childColumns.every((id) => {
      const column = columnOf(document, child, id);
      return column !== undefined && isNotNull(document, child, column);
    });
  // What a table inherits may change while it stays the same record.
  return ancestorsOf(child).length > 0 ? mandatory() : remembered(one, [child, document.types], mandatory);
}

interface Known {
  readonly hard: readonly Relationship[];
  readonly cycles: readonly (readonly Relationship[])[];
}

let last: Known = { hard: [], cycles: [] };

/** The cycles of a document; found anew only when another set of foreign keys is hard. */
function cyclesOf(document: Document): Known['cycles'] {
  const hard = Object.values(document.relationships).filter((one) => isHard(document, one));
  if (hard.length !== last.hard.length || hard.some((one, at) => one !== last.hard[at])) {
    const edges = new Map<string, Relationship[]>();
    for (const one of hard) {
      const list = edges.get(one.child);
      if (list === undefined) edges.set(one.child, [one]);
      else list.push(one);
    }
    last = { hard, cycles: cycles(edges) };
  }
  return last.cycles;
}

/** One cycle for each group of tables that reach each other (Tarjan 1972 gives the groups; a walk inside gives the cycle). */
function cycles(edges: ReadonlyMap<string, readonly Relationship[]>): Relationship[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: Relationship[][] = [];
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    // Iterative: a chain of tables may be longer than the call stack is deep.
    const work: { table: string; next: number }[] = [{ table: root, next: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1) as { table: string; next: number };
      const { table } = frame;
      if (frame.next === 0) {
        index.set(table, index.size);
        low.set(table, index.get(table) as number);
        stack.push(table);
        onStack.add(table);
      }
      const edge = edges.get(table)?.[frame.next];
      if (edge !== undefined) {
        frame.next++;
        if (!index.has(edge.parent)) work.push({ table: edge.parent, next: 0 });
        else if (onStack.has(edge.parent)) low.set(table, Math.min(low.get(table) as number, index.get(edge.parent) as number));
        continue;
      }
      work.pop();
      const above = work.at(-1)?.table;
      if (above !== undefined) low.set(above, Math.min(low.get(above) as number, low.get(table) as number));
      if (low.get(table) !== index.get(table)) continue;
      const group = new Set(stack.splice(stack.indexOf(table)));
      for (const one of group) onStack.delete(one);
      if (group.size > 1) found.push(walk(edges, group));
    }
  }
  return found;
}

/** A cycle inside a strongly connected group: follow edges that stay inside until a table repeats. */
function walk(edges: ReadonlyMap<string, readonly Relationship[]>, group: ReadonlySet<string>): Relationship[] {
  const path: Relationship[] = [];
  const at = new Map<string, number>();
  let table = [...group].sort()[0] as string;
  while (!at.has(table)) {
    at.set(table, path.length);
    const edge = edges.get(table)?.find((one) => group.has(one.parent)) as Relationship;
    path.push(edge);
    table = edge.parent;
  }
  return path.slice(at.get(table));
}

export const fkCycle = defineRule({
  id: 'fk-cycle',
  category: 'relationships',
  scope: 'model',
  severity: 'warning',
  title: 'Cycle of mandatory foreign keys',
  docs: {
    what: 'Tables refer to each other in a circle by foreign keys that are NOT NULL and checked at once. A table that refers to itself is left alone: a row may refer to itself.',
    why: 'No first row can be inserted into any of them, and no order of loading works.',
    todo: 'Let one of the foreign keys be NULL, or make one DEFERRABLE INITIALLY DEFERRED so that it is checked at commit.',
  },
  sources: ['PostgreSQL documentation, SET CONSTRAINTS', 'Checked likewise by SchemaCrawler (LinterTableCycles)'],
  check(at) {
    const defers = TRAITS[at.document.settings['settings']?.dialect ?? 'postgresql'].defersChecks === true;
    return cyclesOf(at.document).map((cycle) => {
      const names = cycle.map((one) => at.table(one.child)?.title ?? one.child);
      const last = cycle.at(-1) as Relationship;
      return {
        at: cycle.map((one) => ({ record: one.id })),
        what: `${[...names, names[0]].join(' → ')}: each row needs the next to exist first.`,
        evidence: cycle.map(
          (one) => `${at.table(one.child)?.title}.${at.table(one.child)?.names(one.childColumns)} is NOT NULL and not deferrable`,
        ),
        fixes: defers
          ? [
              fix(`Check ${names.at(-1)} → ${names[0]} at commit (DEFERRABLE INITIALLY DEFERRED)`, {
                name: 'setRelationship' as const,
                args: { id: last.id, patch: { deferral: 'initially deferred' as const } },
              }),
            ]
          : [],
      };
    });
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE departments (id int PRIMARY KEY, head_id int NOT NULL);
CREATE TABLE employees (id int PRIMARY KEY, department_id int NOT NULL REFERENCES departments);
ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES employees;`,
        expect: ['departments → employees'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE departments (id int PRIMARY KEY, head_id int);
CREATE TABLE employees (id int PRIMARY KEY, department_id int NOT NULL REFERENCES departments);
ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES employees;`,
      },
      {
        ddl: `CREATE TABLE departments (id int PRIMARY KEY, head_id int NOT NULL);
CREATE TABLE employees (id int PRIMARY KEY, department_id int NOT NULL REFERENCES departments);
ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES employees DEFERRABLE INITIALLY DEFERRED;`,
      },
      {
        note: 'A row may refer to itself.',
        ddl: 'CREATE TABLE nodes (id int PRIMARY KEY, root_id int NOT NULL REFERENCES nodes);',
      },
    ],
  },
});
