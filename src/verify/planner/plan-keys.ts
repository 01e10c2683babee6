import { tableName } from './pretend-server.ts';
import type { RememberedPlans } from './remembered-plans.ts';
import type { PlannerSetup, SeenIndex } from './what-if.ts';

/** What a planner is open on. */
export interface PlanGround extends Pick<PlannerSetup, 'schema' | 'tables' | 'settings' | 'extensions'> {
  /** Of the server. */
  readonly version: string;
  /** The day, as `2026-01-31`: the planner works out `now()` and `current_date` when it estimates. */
  readonly day: string;
}

/**
 * Keys of plans. Equal keys are equal plans, to the last figure, in this database and in any other that is made alike. A plan
 * follows from
 * - the server's version, its settings, its extensions, and the day;
 * - every statement of the schema, whatever it makes: views, functions, policies, types and foreign keys all have a say, and
 *   what is changed may be what a name stands for;
 * - the statement with its values, and whether it is planned for any (`$1`), which is in its text;
 * - what is declared of the tables that the server opens for it. Which these are follows from the schema and the statement;
 * - the indexes on those tables that plans see, with their sizes, in the order in which the server made them: of two that
 *   cost the same the order decides.
 *
 * Not from indexes and facts of other tables, nor from calls, budgets and weights.
 */
export class PlanKeys {
  private readonly store: RememberedPlans;
  private readonly ground: number;
  private readonly tables: ReadonlyMap<string, number>;

  constructor(store: RememberedPlans, { version, day, settings = {}, extensions = [], schema, tables }: PlanGround) {
    this.store = store;
    const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
    const statements = schema.map(({ sql }) => sql);
    this.ground = store.numberOf(JSON.stringify([version, day, sorted, [...extensions].sort(), statements]));
    this.tables = new Map(tables.map((table) => [tableName(table), store.numberOf(JSON.stringify(table))]));
  }

  /** Of a statement, whatever indexes and facts there are. */
  statement(sql: string): string {
    return `${this.ground} ${this.store.numberOf(sql)}`;
  }

  /**
   * @param tables those that the statement opens, by `tableName`
   * @param seen indexes on them, with what candidates are in the place of their names
   */
  plan(sql: string, tables: readonly string[], seen: readonly SeenIndex[]): string {
    const declared = tables.map((table) => [table, this.tables.get(table) ?? 0]);
    const indexes = seen.map(({ name, root, rows, pages }) => [name, root === name ? 0 : root, rows, pages]);
    return `${this.statement(sql)} ${JSON.stringify([declared, indexes])}`;
  }
}
