export { actions } from './actions.ts';
export { Navigator } from './Navigator.tsx';
