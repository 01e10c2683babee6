export type { FieldMark } from './editor/field.ts';
export { SqlField, type SqlFieldHandle } from './SqlField.tsx';
export { SqlPreview } from './SqlPreview.tsx';
