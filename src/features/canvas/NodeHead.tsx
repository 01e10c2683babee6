import { Fragment, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Id } from '#model/types.ts';
import { editingStore } from './editing.ts';
import { TitleEditor } from './TitleEditor.tsx';

interface NodeHeadProps {
  readonly id: Id;
  readonly name: string;
  /** Badges behind the name. */
  readonly children?: ReactNode;
}

/** The title of a table or view, editable where it stands, and its badges. */
export function NodeHead({ id, name, children }: NodeHeadProps) {
  const editing = useStore(editingStore, ({ at }) => at?.object === id && at.field === 'title');
  return (
    <div className="head">
      {editing ? (
        <TitleEditor id={id} name={name} />
      ) : (
        <span className="title" title={name}>
          {name}
        </span>
      )}
      {children}
    </div>
  );
}

/** The name alone, for when rows are too small to read: it may break after an underscore. `sign` is what a lens says. */
export function BigName({ name, sign }: { readonly name: string; readonly sign?: string | undefined }) {
  return (
    <div className="big">
      <span>
        {name.split(/(?<=_)/).map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
          <Fragment key={at}>
            {part}
            <wbr />
          </Fragment>
        ))}
        {sign === undefined ? null : <span className="sign">{sign}</span>}
      </span>
    </div>
  );
}

/** Letters of a name in pixels of width for each pixel of their size. */
const ADVANCE = 0.64;

/** Largest letters, in pixels, with which a name fits its box: on one line, or broken after underscores. */
export function fitting(name: string, { width, height }: { readonly width: number; readonly height: number }): string {
  const parts = name.split(/(?<=_)/);
  const longest = Math.max(1, ...parts.map((part) => part.length));
  const room = height - 14;
  const broken = Math.min((width - 14) / (longest * ADVANCE), room / (parts.length * 1.1));
  const whole = Math.min((width - 14) / (Math.max(1, name.length) * ADVANCE), room / 1.1);
  return `${Math.floor(Math.max(broken, whole))}px`;
}
