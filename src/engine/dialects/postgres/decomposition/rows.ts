import type { RowCarrier } from '../../../decompose/types.ts';
import { rejoining, shapeOf } from '../../base/decomposition/shape.ts';
import { backSteps } from './back.ts';
import { forwardSteps } from './forward.ts';
import { changedLinks } from './links.ts';
import { POSTGRES_WORDS } from './words.ts';

/** The SQL of a decomposition for PostgreSQL, to be run in one transaction. */
export const postgresRows: RowCarrier = (carried, broken) => {
  const version = carried.before.settings['settings']?.version ?? 18;
  const shape = shapeOf(carried, POSTGRES_WORDS);
  const links = changedLinks(carried.before, carried.after, version);
  return {
    forward: forwardSteps(carried, shape, links, version, broken),
    back: backSteps(carried, shape, links, version),
    rejoining: rejoining(shape, POSTGRES_WORDS),
  };
};
