import { useId } from 'react';
import type { ColumnProfile } from '#engine/discover/profile/profile.ts';
import type { ProposedColumn } from '#engine/discover/profile/propose.ts';
import { completeType, SuggestInput, typeText, useTypeField } from '#features/inspector/index.ts';
import { many } from '#lib/amounts.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import type { TableChoice } from './choice.ts';
import { editColumn } from './session.ts';

interface ColumnShapeProps {
  readonly at: number;
  readonly proposed: ProposedColumn;
  readonly profile: ColumnProfile;
  readonly choice: TableChoice;
  /** It is in the primary key. */
  readonly primary: boolean;
  readonly tabIndex: 0 | -1;
}

/** The type of a proposed column and whether it may be NULL, to be changed before it is made. */
export function ColumnShape({ at, proposed, profile, choice, primary, tabIndex }: ColumnShapeProps) {
  const id = useId();
  const document = useDocumentState((state) => state.document);
  const { type = proposed.type, nullable = proposed.nullable } = choice.edits?.get(at) ?? {};
  const field = useTypeField(document, typeText(document, type), undefined, (next) => {
    editColumn(at, { type: next });
    return undefined;
  });
  const refused = !nullable && profile.nulls > 0;
  return (
    <span className="flex min-w-0 flex-col justify-center gap-1.5">
      <span
        title={field.problem ?? proposed.why}
        className="h-6.5 rounded-md border border-line-strong bg-sunken px-1.5 focus-within:border-accent focus-within:bg-surface focus-within:ring-1 focus-within:ring-accent has-[[aria-invalid=true]]:border-bad"
      >
        <SuggestInput
          label={`Type of column ${profile.name}`}
          text={field.text}
          mono
          bare
          commitChoice
          tabIndex={tabIndex}
          invalid={field.problem !== undefined}
          describedBy={field.problem === undefined ? undefined : id}
          suggest={(text) => ({ start: 0, end: text.length, options: completeType(document, field.changed ? text : '') })}
          onChange={field.change}
          onCommit={(text) => field.commit(text)}
          onCancel={field.restore}
          onBlur={() => field.commit()}
        />
      </span>
      {field.problem === undefined ? (
        <Checkbox
          className={`text-[11.5px] ${refused ? 'text-warn' : 'text-ink-2'}`}
          label={refused ? `NULL in ${many(profile.nulls, 'row')}` : 'may be NULL'}
          checked={nullable && !primary}
          disabled={primary}
          tabIndex={tabIndex}
          title={primary ? 'A primary key holds no NULL' : undefined}
          onCheckedChange={(next) => editColumn(at, { nullable: next })}
        />
      ) : (
        <span id={id} role="alert" className="truncate text-[11.5px] text-bad" title={field.problem}>
          {field.problem}
        </span>
      )}
    </span>
  );
}
