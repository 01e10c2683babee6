export { PlanTree } from './PlanTree.tsx';
