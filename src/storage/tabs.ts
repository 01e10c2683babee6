import type { Diff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';

/** What tabs say to each other about one document. */
export type TabMessage =
  | { readonly kind: 'hello'; readonly from: string }
  | { readonly kind: 'state'; readonly revision: number; readonly document: Document }
  | { readonly kind: 'diff'; readonly revision: number; readonly diff: Diff }
  | { readonly kind: 'take-over'; readonly from: string };

export interface Channel {
  post(message: TabMessage): void;
  close(): void;
}

/** A lock that is held until it is released; `lost` settles when another tab took it by force. */
export interface HeldLock {
  release(): void;
  readonly lost: Promise<void>;
}

/** What the browser offers to tabs of one origin. Tests give one of their own. */
export interface TabPort {
  /** The lock at once, or undefined when another tab has it. */
  tryLock(name: string): Promise<HeldLock | undefined>;
  /** The lock when it is its turn, or undefined when the wait was given up; `steal` takes it from whoever has it. */
  waitLock(name: string, signal: AbortSignal, steal?: boolean): Promise<HeldLock | undefined>;
  channel(name: string, listen: (message: TabMessage) => void): Channel;
}

const FREE: HeldLock = { release: () => {}, lost: new Promise(() => {}) };

function request(name: string, options: LockOptions): Promise<HeldLock | undefined> {
  return new Promise((resolve) => {
    let release: () => void = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    let lose: () => void = () => {};
    const lost = new Promise<void>((done) => {
      lose = done;
    });
    navigator.locks
      .request(name, options, (lock) => {
        if (lock === null) {
          resolve(undefined);
          return undefined;
        }
        resolve({ release, lost });
        return held;
      })
      .catch(() => {
        lose();
        resolve(undefined);
      });
  });
}

/** The browser's own tabs: Web Locks and BroadcastChannel. Without them every tab believes to be alone. */
export function browserTabs(): TabPort {
  const locks = typeof navigator !== 'undefined' && 'locks' in navigator;
  return {
    tryLock: (name) => (locks ? request(name, { ifAvailable: true }) : Promise.resolve(FREE)),
    waitLock: (name, signal, steal = false) =>
      locks ? request(name, steal ? { steal: true } : { signal }) : Promise.resolve(FREE),
    channel(name, listen) {
      if (typeof BroadcastChannel === 'undefined') return { post: () => {}, close: () => {} };
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event: MessageEvent<TabMessage>) => listen(event.data);
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    },
  };
}

/** What a {@link Tenure} tells and asks of the tab it belongs to. */
export interface TenureEvents {
  /** This tab owns the document from now on: its stored state, history included, is to be read. */
  own(): Promise<void>;
  /** Another tab owns the document from now on. */
  follow(): void;
  /** The owner's document as a whole, then its edits. */
  state(document: Document): void;
  diff(diff: Diff): void;
  /** Stores what is not stored yet, before another tab becomes owner. */
  flush(): Promise<void>;
  current(): Document;
}

/** Milliseconds an owner has to hand over before the document is taken from it. */
const PATIENCE = 3000;

/**
 * Who may edit a document among the tabs that show it: one owner, whose edits the others follow. When the owner closes,
 * the tab that waits longest becomes owner; any tab may take over.
 */
export class Tenure {
  readonly #port: TabPort;
  readonly #lockName: string;
  readonly #self: string;
  readonly #events: TenureEvents;
  readonly #patience: number;
  #channel: Channel | undefined;
  #lock: HeldLock | undefined;
  #waiting: AbortController | undefined;
  #revision = 0;
  #inStep = false;
  /** Whether another tab may be listening: edits are not copied for nobody. */
  #audience = false;
  #stopped = false;

  constructor(port: TabPort, document: string, self: string, events: TenureEvents, patience: number = PATIENCE) {
    this.#port = port;
    this.#lockName = `crowfoot:${document}`;
    this.#self = self;
    this.#events = events;
    this.#patience = patience;
  }

  get owner(): boolean {
    return this.#lock !== undefined;
  }

