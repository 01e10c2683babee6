import type { editor, IDisposable } from 'monaco-editor/editor/editor.api';
import type { Severity } from '#engine/finding.ts';
import type { Dependent } from '#engine/queries.ts';
import type { WrittenStatement } from '#engine/sql/written.ts';
import type { Dialect, Ref } from '#model/types.ts';
import { documentStore, onDocumentChange, redo, undo } from '#state/document.ts';
import { resultsStore } from '#state/results.ts';
import { reveal, sameRef, viewStore } from '#state/view.ts';
import { type Mark, markBeside, marksAt, marksOf } from '../logic/marks.ts';
import type { Range } from '../logic/places.ts';
import { createEditor, remeasureWithFonts } from './create-editor.ts';
import { Drafts } from './drafts.ts';
import { languageOf } from './languages.ts';
import type { monaco as Monaco } from './monaco.ts';
import { stripesOf } from './stripes.ts';
import { TextBinding } from './text-binding.ts';
import { currentTheme } from './theme.ts';

type MonacoApi = typeof Monaco;

function dialectNow(): Dialect {
  return documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
}

const PANE = 'ddl';
const OWNER = 'crowfoot';

/** What the component beside the editor shows. */
export interface PaneStatus {
  readonly drafts: number;
  /** What keeps the first marked draft from being applied. */
  readonly problem?: string;
  readonly tabMoves: boolean;
}

/** Marks under the pointer or the caret, with where to show them, in pixels of the window. */
export interface MarksShown {
  readonly marks: readonly Mark[];
  readonly x: number;
  readonly y: number;
  /** Opened by a key: the card takes the focus. */
  readonly focus: boolean;
  /** Opened by the pointer, which must still be over this. */
  readonly over?: HTMLElement;
}

export interface PaneOptions {
  readonly tintOf: (statement: WrittenStatement) => number | undefined;
  readonly confirm: (dependents: readonly Dependent[]) => Promise<boolean>;
  readonly onStatus: (status: PaneStatus) => void;
  readonly onMarks: (shown: MarksShown | undefined) => void;
}

/** The DDL pane: one editor kept in step with the model, the findings and the selection. */
export class SqlPane {
  readonly #monaco: MonacoApi;
  readonly #code: editor.IStandaloneCodeEditor;
  readonly #model: editor.ITextModel;
  readonly #options: PaneOptions;
  readonly #binding: TextBinding;
  readonly #drafts: Drafts;
  readonly #stripes: editor.IEditorDecorationsCollection;
  readonly #selected: editor.IEditorDecorationsCollection;
  readonly #stops: (() => void)[] = [];
  #marks: readonly Mark[] = [];
  #active: string | undefined;
  #frame = 0;
  #step = 0;
  #hover: ReturnType<typeof setTimeout> | undefined;
  #followed: Ref | undefined;
  #tabMoves = true;
  #unshown = false;
  #stopped = false;

