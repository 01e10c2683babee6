import { useEffect } from 'react';
import type { Document, Id, Table } from '#model/types.ts';
import { useView } from '#state/hooks.ts';
import { type InspectorTab, viewStore } from '#state/view.ts';
import { type InspectorTabItem, InspectorTabs } from '../InspectorTabs.tsx';
import { tabOfPart } from '../logic/tab-of-part.ts';
import { SqlPanel } from '../objects/SqlPanel.tsx';
import { ColumnsTab } from './ColumnsTab.tsx';
import { DependenciesTab } from './DependenciesTab.tsx';
import { DocsTab } from './DocsTab.tsx';
import { IndexesTab } from './IndexesTab.tsx';
import { KeysTab } from './KeysTab.tsx';
import { SecurityTab } from './SecurityTab.tsx';
import { StorageTab } from './StorageTab.tsx';

export interface TableInspectorProps {
  readonly document: Document;
  readonly table: Table;
  readonly part: Id | undefined;
  /** Every selected column; more than one when several of this table are selected. */
  readonly parts: readonly Id[];
}

function setTab(inspectorTab: InspectorTab): void {
  viewStore.setState({ inspectorTab });
}

/** A table, part by part. The tab stays when another table is chosen; a selected part brings its own tab. */
export function TableInspector({ document, table, part, parts }: TableInspectorProps) {
  const tab = useView((state) => state.inspectorTab);
  const home = part === undefined ? undefined : tabOfPart(table, part);
  useEffect(() => {
    if (home !== undefined && home !== 'columns') setTab(home);
  }, [home]);
  const props = { document, table, part };
  const tabs: readonly InspectorTabItem<InspectorTab>[] = [
    { value: 'columns', label: 'Columns', panel: () => <ColumnsTab {...props} parts={parts} /> },
    { value: 'keys', label: 'Keys', panel: () => <KeysTab {...props} /> },
    { value: 'indexes', label: 'Indexes', panel: () => <IndexesTab document={document} owner={table} part={part} /> },
    { value: 'dependencies', label: 'Dependencies', panel: () => <DependenciesTab {...props} /> },
    { value: 'storage', label: 'Storage', panel: () => <StorageTab {...props} /> },
    { value: 'security', label: 'Security', panel: () => <SecurityTab {...props} /> },
    { value: 'docs', label: 'Docs', panel: () => <DocsTab {...props} /> },
    { value: 'sql', label: 'SQL', panel: () => <SqlPanel record={table.id} /> },
  ];
  return <InspectorTabs label={`Table ${table.name}`} value={tab} onChange={setTab} tabs={tabs} />;
}
