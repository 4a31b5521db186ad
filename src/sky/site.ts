/** A place on the ground: WGS84 degrees, east positive; metres above sea level. */
export interface Site {
  readonly latDeg: number;
  /** Any turn will do: −70 and 290 are the same meridian. */
  readonly lonDeg: number;
  readonly altitudeM: number;
}
