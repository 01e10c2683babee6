export { isDatabaseName, isDataName, looksLikeData } from './data-files.ts';
export { startWithDataFiles, startWithDataText } from './start.ts';
