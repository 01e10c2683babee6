import { err, ok, type Result } from '#lib/result.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';

/** What the client needs of a worker. */
export interface VerifierLike {
  postMessage(message: ToVerifier): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromVerifier }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface Watched {
  readonly onProgress: (done: number, what: string) => void;
  readonly signal: AbortSignal;
}

interface Asked<T> extends Watched {
  /** What it needs, for people. */
  readonly label: string;
  /** What the awaited message brings; undefined for others. */
  read(data: FromVerifier): T | undefined;
  /** Aborting leaves the worker as it is: its answer comes soon and is not waited for. */
  readonly abandons?: true;
}

/** A worker that is started for the first question and kept for the next; cancelling ends it. */
export class Connection {
  private readonly spawn: () => VerifierLike;
  private worker: VerifierLike | undefined;
  private serial = 0;
  /** Counts the workers that were ended: what a worker holds is gone with it. */
  ended = 0;
  /** Who waits for an answer; all of them when the worker breaks down. */
  private readonly waiting = new Map<number, { take(data: FromVerifier): void; lose(why: string): void }>();

  constructor(spawn: () => VerifierLike) {
    this.spawn = spawn;
  }

  /** Ends the worker: its databases go with it. */
  end(why: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.ended += 1;
    for (const one of [...this.waiting.values()]) one.lose(why);
  }

  private start(): VerifierLike {
    const started = this.spawn();
    started.onerror = (event) => this.end(`${event.message ?? 'the worker failed'}.`);
    started.onmessage = ({ data }) => this.waiting.get(data.id)?.take(data);
    return started;
  }

  /** Says something that is not answered, to the worker there is. */
  tell(message: ToVerifier): void {
    this.worker?.postMessage(message);
  }

  ask<T>(message: (id: number) => ToVerifier, { label, read, abandons, onProgress, signal }: Asked<T>): Promise<Result<T>> {
    this.serial += 1;
    const id = this.serial;
    const { waiting } = this;
    const cancelled = () => err('cancelled', 'The check was cancelled.');
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve(cancelled());
        return;
      }
      const finish = (result: Result<T>) => {
        waiting.delete(id);
        signal.removeEventListener('abort', abort);
        resolve(result);
      };
      const abort = () => {
        finish(cancelled());
        if (abandons !== true) this.end('another check that it was doing was cancelled.');
      };
      waiting.set(id, {
        lose: (why) => finish(err('engine-unavailable', `${label} could not be started here: ${why}`)),
        take: (data) => {
          const value = read(data);
          if (data.kind === 'progress') onProgress(data.done, data.what);
          else if (value !== undefined) finish(ok(value));
          else this.end(data.kind === 'failed' ? data.message : 'it answered something else.');
        },
      });
      signal.addEventListener('abort', abort);
      this.worker ??= this.start();
      this.worker.postMessage(message(id));
    });
  }
}
