import type { Engine } from '#engine/engine.ts';
import { createHost, type Host } from './host.ts';
import type { WorkerLike } from './protocol.ts';

/**
 * The engine behind the worker's protocol, but in this thread: for tests, and for a browser that lets no worker start.
 * Messages are copied as a worker's would be, so that nothing is shared by accident.
 */
export function inProcessWorker(engine: Promise<Engine>): WorkerLike {
  let alive = true;
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => host.receive(structuredClone(message)),
    terminate: () => {
      alive = false;
    },
  };
  const host: Host = createHost({
    engine,
    post: (message) => {
      if (alive) worker.onmessage?.({ data: structuredClone(message) });
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    now: () => performance.now(),
  });
  return worker;
}
