import { columnsOf } from '#model/derive/columns.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { namingOf } from '../../dialects/naming.ts';
import { writeDocument } from '../../sql/write.ts';
import { isStoredView } from '../../workload/stored-view.ts';
import type { Role } from '../candidates/candidate.ts';
import type { AskedProblem } from '../select/explore.ts';
import type { AdvisedPart, IndexCard } from './advice.ts';
import { IndexNames } from './names.ts';
import type { PreparedAdvice, PreparedCandidate } from './prepare.ts';
import { type PresentIndex, writtenParts } from './present.ts';
import { writesOf } from './scenario.ts';

const DAYS = 3 * 365;
const ON_STORED_ROWS =
  'It stands on a materialized view: each REFRESH makes it anew. That is weighed where the workload has the REFRESH with its calls.';

interface Parts {
  readonly elements: readonly IndexElement[];
  readonly include: readonly Id[];
  /** By column id or expression. */
  readonly roles: ReadonlyMap<string, Role>;
}

function partsOf(document: Document, table: Table, { elements, include, roles }: Parts): readonly AdvisedPart[] {
  const columns = columnsOf(document, table);
  const { ident } = namingOf(document);
  const part = ({ column, columnName, expression, order }: IndexElement, included: boolean): AdvisedPart => {
    const name = columns.find((one) => one.id === column)?.name;
    const role = included ? 'I' : roles.get(column ?? expression ?? '');
    return {
      text: name === undefined ? (expression ?? columnName ?? '') : ident(name),
      ...(column === undefined ? {} : { column }),
      ...(role === undefined ? {} : { role }),
      ...(order === 'desc' ? { desc: true as const } : {}),
    };
  };
  return [...elements.map((one) => part(one, false)), ...include.map((column) => part({ column }, true))];
}

/** What a table's index will take of room in three years, when the table grows as it does. */
function grown(table: Table, rows: number, bytes: number): { readonly bytesInThreeYears?: number } {
  const perDay = table.facts?.rowsPerDay;
  if (perDay === undefined || rows <= 0) return {};
  return { bytesInThreeYears: (bytes * Math.max(0, rows + perDay * DAYS)) / rows };
}

/** Makes cards of indexes that are and could be. */
export class Cards {
  private readonly document: Document;
  private readonly problem: AskedProblem;
  private readonly rowsOf: (table: Id) => number;
  private readonly bytes: ReadonlyMap<string, number>;
  private readonly advised: ReadonlySet<string>;
  /** By id the name that it has or would be given. */
  readonly names: ReadonlyMap<string, string>;
  private readonly sql: ReadonlyMap<string, string>;

  /** @param advised ids of the answer; the others are named after these */
  constructor(
    document: Document,
    prepared: Pick<PreparedAdvice, 'candidates' | 'present'>,
    problem: AskedProblem,
    rowsOf: (table: Id) => number,
    advised: readonly string[],
  ) {
    this.document = document;
    this.problem = problem;
    this.rowsOf = rowsOf;
    this.bytes = new Map(problem.indexes.map((one) => [one.id, one.bytes]));
    this.advised = new Set(advised);
    const given = new IndexNames(document);
    const names = new Map(prepared.present.map((one) => [one.id, one.name]));
    const ordered = [...prepared.candidates].sort((a, b) => Number(this.advised.has(b.id)) - Number(this.advised.has(a.id)));
    for (const { id, table, candidate } of ordered) names.set(id, given.give(table, candidate.index));
    this.names = names;
    this.sql = statements(document, prepared.candidates, names);
  }

  private writeCost(id: string): number {
    const { advised, problem } = this;
    const [without, with_] = [new Set(advised), new Set(advised).add(id)];
    without.delete(id);
    return writesOf(problem, with_) - writesOf(problem, without);
  }

  ofCandidate({ id, table, candidate }: PreparedCandidate): IndexCard {
    const { index, reasons, notes, extension } = candidate;
    const roles = new Map(candidate.parts.map(({ term, role }) => [term.column ?? term.expression ?? '', role]));
    const bytes = this.bytes.get(id) ?? 0;
    const name = this.names.get(id) as string;
    return {
      id,
      table: table.id,
      name,
      parts: partsOf(this.document, table, { elements: index.elements, include: index.include ?? [], roles }),
      ...(index.where === undefined ? {} : { where: index.where }),
      ...(index.method === undefined ? {} : { method: index.method }),
      ...(index.unique === true ? { unique: true as const } : {}),
      sql: this.sql.get(id) ?? '',
      index: { ...index, name },
      reasons,
      notes: isStoredView(table) ? [...notes, ON_STORED_ROWS] : notes,
      ...(extension === undefined ? {} : { extension }),
      bytes,
      ...grown(table, this.rowsOf(table.id), bytes),
      writeCost: this.writeCost(id),
    };
  }

  ofPresent({ id, name, table: of, index, part, elements, include, rule, sql }: PresentIndex): IndexCard {
    const table = this.document.tables[of] as Table;
    const bytes = this.bytes.get(id) ?? 0;
    return {
      id,
      table: of,
      name,
      parts: partsOf(this.document, table, { elements, include, roles: new Map() }),
      ...(index?.where === undefined ? {} : { where: index.where }),
      ...(index?.method === undefined ? {} : { method: index.method }),
      ...(rule ? { unique: true as const } : {}),
      sql,
      ...(index === undefined ? {} : { existing: part }),
      reasons: [],
      notes: [],
      bytes,
      ...grown(table, this.rowsOf(of), bytes),
      writeCost: this.writeCost(id),
    };
  }
}

/** What makes each candidate, with the name it would be given. */
function statements(
  document: Document,
  candidates: readonly PreparedCandidate[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byTable = new Map<Id, PreparedCandidate[]>();
  for (const one of candidates) byTable.set(one.table.id, [...(byTable.get(one.table.id) ?? []), one]);
  const tables = Object.entries(document.tables).map(([id, table]): [Id, Table] => {
    const more = (byTable.get(id) ?? []).map((one) => ({ ...one.candidate.index, id: one.id, name: names.get(one.id) as string }));
    return [id, { ...table, indexes: [...table.indexes, ...more] }];
  });
  const { version = 18 } = document.settings['settings'] ?? {};
  const made = { ...document, tables: Object.fromEntries(tables) };
  return writtenParts(made, writeDocument(made, { version }).statements);
}
