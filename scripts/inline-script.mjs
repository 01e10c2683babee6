import { build } from 'vite';

const QUERY = '?script';

/**
 * `import { script } from './x.ts?script'`: the file compiled to one plain script, as text, for pages that must be one file. It is
 * made by the same compiler as everything else.
 */
export function inlineScript() {
  const made = new Map();
  return {
    name: 'inline-script',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return undefined;
      const found = await this.resolve(source.slice(0, -QUERY.length), importer, { skipSelf: true });
      return found === null ? undefined : `\0${found.id}${QUERY}`;
    },
    async load(id) {
      if (!id.startsWith('\0') || !id.endsWith(QUERY)) return undefined;
      const entry = id.slice(1, -QUERY.length);
      this.addWatchFile?.(entry);
      if (!made.has(entry)) made.set(entry, compiled(entry));
      return `export const script = ${JSON.stringify(await made.get(entry))};`;
    },
  };
}

async function compiled(entry) {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'page', fileName: 'page' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const code = first.output.map((one) => ('code' in one ? one.code : '')).join('');
  // Inside a page this would end the script.
  if (/<\/script|<!--/i.test(code)) throw new Error(`${entry} holds what ends a script in a page`);
  return code.trim();
}
