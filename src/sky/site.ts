/** A place on the ground: WGS84 degrees, east positive; metres above sea level. */
export interface Site {
  readonly latDeg: number;
  /** Any turn will do: −70 and 290 are the same meridian. */
  readonly lonDeg: number;
  readonly altitudeM: number;
  /**
   * UT1 − UTC, seconds, as the bulletins of the IERS print it; 0 when absent. It is never beyond
   * ±0.9 s, and each tenth left out turns the whole sky by up to 1.5″.
   */
  readonly dut1Seconds?: number;
}
