export { actions } from './actions.ts';
export { Canvas } from './Canvas.tsx';
