import { allBits, type Bits, minus } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { decomposeBcnf } from './bcnf.ts';
import { closer, proofOf } from './closure.ts';
import { canonicalCover } from './cover.ts';
import { synthesize3nf } from './decompose.ts';
import type { Bounded, Fd } from './dependencies.ts';
import { type Breach, type Forms, findForms } from './forms.ts';
import { decomposeFourth, isFourth } from './fourth.ts';
import { listKeys } from './keys.ts';
import type { Heading } from './normalize-input.ts';
import type { Decomposition, Part } from './parts.ts';

/** Keys a report lists; it counts all. */
export const REPORTED_KEYS = 1000;

type Names = readonly string[];
type NamedFd = readonly [Names, Names];

export interface ReportedPart {
  readonly attributes: Names;
  readonly keys: readonly Names[];
  readonly form: string;
  readonly dependencies: readonly NamedFd[];
  readonly complete: boolean;
  readonly reason?: string;
}

export interface ReportedDecomposition {
  readonly parts: readonly ReportedPart[];
  readonly lossless: boolean;
  readonly preserving: boolean;
  readonly lost: readonly NamedFd[];
  readonly complete: boolean;
  readonly reason?: string;
}

/** Everything the algebra says of one heading, by names. */
export interface NormalizeReport {
  readonly attributes: Names;
  readonly keys: readonly Names[];
  /** Exact when `complete`, as a decimal text: it may be larger than any number type. */
  readonly keyCount: string;
  readonly prime: Names;
  readonly highest: string;
  /** Each form: true or false when proved, null when undecided. */
  readonly forms: Readonly<Record<string, boolean | null>>;
  readonly cover: readonly NamedFd[];
  readonly violations: readonly {
    readonly form: string;
    readonly left: Names;
    readonly right: Names;
    readonly closure: Names;
    readonly missing: Names;
    /** The dependencies used, in order. */
    readonly derivation: readonly NamedFd[];
  }[];
  readonly synthesis: ReportedDecomposition;
  /** Without merging left sides that determine each other, when that gives other parts. */
  readonly synthesisUnmerged?: ReportedDecomposition;
  readonly bcnf: ReportedDecomposition;
  /** Only with multivalued dependencies; keys and forms above count the functional ones alone. */
  readonly fourth?: { readonly is4NF: boolean; readonly parts: readonly Names[]; readonly complete: boolean };
  readonly complete: boolean;
  readonly reason?: string;
}

class Reporter {
  readonly #heading: Heading;
  readonly #budget: Budget;

  constructor(heading: Heading, budget: Budget) {
    this.#heading = heading;
    this.#budget = budget;
  }

  names(bits: Bits): Names {
    return this.#heading.names(bits);
  }

  fd({ left, right }: Fd): NamedFd {
    return [this.names(left), this.names(right)];
  }

  part(part: Part): ReportedPart {
    return {
      attributes: this.names(part.attributes),
      keys: part.keys.map((key) => this.names(key)),
      form: part.form,
      dependencies: part.fds.map((fd) => this.fd(fd)),
      complete: part.complete,
      ...(part.reason === undefined ? {} : { reason: part.reason }),
    };
  }

  decomposition(result: Bounded<Decomposition>): ReportedDecomposition {
    return {
      parts: result.value.parts.map((part) => this.part(part)),
      lossless: result.value.lossless,
      preserving: result.value.lost.length === 0,
      lost: result.value.lost.map((fd) => this.fd(fd)),
      complete: result.complete,
      ...(result.reason === undefined ? {} : { reason: result.reason }),
    };
  }

  violations(breaches: readonly Breach[]): NormalizeReport['violations'] {
    const { set } = this.#heading;
    const whole = closer(set);
    return breaches.map(({ form, left, right }) => {
      const { closure, steps } = whole.derive(left);
      return {
        form,
        left: this.names(left),
        right: this.names(right),
        closure: this.names(closure),
        missing: this.names(minus(allBits(set.size), closure)),
        derivation: proofOf(set, left, steps, right).map((step) => this.fd(set.fds[step.fd] as Fd)),
      };
    });
  }

  forms(value: Forms): Record<string, boolean | null> {
    const { set, mvds } = this.#heading;
    const forms: Record<string, boolean | null> = {};
    for (const form of ['2NF', '3NF', 'EKNF', 'BCNF'] as const) forms[form] = value.is[form] ?? null;
    if (mvds.length > 0) forms['4NF'] = isFourth(set, mvds);
    return forms;
  }

  fourth(): Pick<NormalizeReport, 'fourth'> {
    const { set, mvds } = this.#heading;
    if (mvds.length === 0) return {};
    const parts = decomposeFourth(set, mvds, this.#budget);
    return { fourth: { is4NF: isFourth(set, mvds), parts: parts.value.map((part) => this.names(part)), complete: parts.complete } };
  }
}

/** Keys, forms with proofs, a canonical cover and decompositions of one heading. The same input gives the same report. */
export function normalizeReport(heading: Heading, budget: Budget): NormalizeReport {
  const { set } = heading;
  const say = new Reporter(heading, budget);
  const forms = findForms(set, budget);
  const keys = forms.value.keys;
  const merged = say.decomposition(synthesize3nf(set, budget));
  const apart = say.decomposition(synthesize3nf(set, budget, false));
  const partsOf = (one: ReportedDecomposition) => JSON.stringify(one.parts.map((part) => part.attributes));
  const reason = forms.reason ?? keys.reason;
  return {
    attributes: heading.attributes,
    keys: listKeys(keys.value, REPORTED_KEYS).map((key) => say.names(key)),
    keyCount: keys.value.count.toString(),
    prime: say.names(keys.value.prime),
    highest: forms.value.highest,
    forms: say.forms(forms.value),
    cover: canonicalCover(set).fds.map((fd) => say.fd(fd)),
    violations: say.violations(forms.value.breaches),
    synthesis: merged,
    ...(partsOf(merged) === partsOf(apart) ? {} : { synthesisUnmerged: apart }),
    bcnf: say.decomposition(decomposeBcnf(set, budget)),
    ...say.fourth(),
    complete: forms.complete && keys.complete,
    ...(reason === undefined ? {} : { reason }),
  };
}
