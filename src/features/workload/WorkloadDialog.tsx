import { useState } from 'react';
import { useDocumentState, useView } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { Pill } from '#ui/Pill.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { FactsTab } from './FactsTab.tsx';
import { QueriesTab } from './QueriesTab.tsx';

type Tab = 'queries' | 'facts';

const close = () => openDialog(undefined);

/** What the database has to serve, and what is known of its rows: everything that advice on indexes rests on. */
export function WorkloadDialog() {
  const subject = useView((state) => state.dialogSubject);
  const count = useDocumentState((state) => Object.keys(state.document.queries).length);
  const [tab, setTab] = useState<Tab>(subject === 'facts' ? 'facts' : 'queries');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title="Workload"
      description="The queries that matter with how often they run, and how large the tables are: what advice on indexes rests on."
      size="2xl"
      flush
    >
      <Tabs
        label="Workload"
        value={tab}
        onValueChange={setTab}
        tabs={[
          { value: 'queries', label: 'Queries', badge: count === 0 ? undefined : <Pill tone="plain">{count}</Pill> },
          { value: 'facts', label: 'Facts' },
        ]}
      >
        <TabPanel value="queries" className="flex flex-col">
          <QueriesTab />
        </TabPanel>
        <TabPanel value="facts" className="flex flex-col">
          <FactsTab />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}
