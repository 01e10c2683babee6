export { QueryRewrites } from './QueryRewrites.tsx';
export { RewritesTab } from './RewritesTab.tsx';
