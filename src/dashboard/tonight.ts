import type { BarState, TwilightMarks } from './night-chart.ts';

export type { NightReport } from '#execution';
export type * from './night-chart.ts';
export type * from './observatory-page.ts';
export type * from './schedule-page.ts';
export type * from './simulator-page.ts';

/**
 * What the page "Tonight" shows, as plain JSON: made by the server, drawn by the web app. Instants
 * are ISO-8601 UTC, angles degrees (azimuth N=0 E=90), and `null` means not known.
 */
export interface Tonight {
  /** The observatory's clock when this was made, and how fast it runs (1 = real time). */
  readonly now: string;
  readonly rate: number;
  /** Something of this unit is simulated. */
  readonly simulated: boolean;
  readonly site: { name: string; latDeg: number; lonDeg: number; altitudeM: number };
  readonly unit: string;
  /** Local apparent sidereal time, hours. */
  readonly siderealHours: number;
  /** Night id: the UTC date of the noon before. */
  readonly night: string;
  /** One sentence: what is happening, or why nothing is. */
  readonly sentence: string;
  readonly mode: { name: string; since: string | null; reason: string };
  readonly safety: { safe: boolean | null; reasons: string[]; at: string | null };
  readonly dome: Aged & { shutter: string; azimuthDeg: number | null };
  readonly telescope: Aged & {
    motion: string;
    raDeg: number | null;
    decDeg: number | null;
    altDeg: number | null;
    azDeg: number | null;
    /** Name of the target being observed. */
    target: string | null;
  };
  readonly cameras: readonly (Aged & {
    channel: string;
    activity: string;
    filter: string | null;
    temperatureC: number | null;
    exposureSeconds: number | null;
    /** When the exposure in progress began. */
    startedAt: string | null;
  })[];
  readonly twilight: TwilightMarks;
  readonly moon: {
    riseAt: string | null;
    setAt: string | null;
    illumination: number;
    altDeg: number;
    azDeg: number;
  };
  readonly sun: { altDeg: number; azDeg: number };
  readonly plan: readonly PlannedBar[];
  /** Changes whenever the page "Schedule" does. */
  readonly scheduleRevision: string;
  /** The first of what has no place, and how much there is of it. */
  readonly unplanned: readonly { name: string; program: string; reason: string }[];
  readonly unplannedCount: number;
  /** Stretches of the night when the dome was not open though the Sun allowed it, with the cause. */
  readonly lost: readonly { from: string; to: string; cause: string }[];
  readonly sky: {
    /** The local horizon: elevation by azimuth, closed by the first point. */
    horizon: readonly { azDeg: number; altDeg: number }[];
    /** Bright stars above the horizon now. */
    stars: readonly { azDeg: number; altDeg: number; magnitude: number }[];
    targets: readonly {
      name: string;
      azDeg: number;
      altDeg: number;
      state: BarState;
      isAlert: boolean;
    }[];
  };
  readonly weather: readonly Trace[];
  readonly lastImages: readonly {
    imageId: number;
    channel: string;
    filter: string;
    seconds: number;
    startAt: string;
    sequence: string;
    /** Address of the preview (PNG) on this server. */
    preview: string;
  }[];
  readonly alert: null | {
    mission: string;
    trigger: string;
    raDeg: number;
    decDeg: number;
    errorDeg: number;
    eventAt: string | null;
    receivedAt: string;
    /** received, planned, slewing, observing, observed, or why not. */
    state: string;
    /** Seconds from the notice's last byte to the slew, and to the first shutter opening. */
    slewAfterSeconds: number | null;
    openAfterSeconds: number | null;
  };
  readonly agents: readonly { name: string; status: string; at: string | null; alive: boolean }[];
  readonly facts: readonly {
    id: number;
    at: string;
    type: string;
    sentence: string;
    tone: FactTone;
  }[];
  /** Progress of the night, 0 to 1, and what was done so far. */
  readonly progress: {
    fraction: number;
    sequencesDone: number;
    sequencesPlanned: number;
    images: number;
  };
  /** The night report, once the night has ended. */
  readonly report: null | { path: string; headline: string };
}

/** A reading and when the device gave it. */
export interface Aged {
  readonly at: string | null;
}

export type FactTone = 'plain' | 'good' | 'warning' | 'bad' | 'alert';

/** One bar of the Gantt. */
export interface PlannedBar {
  readonly sequenceId: number;
  readonly name: string;
  readonly program: string;
  readonly state: BarState;
  readonly isAlert: boolean;
  readonly start: string;
  readonly end: string;
  /** Elevation of the target at the start, degrees. */
  readonly altDeg: number | null;
}

/** One weather quantity over the night, with the limit that closes the dome. */
export interface Trace {
  readonly quantity: 'rain' | 'humidity' | 'wind' | 'temperature' | 'cloud';
  readonly label: string;
  readonly unit: string;
  /** The sensor that ranks first, and how many stand behind it: `WXT520 +1`. */
  readonly sensor: string | null;
  /** Closing limit, and the side of it on which values are bad. */
  readonly limit: { value: number; side: 'above' | 'below' } | null;
  /** Oldest first. */
  readonly points: readonly { at: string; value: number }[];
}
