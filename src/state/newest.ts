/** One run of a kind of work. */
export interface Run {
  readonly signal: AbortSignal;
  /** Whether it still counts: it was neither called off nor begun anew. */
  counts(): boolean;
  /** Ends it. @returns whether it counted until now: what a run gave that did not is thrown away. */
  end(): boolean;
}

/** A kind of work of which only the newest run counts: beginning it anew calls the one before off. */
export class Newest {
  #running: AbortController | undefined;

  begin(): Run {
    this.callOff();
    const mine = new AbortController();
    this.#running = mine;
    const counts = () => this.#running === mine;
    return {
      signal: mine.signal,
      counts,
      end: () => {
        const counted = counts();
        if (counted) this.#running = undefined;
        return counted;
      },
    };
  }

  callOff(): void {
    this.#running?.abort();
    this.#running = undefined;
  }
}
