import { useStore } from 'zustand';
import { tagsOf } from '#model/derive/diagrams.ts';
import { isFiltering } from '#model/derive/narrow.ts';
import type { Document, Id } from '#model/types.ts';
import { keysOf } from '#state/actions.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { clearFilter, narrowStore, setFilter } from '#state/narrow.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Popover } from '#ui/Popover.tsx';
import { TextField } from '#ui/TextField.tsx';
import { barStore, openFilter } from './bar-store.ts';
import { shownCount } from './shown-count.ts';

interface Choice {
  readonly id: string;
  readonly label: string;
}

function choicesOf(document: Document, diagram: Id): Record<'schemas' | 'areas' | 'tags', readonly Choice[]> {
  const named = (records: readonly { readonly id: Id; readonly name: string }[]) =>
    records.map(({ id, name }) => ({ id, label: name })).toSorted((a, b) => a.label.localeCompare(b.label));
  const used = new Set([...Object.values(document.tables), ...Object.values(document.views)].map((one) => one.schema));
  return {
    schemas: named(Object.values(document.schemas).filter((one) => used.has(one.id))),
    areas: named(Object.values(document.areas).filter((one) => one.diagram === diagram)),
    tags: tagsOf(document).map((tag) => ({ id: tag, label: tag })),
  };
}

const TITLES = { schemas: 'Schemas', areas: 'Areas', tags: 'Tags' } as const;

function Group({ kind, choices }: { readonly kind: 'schemas' | 'areas' | 'tags'; readonly choices: readonly Choice[] }) {
  const chosen = useStore(narrowStore, (state) => state.filter[kind]);
  if (choices.length === 0 || (kind === 'schemas' && choices.length === 1)) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 text-xs font-semibold text-ink-2">{TITLES[kind]}</legend>
      <div className="flex max-h-44 flex-col gap-1.5 overflow-y-auto p-0.5">
        {choices.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label === '' ? 'No name' : label}
            className="min-w-0 [&_label]:min-w-0 [&_label]:truncate"
            checked={chosen.includes(id)}
            onCheckedChange={(on) => setFilter({ [kind]: on ? [...chosen, id] : chosen.filter((one) => one !== id) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Panel() {
  const diagram = useView((state) => state.diagram);
  const document = useDocumentState((state) => state.document);
  const filter = useStore(narrowStore, (state) => state.filter);
  const count = useStore(narrowStore, (state) => state.count);
  const choices = choicesOf(document, diagram);
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label="Name has these letters"
        value={filter.name}
        placeholder="such as ord"
        start={<Icon name="Search" size={13} className="text-ink-3" />}
        onChange={(name) => setFilter({ name })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') openFilter(false);
        }}
      />
      <Group kind="schemas" choices={choices.schemas} />
      <Group kind="areas" choices={choices.areas} />
      <Group kind="tags" choices={choices.tags} />
      <div className="flex items-center gap-2">
        <span className="flex-1 text-xs text-ink-2">{count === undefined ? 'Everything is shown' : shownCount(count)}</span>
        <Button size="sm" disabled={!isFiltering(filter)} onClick={clearFilter}>
          Clear
        </Button>
      </div>
    </div>
  );
}

/** Opens the filter of the diagram. */
export function FilterButton() {
  const open = useStore(barStore, (state) => state.filtering);
  const on = useStore(narrowStore, (state) => isFiltering(state.filter));
  return (
    <Popover
      open={open}
      onOpenChange={openFilter}
      label="Filter the diagram"
      className="w-64"
      trigger={
        <IconButton
          tooltipSide="top"
          icon="Filter"
          label="Filter the diagram"
          keys={keysOf('narrow.filter')}
          size="sm"
          pressed={on}
        />
      }
    >
      <Panel />
    </Popover>
  );
}
