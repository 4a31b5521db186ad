import { codeOf, PyrosError } from '#platform';
import type { Observation, ObservingTools } from '../observing-tools.ts';
import { type Obstacle, obstacleNow, type SkyRules, safetyObstacle } from './frame-check.ts';
import type { SlitKeeper } from './slit-keeper.ts';

/** While a shutter is open, the observatory is looked at this often, seconds. */
export const WATCH_SECONDS = 2;
/** A device that says nothing for so long is not known to be as it was, seconds. */
const SILENCE_SECONDS = 10;

/** An exposure under watch. */
interface Watched {
  readonly end: AbortController;
  /** The slit is known to be in the way, and put up with. */
  readonly vignetted: boolean;
}

/**
 * Looks at safety, dome and mount before each exposure of an observation and while any shutter is open,
 * once for all channels; what is found ends every exposure under way.
 */
export class SkyWatch {
  readonly #tools: ObservingTools;
  readonly #observation: Observation;
  readonly #slit: SlitKeeper;
  readonly #watched = new Set<Watched>();
  #isLooking = false;
  #silentSinceMs: number | null = null;

  constructor(tools: ObservingTools, observation: Observation, slit: SlitKeeper) {
    this.#tools = tools;
    this.#observation = observation;
    this.#slit = slit;
  }

  /** Throws a PyrosError with the code of the obstacle when no shutter may open now. */
  async assertClear(vignetted: boolean): Promise<void> {
    const obstacle = await this.#look(vignetted);
    if (obstacle) throw errorOf(obstacle);
  }

  /**
   * Does something under watch: its signal ends with the observation's, or with what was found in the
   * way, a PyrosError with the obstacle's code.
   */
  async during<T>(vignetted: boolean, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#observation;
    const watched = { end: new AbortController(), vignetted };
    const onAbort = () => watched.end.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#watched.add(watched);
    void this.#watch();
    try {
      return await work(watched.end.signal);
    } finally {
      this.#watched.delete(watched);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #watch(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { clock } = this.#tools;
    this.#silentSinceMs = null;
    try {
      while (this.#watched.size > 0 && !this.#observation.signal.aborted) {
        await clock.sleep(clock.period(WATCH_SECONDS), this.#observation.signal);
        if (this.#watched.size > 0) await this.#lookAtAll();
      }
    } catch (error) {
      // Nobody exposes unwatched; where the observation is aborted, its own signal ends them.
      for (const { end } of this.#watched) end.abort(error);
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookAtAll(): Promise<void> {
    for (const vignetted of [true, false]) {
      const concerned = [...this.#watched].filter((one) => one.vignetted === vignetted);
      if (concerned.length === 0) continue;
      const obstacle = await this.#patientLook(vignetted);
      if (!obstacle) continue;
      for (const { end } of concerned) end.abort(errorOf(obstacle));
    }
  }

  /** A device that misses one question may answer the next. */
  async #patientLook(vignetted: boolean): Promise<Obstacle | PyrosError | null> {
    const { clock } = this.#tools;
    try {
      const obstacle = await this.#look(vignetted);
      this.#silentSinceMs = null;
      return obstacle;
    } catch (error) {
      this.#silentSinceMs ??= clock.monotonic();
      const silentMs = clock.monotonic() - this.#silentSinceMs;
      if (silentMs < clock.allow(SILENCE_SECONDS) * 1000) return null;
      return new PyrosError(codeOf(error), 'Dome, mount or safety can no longer be seen.', {
        cause: error,
      });
    }
  }

  async #look(vignetted: boolean): Promise<Obstacle | null> {
    const { dome, telescope, clock, safety, unit } = this.#tools;
    const heard = await safety.listen();
    const unsafe = safetyObstacle(heard);
    // A device that does not answer must not hide that it rains.
    if (unsafe) return unsafe;
    const [slit, mount] = await Promise.all([dome.status(), telescope.status()]);
    const { aim } = this.#observation;
    const target = aim.orderFor(this.#observation.sent());
    const look = { safety: heard, dome: slit, telescope: mount, target, nowMs: clock.now() };
    const obstacle = obstacleNow(look, this.#rules(vignetted));
    if (obstacle?.code === 'MOUNT_AT_LIMIT') await telescope.stop().catch(() => undefined);
    if (!obstacle && this.#watched.size > 0 && unit.dome.control !== 'read-only') {
      await this.#slit.follow(slit, mount);
    }
    return obstacle;
  }

  #rules(vignetted: boolean): SkyRules {
    const { unit } = this.#tools;
    return {
      unit,
      limits: this.#observation.sequence.limits ?? {},
      slitToleranceDeg: vignetted ? Number.POSITIVE_INFINITY : unit.dome.slitToleranceDeg,
    };
  }
}

function errorOf(found: Obstacle | PyrosError): PyrosError {
  return found instanceof PyrosError ? found : new PyrosError(found.code, found.sentence);
}
