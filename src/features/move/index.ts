export { LossList } from './LossList.tsx';
export { MappingPanel } from './MappingPanel.tsx';
export { databaseName, verdictCounts } from './words.ts';
