export { actions } from './actions.ts';
export { DdlPane } from './DdlPane.tsx';
