import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violationsOf } from './layers.ts';

function sources(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });
}

describe('layers', () => {
  it('import only downward', () => {
    expect(sources('src').flatMap((path) => violationsOf(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('a planted violation is found', () => {
    expect(violationsOf('src/engine/x.ts', "import { useState } from 'react';")).toHaveLength(1);
    expect(violationsOf('src/model/x.ts', "import { a } from '#engine/a.ts';")).toHaveLength(1);
    expect(violationsOf('src/features/sql/x.ts', "import { a } from '#features/canvas/nodes.ts';")).toHaveLength(1);
    expect(violationsOf('src/features/sql/x.ts', "import { a } from '#features/canvas/index.ts';")).toHaveLength(0);
    expect(violationsOf('src/ui/x.ts', "import { a } from '#state/view.ts';")).toHaveLength(1);
  });
});
