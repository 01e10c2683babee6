export { actions } from './actions.ts';
export { ProblemsPane } from './ProblemsPane.tsx';
