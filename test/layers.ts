/** The dependency rule of ARCHITECTURE.md: a folder imports only from folders with a smaller number. */
const LEVEL: Record<string, number> = {
  lib: 0,
  model: 1,
  engine: 2,
  worker: 3,
  verify: 3,
  paint: 3,
  storage: 3,
  cli: 4,
  state: 4,
  ui: 4,
  features: 5,
  app: 6,
};

const PURE_FORBIDDEN = /^(react|react-dom|@xyflow|zustand|monaco-editor|cmdk|radix-ui|node:)/;

export function violationsOf(path: string, text: string): string[] {
  const [, folder = '', feature = ''] = /^src\/([a-z]+)\/(?:([a-z-]+)\/)?/.exec(path) ?? [];
  const from = LEVEL[folder];
  if (from === undefined) return [`${path} is in no known layer`];
  const found: string[] = [];
  for (const match of text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    const target = match[1] as string;
    const [, layer, rest = ''] = /^#([a-z]+)\/(.*)$/.exec(target) ?? [];
    if (layer === undefined) {
      if (from <= 2 && PURE_FORBIDDEN.test(target)) found.push(`${path} imports ${target}: pure layers know no UI and no host`);
      continue;
    }
    if (layer === folder) {
      const other = rest.split('/')[0];
      if (folder === 'features' && other !== feature && rest !== `${other}/index.ts`) {
        found.push(`${path} reaches into feature ${other}`);
      }
      continue;
    }
    const to = LEVEL[layer];
    const allowed = folder === 'ui' ? layer === 'lib' : to !== undefined && to < from;
    if (!allowed) found.push(`${path} imports ${target}`);
  }
  return found;
}
