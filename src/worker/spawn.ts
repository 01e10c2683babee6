import type { WorkerLike } from './protocol.ts';
import { inProcessWorker } from './sync-client.ts';

/** The engine in a worker of its own; in this thread where the browser lets no worker start. */
export function spawnEngine(): WorkerLike {
  try {
    const worker = new Worker(new URL('./live.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    return worker as unknown as WorkerLike;
  } catch {
    return inProcessWorker(import('./make-engine.ts').then(({ makeEngine }) => makeEngine()));
  }
}
