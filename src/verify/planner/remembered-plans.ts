import { type Plan, planNodes } from '#engine/planner/plan.ts';

/** A plan and indexes of it. All name candidates by what they are, for each run numbers them anew. */
export interface RememberedPlan {
  readonly plan: Plan;
  readonly used: readonly string[];
  /** See `Planner.skipped`. */
  readonly skipped: readonly string[];
}

/** Characters of a key that take the room of a node. */
const KEY_OF_NODE = 250;

export interface RememberedLimits {
  /** Nodes of all plans together, at half a kilobyte each; a long key counts as some. Default 60,000: thirty megabytes. */
  readonly nodes?: number;
  /** Characters of the texts that keys stand for: schemas, statistics, statements. Default 16 million. */
  readonly characters?: number;
}

/**
 * Plans of earlier questions, by a key of all that they depend on (`PlanKeys`); those that were not asked for the longest go
 * first. Texts are numbered, so that keys are short: no number is ever given twice.
 */
export class RememberedPlans {
  private readonly most: Required<RememberedLimits>;
  private readonly plans = new Map<string, RememberedPlan & { readonly nodes: number }>();
  private readonly tables = new Map<string, readonly string[]>();
  private readonly numbers = new Map<string, number>();
  private next = 1;
  private characters = 0;
  private held = 0;

  constructor({ nodes = 60_000, characters = 16e6 }: RememberedLimits = {}) {
    this.most = { nodes, characters };
  }

  /** Room that is taken, in nodes. */
  get nodes(): number {
    return this.held;
  }

  /** The number of a text: equal for equal texts, until too many were seen. */
  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    if (this.characters + text.length > this.most.characters) this.forget();
    const number = this.next;
    this.next += 1;
    this.characters += text.length;
    this.numbers.set(text, number);
    return number;
  }

  /** Everything goes, but for what was given out as a number. */
  private forget(): void {
    this.numbers.clear();
    this.tables.clear();
    this.plans.clear();
    this.characters = 0;
    this.held = 0;
  }

  tablesOf(statement: string): readonly string[] | undefined {
    return this.tables.get(statement);
  }

  keepTables(statement: string, tables: readonly string[]): void {
    this.tables.set(statement, tables);
  }

  find(key: string): RememberedPlan | undefined {
    const found = this.plans.get(key);
    if (found === undefined) return undefined;
    this.plans.delete(key);
    this.plans.set(key, found);
    return found;
  }

  keep(key: string, { plan, used, skipped }: RememberedPlan): void {
    const nodes = [...planNodes(plan.root)].length + Math.floor(key.length / KEY_OF_NODE);
    this.drop(key);
    this.plans.set(key, { plan, used, skipped, nodes });
    this.held += nodes;
    for (const oldest of this.plans.keys()) {
      if (this.held <= this.most.nodes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const gone = this.plans.get(key);
    if (gone === undefined) return;
    this.plans.delete(key);
    this.held -= gone.nodes;
  }
}
