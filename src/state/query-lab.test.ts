import { beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '#lib/result.ts';
import { planNode, sampleDocument } from '../../test/advice-sample.ts';
import { documentStore, load } from './document.ts';
import {
  cancelLab,
  chooseInLab,
  type LabPlanner,
  openLab,
  planInLab,
  queryLabStore,
  readInLab,
  setLabMode,
  setLabText,
} from './query-lab.ts';
import { provide } from './services.ts';
import { viewStore } from './view.ts';

type Answer = Awaited<ReturnType<LabPlanner>>;

/** A planner that is answered by hand. */
function manual() {
  const asked: { sql: string; signal: AbortSignal; say: (done: number, what: string) => void; answer: (answer: Answer) => void }[] =
    [];
  provide(
    'labPlanner',
    (_, sql, { signal, onProgress }) =>
      new Promise((resolve) => {
        asked.push({ sql, signal, say: onProgress, answer: resolve });
      }),
  );
  return asked;
}

const now = () => queryLabStore.getState();
const PLAN = { root: planNode('Seq Scan', 12, { relation: 'orders' }) };

describe('the query lab', () => {
  beforeEach(async () => load(await sampleDocument()));

  it('plans what stands there, without its end', async () => {
    const asked = manual();
    setLabText('plan', 'SELECT 1 ;\n');
    const work = planInLab();
    expect(asked[0]?.sql).toBe('SELECT 1');
    asked[0]?.say(0.5, 'Declaring sizes');
    expect(now().busy).toEqual({ done: 0.5, what: 'Declaring sizes' });
    asked[0]?.answer(ok({ plan: PLAN, version: '18.3' }));
    await work;
    expect(now()).toMatchObject({ busy: undefined, plan: { text: 'SELECT 1 ;\n', shown: { plan: PLAN, version: '18.3' } } });
    expect(now().plan.shown?.of).toBe(documentStore.getState().document);
  });

  it('says where a query is wrong, and takes it back when the text changes', async () => {
    const asked = manual();
    setLabText('plan', 'SELECT nothing FROM nowhere');
    const work = planInLab();
    asked[0]?.answer(err('planner-42P01', 'PostgreSQL cannot plan this: no such relation (line 1, column 21).'));
    await work;
    expect(now().plan.problem).toMatchObject({ code: 'planner-42P01', line: 1, column: 21 });
    setLabText('plan', 'SELECT 1');
    expect(now().plan.problem).toBeUndefined();
  });

  it('asks for a query when there is none', async () => {
    const asked = manual();
    setLabText('plan', ' ; ');
    await planInLab();
    expect(asked).toHaveLength(0);
    expect(now().plan.problem?.code).toBe('no-query');
  });

  it('is called off for good, and only the last question counts', async () => {
    const asked = manual();
    setLabText('plan', 'SELECT 1');
    const first = planInLab();
    setLabText('plan', 'SELECT 2');
    const second = planInLab();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer(ok({ plan: PLAN, version: 'first' }));
    cancelLab();
    asked[1]?.answer(ok({ plan: PLAN, version: 'second' }));
    await Promise.all([first, second]);
    expect(now()).toMatchObject({ busy: undefined, plan: { text: 'SELECT 2' } });
    expect(now().plan.shown).toBeUndefined();
  });

  it('takes a query of the workload and plans it at once', async () => {
    const asked = manual();
    setLabMode('paste');
    openLab('qry_2');
    expect(viewStore.getState().dockTab).toBe('querylab');
    expect(now()).toMatchObject({ mode: 'plan', query: 'qry_2' });
    expect(asked[0]?.sql).toContain('lower(email)');
    chooseInLab('__proto__');
    expect(asked).toHaveLength(1);
  });

  it('reads a plan that is pasted, with what happened in it', () => {
    const node = {
      'Node Type': 'Seq Scan',
      'Relation Name': 'orders',
      'Plan Rows': 5,
      'Total Cost': 9,
      'Actual Rows': 70,
      'Actual Loops': 1,
    };
    setLabText('paste', JSON.stringify([{ Plan: node }]));
    readInLab();
    expect(now().paste.shown?.plan.root).toMatchObject({ type: 'Seq Scan', relation: 'orders', actual: { rows: 70 } });
    expect(now().paste.shown).not.toHaveProperty('version');
  });

  it('says at which line and column what is pasted is no plan', () => {
    setLabText('paste', '[\n  { "Plan": oops }\n]');
    readInLab();
    expect(now().paste.problem).toMatchObject({ code: 'plan-json', line: 2 });
    setLabText('paste', '{"a": 1}');
    readInLab();
    expect(now().paste.problem?.code).toBe('plan-shape');
    setLabText('paste', ' ');
    readInLab();
    expect(now().paste.problem?.code).toBe('no-plan');
  });

  it('is empty again for another document', async () => {
    manual();
    setLabText('plan', 'SELECT 1');
    void planInLab();
    load(await sampleDocument());
    expect(now()).toMatchObject({ mode: 'plan', plan: { text: '' }, busy: undefined });
  });
});
