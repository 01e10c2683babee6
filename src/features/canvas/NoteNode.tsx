import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { plainText } from '#lib/markdown.ts';
import type { Note } from '#model/layout-types.ts';
import { tintColour } from '#paint/tints.ts';
import { useView } from '#state/hooks.ts';
import { editingStore } from './editing.ts';
import { MarkdownView } from './MarkdownView.tsx';
import type { SceneNode } from './scene.ts';
import { NoteEditor } from './TitleEditor.tsx';

/** A note: Markdown on the canvas. */
export const NoteNode = memo(function NoteNode({ data }: NodeProps) {
  const node = data as unknown as SceneNode;
  const note = node.record as Note;
  const selected = useView((view) => view.selection.some((ref) => ref.record === note.id));
  const focusable = useView((view) => view.selection.at(-1)?.record === note.id);
  const editing = useStore(editingStore, ({ at }) => at?.object === note.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a note on a canvas is no fieldset
    <div
      role="group"
      aria-roledescription="note"
      aria-label={`Note: ${plainText(note.text)}`}
      className="tn"
      data-kind="note"
      data-id={note.id}
      data-selected={selected}
      tabIndex={focusable ? 0 : -1}
      {...(note.tint === undefined ? {} : { 'data-tinted': '', style: { '--tint': tintColour(note.tint) } as React.CSSProperties })}
    >
      {editing ? <NoteEditor note={note} /> : <MarkdownView text={note.text} />}
    </div>
  );
});
