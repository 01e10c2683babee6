import type { Dialect } from '#model/types.ts';
import type { Opinion, OpinionReply, OpinionRequest } from './second-opinion-protocol.ts';

/** What the client needs of a worker. */
export interface OpinionWorker {
  postMessage(message: OpinionRequest): void;
  terminate(): void;
  onmessage: ((event: { readonly data: OpinionReply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** Milliseconds after which no opinion is waited for: the statement is too much for the parser. */
export const PATIENCE = 4000;

const NONE: Opinion = { says: 'none' };

/** Asks another parser about single statements. It is started with the first question, and anew when it takes too long. */
export function createSecondOpinion(spawn: () => OpinionWorker, patience = PATIENCE) {
  let worker: OpinionWorker | undefined;
  let serial = 0;
  const waiting = new Map<number, (opinion: Opinion) => void>();

  function end(): void {
    worker?.terminate();
    worker = undefined;
    for (const answer of waiting.values()) answer(NONE);
    waiting.clear();
  }

  function start(): OpinionWorker {
    if (worker !== undefined) return worker;
    worker = spawn();
    worker.onmessage = ({ data }) => {
      waiting.get(data.id)?.(data.opinion);
      waiting.delete(data.id);
    };
    worker.onerror = end;
    return worker;
  }

  return {
    ask(dialect: Dialect, text: string, at: number): Promise<Opinion> {
      serial += 1;
      const id = serial;
      return new Promise((resolve) => {
        const timer = setTimeout(end, patience);
        waiting.set(id, (opinion) => {
          clearTimeout(timer);
          resolve(opinion);
        });
        start().postMessage({ id, dialect, text, at });
      });
    },
    dispose: end,
  };
}

/** The worker as a browser makes it. */
export function spawnSecondOpinion(): OpinionWorker {
  return new Worker(new URL('./second-opinion.worker.ts', import.meta.url), {
    type: 'module',
    name: 'second-opinion',
  }) as unknown as OpinionWorker;
}
