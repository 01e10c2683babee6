import type { Steps } from '../../steps.ts';
import { Chosen } from './chosen.ts';
import { descend, type Incumbent, startFrom } from './improve.ts';
import type { Instance } from './instance.ts';
import { type Decisions, killOptions, Relaxation, type Relaxed } from './relaxation.ts';

/** What a proof has come to. */
export interface Proof {
  /** No answer costs less. */
  readonly bound: number;
  /** How many partial answers were looked at. */
  readonly nodes: number;
}

export interface BranchLimits {
  /** Partial answers that are looked at, at most. */
  readonly nodes: number;
  /** Called with the bound for the whole as it rises. */
  told?(bound: number): void;
}

interface Node {
  readonly decisions: Decisions;
  readonly dead: Uint8Array;
  readonly prices: Float64Array;
  bound: number;
}

const ROOT_ITERATIONS = 1500;
const NODE_ITERATIONS = 120;

/** Decides an index and all that follows. False when that contradicts what is decided. */
function decide(instance: Instance, decisions: Decisions, index: number, value: 1 | -1): boolean {
  const follow = value === 1 ? (instance.needs[index] ?? []) : [index, ...(instance.neededBy[index] ?? [])];
  for (const one of follow) {
    if (decisions[one] === -value) return false;
    decisions[one] = value;
  }
  if (value === 1)
    for (const one of follow)
      for (const rival of instance.conflicts[one] ?? [])
        if (decisions[rival] !== -1 && !decide(instance, decisions, rival, -1)) return false;
  return true;
}

/** Draws what follows from the decisions: room, options that are gone, indexes that nothing uses. False when nothing fits. */
function propagate(instance: Instance, decisions: Decisions, dead: Uint8Array): boolean {
  const { bytes, memberStart, member, neededBy } = instance;
  for (;;) {
    let room = instance.budget;
    for (let i = 0; i < decisions.length; i++) if (decisions[i] === 1) room -= bytes[i] as number;
    if (room < 0) return false;
    let changed = false;
    const used = new Uint8Array(decisions.length);
    for (let option = 0; option < dead.length; option++) {
      if (dead[option] === 1) continue;
      const members = member.subarray(memberStart[option], memberStart[option + 1]);
      if (members.some((index) => decisions[index] === -1)) dead[option] = 1;
      else for (const index of members) used[index] = 1;
    }
    for (let index = 0; index < decisions.length; index++) {
      if (decisions[index] !== 0) continue;
      const idle = used[index] === 0 && !neededBy[index]?.some((one) => decisions[one] === 0);
      if (!idle && (bytes[index] as number) <= room) continue;
      if (!decide(instance, decisions, index, -1)) return false;
      changed = true;
    }
    if (!changed) return true;
  }
}

/** Branch and bound over which indexes are in, depth first, with bounds by Lagrangian relaxation. */
class Branching {
  private readonly incumbent: Incumbent;
  private readonly instance: Instance;
  private readonly relaxation: Relaxation;
  private readonly limits: BranchLimits;
  private readonly open: Node[] = [];
  private nodes = 0;

  constructor(incumbent: Incumbent, limits: BranchLimits) {
    this.incumbent = incumbent;
    this.instance = incumbent.instance;
    this.relaxation = new Relaxation(incumbent.instance);
    this.limits = limits;
  }

  /** Answers must be better than this to matter. */
  private goal(): number {
    return this.incumbent.total - this.incumbent.rounding;
  }

  private boundOfAll(current: number): number {
    return this.open.reduce((least, { bound }) => Math.min(least, bound), Math.min(current, this.incumbent.total));
  }

  *run(): Steps<Proof> {
    const decisions: Decisions = Int8Array.from(this.instance.kept);
    const dead = new Uint8Array(this.instance.optionCost.length);
    const prices = new Float64Array(this.relaxation.links);
    this.open.push({ decisions, dead, prices, bound: Number.NEGATIVE_INFINITY });
    for (let node = this.open.pop(); node !== undefined; node = this.open.pop()) {
      if (node.bound >= this.goal()) continue;
      if (this.nodes >= this.limits.nodes || this.incumbent.stop())
        return { bound: this.boundOfAll(node.bound), nodes: this.nodes };
      this.nodes++;
      yield* this.look(node);
      this.limits.told?.(this.boundOfAll(this.incumbent.total));
    }
    return { bound: this.incumbent.total, nodes: this.nodes };
  }

