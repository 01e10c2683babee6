import type { Page } from '@playwright/test';

/** How many times slower than it is the page's processor becomes. */
const SLOWER = 3;

/**
 * Makes the page run as on a machine that is busy with other things: its processor is slower, and one timer and one frame
 * in three come late, at random from a seed. Whatever a person may do must work all the same; what then fails counts on
 * things happening in time.
 */
export async function makeUnsteady(page: Page, seed: number): Promise<void> {
  await page.addInitScript((start) => {
    let state = start;
    // A linear congruential generator (Numerical Recipes): the same delays again from the same seed.
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const late = () => (random() < 1 / 3 ? random() * 300 : 0);
    const timer = window.setTimeout.bind(window);
    const frame = window.requestAnimationFrame.bind(window);
    const calledOff = new Set<number>();
    window.setTimeout = ((what: TimerHandler, wait = 0, ...rest: unknown[]) =>
      timer(what, wait + late(), ...rest)) as typeof setTimeout;
    window.requestAnimationFrame = (what) => {
      const wait = late();
      const id = frame((time) => {
        if (wait === 0) what(time);
        else
          timer(
            () =>
              frame((now) => {
                if (!calledOff.delete(id)) what(now);
              }),
            wait,
          );
      });
      return id;
    };
    const cancel = window.cancelAnimationFrame.bind(window);
    window.cancelAnimationFrame = (id) => {
      calledOff.add(id);
      cancel(id);
    };
  }, seed);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}
