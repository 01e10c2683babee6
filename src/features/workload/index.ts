export { NoQueries } from './NoQueries.tsx';
