import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { type Isolation, isFiltering } from '#model/derive/narrow.ts';
import type { Reach } from '#model/derive/neighbourhood.ts';
import type { Document } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { useDocumentState } from '#state/hooks.ts';
import { clearFilter, isolate, narrowStore, setFilter } from '#state/narrow.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Select } from '#ui/Select.tsx';
import { isolationTitle, pathCount, stepPath } from './isolating.ts';
import { shownCount } from './shown-count.ts';

const BOX =
  'flex min-h-8 max-w-full flex-wrap items-center gap-1.5 rounded-[9px] border border-line bg-raised py-0.5 pr-1 pl-2.5 shadow-pop';

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={`Stop filtering by ${label}`}
      className="inline-flex h-6 min-w-0 max-w-52 items-center gap-1 rounded-full bg-accent-soft pr-1.5 pl-2 text-xs text-accent hover:brightness-95"
      onClick={onRemove}
    >
      <span className="truncate">{label}</span>
      <Icon name="X" size={11} />
    </button>
  );
}

function FilterChips({ document }: { readonly document: Document }) {
  const filter = useStore(narrowStore, (state) => state.filter);
  const { name, schemas, areas, tags } = filter;
  const named = (collection: 'schemas' | 'areas', id: string) => recordIn(document, collection, id)?.name ?? '?';
  const without = (list: readonly string[], id: string) => list.filter((one) => one !== id);
  return (
    <>
      {name.trim() === '' ? null : <Chip label={`name ${name.trim()}`} onRemove={() => setFilter({ name: '' })} />}
      {schemas.map((id) => (
        <Chip key={id} label={`schema ${named('schemas', id)}`} onRemove={() => setFilter({ schemas: without(schemas, id) })} />
      ))}
      {areas.map((id) => (
        <Chip key={id} label={`area ${named('areas', id)}`} onRemove={() => setFilter({ areas: without(areas, id) })} />
      ))}
      {tags.map((tag) => (
        <Chip key={tag} label={`tag ${tag}`} onRemove={() => setFilter({ tags: without(tags, tag) })} />
      ))}
    </>
  );
}

const REACHES: readonly { readonly value: Reach; readonly label: string }[] = [
  { value: 'both', label: 'both ways' },
  { value: 'parents', label: 'parents' },
  { value: 'children', label: 'children' },
];

/** How far and which way neighbours are shown. */
function NeighbourControls({ isolation }: { readonly isolation: Extract<Isolation, { kind: 'neighbours' }> }) {
  return (
    <>
      <fieldset aria-label="How many relationships away" className="flex rounded-md border border-line">
        {[1, 2, 3].map((depth) => (
          <button
            key={depth}
            type="button"
            aria-label={`${depth} away`}
            aria-pressed={isolation.depth === depth}
            className="h-6 w-6 rounded-[5px] text-xs text-ink-2 hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-accent"
            onClick={() => isolate({ ...isolation, depth })}
          >
            {depth}
          </button>
        ))}
      </fieldset>
      <Select
        label="Which neighbours"
        value={isolation.reach}
        options={REACHES}
        className="h-6 max-w-28 text-xs"
        onValueChange={(reach) => isolate({ ...isolation, reach })}
      />
    </>
  );
}

function PathControls({ document, isolation }: { readonly document: Document; readonly isolation: Isolation }) {
  const count = pathCount(document, isolation);
  if (isolation.kind !== 'path' || count < 2) return null;
  return (
    <span className="flex items-center">
      <IconButton icon="ArrowLeft" label="Path before" size="sm" onClick={() => stepPath(-1)} />
      <span className="text-xs tabular-nums text-ink-2">
        {(isolation.at % count) + 1} of {count}
      </span>
      <IconButton icon="ArrowRight" label="Next path" size="sm" onClick={() => stepPath(1)} />
    </span>
  );
}

function titleOf(document: Document, isolation: Isolation): string {
  if (isolation.kind === 'path') return `Path from ${nameOf(document, isolation.from)} to ${nameOf(document, isolation.to)}`;
  return isolation.kind === 'focus'
    ? `Focus: ${isolationTitle(document, isolation).replace(/^Around /, '')}`
    : isolationTitle(document, isolation);
}

function Counted({ children }: { readonly children: ReactNode }) {
  const count = useStore(narrowStore, (state) => state.count);
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  return (
    <>
      {children}
      <span className="whitespace-nowrap text-xs tabular-nums text-ink-2">{count === undefined ? '' : shownCount(count)}</span>
      {readOnly ? null : (
        <IconButton icon="Save" label="Keep what is shown as a diagram" size="sm" onClick={() => perform('narrow.keep')} />
      )}
    </>
  );
}

/** What narrows the diagram, as long as anything does: how it is changed, kept and left. */
export function NarrowBar() {
  const filtering = useStore(narrowStore, (state) => isFiltering(state.filter));
  const isolation = useStore(narrowStore, (state) => state.isolation);
  const document = useDocumentState((state) => state.document);
  if (!filtering && isolation === undefined) return null;
  return (
    <section aria-label="What is shown" className={BOX}>
      <Counted>
        {isolation === undefined ? null : (
          <>
            <span className="min-w-0 max-w-72 truncate font-semibold">{titleOf(document, isolation)}</span>
            {isolation.kind === 'neighbours' ? <NeighbourControls isolation={isolation} /> : null}
            <PathControls document={document} isolation={isolation} />
          </>
        )}
        <FilterChips document={document} />
      </Counted>
      <IconButton
        icon="X"
        label={isolation === undefined ? 'Clear the filter' : 'Show the whole diagram again'}
        size="sm"
        {...(isolation === undefined ? {} : { keys: 'escape' })}
        onClick={() => {
          if (isolation === undefined) clearFilter();
          else isolate(undefined);
        }}
      />
    </section>
  );
}
