import { beforeEach, describe, expect, it } from 'vitest';
import type { MeasuredProof } from '#engine/indexes/advise/proof.ts';
import { err, ok } from '#lib/result.ts';
import { sampleAdvice, sampleDocument } from '../../test/advice-sample.ts';
import { adviceStore } from './advice.ts';
import { documentStore, load } from './document.ts';
import { cancelProof, measureAdvice, type Prover, proofStore } from './proof.ts';
import { provide } from './services.ts';

type Answer = Awaited<ReturnType<Prover>>;

function manual() {
  const asked: { signal: AbortSignal; say: (done: number, what: string) => void; answer: (answer: Answer) => void }[] = [];
  provide(
    'prover',
    (_, __, { signal, onProgress }) =>
      new Promise((resolve) => {
        asked.push({ signal, say: onProgress, answer: resolve });
      }),
  );
  return asked;
}

const PROOF: MeasuredProof = { version: '18.3', sets: [], queries: [], sample: [], left: [] };
const now = () => proofStore.getState();

function show(): void {
  const { document } = documentStore.getState();
  const { settings } = adviceStore.getState();
  adviceStore.setState({ advised: { advice: sampleAdvice(document), of: document, weighed: document, settings } });
}

describe('the proof of advice', () => {
  beforeEach(async () => {
    load(await sampleDocument());
    show();
  });

  it('says how far it is, then what was measured', async () => {
    const asked = manual();
    const work = measureAdvice();
    asked[0]?.say(0.3, 'Making rows');
    expect(now().working).toEqual({ done: 0.3, what: 'Making rows' });
    asked[0]?.answer(ok(PROOF));
    await work;
    expect(now()).toMatchObject({ working: undefined, proof: PROOF });
    expect(now().of).toBe(adviceStore.getState().advised?.advice);
  });

  it('says why it could not be measured', async () => {
    const asked = manual();
    const work = measureAdvice();
    asked[0]?.answer(err('engine-unavailable', 'PostgreSQL could not be started here.'));
    await work;
    expect(now()).toMatchObject({ working: undefined, proof: undefined, problem: { code: 'engine-unavailable' } });
  });

  it('is called off for good', async () => {
    const asked = manual();
    const work = measureAdvice();
    cancelProof();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer(ok(PROOF));
    await work;
    expect(now()).toEqual({ of: undefined, working: undefined, proof: undefined, problem: undefined });
  });

  it('is of one advice: another ends it', async () => {
    const asked = manual();
    const work = measureAdvice();
    show();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer(ok(PROOF));
    await work;
    expect(now().proof).toBeUndefined();
  });
});
