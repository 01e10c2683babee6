export { LossList } from './LossList.tsx';
export { allLosses } from './loss-groups.ts';
export { MappingPanel } from './MappingPanel.tsx';
export { databaseName, verdictCounts } from './words.ts';
