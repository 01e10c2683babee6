import { isCheckable, TRAITS } from '#engine/dialects/base/traits.ts';
import { documentStore } from './document.ts';
import { engineIdle } from './engine.ts';
import { notify } from './notices.ts';
import { type RunState, resultsStore } from './results.ts';

let running: AbortController | undefined;

function show(runsOn: RunState): void {
  resultsStore.setState({ runsOn });
}

/** Takes a running check back. */
export function cancelCheck(): void {
  running?.abort();
}

/** The product that the open document is for. */
export function productOfDocument(): string {
  return TRAITS[documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql'].label;
}

/**
 * Executes the written DDL on the document's engine in the browser, where there is one. The outcome is of the model as it
 * was when it began: an edit meanwhile leaves the state unchecked.
 */
export async function checkDdl(): Promise<void> {
  const { dialect = 'postgresql' } = documentStore.getState().document.settings['settings'] ?? {};
  if (running !== undefined || !isCheckable(dialect)) return;
  const product = TRAITS[dialect].label;
  const control = new AbortController();
  running = control;
  show({ state: 'running', done: 0, what: 'Waiting for the DDL' });
  try {
    await engineIdle();
    const { ddl } = resultsStore.getState();
    const { settings } = documentStore.getState().document;
    const { theVerifier } = await import('./verifier.ts');
    const checked = await theVerifier().check({
      dialect,
      statements: ddl.statements.map(({ key, sql }) => ({ key, sql })),
      onProgress: (done, what) => {
        if (!control.signal.aborted) show({ state: 'running', done, what });
      },
      signal: control.signal,
    });
    const now = resultsStore.getState();
    if (!checked.ok) {
      show(
        checked.problem.code === 'cancelled'
          ? { state: 'unchecked' }
          : { state: 'unavailable', product, reason: checked.problem.message },
      );
    } else if (now.ddl !== ddl || documentStore.getState().document.settings !== settings) {
      show({ state: 'unchecked' });
      notify({ tone: 'info', text: `The model changed while ${product} was running: check again.` });
    } else {
      const { version, errors } = checked.value;
      const { revision } = now;
      show(
        errors.length === 0
          ? { state: 'runs', product, version, revision }
          : { state: 'fails', product, version, revision, errors },
      );
    }
  } finally {
    running = undefined;
  }
}
