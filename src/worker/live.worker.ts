/** The worker that follows every edit. */
import { createHost } from './host.ts';
import { makeEngine } from './make-engine.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** Lets waiting messages be delivered: a message of one's own comes after those that are already there. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

const host = createHost({
  engine: makeEngine(),
  post: (message: FromWorker) => self.postMessage(message),
  pause,
  now: () => performance.now(),
});

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => host.receive(data));
