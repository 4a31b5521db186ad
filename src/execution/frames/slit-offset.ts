const RAD = Math.PI / 180;

/**
 * How far the beam of a telescope passes beside the middle of the slit, degrees as seen from the centre
 * of the dome: asin(|sin Δaz|·cos alt) on the near side, 90 beyond it. Near the zenith any azimuth does.
 */
export function slitOffsetDeg(
  slitAzDeg: number,
  telescope: { readonly altDeg: number; readonly azDeg: number },
): number {
  const deltaDeg = Math.abs(((((slitAzDeg - telescope.azDeg) % 360) + 540) % 360) - 180);
  const cosAlt = Math.cos(telescope.altDeg * RAD);
  if (deltaDeg > 90) return 90 * cosAlt;
  return Math.asin(Math.sin(deltaDeg * RAD) * cosAlt) / RAD;
}
