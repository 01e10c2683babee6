import type { Engine } from '#engine/engine.ts';
import type { Stage } from '#engine/stages.ts';
import type { FromWorker, StageFailure, ToWorker } from './protocol.ts';
import { createStageSender, type StageSender } from './stage-deltas.ts';

export interface HostOptions {
  /** The engine once its parser is loaded. */
  readonly engine: Promise<Engine>;
  readonly post: (message: FromWorker) => void;
  /** Lets messages that wait be delivered; called between two stages. */
  readonly pause: () => Promise<void>;
  /** Milliseconds, for measuring only. */
  readonly now: () => number;
}

/** The worker's end of the protocol. Messages are taken in the order they come, the first once the engine is there. */
export interface Host {
  receive(message: ToWorker): void;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function createHost(options: HostOptions): Host {
  const { post, pause, now } = options;
  let sender: StageSender = createStageSender();
  let epoch = 0;
  let revision = -1;

  function compute(engine: Engine, stage: Stage): StageFailure | undefined {
    try {
      post({ kind: 'result', epoch, revision, result: sender.encode(stage, engine.ask(stage)) });
      return undefined;
    } catch (error) {
      return { stage, message: messageOf(error) };
    }
  }

  async function answerStages(engine: Engine, stages: readonly Stage[]): Promise<void> {
    const of = { epoch, revision };
    const failures: StageFailure[] = [];
    let ms = 0;
    let superseded = false;
    for (const [i, stage] of stages.entries()) {
      if (i > 0) await pause();
      superseded = of.epoch !== epoch || of.revision !== revision;
      if (superseded) break;
      const start = now();
      const failure = compute(engine, stage);
      ms += now() - start;
      if (failure !== undefined) failures.push(failure);
    }
    post({ kind: 'done', ...of, ms, superseded, failures });
  }

  function handle(engine: Engine, message: ToWorker): void {
    switch (message.kind) {
      case 'reset':
        engine.reset(message.document);
        sender = createStageSender();
        epoch = message.epoch;
        revision = message.revision;
        break;
      case 'apply':
        engine.apply(message.diff);
        revision = message.revision;
        break;
      case 'ask':
        void answerStages(engine, message.stages);
        break;
      case 'query':
        try {
          post({ kind: 'answer', id: message.id, revision, answer: engine.query(message.query.name, message.query.args) });
        } catch (error) {
          post({ kind: 'unanswered', id: message.id, message: messageOf(error) });
        }
        break;
    }
  }

  options.engine.then(
    () => post({ kind: 'loaded' }),
    () => undefined, // Said by whoever sends the first message.
  );

  return {
    receive(message) {
      options.engine
        .then((engine) => handle(engine, message))
        .catch((error: unknown) => post({ kind: 'lost', message: messageOf(error) }));
    },
  };
}
