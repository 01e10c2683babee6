import type { Bits } from '#lib/bitset.ts';
import { lostDependencyAssertion, lostDependencyTriggers } from '../dialects/postgres/lost-dependency.ts';
import { utf8Length } from '../dialects/postgres/names.ts';
import { NAME_BYTES } from '../dialects/postgres/quote.ts';
import type { Step } from './closure.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { type Home, homesOf, proveJoin } from './explain.ts';
import type { Heading } from './normalize-input.ts';
import type { Decomposition, Part } from './parts.ts';
import { partsToCheck } from './rejoin.ts';
import type { NormalForm } from './verdict.ts';

export type Names = readonly string[];
export type NamedFd = readonly [Names, Names];

export interface ReportedPart {
  /** What the other fields call it: r1, r2, ... */
  readonly name: string;
  readonly attributes: Names;
  readonly keys: readonly Names[];
  readonly form: string;
  readonly is4NF: boolean | null;
  readonly dependencies: readonly NamedFd[];
  readonly complete: boolean;
  readonly reason?: string;
}

export interface ReportedHome {
  readonly dependency: NamedFd;
  readonly kind: Home['kind'];
  /** The part that checks it, or each part that helps. */
  readonly parts: Names;
  /** Inside one part: that part's dependencies used, in order. Jointly: what each part adds, in order. */
  readonly steps: readonly NamedFd[];
}

/** A dependency that no part checks, and what would: the parts whose join holds it and PostgreSQL's triggers. */
export interface ReportedLoss {
  readonly dependency: NamedFd;
  readonly join: Names;
  readonly assertion: string;
  readonly triggers: readonly string[];
}

export interface ReportedDecomposition {
  readonly parts: readonly ReportedPart[];
  readonly lossless: boolean;
  readonly preserving: boolean;
  readonly lost: readonly NamedFd[];
  readonly proof: {
    /** Each part's row at the start, a symbol for each attribute: `a` is the distinguished one, `b2` is row 2's own. */
    readonly tableau: Names;
    readonly chase: readonly {
      readonly dependency: NamedFd;
      readonly row: number;
      readonly from: number;
      readonly attribute: string;
    }[];
    /** The row that became whole, counted from 1; null when the join is not lossless by functional dependencies. */
    readonly row: number | null;
    /** With multivalued dependencies: the splits that made the parts, each lossless. */
    readonly splits?: readonly { readonly of: Names; readonly left: Names; readonly right: Names }[];
    readonly homes: readonly ReportedHome[];
    readonly losses: readonly ReportedLoss[];
  };
  readonly complete: boolean;
  readonly reason?: string;
}

/** The form on the ladder that textbooks use: elementary key normal form counts as 3NF. */
export function classic(form: NormalForm): NormalForm {
  return form === 'EKNF' ? '3NF' : form;
}

/** A row of a tableau as text: `a` for the distinguished symbol, `b2` for row 2's own. */
const rowText = (row: readonly number[]): string => row.map((symbol) => (symbol === 0 ? 'a' : `b${symbol}`)).join(' ');

const partName = (at: number): string => `r${at + 1}`;

/** Puts decompositions of one heading into names. */
export class PlanReporter {
  readonly #heading: Heading;
  readonly #cover: FdSet;

  /** @param cover a canonical cover of all dependencies that hold. */
  constructor(heading: Heading, cover: FdSet) {
    this.#heading = heading;
    this.#cover = cover;
  }

  names(bits: Bits): Names {
    return this.#heading.names(bits);
  }

  fd({ left, right }: Fd): NamedFd {
    return [this.names(left), this.names(right)];
  }

  steps(set: FdSet, steps: readonly Step[]): NamedFd[] {
    return steps.map((step) => this.fd(set.fds[step.fd] as Fd));
  }

  part(part: Part, at: number): ReportedPart {
    return {
      name: partName(at),
      attributes: this.names(part.attributes),
      keys: part.keys.map((key) => this.names(key)),
      form: classic(part.form),
      is4NF: part.fourth ?? null,
      dependencies: part.fds.map((fd) => this.fd(fd)),
      complete: part.complete,
      ...(part.reason === undefined ? {} : { reason: part.reason }),
    };
  }

  decomposition({ value, complete, reason }: Bounded<Decomposition>): ReportedDecomposition {
    return {
      parts: value.parts.map((part, at) => this.part(part, at)),
      lossless: value.lossless,
      preserving: value.lost.length === 0,
      lost: value.lost.map((fd) => this.fd(fd)),
      proof: this.#proof(value),
      complete,
      ...(reason === undefined ? {} : { reason }),
    };
  }

  #proof({ parts, lost, splits }: Decomposition): ReportedDecomposition['proof'] {
    const attributes = parts.map((part) => part.attributes);
    const { start, chase } = proveJoin(this.#cover, attributes);
    return {
      tableau: start.map(rowText),
      chase: chase.steps.map(({ fd, row, from, column }) => ({
        dependency: this.fd(this.#cover.fds[fd] as Fd),
        row: row + 1,
        from: from + 1,
        attribute: this.#heading.attributes[column] as string,
      })),
      row: chase.row === undefined ? null : chase.row + 1,
      ...(splits === undefined
        ? {}
        : {
            splits: splits.map(({ part, left, block }) => ({
              of: this.names(part),
              left: this.names(left),
              right: this.names(block),
            })),
          }),
      homes: homesOf(this.#cover, parts).map((home, at) => this.#home(this.#cover.fds[at] as Fd, home, parts)),
      losses: lost.flatMap((fd, at) => this.#loss(fd, at, attributes)),
    };
  }

  #home(fd: Fd, home: Home, parts: readonly Part[]): ReportedHome {
    const common = { dependency: this.fd(fd), kind: home.kind };
    if (home.kind === 'lost') return { ...common, parts: [], steps: [] };
    if (home.kind === 'joint') {
      return {
        ...common,
        parts: [...new Set(home.steps.map((step) => partName(step.part)))],
        steps: home.steps.map((step) => [this.names(step.from), this.names(step.added)]),
      };
    }
    const inside = { size: this.#cover.size, fds: (parts[home.part] as Part).fds };
    return { ...common, parts: [partName(home.part)], steps: this.steps(inside, home.derivation) };
  }

  #loss(fd: Fd, at: number, parts: readonly Bits[]): ReportedLoss[] {
    const join = partsToCheck(this.#cover, parts, fd);
    if (join === undefined) return [];
    const tables = join.map((part) => ({ name: partName(part), columns: this.names(parts[part] as Bits) }));
    const [left, right] = this.fd(fd);
    // PostgreSQL cuts longer names, after which two may be the same; each trigger adds a number.
    const said = `${left.join('_')}_determines_${right.join('_')}`;
    const lost = { name: utf8Length(said) <= NAME_BYTES - 3 ? said : `keep_dependency_${at + 1}`, left, right, tables };
    return [
      {
        dependency: [left, right],
        join: join.map(partName),
        assertion: lostDependencyAssertion(lost),
        triggers: lostDependencyTriggers(lost),
      },
    ];
  }
}
