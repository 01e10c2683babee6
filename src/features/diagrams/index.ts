export { DiagramBar } from './DiagramBar.tsx';
