import type { editor as Monaco } from 'monaco-editor/editor/editor.api';
import type { WrittenDocument, WrittenStatement } from '#engine/sql/written.ts';
import { Places } from '../logic/places.ts';
import {
  arrange,
  editsOf,
  lengthOf,
  locate,
  type Segment,
  type Segments,
  type Shown,
  sliceOf,
  startOf,
  textOf,
  typed,
} from '../logic/segments.ts';
import { narrowEdit, type TextEdit } from '../logic/text-edits.ts';
import { TypingHistory } from '../logic/typing-history.ts';

/** How a statement was typed, kept while the model writes it the same way. */
interface TypedForm {
  readonly written: string;
  readonly typed: string;
}

/**
 * Binds an editor's text to the written model: the model's changes become minimal edits, a person's edits become drafts.
 * It knows the text only; what a draft means is decided elsewhere.
 */
export class TextBinding {
  readonly #model: Monaco.ITextModel;
  readonly #history = new TypingHistory();
  readonly #forms = new Map<string, TypedForm>();
  readonly #onChange: (by: 'person' | 'model') => void;
  #segments: Segments = [];
  #written: WrittenDocument = { statements: [], unsupported: [] };
  #places: Places | undefined;
  #placed = false;
  #writing = false;
  #held = 0;

  constructor(model: Monaco.ITextModel, onChange: (by: 'person' | 'model') => void) {
    this.#model = model;
    this.#onChange = onChange;
    model.onDidChangeContent((event) => {
      if (!this.#writing) this.#personTyped(event.changes);
    });
  }

  get segments(): Segments {
    return this.#segments;
  }

  get places(): Places {
    const { statements } = this.#written;
    if (!this.#placed) this.#places = new Places(this.#segments, statements, this.#places);
    this.#placed = true;
    return this.#places as Places;
  }

  get written(): WrittenDocument {
    return this.#written;
  }

  readonly #shown: Shown = (statement: WrittenStatement) => {
    const form = this.#forms.get(statement.key);
    return form !== undefined && form.written === statement.sql ? form.typed : statement.sql;
  };

  /** Shows the model as it is now written. */
  show(written: WrittenDocument): void {
    this.#written = written;
    this.#arrange(this.#segments);
  }

  /** These drafts have been taken over, or given up: the model's text stands in their place. */
  settle(done: ReadonlySet<string>): void {
    for (const id of done) this.#history.forget(id);
    this.#segments = this.#segments.map((one) => (done.has(one.id) ? { ...one, draft: false } : one));
    this.#arrange(this.#segments);
  }

  /** Until {@link release}, the text stays as it is, whatever the model becomes. */
  hold(): void {
    this.#held += 1;
  }

  release(): void {
    this.#held -= 1;
    this.#arrange(this.#segments);
  }

  #arrange(segments: Segments): void {
    if (this.#held === 0) this.#write(arrange(segments, this.#written.statements, this.#shown));
  }

  /** Keeps how a person formatted a statement for as long as the model writes it as it does now. */
  keepTyped(key: string, text: string): void {
    const statement = this.#written.statements.find((one) => one.key === key);
    if (statement !== undefined) this.#forms.set(key, { written: statement.sql, typed: text });
  }

  /** Another document: nothing of the old one holds. */
  forget(): void {
    for (const segment of this.#segments) this.#history.forget(segment.id);
    this.#forms.clear();
    this.#segments = this.#segments.map((one) => ({ ...one, draft: false }));
  }

  draft(id: string): Segment | undefined {
    return this.#segments.find((one) => one.id === id && one.draft);
  }

  drafts(): Segment[] {
    return this.#segments.filter((one) => one.draft);
  }

  /** Takes the last typing in the draft at an offset back (or does it again). Says where the caret goes. */
  stepTyping(offset: number, direction: 'undo' | 'redo'): number | undefined {
    const at = locate(this.#segments, offset);
    const segment = at === undefined ? undefined : this.#segments[at.index];
    if (at === undefined || segment === undefined) return undefined;
    const text = this.#history[direction](segment.id, segment.text);
    if (text === undefined) return undefined;
    const edit = narrowEdit(segment.text, text, at.start);
    if (edit === undefined) return offset;
    this.#write(typed(this.#segments, edit), 'person');
    return edit.start + edit.text.length;
  }

  #personTyped(changes: readonly Monaco.IModelContentChange[]): void {
    const edits: TextEdit[] = changes
      .map((one) => ({ start: one.rangeOffset, end: one.rangeOffset + one.rangeLength, text: one.text }))
      .sort((a, b) => b.start - a.start);
    let next = this.#segments;
    for (const edit of edits) next = this.#typed(next, edit);
    // What the editor normalises (line ends, odd separators) must not let the two drift apart.
    if (lengthOf(next) !== this.#model.getValueLength()) {
      const drift = narrowEdit(textOf(next), this.#model.getValue(), 0);
      if (drift !== undefined) next = typed(next, drift);
    }
    this.#become(next, 'person');
  }

  #typed(segments: Segments, edit: TextEdit): Segments {
    const removed = sliceOf(segments, edit.start, edit.end);
    const next = typed(segments, edit);
    const at = locate(next, edit.start);
    const segment = at === undefined ? undefined : next[at.index];
    if (at === undefined || segment === undefined) return next;
    const local = edit.start - at.start;
    const before = segment.text.slice(0, local) + removed + segment.text.slice(local + edit.text.length);
    this.#history.record(segment.id, before, edit, performance.now());
    return next;
  }

  #write(next: Segments, by: 'person' | 'model' = 'model'): void {
    const edits = editsOf(this.#segments, next);
    this.#writing = true;
    try {
      if (this.#segments.length === 0) this.#model.setValue(textOf(next));
      else {
        this.#model.applyEdits(
          edits.map((edit) => {
            const start = this.#model.getPositionAt(edit.start);
            const end = this.#model.getPositionAt(edit.end);
            return {
              range: {
                startLineNumber: start.lineNumber,
                startColumn: start.column,
                endLineNumber: end.lineNumber,
                endColumn: end.column,
              },
              text: edit.text,
            };
          }),
        );
      }
    } finally {
      this.#writing = false;
    }
    this.#become(next, by);
  }

  #become(segments: Segments, by: 'person' | 'model'): void {
    this.#segments = segments;
    this.#placed = false;
    this.#onChange(by);
  }

  /** Offset at which a draft's text begins. */
  startOf(id: string): number {
    return startOf(
      this.#segments,
      this.#segments.findIndex((one) => one.id === id),
    );
  }
}
