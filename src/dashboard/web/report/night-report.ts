/** The report of one night, as `GET /api/report` gives it. Instants ISO-8601 UTC, spans seconds. */
export interface NightReport {
  readonly headline: string;
  readonly night: string;
  readonly timeline: readonly { at: string; text: string }[];
  /** Time in which the dome was not open though the Sun allowed it, by cause. */
  readonly lost: readonly { cause: string; seconds: number }[];
  readonly sequences: readonly {
    name: string;
    program: string;
    outcome: string;
    reason: string;
    images: number;
  }[];
  readonly images: {
    readonly count: number;
    readonly byFilter: readonly { filter: string; count: number }[];
  };
  readonly alerts: readonly {
    mission: string;
    trigger: string;
    /** Seconds count from the notice. */
    stages: readonly { name: string; at: string | null; seconds: number | null }[];
  }[];
  readonly efficiency: { readonly darkSeconds: number; readonly exposingSeconds: number };
}
