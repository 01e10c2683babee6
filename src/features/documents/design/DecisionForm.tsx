import { useId, useState } from 'react';
import type { Decision } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { useDraft } from '#ui/use-draft.ts';
import { aboutOf, removeDecision, setDecision, subjects } from './decision-edits.ts';

const STATUS: readonly { readonly value: Decision['status']; readonly label: string }[] = [
  { value: 'proposed', label: 'Proposed' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'superseded', label: 'Superseded' },
];

interface AreaProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onCommit: (text: string) => void;
}

/** Text of several lines; it grows with what is typed, and counts when the focus leaves or on mod+Enter. */
function Area({ label, value, placeholder, onCommit }: AreaProps) {
  const id = useId();
  const draft = useDraft(value, onCommit, true);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        className="field-sizing-content max-h-60 min-h-12 resize-none rounded-md border border-line-strong bg-sunken px-2 py-1 leading-[19px] outline-none placeholder:text-ink-3 focus:border-accent focus:bg-surface focus:ring-1 focus:ring-accent"
        value={draft.text}
        placeholder={placeholder}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.commit}
        onKeyDown={draft.onKeyDown}
      />
    </div>
  );
}

function About({ decision }: { readonly decision: Decision }) {
  const list = useId();
  const document = useDocumentState((state) => state.document);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const known = subjects(document);
  const about = aboutOf(document, decision);
  const set = (ids: readonly string[]) => setDecision(decision, { about: ids.length === 0 ? null : ids });
  const add = () => {
    const wanted = text.trim();
    if (wanted === '') return;
    const id = known.get(wanted);
    setWrong(id === undefined);
    if (id === undefined) return;
    setText('');
    if (!about.some((one) => one.id === id)) set([...about.map((one) => one.id), id]);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <TextField
        label="About"
        value={text}
        list={list}
        placeholder="A table, view, type … Enter adds it"
        error={wrong ? `The model has no ${text.trim()}.` : undefined}
        onChange={(next) => {
          setText(next);
          setWrong(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
      />
      <datalist id={list}>
        {[...known.keys()].map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
      {about.length === 0 ? null : (
        <ul aria-label="What it is about" className="flex flex-wrap gap-1.5">
          {about.map(({ id, title }) => (
            <li
              key={id}
              className="flex max-w-full items-center gap-0.5 rounded-[5px] border border-line bg-sunken pl-1.5 font-mono text-[11.5px]"
            >
              <span className="truncate">{title}</span>
              <IconButton
                icon="X"
                size="sm"
                label={`Not about ${title}`}
                onClick={() => set(about.filter((one) => one.id !== id).map((one) => one.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One decision: every field counts when it is left, each as one undo step. */
export function DecisionForm({ decision, fresh }: { readonly decision: Decision; readonly fresh: boolean }) {
  const set = (patch: Parameters<typeof setDecision>[1]) => void setDecision(decision, patch);
  return (
    <div className="flex min-w-0 flex-col gap-3 px-5 py-3.5">
      <TextField
        label="Title"
        value={decision.title}
        autoFocus={fresh}
        onFocus={(event) => {
          if (fresh) event.target.select();
        }}
        onCommit={(title) => {
          if (title.trim() !== '') set({ title: title.trim() });
        }}
      />
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex min-w-36 flex-col gap-1">
          <span className="text-xs text-ink-2">Status</span>
          <Select label="Status" value={decision.status} options={STATUS} onValueChange={(status) => set({ status })} />
        </div>
        <TextField
          label="Date"
          type="date"
          value={decision.date}
          onCommit={(date) => {
            if (date !== '') set({ date });
          }}
        />
        <span className="flex-1" />
        <Button icon="Trash2" variant="ghost" onClick={() => removeDecision(decision)}>
          Delete the decision
        </Button>
      </div>
      <Area
        label="Context"
        value={decision.context}
        placeholder="What was asked, and what bears on it"
        onCommit={(context) => set({ context })}
      />
      <Area label="Decision" value={decision.decision} placeholder="What is done" onCommit={(text) => set({ decision: text })} />
      <Area
        label="Consequences"
        value={decision.consequences}
        placeholder="What follows from it, wanted or not"
        onCommit={(consequences) => set({ consequences })}
      />
      <About decision={decision} />
    </div>
  );
}
