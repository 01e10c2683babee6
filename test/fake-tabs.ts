import type { Channel, HeldLock, TabMessage, TabPort } from '#storage/tabs.ts';

interface Waiter {
  readonly give: (lock: HeldLock) => void;
  readonly tab: number;
}

/** Web Locks and a BroadcastChannel for tabs that live in one test; a tab can crash with its locks and words. */
export class FakeBrowser {
  #holders = new Map<string, { tab: number; lose: () => void }>();
  #queues = new Map<string, Waiter[]>();
  #channels: { name: string; tab: number; listen: (message: TabMessage) => void }[] = [];
  #dead = new Set<number>();
  #frozen = new Set<number>();
  #tabs = 0;

  /** A tab's port, and the tab's number for {@link crash}. */
  tab(): { port: TabPort; tab: number } {
    const tab = this.#tabs++;
    const port: TabPort = {
      tryLock: async (name) => (this.#holders.has(name) ? undefined : this.#give(name, tab)),
      waitLock: (name, signal, steal = false) => this.#wait(name, tab, signal, steal),
      channel: (name, listen) => this.#join(name, tab, listen),
    };
    return { port, tab };
  }

  /** The tab is gone without a word: its locks are free, it hears nothing more. */
  crash(tab: number): void {
    this.#dead.add(tab);
    this.#channels = this.#channels.filter((one) => one.tab !== tab);
    for (const [name, queue] of this.#queues)
      this.#queues.set(
        name,
        queue.filter((one) => one.tab !== tab),
      );
    for (const [name, holder] of [...this.#holders]) if (holder.tab === tab) this.#free(name);
  }

  /** The tab hears and answers nothing, but keeps its locks. */
  freeze(tab: number): void {
    this.#frozen.add(tab);
  }

  #give(name: string, tab: number): HeldLock {
    let lose: () => void = () => {};
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    const holder = { tab, lose };
    this.#holders.set(name, holder);
    return {
      lost,
      release: () => {
        if (this.#holders.get(name) === holder) this.#free(name);
      },
    };
  }

  #free(name: string): void {
    this.#holders.delete(name);
    const next = this.#queues.get(name)?.shift();
    if (next !== undefined) next.give(this.#give(name, next.tab));
  }

  #wait(name: string, tab: number, signal: AbortSignal, steal: boolean): Promise<HeldLock | undefined> {
    const holder = this.#holders.get(name);
    if (steal && holder !== undefined) {
      this.#holders.delete(name);
      holder.lose();
    }
    if (!this.#holders.has(name)) return Promise.resolve(this.#give(name, tab));
    return new Promise((resolve) => {
      const waiter: Waiter = { tab, give: resolve };
      const queue = this.#queues.get(name) ?? [];
      queue.push(waiter);
      this.#queues.set(name, queue);
      signal.addEventListener('abort', () => {
        this.#queues.set(
          name,
          (this.#queues.get(name) ?? []).filter((one) => one !== waiter),
        );
        resolve(undefined);
      });
    });
  }

  #join(name: string, tab: number, listen: (message: TabMessage) => void): Channel {
    const member = { name, tab, listen };
    this.#channels.push(member);
    return {
      post: (message) => {
        if (this.#dead.has(tab)) return;
        const copy = structuredClone(message);
        for (const other of [...this.#channels]) {
          if (other === member || other.name !== name) continue;
          queueMicrotask(() => {
            if (this.#channels.includes(other) && !this.#frozen.has(other.tab)) other.listen(copy);
          });
        }
      },
      close: () => {
        this.#channels = this.#channels.filter((one) => one !== member);
      },
    };
  }
}
