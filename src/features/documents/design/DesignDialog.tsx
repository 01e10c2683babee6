import { useState } from 'react';
import { useDocumentState } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Pill } from '#ui/Pill.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { Decisions } from './Decisions.tsx';
import { DesignPreview } from './DesignPreview.tsx';
import { Waivers } from './Waivers.tsx';

type Tab = 'decisions' | 'waivers';

function Count({ of }: { readonly of: number }) {
  return of === 0 ? null : <Pill tone="plain">{of}</Pill>;
}

/** What the design document says beyond the schema, decisions and accepted problems, beside the document itself as it follows. */
export function DesignDialog() {
  const [tab, setTab] = useState<Tab>('decisions');
  const decisions = useDocumentState(({ document }) => Object.keys(document.decisions).length);
  const waivers = useDocumentState(({ document }) => Object.keys(document.waivers).length);
  return (
    <Dialog
      open
      onOpenChange={() => openDialog(undefined)}
      title="Design document"
      description="Why the schema is as it is, and what is handed over as database-design.md."
      size="xl"
      flush
      footer={
        <Button icon="Download" onClick={() => openDialog('export')}>
          Hand over …
        </Button>
      }
    >
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,11fr)_minmax(0,10fr)] max-[900px]:grid-cols-1">
        <div className="flex min-h-0 min-w-0 flex-col border-line border-r">
          <Tabs
            label="Parts of the design document"
            value={tab}
            onValueChange={setTab}
            tabs={[
              { value: 'decisions', label: 'Decisions', badge: <Count of={decisions} /> },
              { value: 'waivers', label: 'Waivers', badge: <Count of={waivers} /> },
            ]}
          >
            <TabPanel value="decisions" className="overflow-hidden">
              <Decisions />
            </TabPanel>
            <TabPanel value="waivers" className="overflow-y-auto">
              <Waivers />
            </TabPanel>
          </Tabs>
        </div>
        <DesignPreview />
      </div>
    </Dialog>
  );
}
