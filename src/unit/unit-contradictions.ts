import type { Contradiction } from './contradiction.ts';
import { deviceContradictions } from './device-contradictions.ts';
import type { Unit } from './unit.ts';

/** What a schema cannot see: names used twice, ports taken twice, names that lead nowhere. */
export function contradictions(unit: Unit): Contradiction[] {
  return [
    ...portClashes(unit),
    ...repeated(unit.mounts, 'mounts'),
    ...repeated(unit.channels, 'channels'),
    ...repeated(unit.stations, 'stations'),
    ...repeated(unit.agents, 'agents'),
    ...repeated(unit.computers, 'computers'),
    ...repeatedFilters(unit),
    ...repeatedLimits(unit),
    ...unknownNames(unit),
    ...missingAgents(unit),
    ...horizonOrder(unit),
    ...sunOrder(unit),
    ...deviceContradictions(unit),
  ];
}

function portClashes(unit: Unit): Contradiction[] {
  const listeners: { path: PropertyKey[]; port: number }[] = [
    ...unit.mounts.map((mount, i) => ({
      path: ['mounts', i, 'address', 'port'],
      port: mount.address.port,
    })),
    ...unit.channels.map((channel, i) => {
      return { path: ['channels', i, 'address', 'port'], port: channel.address.port };
    }),
    ...unit.channels.flatMap(({ focuser }, i) =>
      focuser
        ? [{ path: ['channels', i, 'focuser', 'address', 'port'], port: focuser.address.port }]
        : [],
    ),
    ...unit.stations.map((station, i) => {
      return { path: ['stations', i, 'address', 'port'], port: station.address.port };
    }),
    { path: ['dome', 'address', 'port'], port: unit.dome.address.port },
    { path: ['plc', 'address', 'port'], port: unit.plc.address.port },
    { path: ['alerts', 'listen', 'port'], port: unit.alerts.listen.port },
    { path: ['web', 'listen', 'port'], port: unit.web.listen.port },
    ...(unit.gic ? [{ path: ['gic', 'listen', 'port'], port: unit.gic.listen.port }] : []),
    ...(unit.indi ? [{ path: ['indi', 'server', 'port'], port: unit.indi.server.port }] : []),
  ];
  return listeners.flatMap(({ path, port }, i) => {
    const first = listeners.findIndex((one) => one.port === port);
    const taken = listeners[first]?.path.slice(0, -2).join('.');
    return first < i
      ? [{ path, expected: `a port of its own: ${port} is already that of ${taken}` }]
      : [];
  });
}

function repeated(list: readonly { alias: string }[], name: string): Contradiction[] {
  return list.flatMap(({ alias }, i) => {
    const first = list.findIndex((one) => one.alias.toLowerCase() === alias.toLowerCase());
    const expected = `an alias of its own: ${alias} is used twice`;
    return first < i ? [{ path: [name, i, 'alias'], expected }] : [];
  });
}

function repeatedFilters(unit: Unit): Contradiction[] {
  return unit.channels.flatMap(({ filters }, i) => {
    const names = filters.map((filter) => filter.name);
    return names.flatMap((name, j) => {
      const expected = `a name of its own: ${name} is used twice`;
      const path = ['channels', i, 'filters', j, 'name'];
      return names.indexOf(name) < j ? [{ path, expected }] : [];
    });
  });
}

/** What is remembered of a limit goes by quantity and side: the second one would hide the first. */
function repeatedLimits(unit: Unit): Contradiction[] {
  const sides = unit.plc.limits.map(({ quantity, bad }) => `${quantity} that is bad ${bad}`);
  return sides.flatMap((side, i) => {
    const expected = `one limit only for ${side}`;
    const path = ['plc', 'limits', i, 'quantity'];
    return sides.indexOf(side) < i ? [{ path, expected }] : [];
  });
}

function unknownNames(unit: Unit): Contradiction[] {
  const among = (
    names: readonly string[],
    known: readonly { alias: string }[],
    path: PropertyKey[],
  ) =>
    names.flatMap((name, i) => {
      const expected = `one of ${known.map((one) => one.alias).join(', ')}`;
      return known.some((one) => one.alias === name) ? [] : [{ path: [...path, i], expected }];
    });
  const computers = unit.agents.flatMap(({ computer }, i) => {
    const expected = `one of ${unit.computers.map((one) => one.alias).join(', ')}`;
    const isKnown = unit.computers.some((one) => one.alias === computer);
    return isKnown ? [] : [{ path: ['agents', i, 'computer'], expected }];
  });
  return [
    ...among(unit.assembly.mounts, unit.mounts, ['assembly', 'mounts']),
    ...among(unit.assembly.channels, unit.channels, ['assembly', 'channels']),
    ...computers,
  ];
}

/** A unit without one of these could open and not close, or never open: it is not a unit. */
const NEEDED = ['guardian', 'environment', 'majordome', 'observer', 'scheduler'] as const;

function missingAgents(unit: Unit): Contradiction[] {
  const kinds = unit.agents.map((agent) => agent.kind);
  const missing = NEEDED.filter((kind) => !kinds.includes(kind));
  const twice = unit.agents.flatMap(({ kind }, i) => {
    const expected = `one ${kind} only`;
    return kinds.indexOf(kind) < i ? [{ path: ['agents', i, 'kind'], expected }] : [];
  });
  return [
    ...missing.map((kind) => ({ path: ['agents'], expected: `an agent of kind ${kind}` })),
    ...twice,
  ];
}

function horizonOrder(unit: Unit): Contradiction[] {
  return unit.horizon.flatMap(({ azDeg }, i) => {
    const before = unit.horizon[i - 1]?.azDeg ?? Number.NEGATIVE_INFINITY;
    const expected = `an azimuth greater than the one before it (${before})`;
    return azDeg <= before ? [{ path: ['horizon', i, 'azDeg'], expected }] : [];
  });
}

function sunOrder({ night }: Unit): Contradiction[] {
  if (night.scienceSunAltDeg < night.openSunAltDeg) return [];
  const expected = `less than openSunAltDeg (${night.openSunAltDeg}): the dome opens before science`;
  return [{ path: ['night', 'scienceSunAltDeg'], expected }];
}
