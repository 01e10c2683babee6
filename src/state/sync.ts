import { scopeOfDiff } from '#model/diff.ts';
import { createEngineClient, type EngineClient } from '#worker/client.ts';
import { createJobs, spawnJobs } from '#worker/jobs-client.ts';
import { createSecondOpinion, spawnSecondOpinion } from '#worker/second-opinion.ts';
import { spawnEngine } from '#worker/spawn.ts';
import { provideComparer } from './decomposition.ts';
import { type DocumentChange, documentStore, onDocumentChange } from './document.ts';
import { askEngine, provideEngine } from './engine.ts';
import { provideExpressionChecker } from './expressions.ts';
import { provideDocumentsRunner, provideExchangeRunner } from './handover.ts';
import { provideImportRunner } from './import.ts';
import { lateAdviser, lateLabPlanner, lateProver } from './late-adviser.ts';
import { startNamesInSql } from './names-in-sql.ts';
import { type ResultsState, resultsStore } from './results.ts';
import { startRoundTrip } from './round-trip.ts';
import { provide } from './services.ts';
import { provideSecondOpinion } from './typed-text.ts';

/** Other DDL makes an earlier run on a real database a matter of the past. */
function forgetRun(): void {
  const { runsOn } = resultsStore.getState();
  if (runsOn.state === 'runs' || runsOn.state === 'fails') resultsStore.setState({ runsOn: { state: 'unchecked' } });
}

function tell(client: EngineClient, change: DocumentChange): void {
  if (change.source === 'load') {
    forgetRun();
    // A receipt is of the document that was made by its import.
    if (resultsStore.getState().receipt !== undefined) resultsStore.setState({ receipt: undefined });
    client.reset(change.document, change.revision);
    return;
  }
  const diff = scopeOfDiff(change.diff, 'model');
  if (diff.length === 0) return;
  client.apply(diff, change.document, change.revision);
}

/** Makes the client whose answers fill the results. */
function createClient(): EngineClient {
  return createEngineClient({
    spawn: spawnEngine,
    onResult: (stage, value, revision) => {
      if (stage === 'ddl') forgetRun();
      const part: Partial<ResultsState> = { revision, [stage]: value };
      resultsStore.setState(part);
    },
    onSettled: (revision, ms) => resultsStore.setState({ revision, engineMs: ms }),
    onState: (engine) => resultsStore.setState({ engine }),
    onProblem: (message) => console.error(`engine: ${message}`),
  });
}

/** Keeps the engine in step with the document and its answers in the results store. Called once; returns how to stop. */
export function startEngine(): () => void {
  const client = createClient();
  provideEngine(client);
  provideExpressionChecker(async (sql, kind) => {
    const asked = await askEngine('check', { sql, kind });
    return asked.ok ? asked.value : undefined;
  });
  const jobs = createJobs(spawnJobs);
  startNamesInSql();
  provideImportRunner(jobs.runImport, jobs.runLook);
  provideDocumentsRunner(jobs.runDocuments);
  provideSecondOpinion(createSecondOpinion(spawnSecondOpinion).ask);
  // They run while something else is read or written.
  provide('discover', createJobs(spawnJobs).runDiscover);
  provide('workload', createJobs(spawnJobs).runWorkload);
  provide('move', createJobs(spawnJobs).runMove);
  provide('asImported', createJobs(spawnJobs).runAsImported);
  provide('adviser', lateAdviser());
  provide('labPlanner', lateLabPlanner());
  provide('prover', lateProver());
  provideComparer(createJobs(spawnJobs).runComparison);
  provideExchangeRunner(jobs.runExchange);
  // A worker of its own, as this is ended at every edit.
  const stopRoundTrip = startRoundTrip(createJobs(spawnJobs).runRoundTrip);
  const stop = onDocumentChange((change) => tell(client, change));
  const { document, revision } = documentStore.getState();
  client.reset(document, revision);
  return () => {
    stop();
    stopRoundTrip();
    provideEngine(undefined);
    client.dispose();
  };
}
