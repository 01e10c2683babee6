import { type ReactNode, useId } from 'react';
import type { Document, Id, Table } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { Select } from '#ui/Select.tsx';

/** Controls under a heading. */
export function Group({
  title,
  end,
  children,
}: {
  readonly title: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <span id={id} className="flex-1 text-xs font-semibold text-ink-2">
          {title}
        </span>
        {end}
      </div>
      {children}
    </fieldset>
  );
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

/** One of several, each with a line that says what it means. */
export function Choices<V extends string>({
  title,
  value,
  options,
  onChange,
}: {
  readonly title: string;
  readonly value: V;
  readonly options: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <Group title={title}>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'flex cursor-pointer items-start gap-2 rounded-md border px-2.5 py-1.5 has-focus-visible:ring-2 has-focus-visible:ring-accent',
            option.value === value ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name={name}
            className="mt-0.5 accent-(--color-accent) outline-none"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className="min-w-0">
            <span className="block leading-5">{option.label}</span>
            {option.hint === undefined ? null : <span className="block text-xs leading-4 text-ink-2">{option.hint}</span>}
          </span>
        </label>
      ))}
    </Group>
  );
}

/** Things to tick, in a box that scrolls. */
export function Ticks({
  title,
  items,
  ticked,
  onChange,
}: {
  readonly title: string;
  readonly items: readonly { readonly id: Id; readonly label: string; readonly hint?: string; readonly disabled?: boolean }[];
  readonly ticked: readonly Id[];
  readonly onChange: (ticked: readonly Id[]) => void;
}) {
  const on = new Set(ticked);
  const open = items.filter((item) => item.disabled !== true);
  const all = open.length > 0 && open.every((item) => on.has(item.id));
  const flip = (id: Id) => {
    const next = new Set(on);
    if (next.has(id)) next.delete(id);
    else next.add(id);
    onChange(items.filter((item) => next.has(item.id)).map((item) => item.id));
  };
  return (
    <Group
      title={title}
      end={
        <button
          type="button"
          className="rounded text-xs text-accent hover:underline"
          onClick={() => onChange(all ? [] : open.map((item) => item.id))}
        >
          {all ? 'None' : 'All'}
        </button>
      }
    >
      <div className="flex max-h-[236px] flex-col overflow-y-auto rounded-md border border-line bg-surface py-1">
        {items.map((item) => (
          <div key={item.id} className="flex min-h-6.5 shrink-0 items-center gap-2 px-2.5 hover:bg-sunken">
            <Checkbox
              className="min-w-0 flex-1 [&>label]:min-w-0 [&>label]:flex-1 [&>label]:truncate"
              label={item.label}
              checked={on.has(item.id)}
              disabled={item.disabled === true}
              onCheckedChange={() => flip(item.id)}
            />
            {item.hint === undefined ? null : (
              <span className="max-w-[45%] truncate font-mono text-[11px] text-ink-3">{item.hint}</span>
            )}
          </div>
        ))}
      </div>
    </Group>
  );
}

/** A table's name, with its schema where another table has the same. */
export function tableLabel(document: Document, table: Table): string {
  const twin = Object.values(document.tables).some((one) => one.name === table.name && one.id !== table.id);
  const schema = Object.hasOwn(document.schemas, table.schema) ? document.schemas[table.schema]?.name : undefined;
  return twin && schema !== undefined ? `${schema}.${table.name}` : table.name;
}

/** Which of the selected tables; nothing to choose where there is one. */
export function TableChoice({
  title,
  document,
  tables,
  value,
  onChange,
}: {
  readonly title: string;
  readonly document: Document;
  readonly tables: readonly Table[];
  readonly value: Id;
  readonly onChange: (table: Id) => void;
}) {
  if (tables.length < 2) return null;
  return (
    <Group title={title}>
      <Select
        label={title}
        value={value}
        options={tables.map((one) => ({ value: one.id, label: tableLabel(document, one) }))}
        onValueChange={onChange}
      />
    </Group>
  );
}
