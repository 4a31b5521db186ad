import type { Contradiction } from './contradiction.ts';
import { devicesOf } from './devices-of.ts';
import type { Unit } from './unit.ts';

/** What devices, the INDI server, the solver and the feed for GIC say against each other. */
export function deviceContradictions(unit: Unit): Contradiction[] {
  return [
    ...focuserTravel(unit),
    ...missingSections(unit),
    ...solverChannel(unit),
    ...flatTimes(unit),
    ...stationNames(unit),
  ];
}

function focuserTravel(unit: Unit): Contradiction[] {
  return unit.channels.flatMap(({ focuser, filters }, i) => {
    if (!focuser) return [];
    const { minSteps, maxSteps, zeroSteps } = focuser;
    const path = ['channels', i, 'focuser'];
    if (minSteps >= maxSteps) {
      return [{ path: [...path, 'maxSteps'], expected: `more than minSteps (${minSteps})` }];
    }
    const isIn = (steps: number) => steps >= minSteps && steps <= maxSteps;
    const expected = `a focus within ${minSteps} to ${maxSteps} steps`;
    if (!isIn(zeroSteps)) return [{ path: [...path, 'zeroSteps'], expected }];
    return filters.flatMap(({ focusSteps }, j) => {
      const place = ['channels', i, 'filters', j, 'focusSteps'];
      return isIn(zeroSteps + focusSteps) ? [] : [{ path: place, expected }];
    });
  });
}

/** An agent, or a device, that needs a section of the file which is not there. */
function missingSections(unit: Unit): Contradiction[] {
  const gic = unit.agents.findIndex(({ kind }) => kind === 'gic');
  const isIndi = devicesOf(unit).some(({ driver }) => driver !== 'pyros');
  return [
    ...(gic >= 0 && !unit.gic
      ? [{ path: ['agents', gic, 'kind'], expected: 'a section gic beside an agent of kind gic' }]
      : []),
    ...(isIndi && !unit.indi
      ? [{ path: [], expected: 'a section indi, since a device has an INDI driver' }]
      : []),
  ];
}

function solverChannel({ solver, channels }: Unit): Contradiction[] {
  if (!solver || channels.some(({ alias }) => alias === solver.channel)) return [];
  const expected = `one of ${channels.map(({ alias }) => alias).join(', ')}`;
  return [{ path: ['solver', 'channel'], expected }];
}

function flatTimes({ calibrations: { flats } }: Unit): Contradiction[] {
  if (!flats || flats.leastSeconds < flats.mostSeconds) return [];
  const expected = `more than leastSeconds (${flats.leastSeconds})`;
  return [{ path: ['calibrations', 'flats', 'mostSeconds'], expected }];
}

/** Names under which devices are served; their tables and their commands know them by these. */
function stationNames(unit: Unit): Contradiction[] {
  const taken = [
    'mount',
    'dome',
    'plc',
    ...unit.channels.flatMap(({ alias }) => [alias, `focuser-${alias}`]),
  ];
  return unit.stations.flatMap(({ alias }, i) =>
    taken.includes(alias)
      ? [{ path: ['stations', i, 'alias'], expected: `an alias of its own: ${alias} is taken` }]
      : [],
  );
}
