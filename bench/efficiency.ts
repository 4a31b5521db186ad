/**
 * How much of a clear night the shutter is open, beside the most that the simulators' own slews,
 * read-outs and filter changes allow: `./pyros bench efficiency [--night 2014-04-23] [--exposure 60]
 * [--images 15] [--seed 1]`. On virtual time.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { unitSchema } from '#unit';
import { liveFullNight } from './support/full-night.ts';
import { openShutter } from './support/open-shutter.ts';
import { textTable } from './support/text-table.ts';

const GOAL = 0.95;

const { values } = parseArgs({
  options: {
    night: { type: 'string', default: '2014-04-23' },
    exposure: { type: 'string', default: '60' },
    images: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
  },
});
const [exposureSeconds, images, seed] = [values.exposure, values.images, values.seed].map(Number);
const isRead = [exposureSeconds, images, seed].every((value) => value !== undefined && value > 0);
if (!isRead || !exposureSeconds || !images || !seed) {
  console.error('usage: efficiency [--night 2014-04-23] [--exposure 60] [--images 15] [--seed 1]');
  process.exit(2);
}

const file = new URL('../config/simulated.yaml', import.meta.url);
const full = unitSchema.parse(parse(readFileSync(file, 'utf8')));
// Pixels take time to draw, and tell nothing here.
const channels = full.channels.map((channel) => {
  return { ...channel, detector: { ...channel.detector, width: 64, height: 64 } };
});
const unit = { ...full, channels };
const { night } = values;
const lived = await liveFullNight({ unit, night, seed, exposureSeconds, images });
const found = openShutter(unit, lived);
const { darkSeconds, exposingSeconds, neededSeconds } = found;
const needed = neededSeconds.slews + neededSeconds.readouts + neededSeconds.filters;
const efficiency = exposingSeconds / darkSeconds;
const ceiling = exposingSeconds / (exposingSeconds + needed);
const ratio = efficiency / ceiling;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const hours = (seconds: number) => (seconds / 3600).toFixed(2);
const rows: (string | number)[][] = [
  ['', 'hours', 'of the dark'],
  ['dark', hours(darkSeconds), percent(1)],
  ['shutter open', hours(exposingSeconds), percent(efficiency)],
  ...Object.entries(neededSeconds).map(([what, seconds]) => [
    `${what} as the simulators need them`,
    hours(seconds),
    percent(seconds / darkSeconds),
  ]),
  [
    'anything else',
    hours(darkSeconds - exposingSeconds - needed),
    percent(1 - (exposingSeconds + needed) / darkSeconds),
  ],
];
console.log(
  `\nNight of ${night}: ${found.images} images of ${exposureSeconds} s, ${found.sequences} targets`,
);
console.log(textTable(rows));
console.log('\nLongest waits between two exposures, beyond the read-out');
console.log(textTable([['after', 's'], ...found.gaps.map(({ at, seconds }) => [at, seconds])]));
console.log(
  `\nefficiency ${percent(efficiency)}, ceiling ${percent(ceiling)}, ratio ${ratio.toFixed(3)}; ` +
    `goal ≥ ${GOAL}: ${ratio >= GOAL ? 'reached' : 'NOT reached'}`,
);
console.log(
  JSON.stringify({ bench: 'efficiency', night, efficiency, ceiling, ratio, goal: GOAL, ...found }),
);
