export { FactsPane } from './FactsPane.tsx';