  /** Becomes owner when no other tab is, else follower. Tells which; {@link TenureEvents} are for what happens later. */
  async start(): Promise<'owner' | 'follower'> {
    this.#channel = this.#port.channel(this.#lockName, (message) => this.#hear(message));
    const lock = await this.#port.tryLock(this.#lockName);
    if (lock !== undefined && !this.#stopped) {
      this.#hold(lock);
      return 'owner';
    }
    lock?.release();
    if (!this.#stopped) this.#queue();
    return 'follower';
  }

  /** Asks the owner for its document: it may hold edits that are not stored yet. */
  greet(): void {
    if (!this.owner) this.#channel?.post({ kind: 'hello', from: this.#self });
  }

  /** Tells the followers of an edit. */
  publish(diff: Diff): void {
    if (!this.owner || diff.length === 0) return;
    this.#revision += 1;
    if (this.#audience) this.#channel?.post({ kind: 'diff', revision: this.#revision, diff });
  }

  /** Tells the followers of another document or of many changes at once. */
  publishAll(): void {
    if (!this.owner) return;
    this.#revision += 1;
    this.#channel?.post({ kind: 'state', revision: this.#revision, document: this.#events.current() });
  }

  /** Makes this tab the owner: the present one stores its edits and follows; one that does not answer loses the document. */
  async takeOver(): Promise<void> {
    if (this.owner || this.#stopped) return;
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    const turn = this.#port.waitLock(this.#lockName, waiting.signal);
    this.#channel?.post({ kind: 'take-over', from: this.#self });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), this.#patience);
    });
    const first = await Promise.race([turn, late]);
    clearTimeout(timer);
    if (first !== 'late') return this.#granted(first);
    waiting.abort();
    const inTime = await turn;
    if (inTime !== undefined) return this.#granted(inTime);
    await this.#granted(await this.#port.waitLock(this.#lockName, new AbortController().signal, true));
  }

  /** Leaves the document: another tab may own it. */
  stop(): void {
    this.#stopped = true;
    this.#waiting?.abort();
    this.#lock?.release();
    this.#lock = undefined;
    this.#channel?.close();
  }

  #hold(lock: HeldLock): void {
    this.#lock = lock;
    this.#waiting = undefined;
    void lock.lost.then(() => {
      if (this.#lock !== lock || this.#stopped) return;
      this.#lock = undefined;
      this.#yield();
    });
  }

  async #granted(lock: HeldLock | undefined): Promise<void> {
    if (lock === undefined) return;
    if (this.#stopped) {
      lock.release();
      return;
    }
    this.#hold(lock);
    this.#audience = true;
    await this.#events.own();
    this.publishAll();
  }

  #queue(): void {
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#port.waitLock(this.#lockName, waiting.signal).then((lock) => this.#granted(lock));
  }

  /** From owner to follower. */
  #yield(): void {
    this.#inStep = false;
    this.#events.follow();
    this.#queue();
  }

  #hear(message: TabMessage): void {
    if (this.#stopped) return;
    if (message.kind === 'take-over') void this.#handOver();
    else if (this.owner) {
      if (message.kind === 'hello') {
        this.#audience = true;
        this.#channel?.post({ kind: 'state', revision: this.#revision, document: this.#events.current() });
      }
    } else if (message.kind === 'state') {
      this.#revision = message.revision;
      this.#inStep = true;
      this.#events.state(message.document);
    } else if (message.kind === 'diff') {
      if (this.#inStep && message.revision <= this.#revision) return;
      if (this.#inStep && message.revision === this.#revision + 1) {
        this.#revision = message.revision;
        this.#events.diff(message.diff);
      } else this.greet();
    }
  }

  async #handOver(): Promise<void> {
    const lock = this.#lock;
    if (lock === undefined) {
      // Another follower asked: it goes first, this one queues again behind it.
      this.#waiting?.abort();
      this.#queue();
      return;
    }
    this.#events.follow();
    await this.#events.flush();
    if (this.#lock !== lock || this.#stopped) return;
    this.#lock = undefined;
    this.#inStep = false;
    lock.release();
    this.#queue();
  }
}
