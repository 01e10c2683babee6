import { Fragment, useState } from 'react';
import { useStore } from 'zustand';
import { perform } from '#state/actions.ts';
import { goToDiagram } from '#state/diagrams.ts';
import { useDocumentState, useKeys, useView } from '#state/hooks.ts';
import { canGo, placesStore } from '#state/places.ts';
import { reveal } from '#state/view.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Popover } from '#ui/Popover.tsx';
import { type Crumb, crumbsOf, type Sibling } from './crumbs.ts';
import { SiblingList } from './SiblingList.tsx';

function goTo({ ref, diagram }: Sibling): void {
  if (diagram !== undefined) goToDiagram(diagram);
  if (ref !== undefined) reveal(ref, 'places');
}

function CrumbButton({ crumb, last }: { readonly crumb: Crumb; readonly last: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      side="top"
      label={`${crumb.what}s beside ${crumb.label}`}
      className="p-0!"
      trigger={
        <button
          type="button"
          aria-label={`${crumb.what} ${crumb.label}`}
          aria-current={last ? 'location' : undefined}
          className={`h-6 min-w-0 truncate rounded px-1 hover:bg-sunken hover:text-ink ${last ? 'max-w-44 font-medium text-ink' : 'max-w-28'}`}
        >
          {crumb.label}
        </button>
      }
    >
      <SiblingList
        label={`Go to a ${crumb.what.toLowerCase()}`}
        siblings={open ? crumb.siblings() : []}
        current={crumb.key}
        onChoose={(sibling) => {
          setOpen(false);
          goTo(sibling);
        }}
      />
    </Popover>
  );
}

function Arrow({ way }: { readonly way: 'back' | 'forward' }) {
  const keys = useKeys(`places.${way}`);
  // Where one can go depends on the piles and on where one is.
  useStore(placesStore);
  useView((state) => state.selection);
  const possible = canGo(way);
  return (
    <IconButton
      icon={way === 'back' ? 'ArrowLeft' : 'ArrowRight'}
      label={way === 'back' ? 'Back to where you were' : 'Forward again'}
      keys={keys}
      size="sm"
      tooltipSide="top"
      // It keeps the focus while there is nowhere to go, so that pressing it again and again never loses it.
      aria-disabled={!possible}
      className="aria-disabled:opacity-40"
      onClick={() => perform(`places.${way}`)}
    />
  );
}

/** Where one is, as a path whose parts each open what stands beside them, and the ways back and forward. */
export function Breadcrumbs() {
  const document = useDocumentState((state) => state.document);
  const diagram = useView((state) => state.diagram);
  const selection = useView((state) => state.selection);
  const crumbs = crumbsOf(document, diagram, selection);
  return (
    <nav aria-label="Where you are" className="-ml-1.5 flex min-w-0 items-center">
      <Arrow way="back" />
      <Arrow way="forward" />
      {crumbs.map((crumb, at) => (
        <Fragment key={crumb.kind}>
          {at === 0 ? null : <Icon name="ChevronRight" size={11} className="text-ink-3" />}
          <CrumbButton crumb={crumb} last={at === crumbs.length - 1} />
        </Fragment>
      ))}
      {selection.length > 1 ? <span className="pl-1.5 text-ink-3">{selection.length} selected</span> : null}
    </nav>
  );
}
