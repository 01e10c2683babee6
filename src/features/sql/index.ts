export { SqlPreview } from './SqlPreview.tsx';