  constructor(monaco: MonacoApi, host: HTMLElement, options: PaneOptions) {
    this.#monaco = monaco;
    this.#options = options;
    this.#code = createEditor(monaco, host, 'DDL of the model, SQL', dialectNow());
    this.#model = this.#code.getModel() as editor.ITextModel;
    this.#stripes = this.#code.createDecorationsCollection();
    this.#selected = this.#code.createDecorationsCollection();
    this.#binding = new TextBinding(this.#model, (by) => this.#textChanged(by));
    this.#drafts = new Drafts(this.#binding, { confirm: options.confirm, onChange: () => this.#later() });
    remeasureWithFonts(monaco);
    this.#bindKeys();
    this.#listen();
    this.#binding.show(resultsStore.getState().ddl);
    this.#setReadOnly();
    this.#followSelection();
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    // A draft that is being applied still reaches the model, but no text that is gone.
    this.#binding.hold();
    this.#stopped = true;
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#step);
    clearTimeout(this.#hover);
    this.#drafts.dispose();
    this.#code.dispose();
    this.#model.dispose();
  }

  focus(): void {
    this.#code.focus();
  }

  applyDrafts(): void {
    void this.#drafts.applyAll();
  }

  discardDrafts(): void {
    for (const draft of this.#binding.drafts()) this.#drafts.discard(draft.id);
  }

  #own(disposable: IDisposable): void {
    this.#stops.push(() => disposable.dispose());
  }

  #listen(): void {
    this.#stops.push(
      onDocumentChange(({ source }) => {
        if (source === 'load') this.#binding.forget();
      }),
      resultsStore.subscribe((now, before) => {
        if (now.ddl !== before.ddl) {
          this.#binding.show(now.ddl);
          // What was just made is selected before it is written.
          if (this.#unshown) this.#followSelection();
        }
        if (now.findings !== before.findings || now.runsOn !== before.runsOn) this.#later();
      }),
      documentStore.subscribe((now, before) => {
        if (now.readOnly !== before.readOnly) this.#setReadOnly();
        if (now.document.settings !== before.document.settings)
          this.#monaco.editor.setModelLanguage(this.#model, languageOf(dialectNow()));
        if (now.document.schemas !== before.document.schemas || now.document.settings !== before.document.settings) this.#later();
      }),
      viewStore.subscribe((now, before) => {
        if (now.selection !== before.selection) this.#followSelection();
      }),
    );
    const theme = new MutationObserver(() => this.#monaco.editor.setTheme(currentTheme()));
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.#stops.push(() => theme.disconnect());
    this.#own(this.#code.onDidChangeCursorPosition((event) => this.#caretMoved(event)));
    this.#own(this.#code.onDidBlurEditorWidget(() => this.applyDrafts()));
    this.#own(this.#code.onDidScrollChange(() => this.#scrolled()));
    this.#own(this.#code.onDidLayoutChange(() => this.#later()));
    this.#own(this.#code.onMouseMove((event) => this.#pointed(event)));
    this.#own(this.#code.onMouseLeave(() => clearTimeout(this.#hover)));
    this.#own(
      this.#code.onDidChangeConfiguration(() => {
        this.#tabMoves = this.#code.getOption(this.#monaco.editor.EditorOption.tabFocusMode);
        this.#later();
      }),
    );
  }

  #bindKeys(): void {
    const { KeyMod, KeyCode } = this.#monaco;
    const add = (keys: number, run: () => void) => this.#code.addCommand(keys, run);
    add(KeyMod.CtrlCmd | KeyCode.KeyZ, () => this.#undo('undo'));
    add(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => this.#undo('redo'));
    add(KeyMod.CtrlCmd | KeyCode.KeyY, () => this.#undo('redo'));
    add(KeyMod.CtrlCmd | KeyCode.KeyS, () => this.applyDrafts());
    add(KeyMod.CtrlCmd | KeyCode.Enter, () => this.applyDrafts());
    add(KeyMod.CtrlCmd | KeyCode.Period, () => this.#showMarks(this.#caret(), 'key'));
    add(KeyMod.Alt | KeyCode.Enter, () => this.#showMarks(this.#caret(), 'key'));
    add(KeyCode.F8, () => this.#stepMark(1));
    add(KeyMod.Shift | KeyCode.F8, () => this.#stepMark(-1));
  }

  /** To the next underlined place of the whole text, or the one before, with what is to be said there. */
  #stepMark(by: 1 | -1): void {
    const mark = markBeside(this.#marks, this.#caret(), by);
    if (mark === undefined) return;
    const position = this.#model.getPositionAt(mark.start);
    this.#code.setPosition(position);
    this.#code.revealPositionInCenterIfOutsideViewport(position, this.#monaco.editor.ScrollType.Immediate);
    // What scrolling hides is shown once the editor stands where it scrolled to.
    cancelAnimationFrame(this.#step);
    this.#step = requestAnimationFrame(() => this.#showMarks(mark.start, 'step'));
  }

  /** Typing in the draft at the caret first; then the document. */
  #undo(direction: 'undo' | 'redo'): void {
    const caret = this.#binding.stepTyping(this.#caret(), direction);
    if (caret !== undefined) {
      this.#code.setPosition(this.#model.getPositionAt(caret));
      this.#drafts.typed();
    } else if (direction === 'undo') undo();
    else redo();
  }

  #setReadOnly(): void {
    const { readOnly } = documentStore.getState();
    this.#code.updateOptions(
      readOnly === undefined ? { readOnly: false } : { readOnly: true, readOnlyMessage: { value: readOnly } },
    );
  }

  #textChanged(by: 'person' | 'model'): void {
    if (by === 'person') this.#drafts?.typed();
    this.#later();
  }

  /** Stripes, marks and status follow in the next frame, once, however much changes before it. */
  #later(): void {
    if (this.#frame !== 0 || this.#stopped) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    this.#stripes.set(stripesOf(this.#code, this.#binding, this.#options.tintOf));
    const { findings, ddl, runsOn } = resultsStore.getState();
    const problems = this.#drafts.problems();
    const { places } = this.#binding;
    this.#marks = marksOf(
      {
        findings,
        unsupported: ddl.unsupported,
        version: documentStore.getState().document.settings['settings']?.version ?? 18,
        errors: runsOn.state === 'fails' ? runsOn.errors : [],
        problems,
      },
      places,
    );
    this.#monaco.editor.setModelMarkers(
      this.#model,
      OWNER,
      this.#marks.map((mark) => this.#markerOf(mark)),
    );
    const first = [...problems.values()].flat()[0]?.message;
    this.#options.onStatus({
      drafts: this.#binding.drafts().length,
      tabMoves: this.#tabMoves,
      ...(first === undefined ? {} : { problem: first }),
    });
  }

  #markerOf(mark: Mark): editor.IMarkerData {
    const { MarkerSeverity } = this.#monaco;
    const severity: Record<Severity, number> = {
      error: MarkerSeverity.Error,
      warning: MarkerSeverity.Warning,
      info: MarkerSeverity.Info,
    };
    return {
      ...this.#rangeOf(mark),
      severity: severity[mark.severity],
      message: [mark.title, ...mark.body].join('\n'),
      source: mark.source,
    };
  }

  #rangeOf({ start, end }: Range) {
    const from = this.#model.getPositionAt(start);
    const to = this.#model.getPositionAt(end);
    return { startLineNumber: from.lineNumber, startColumn: from.column, endLineNumber: to.lineNumber, endColumn: to.column };
  }

  #caret(): number {
    const position = this.#code.getPosition();
    return position === null ? 0 : this.#model.getOffsetAt(position);
  }

  #caretMoved(event: editor.ICursorPositionChangedEvent): void {
    const { places, segments } = this.#binding;
    const index = places.segmentAt(this.#caret());
    const segment = segments[index];
    if (this.#active !== undefined && this.#active !== segment?.id) void this.#drafts.apply(this.#active);
    this.#active = segment?.draft === true ? segment.id : undefined;
    const { CursorChangeReason } = this.#monaco.editor;
    if (event.reason !== CursorChangeReason.Explicit || !this.#code.hasTextFocus()) return;
    const ref = places.refAt(this.#caret());
    const selection = viewStore.getState().selection;
    if (ref === undefined || (selection.length === 1 && sameRef(selection[0] as Ref, ref))) return;
    this.#followed = ref;
    reveal(ref, PANE);
  }

  /** Marks what is selected, and brings it into view when it was selected elsewhere. */
  #followSelection(): void {
    const ref = viewStore.getState().selection.at(-1);
    const range = ref === undefined ? undefined : this.#binding.places.rangeOf(ref);
    this.#unshown = ref !== undefined && range === undefined;
    if (ref === undefined || range === undefined) {
      this.#selected.clear();
      return;
    }
    const lines = this.#rangeOf(range);
    this.#selected.set([{ range: lines, options: { isWholeLine: true, className: 'sql-selected' } }]);
    const own = this.#followed !== undefined && sameRef(this.#followed, ref);
    this.#followed = undefined;
    if (own || this.#code.hasTextFocus()) return;
    this.#code.revealRangeNearTopIfOutsideViewport(lines, this.#monaco.editor.ScrollType.Immediate);
  }

  #scrolled(): void {
    this.#options.onMarks(undefined);
    this.#later();
  }

  #pointed(event: editor.IEditorMouseEvent): void {
    clearTimeout(this.#hover);
    const { position, type } = event.target;
    if (position === null || type !== this.#monaco.editor.MouseTargetType.CONTENT_TEXT) return;
    const offset = this.#model.getOffsetAt(position);
    this.#hover = setTimeout(() => this.#showMarks(offset, 'pointer'), 250);
  }

  #showMarks(offset: number, by: 'key' | 'step' | 'pointer'): void {
    const focus = by === 'key';
    const marks = marksAt(this.#marks, offset);
    const first = marks[0];
    const host = this.#code.getDomNode();
    if (first === undefined || host === null) {
      if (focus) this.#options.onMarks(undefined);
      return;
    }
    const at = this.#code.getScrolledVisiblePosition(this.#model.getPositionAt(first.start));
    const box = host.getBoundingClientRect();
    if (at === null) return;
    const over = by === 'pointer' ? { over: host } : {};
    this.#options.onMarks({ marks, x: box.left + at.left, y: box.top + at.top, focus, ...over });
  }
}
