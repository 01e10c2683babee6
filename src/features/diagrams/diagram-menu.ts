import { diagramsInOrder } from '#model/derive/diagrams.ts';
import type { Id } from '#model/types.ts';
import { actionsStore, keysOf, perform } from '#state/actions.ts';
import { goToDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import { isIconName } from '#ui/icons.ts';
import type { MenuItem } from '#ui/menu-items.ts';

const LINE: MenuItem = { kind: 'separator' };

/** Lines of actions; what cannot be done now is left out. */
function lines(ids: readonly string[]): MenuItem[] {
  const { actions } = actionsStore.getState();
  return ids.flatMap((id): MenuItem[] => {
    const action = actions.find((one) => one.id === id);
    if (action === undefined || action.when?.() === false) return [];
    const { label, icon, checked } = action;
    return [
      {
        label,
        ...(isIconName(icon) ? { icon } : {}),
        keys: keysOf(id),
        ...(checked === undefined ? {} : { checked: checked() }),
        danger: id === 'diagram.delete',
        onSelect: () => perform(id),
      },
    ];
  });
}

function joined(groups: readonly (readonly MenuItem[])[]): MenuItem[] {
  return groups.filter((group) => group.length > 0).flatMap((group, at) => (at === 0 ? group : [LINE, ...group]));
}

/** The diagrams themselves, the shown one marked. */
function diagramLines(): MenuItem[] {
  const shown = viewStore.getState().diagram;
  return diagramsInOrder(documentStore.getState().document).map((one) => ({
    label: one.name,
    checked: one.id === shown,
    onSelect: () => goToDiagram(one.id),
  }));
}

const DETAILS = ['diagram.detail.all', 'diagram.detail.keys', 'diagram.detail.names'];
const LOOKS = ['diagram.colours.schema', 'diagram.colours.area', 'diagram.colours.tag', 'diagram.colours.none'];

/** What can be done with the shown diagram. @param list with the other diagrams to go to. */
export function diagramItems(list: boolean): MenuItem[] {
  const looks = lines(LOOKS);
  const details = lines(DETAILS);
  return joined([
    list ? diagramLines() : [],
    lines(['diagram.new', 'diagram.newFromSelection']),
    lines(['diagram.addTables', 'diagram.everything', 'diagram.showHidden']),
    looks.length === 0
      ? []
      : [
          { kind: 'sub', label: 'Detail', icon: 'ListTree', items: details },
          { kind: 'sub', label: 'Colours', icon: 'Palette', items: looks },
        ],
    lines(['diagram.rename', 'diagram.duplicate', 'diagram.moveLeft', 'diagram.moveRight']),
    lines(['diagram.delete']),
  ]);
}

/** What can be done with the diagram of a tab: it is looked at first. */
export function tabItems(diagram: Id): MenuItem[] {
  goToDiagram(diagram);
  return diagramItems(false);
}
