export { applyPlan } from './apply-plan.ts';
export { Choices, Group } from './forms/parts.tsx';
export { PlanView } from './PlanView.tsx';
export { askRefactoring } from './store.ts';
export { type Planned, type Planner, usePlanBy } from './use-plan.ts';
