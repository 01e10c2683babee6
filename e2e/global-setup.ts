import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib.mjs';
import { serve } from '../scripts/serve.mjs';

/** Serves the build, with the product's own headers and under a sub-path, on a free port. */
export default async function setup(): Promise<() => void> {
  const dist = join(ROOT, 'dist');
  if (!existsSync(join(dist, 'index.html'))) throw new Error('There is no build to test. Run: npm run build');
  const { server, url } = await serve(dist, { port: 4300, base: '/studio/' });
  process.env['CROWFOOT_URL'] = url;
  return () => server.close();
}