  /** Descends from the best answer: once, for a bound may already have shown that there is nothing to find. */
  private *improve(): Steps<void> {
    const chosen = new Chosen(this.instance);
    chosen.become(this.incumbent.items);
    yield* descend(chosen, this.incumbent);
  }

  /** Bounds a partial answer, decides what the bound decides, and splits what is left. */
  private *look(node: Node): Steps<void> {
    const { instance, relaxation } = this;
    const root = this.nodes === 1;
    let relaxed: Relaxed | undefined;
    let { prices } = node;
    for (let round = 0; round < 6; round++) {
      if (!propagate(instance, node.decisions, node.dead)) return;
      if (!node.decisions.includes(0)) break;
      relaxed = yield* relaxation.pursue(node.decisions, node.dead, prices, {
        goal: () => this.goal(),
        iterations: root && round === 0 ? ROOT_ITERATIONS : NODE_ITERATIONS,
        patience: root ? 20 : 10,
        stop: () => this.incumbent.stop(),
        ...(root ? { offer: (wants: Float64Array) => startFrom(this.incumbent, wants) } : {}),
      });
      node.bound = Math.max(node.bound, relaxed.bound);
      prices = relaxed.prices;
      if (root && round === 0) this.limits.told?.(node.bound);
      if (node.bound >= this.goal()) return;
      if (this.incumbent.stop()) {
        // Nothing below it is proved.
        this.open.push(node);
        return;
      }
      if (round === 0) yield* startFrom(this.incumbent, relaxed.wants);
      if (root && round === 0) yield* this.improve();
      if (this.fix(node, relaxed) === 0) break;
    }
    if (!node.decisions.includes(0)) this.leaf(node);
    else if (relaxed !== undefined) this.split(node, relaxed);
  }

  /** Decides indexes and options that cannot be otherwise in a better answer. */
  private fix(node: Node, relaxed: Relaxed): number {
    let fixed = 0;
    for (let index = 0; index < node.decisions.length; index++) {
      if (node.decisions[index] !== 0 || relaxed.bound + (relaxed.regret[index] as number) < this.goal()) continue;
      const value = (relaxed.wants[index] as number) > 0 ? 1 : -1;
      if (!decide(this.instance, node.decisions, index, value)) {
        node.bound = Number.POSITIVE_INFINITY;
        return 0;
      }
      fixed++;
    }
    return fixed + killOptions(this.instance, this.relaxation, relaxed.prices, relaxed.bound, this.goal(), node.dead);
  }

  private leaf(node: Node): void {
    const items: number[] = [];
    node.decisions.forEach((decision, index) => {
      if (decision === 1) items.push(index);
    });
    this.incumbent.offer(items);
  }

  private split(node: Node, relaxed: Relaxed): void {
    if (node.bound >= this.goal()) return;
    let chosen = -1;
    let most = -1;
    node.decisions.forEach((decision, index) => {
      if (decision !== 0) return;
      const share = relaxed.share[index] as number;
      // Large ones first: they decide what else there is room for.
      const doubt = (Math.min(share, 1 - share) + 1e-3) * (1 + (this.instance.bytes[index] as number));
      if (doubt > most) {
        most = doubt;
        chosen = index;
      }
    });
    const likely = (relaxed.share[chosen] as number) >= 0.5 ? 1 : -1;
    for (const value of [-likely, likely] as (1 | -1)[]) {
      const decisions = node.decisions.slice();
      if (!decide(this.instance, decisions, chosen, value)) continue;
      this.open.push({ decisions, dead: node.dead.slice(), prices: relaxed.prices, bound: node.bound });
    }
  }
}

/**
 * Looks for a better answer and proves that there is none, as far as the limits allow.
 *
 * @param incumbent holds the best answer known, and afterwards a better one if there was one
 */
export function branchAndBound(incumbent: Incumbent, limits: BranchLimits): Steps<Proof> {
  return new Branching(incumbent, limits).run();
}
