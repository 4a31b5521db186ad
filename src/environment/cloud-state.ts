/** The sky as people say it. */
export type SkyClarity = 'Clear' | 'Cloudy' | 'VeryCloudy' | 'Unknown';

/** The sky as the infrared sensor sees it: below -10 °C clear, above 4 °C very cloudy. */
export function cloudState(skyTemperatureC: number | null): SkyClarity {
  if (skyTemperatureC === null) return 'Unknown';
  if (skyTemperatureC < -10) return 'Clear';
  return skyTemperatureC > 4 ? 'VeryCloudy' : 'Cloudy';
}
