import type { ReactNode } from 'react';
import { Button } from '#ui/Button.tsx';
import { Menu } from '#ui/Menu.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { fitTabs } from './logic/fit-tabs.ts';
import { useWidth } from './use-width.ts';

export interface InspectorTabItem<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly panel: () => ReactNode;
}

export interface InspectorTabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly tabs: readonly InspectorTabItem<V>[];
}

/** Tabs that fit the pane: those for which there is no room go into a menu. */
export function InspectorTabs<V extends string>({ label, value, onChange, tabs }: InspectorTabsProps<V>) {
  const [ref, width] = useWidth();
  const chosen = tabs.find((tab) => tab.value === value) ?? tabs[0];
  if (chosen === undefined) return null;
  const { shown, more } = fitTabs(tabs, Math.max(0, width - 16), chosen.value);
  const menu =
    more.length === 0 ? undefined : (
      <Menu
        align="end"
        trigger={
          <Button variant="ghost" size="sm" aria-label={`More parts of ${label}`} className="-mr-1">
            More
          </Button>
        }
        items={more.map((tab) => ({ label: tab.label, onSelect: () => onChange(tab.value) }))}
      />
    );
  return (
    <div ref={ref} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Tabs size="sm" label={label} value={chosen.value} onValueChange={onChange} tabs={shown} end={menu}>
        <TabPanel value={chosen.value} className="@container overflow-x-hidden overflow-y-auto">
          {chosen.panel()}
        </TabPanel>
      </Tabs>
    </div>
  );
}
