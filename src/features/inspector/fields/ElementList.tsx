import { useId } from 'react';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Select } from '#ui/Select.tsx';
import { elementText, readElement } from '../logic/element-text.ts';
import { SuggestInput } from './SuggestInput.tsx';
import { useField } from './use-field.ts';

export interface ElementListProps<E extends IndexElement> {
  readonly document: Document;
  /** Absent for a materialized view, whose columns are only names. */
  readonly table: Table | undefined;
  readonly elements: readonly E[];
  readonly onCommit: (elements: readonly E[]) => string | undefined;
  /** Order and nulls mean something: btree. */
  readonly ordered: boolean;
  /** A new element from a column or expression. */
  readonly make: (element: IndexElement) => E;
  /** What stands beside the element, such as the operator of an exclusion constraint. */
  readonly extra?: (element: E, change: (element: E) => string | undefined) => React.ReactNode;
}

interface LineProps<E extends IndexElement> extends ElementListProps<E> {
  readonly element: E;
  readonly at: number;
}

const ORDERS = [
  { value: 'asc', label: 'asc' },
  { value: 'desc', label: 'desc' },
  { value: 'asc first', label: 'asc, nulls first' },
  { value: 'desc last', label: 'desc, nulls last' },
] as const;
type Order = (typeof ORDERS)[number]['value'];

function orderOf({ order, nulls }: IndexElement): Order {
  if (order === 'desc') return nulls === 'last' ? 'desc last' : 'desc';
  return nulls === 'first' ? 'asc first' : 'asc';
}

function withOrder<E extends IndexElement>(element: E, order: Order): E {
  const { order: _order, nulls: _nulls, ...rest } = element;
  const next = {
    ...rest,
    ...(order.startsWith('desc') ? { order: 'desc' as const } : {}),
    ...(order === 'asc first' ? { nulls: 'first' as const } : order === 'desc last' ? { nulls: 'last' as const } : {}),
  };
  return next as E;
}

function replaced<E>(list: readonly E[], at: number, ...by: readonly E[]): E[] {
  return [...list.slice(0, at), ...by, ...list.slice(at + 1)];
}

function moved<E>(list: readonly E[], at: number, to: number): E[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(at, 1));
  return next;
}

function Line<E extends IndexElement>({ document, table, elements, onCommit, ordered, extra, element, at }: LineProps<E>) {
  const note = useId();
  const columns = table === undefined ? [] : columnsOf(document, table);
  const nameOf = (id: string) => (table === undefined ? undefined : columnOf(document, table, id)?.name);
  const change = (next: E) => onCommit(replaced(elements, at, next));
  const field = useField(elementText(element, nameOf), (text) => {
    const read = readElement(text, columns, table === undefined);
    if (!read.ok) return read.problem.message;
    const { column: _column, columnName: _name, expression: _expression, ...rest } = element;
    return change({ ...rest, ...read.value } as E);
  });
  return (
    <li className="flex min-w-0 flex-col gap-0.5">
      <div className="flex min-w-0 items-center gap-1">
        <span className="w-4 shrink-0 text-right text-[11px] text-ink-3">{at + 1}</span>
        <div className="flex min-w-0 flex-1">
          <SuggestInput
            label={`Element ${at + 1}: a column or an expression`}
            text={field.text}
            mono
            commitChoice
            invalid={field.problem !== undefined}
            describedBy={field.problem === undefined ? undefined : note}
            suggest={(text) => ({
              start: 0,
              end: text.length,
              options: columns
                .filter((column) => column.name.includes(text.trim()) && column.name !== text)
                .map((column) => ({ text: column.name })),
            })}
            onChange={field.change}
            onCommit={(text) => field.commit(text)}
            onCancel={field.restore}
            onBlur={() => field.commit()}
            onKey={(event) => {
              const to = event.altKey && event.key === 'ArrowUp' ? at - 1 : event.altKey && event.key === 'ArrowDown' ? at + 1 : -1;
              if (to < 0 || to >= elements.length) return false;
              onCommit(moved(elements, at, to));
              return true;
            }}
          />
        </div>
        {ordered ? (
          <Select
            label={`Order of element ${at + 1}`}
            size="sm"
            className="w-20 shrink-0"
            value={orderOf(element)}
            options={ORDERS}
            onValueChange={(order) => change(withOrder(element, order))}
          />
        ) : null}
        {extra?.(element, change)}
        <IconButton
          icon="X"
          size="sm"
          label={`Take element ${at + 1} out`}
          disabled={elements.length === 1}
          onClick={() => onCommit(replaced(elements, at))}
        />
      </div>
      {field.problem === undefined ? null : (
        <p id={note} role="alert" className="pl-5 text-[11.5px] leading-4 text-bad">
          {field.problem}
        </p>
      )}
      <Details element={element} change={change} />
    </li>
  );
}

function Details<E extends IndexElement>({ element, change }: { element: E; change: (element: E) => string | undefined }) {
  if (element.operatorClass === undefined && element.collation === undefined) return null;
  const without = (key: 'operatorClass' | 'collation') => {
    const { [key]: _, ...rest } = element;
    change(rest as E);
  };
  return (
    <div className="flex flex-wrap gap-1 pl-5">
      {(['operatorClass', 'collation'] as const).map((key) =>
        element[key] === undefined ? null : (
          <button
            key={key}
            type="button"
            className="inline-flex h-5 items-center rounded border border-line bg-sunken px-1.5 font-mono text-[11px] text-ink-2 hover:border-line-strong"
            title="Click removes it"
            onClick={() => without(key)}
          >
            {key === 'collation' ? 'collate ' : ''}
            {element[key]} ×
          </button>
        ),
      )}
    </div>
  );
}

/** The ordered elements of an index: columns or expressions, with order, operator class and collation. */
export function ElementList<E extends IndexElement>(props: ElementListProps<E>) {
  const { document, table, elements, onCommit, make } = props;
  const lines = elements.map((element, at) => ({ element, at }));
  const free =
    table === undefined
      ? undefined
      : columnsOf(document, table).find((column) => !elements.some((one) => one.column === column.id));
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <ol aria-label="Elements, in order; Alt with an arrow moves one" className="flex min-w-0 flex-col gap-1">
        {lines.map(({ element, at }) => (
          <Line key={at} {...props} element={element} at={at} />
        ))}
      </ol>
      <Button
        variant="ghost"
        size="sm"
        icon="Plus"
        className="self-start"
        onClick={() => onCommit([...elements, make(free === undefined ? { expression: 'true' } : { column: free.id })])}
      >
        Add element
      </Button>
    </div>
  );
}
