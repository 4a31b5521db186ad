import type { Camera } from '#devices';
import type { Channel } from '#unit';
import type { Observation, ObservingTools } from './observing-tools.ts';
import type { Rendezvous } from './rendezvous.ts';
import type { ChannelRun, PlannedExposure } from './sequence-run.ts';

/** What is wrong with an image although it counts, in the words of `image.flags`. */
export type ImageFlag = 'vignetted' | 'warm' | 'cut' | 'not-centred' | 'recovered' | 'unfocused';

/** A channel between two of its exposures. */
export interface BetweenExposures {
  readonly tools: ObservingTools;
  readonly observation: Observation;
  readonly rendezvous: Rendezvous;
  readonly channel: Channel;
  readonly run: ChannelRun;
  /** What it has just ended (null: it begins) and what comes next. */
  readonly last: PlannedExposure | null;
  readonly next: PlannedExposure;
}

/**
 * What an observation does beside slewing and exposing, each step optional and injected: the runners
 * call them and know nothing of them. A step that rejects ends the sequence, as a failure of a device
 * would; what is only a pity must be told and swallowed by the step itself.
 */
export interface ObservingSteps {
  /** After each arrival on the target, before any shutter opens: centring. */
  readonly afterSlew?: (tools: ObservingTools, observation: Observation) => Promise<void>;
  /**
   * Before a channel goes to the meeting that comes before each of its exposures: a dither asks for
   * one with `rendezvous.propose`, which yields to a better position of the target.
   */
  readonly betweenExposures?: (between: BetweenExposures) => Promise<void>;
  /** What is known to be wrong with the image that this camera is about to take, or has just taken. */
  readonly flagsOf?: (about: {
    readonly tools: ObservingTools;
    readonly observation: Observation;
    readonly channel: Channel;
    readonly camera: Camera;
  }) => Promise<readonly ImageFlag[]>;
  /** At each routine of the observer, every few seconds, whatever runs: cooling. */
  readonly routine?: (tools: ObservingTools) => Promise<void>;
  /** The observer's command `calibrate`; resolves with a sentence. */
  readonly calibrate?: (
    tools: ObservingTools,
    moment: 'dusk' | 'dawn',
    signal: AbortSignal,
  ) => Promise<string>;
}
