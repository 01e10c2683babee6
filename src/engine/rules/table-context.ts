import type { Column } from '#model/column-types.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Ref, Relationship, Table } from '#model/types.ts';
import { type Budget, UNLIMITED } from '../budget.ts';
import { verdictOf } from '../normalize/judge-table.ts';
import { isNotNull } from '../normalize/table-dependencies.ts';
import type { Verdict } from '../normalize/verdict.ts';
import type { PgParser } from '../sql/parser-port.ts';
import type { WorkloadReport } from '../workload/report.ts';
import { titleOf } from './labels.ts';

/** A table as rules see it: with the columns it inherits and the relationships that touch it. */
export interface TableContext {
  readonly document: Document;
  readonly table: Table;
  /** Inherited ones included. */
  readonly columns: readonly Column[];
  /** Foreign keys this table holds (relationships without columns are left out). */
  readonly outgoing: readonly Relationship[];
  readonly incoming: readonly Relationship[];
  /** As people say it: `orders`, or `sales.orders` outside of the implicit schema. */
  readonly title: string;
  column(id: Id): Column | undefined;
  /** Name of a column, or its id when it is gone. */
  name(id: Id): string;
  /** `a, b` */
  names(ids: readonly Id[]): string;
  notNull(id: Id): boolean;
  /** The column stands in this table itself, so that a command can change it here. */
  owns(id: Id): boolean;
  ref(part?: Id): Ref;
  verdict(): Verdict;
  /** PostgreSQL's parser, where one is loaded. */
  readonly parser: PgParser | undefined;
}

/** What a run of the rules is given from outside. */
export interface CheckPorts {
  readonly parser?: PgParser | undefined;
  /** What the queries of the workload say; absent: they are read anew at each check. */
  readonly workload?: ((document: Document) => WorkloadReport) | undefined;
  /** For the normal form of one table. */
  readonly budget?: (() => Budget) | undefined;
}

const NONE: readonly Relationship[] = [];

export function tableContext(document: Document, table: Table, ports: CheckPorts = {}): TableContext {
  const links = linksOf(document);
  const columns = columnsOf(document, table);
  const column = (id: Id) => columnOf(document, table, id);
  const name = (id: Id) => column(id)?.name ?? id;
  return {
    document,
    table,
    columns,
    outgoing: (links.byChild.get(table.id) ?? NONE).filter((one) => one.childColumns.length > 0),
    incoming: (links.byParent.get(table.id) ?? NONE).filter((one) => one.childColumns.length > 0),
    title: titleOf(document, table),
    column,
    name,
    names: (ids) => ids.map(name).join(', '),
    notNull(id) {
      const found = column(id);
      return found !== undefined && isNotNull(document, table, found);
    },
    owns: (id) => table.columns.some((one) => one.id === id),
    ref: (part) => (part === undefined ? { record: table.id } : { record: table.id, part }),
    verdict: () => verdictOf(document, table, ports.budget?.() ?? UNLIMITED),
    parser: ports.parser,
  };
}
