import type { Action } from '#state/actions.ts';
import { hasParts, nextPart } from './segments.ts';
import { stage } from './stage.ts';
import { chosen, tidy, tidyIntoSubjects, tidySelectionOrAll } from './tidy.ts';

const KEYWORDS = ['tidy', 'layout', 'auto'];
const something = () => stage.scene.nodes.size > 0;

/** Ways to arrange, in the order of the tool pill's menu. */
export const TIDY_MENU = [
  'canvas.tidy',
  'canvas.tidyAll',
  'canvas.tidyArea',
  'canvas.tidyRings',
  'canvas.tidyGrid',
  'canvas.subjects',
];

/** Arranging tables, and the lines between them. */
export const tidyActions: readonly Action[] = [
  {
    id: 'canvas.tidy',
    label: 'Arrange the selection, or everything',
    group: 'Canvas',
    icon: 'Sparkles',
    keys: ['l'],
    where: 'canvas',
    keywords: KEYWORDS,
    when: something,
    run: () => tidySelectionOrAll(),
  },
  {
    id: 'canvas.tidyAll',
    label: 'Arrange the whole diagram',
    group: 'Canvas',
    icon: 'Sparkles',
    keys: ['shift+l'],
    where: 'canvas',
    keywords: KEYWORDS,
    when: something,
    run: () => void tidy(),
  },
  {
    id: 'canvas.tidyArea',
    label: 'Arrange inside the area',
    group: 'Canvas',
    icon: 'Frame',
    keywords: KEYWORDS,
    when: () => chosen().area !== undefined,
    run: () => {
      const { area } = chosen();
      if (area !== undefined) void tidy({ area });
    },
  },
  {
    id: 'canvas.tidyRings',
    label: 'Arrange around the selection',
    group: 'Canvas',
    icon: 'Orbit',
    keywords: [...KEYWORDS, 'radial', 'rings', 'circle', 'neighbours'],
    when: () => chosen().nodes.length > 0,
    run: () => void tidy({ way: 'rings', centre: chosen().nodes }),
  },
  {
    id: 'canvas.tidyGrid',
    label: 'Arrange in rows by name',
    group: 'Canvas',
    icon: 'LayoutGrid',
    keywords: [...KEYWORDS, 'grid', 'compact'],
    when: something,
    run: () => tidySelectionOrAll('grid'),
  },
  {
    id: 'canvas.subjects',
    label: 'Find communities and make them subject areas',
    group: 'Canvas',
    icon: 'Group',
    keywords: [...KEYWORDS, 'cluster', 'louvain', 'modules'],
    when: something,
    run: () => void tidyIntoSubjects(),
  },
  {
    id: 'canvas.nextPart',
    label: 'Choose the next part of the line to move by arrow keys',
    group: 'Canvas',
    keys: ['>'],
    where: 'canvas',
    when: hasParts,
    run: () => nextPart(1),
  },
  {
    id: 'canvas.previousPart',
    label: 'Choose the previous part of the line',
    group: 'Canvas',
    keys: ['<'],
    where: 'canvas',
    when: hasParts,
    run: () => nextPart(-1),
  },
];
