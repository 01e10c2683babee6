import type { Plugin } from 'vite';

export function inlineScript(): Plugin;
