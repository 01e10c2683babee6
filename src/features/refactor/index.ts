export { Choices, Group } from './forms/parts.tsx';
