import { useStore } from 'zustand';
import { keysOf, perform } from '#state/actions.ts';
import { useActions, useDocumentState } from '#state/hooks.ts';
import { Icon } from '#ui/Icon.tsx';
import { Menu } from '#ui/Menu.tsx';
import { Tooltip } from '#ui/Tooltip.tsx';
import { lensStore } from './lens-store.ts';
import { lensesFor, lensOf } from './registry.ts';

/** The switch between lenses. */
export function LensMenu({ className }: { readonly className?: string }) {
  const id = useStore(lensStore, (state) => state.lens);
  const document = useDocumentState((state) => state.document);
  const actions = useActions();
  const lens = lensOf(id);
  return (
    <Menu
      side="top"
      align="end"
      items={() =>
        lensesFor(document).map((one) => ({
          label: one.label,
          icon: one.icon,
          keys: keysOf(`lens.${one.id}`, actions),
          checked: one.id === id,
          onSelect: () => perform(`lens.${one.id}`),
        }))
      }
      trigger={
        <button type="button" aria-label={`Lens: ${lens.label}`} className={className} data-on={id !== 'structure'}>
          <Tooltip text="What the colours of the tables mean" side="top">
            <span className="flex items-center gap-1.5">
              <Icon name={lens.icon} size={14} />
              {id === 'structure' ? 'Lens' : lens.label}
            </span>
          </Tooltip>
        </button>
      }
    />
  );
}
