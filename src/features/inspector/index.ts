export { actions } from './actions.ts';
export { Inspector } from './Inspector.tsx';
