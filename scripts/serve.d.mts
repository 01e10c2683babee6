import type { Server } from 'node:http';
export function serve(
  root: string,
  options?: { port?: number; base?: string; tries?: number },
): Promise<{ server: Server; url: string }>;
