import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { edgeView } from './edge-view.ts';
import type { Spot } from './edits.ts';
import { type Gesture, plugAt } from './gestures.ts';
import { clearOverlay, overlayStore, type Plug } from './overlay.ts';
import { type End, reconnectCalls } from './relation-draft.ts';
import { stage } from './stage.ts';

/** The end of a line that a point is at: the first point is the child's, the last the parent's. */
export function endAt(points: readonly Spot[], at: Spot, reach: number): End | undefined {
  const near = (point: Spot | undefined) => point !== undefined && Math.hypot(point.x - at.x, point.y - at.y) <= reach;
  if (near(points[0])) return 'child';
  return near(points.at(-1)) ? 'parent' : undefined;
}

/** Lets a relationship end at another table or row, as one step. */
export function reconnect(relationship: Id, end: End, plug: Plug): void {
  const { document } = documentStore.getState();
  const calls = reconnectCalls(document, relationship, end, plug, stage.scene.diagram);
  const name = recordIn(document, 'tables', plug.table)?.name ?? '';
  const ran = calls.ok ? run(calls.value, `Connect a relationship to ${name}`) : calls;
  if (!ran.ok) notify({ tone: 'warn', text: ran.problem.message });
  stage.focus();
}

/** Pulls one end of a relationship to another table or row. */
export function reconnectGesture(relationship: Id, end: End): Gesture | undefined {
  const points = edgeView.shapeOf(relationship)?.points;
  const other = end === 'child' ? points?.at(-1) : points?.[0];
  if (other === undefined) return undefined;
  return {
    move(at) {
      overlayStore.setState({ wire: { from: other, to: at, target: plugAt(at)?.node.box } });
    },
    end(at) {
      clearOverlay();
      const target = plugAt(at);
      if (target !== undefined) reconnect(relationship, end, target.plug);
    },
    cancel: clearOverlay,
  };
}
