import { createStore } from 'zustand/vanilla';
import type { MoveChoices } from '#engine/move/plan-types.ts';
import { err, ok, type Problem, type Result } from '#lib/result.ts';
import { DEFAULT_VERSION, emptyDocument } from '#model/create.ts';
import { replaceArgs } from '#model/replace.ts';
import type { Dialect, Document } from '#model/types.ts';
import type { Moved, MoveTarget } from '#worker/jobs-protocol.ts';
import { documentStore, run } from './document.ts';
import { Newest } from './newest.ts';
import { notify } from './notices.ts';
import { service } from './services.ts';
import { newDocument } from './session-open.ts';
import { openDialog } from './view.ts';

/** Where the open document would move, and what that makes of it. */
export interface MoveState {
  readonly target: MoveTarget;
  /** The document the plan is of. */
  readonly document?: Document | undefined;
  readonly moved?: Moved | undefined;
  readonly problem?: Problem | undefined;
  readonly busy: boolean;
}

const NO_TARGET: MoveTarget = { dialect: 'postgresql', version: DEFAULT_VERSION.postgresql, choices: {} };

export const moveStore = createStore<MoveState>(() => ({ target: NO_TARGET, busy: false }));

const running = new Newest();

/** What a document becomes elsewhere; for other places than the dialog. */
export async function planMoveOf(document: Document, target: MoveTarget): Promise<Result<Moved>> {
  const runner = service('move');
  if (runner === undefined) return err('move-absent', 'The studio is still starting. Try again in a moment.');
  return runner(document, target, new AbortController().signal);
}

/** Plans the move of the open document anew. The plan shown before stays until the next is there. */
export async function planMoveTo(target: MoveTarget): Promise<void> {
  const { document } = documentStore.getState();
  const runner = service('move');
  if (runner === undefined) {
    moveStore.setState({ target, busy: false, problem: { code: 'move-absent', message: 'The studio is still starting.' } });
    return;
  }
  const mine = running.begin();
  moveStore.setState({ target, busy: true, problem: undefined });
  const planned = await runner(document, target, mine.signal);
  if (!mine.end()) return;
  moveStore.setState(planned.ok ? { busy: false, document, moved: planned.value } : { busy: false, problem: planned.problem });
}

/** Chooses another form for a mapping. */
export function chooseMapping(mapping: string, option: string): void {
  const { target } = moveStore.getState();
  const choices: MoveChoices = { ...target.choices, [mapping]: option };
  void planMoveTo({ ...target, choices });
}

/** Ends the planning; nothing was changed. */
export function leaveMove(): void {
  running.callOff();
  moveStore.setState({ busy: false, moved: undefined, document: undefined, problem: undefined });
  openDialog(undefined);
}

/** Opens the dialog that moves the open document, for a database of choice. */
export function openMove(dialect: Dialect, version = DEFAULT_VERSION[dialect]): void {
  moveStore.setState({ moved: undefined, document: undefined, problem: undefined });
  openDialog('move');
  void planMoveTo({ dialect, version, choices: {} });
}

/** Makes the open document the moved one, in one undo step. */
export function convertHere(label: string): Result<void> {
  const { moved, document } = moveStore.getState();
  const { document: now, readOnly } = documentStore.getState();
  if (readOnly !== undefined) return err('read-only', readOnly);
  if (moved === undefined || document !== now) {
    return err('document-busy', 'The document changed meanwhile: look at what the move would do now.');
  }
  const ran = run({ name: 'putRecords', args: replaceArgs(now, moved.document, label) });
  return ran.ok ? ok(undefined) : ran;
}

/** Opens the moved document as a new one. */
export async function convertCopy(name: string): Promise<Result<void>> {
  const { moved } = moveStore.getState();
  if (moved === undefined) return err('move-absent', 'There is no plan yet.');
  const opened = await newDocument(moved.document, name);
  return opened.ok ? ok(undefined) : opened;
}

/** Whether nothing in a document depends on its database yet. */
export function isBlank(document: Document): boolean {
  const { tables, views, types, sequences, routines, triggers, verbatim, entities } = document;
  return [tables, views, types, sequences, routines, triggers, verbatim, entities].every((one) => Object.keys(one).length === 0);
}

/** Makes an empty document one of another database; for one that holds something, opens the dialog that moves it. */
export function chooseDatabase(dialect: Dialect, version: number): void {
  const { document } = documentStore.getState();
  const settings = document.settings['settings'];
  if (settings === undefined || (settings.dialect === dialect && settings.version === version)) return;
  if (settings.dialect !== dialect && !isBlank(document)) {
    openMove(dialect, version);
    return;
  }
  const next = emptyDocument(settings.name, version, dialect);
  const implicit = Object.values(document.schemas).filter((one) => one.implicit === true);
  const schemas = Object.values(next.schemas).flatMap((made) =>
    settings.dialect === dialect ? [] : implicit.slice(0, 1).map(({ id }) => ({ ...made, id })),
  );
  const put = [
    { collection: 'settings' as const, record: { ...settings, dialect, version } },
    ...schemas.map((record) => ({ collection: 'schemas' as const, record })),
  ];
  const ran = run({ name: 'putRecords', args: { label: 'Choose the database', put, exact: true } });
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
}
