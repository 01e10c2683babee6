export { actions } from './actions.ts';
export { Palette } from './Palette.tsx';
