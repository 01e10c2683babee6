import { err, ok, type Result } from '#lib/result.ts';
import type { FromPictures, PictureFacts, PictureFormat, PictureLook, PictureSubject, ToPictures } from './picture-protocol.ts';

/** What the client needs of a worker. */
export interface PicturesWorker {
  postMessage(message: ToPictures): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromPictures }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

type Progress = (done: number, what: string) => void;

interface Waiting {
  readonly answer: (data: FromPictures) => void;
  readonly fail: (reason: string) => void;
}

/** Records are never changed in place: the same objects are the same picture. */
function same(a: PictureSubject, b: PictureSubject | undefined): boolean {
  const only = a.only === b?.only || (a.only !== undefined && b?.only !== undefined && a.only.join(' ') === b.only.join(' '));
  return only && a.document === b?.document && a.diagram === b.diagram && a.findings === b.findings && a.margin === b.margin;
}

const CANCELLED = err('stopped', 'The picture was not made: it was stopped.');

/**
 * Makes pictures in a worker that starts with the first. The subject is sent once; every picture of it after that costs
 * only its drawing. Cancelling ends the worker, and with it everything that was under way.
 */
export class Pictures {
  readonly #spawn: () => PicturesWorker;
  #worker: PicturesWorker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #serial = 0;
  #subject: PictureSubject | undefined;
  #facts: Promise<Result<PictureFacts>> | undefined;

  /** @param spawn starts the worker that makes them. */
  constructor(spawn: () => PicturesWorker) {
    this.#spawn = spawn;
  }

  /** Says what is drawn from now on, and learns how large it is. */
  async show(subject: PictureSubject): Promise<Result<PictureFacts>> {
    const known = this.#facts;
    if (known !== undefined && same(subject, this.#subject)) return known;
    this.#subject = subject;
    this.#facts = this.#measure(subject);
    const facts = await this.#facts;
    if (!facts.ok && this.#subject === subject) this.#facts = undefined;
    return facts;
  }

  #measure(subject: PictureSubject): Promise<Result<PictureFacts>> {
    return this.#ask(
      (id) => ({ kind: 'subject', id, subject }),
      (data) => (data.kind === 'facts' ? ok(data.facts) : undefined),
    );
  }

  /** A picture of the subject as a file. */
  make(look: PictureLook, format: PictureFormat, signal?: AbortSignal, onProgress?: Progress): Promise<Result<Blob>> {
    if (signal?.aborted === true) return Promise.resolve(CANCELLED);
    const abort = () => this.stop();
    signal?.addEventListener('abort', abort);
    const made = this.#ask(
      (id) => ({ kind: 'make', id, look, format }),
      (data) => (data.kind === 'made' ? data.result : undefined),
      onProgress,
    );
    return made.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** Ends whatever is under way. */
  stop(): void {
    this.#end();
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of all) one.fail('');
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #started(): PicturesWorker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#spawn();
    worker.onmessage = ({ data }) => this.#waiting.get(data.id)?.answer(data);
    worker.onerror = (event) => {
      const all = [...this.#waiting.values()];
      this.#end();
      this.#waiting.clear();
      for (const one of all) one.fail(event.message ?? 'its worker ended');
    };
    this.#worker = worker;
    return worker;
  }

  #ask<T>(
    message: (id: number) => ToPictures,
    take: (data: FromPictures) => Result<T> | undefined,
    onProgress?: Progress,
  ): Promise<Result<T>> {
    const fresh = this.#worker === undefined;
    const worker = this.#started();
    this.#serial += 1;
    const id = this.#serial;
    return new Promise((resolve) => {
      const finish = (result: Result<T>) => {
        this.#waiting.delete(id);
        resolve(result);
      };
      this.#waiting.set(id, {
        answer: (data) => {
          if (data.kind === 'progress') onProgress?.(data.done, data.what);
          else if (data.kind === 'failed') finish(failed(data.message));
          else {
            const result = take(data);
            if (result !== undefined) finish(result);
          }
        },
        fail: (reason) => finish(reason === '' ? CANCELLED : failed(reason)),
      });
      const asked = message(id);
      // A worker that was just started knows no subject yet.
      if (fresh && asked.kind === 'make' && this.#subject !== undefined)
        worker.postMessage({ kind: 'subject', id: 0, subject: this.#subject });
      worker.postMessage(asked);
    });
  }
}

function failed(reason: string): Result<never> {
  return err('picture-failed', `The picture could not be made: ${reason}. Choose a smaller part or scale, or reload the page.`);
}
