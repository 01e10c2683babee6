import { actions as advice } from '#features/advice/actions.ts';
import { actions as canvas } from '#features/canvas/actions.ts';
import { actions as columns } from '#features/columns/actions.ts';
import { actions as denormalize } from '#features/denormalize/actions.ts';
import { actions as diagrams } from '#features/diagrams/actions.ts';
import { actions as discover } from '#features/discover/actions.ts';
import { actions as documents } from '#features/documents/actions.ts';
import { actions as exports } from '#features/export/actions.ts';
import { actions as imports } from '#features/import/actions.ts';
import { actions as inspector } from '#features/inspector/actions.ts';
import { actions as lens } from '#features/lens/actions.ts';
import { actions as levels } from '#features/levels/actions.ts';
import { actions as move } from '#features/move/actions.ts';
import { actions as navigator } from '#features/navigator/actions.ts';
import { actions as normalize } from '#features/normalize/actions.ts';
import { actions as palette } from '#features/palette/actions.ts';
import { actions as places } from '#features/places/actions.ts';
import { actions as problems } from '#features/problems/actions.ts';
import { actions as querylab } from '#features/querylab/actions.ts';
import { actions as refactor } from '#features/refactor/actions.ts';
import { actions as share } from '#features/share/actions.ts';
import { actions as sql } from '#features/sql/actions.ts';
import { actions as workload } from '#features/workload/actions.ts';
import type { Action } from '#state/actions.ts';
import { editActions } from './edit-actions.ts';
import { frameActions } from './frame-actions.ts';

/** Everything a person can do, feature by feature: the one list behind menus, keys, the command box and the help. */
export const CONTRIBUTIONS: readonly Action[] = [
  ...documents,
  ...imports,
  ...discover,
  ...exports,
  ...share,
  ...move,
  ...editActions,
  ...frameActions,
  ...canvas,
  ...levels,
  ...columns,
  ...diagrams,
  ...lens,
  ...navigator,
  ...inspector,
  ...refactor,
  ...normalize,
  ...denormalize,
  ...workload,
  ...advice,
  ...querylab,
  ...sql,
  ...problems,
  ...palette,
  ...places,
];
