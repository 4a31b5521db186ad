import { type Clock, PyrosError } from '#platform';
import { sunPosition, twilightMag } from '#sky';
import type { Channel, MountSpec, Unit } from '#unit';
import { CameraSimulator, type CameraSimulatorDeps } from './camera/camera-simulator.ts';
import { type LightPath, lightThrough } from './camera/light-path.ts';
import { skyCatalogue } from './camera/star-catalogue-file.ts';
import { drawField } from './camera/star-field.ts';
import type { DomeTruth } from './dome/dome-model.ts';
import { DomeSimulator } from './dome/dome-simulator.ts';
import type { FaultPlane } from './fault-plane.ts';
import { FaultScript } from './faults/fault-script.ts';
import { type SimulatedCore, SimulatedWire } from './faults/simulated-wire.ts';
import { trueDome, trueTelescope } from './faults/true-light.ts';
import { FocuserSimulator } from './focuser/focuser-simulator.ts';
import { Conversation } from './link/conversation.ts';
import type { Address, Endpoint, LinkFactory, WireKind } from './link/link.ts';
import { PlcSimulator } from './plc/plc-simulator.ts';
import { siteWeather } from './plc/site-weather.ts';
import { watchedDome, watchedTelescope } from './read-only.ts';
import { openDome, openTelescope } from './registry.ts';
import type { Scenario } from './scenario.ts';
import type { MountTruth } from './telescope/mount-model.ts';
import { TelescopeSimulator } from './telescope/telescope-simulator.ts';
import { StationSimulator } from './weather-station/station-simulator.ts';

/** What simulators share. */
export interface SimulatorDeps {
  readonly clock: Clock;
  /** Decides weather, sky and noise. */
  readonly seed: number;
  readonly scenario: Scenario;
  /** Told, one sentence each, what a simulator did of its own. */
  readonly log?: (sentence: string) => void;
}

/** A simulated device, to be served at its address over TCP or in memory. */
export interface SimulatedDevice {
  readonly endpoint: Endpoint;
  readonly address: Address;
  readonly wire: WireKind;
  /** Absent for a device that is no simulator, e.g. the process that serves an INDI device. */
  readonly faults?: FaultPlane;
  /** Stops its own timers and lets go of the devices it looks through. */
  stop(): void;
}

/** A simulator of ours: it can be given faults. */
export interface Simulator extends SimulatedDevice {
  readonly faults: FaultPlane;
}

/** A simulator that knows how things really are, whatever it says. */
export interface TruthfulSimulator<Truth> extends Simulator {
  truth(): Truth;
}

/** A simulator whose measured values can be set by hand. */
export interface ValueSimulator extends Simulator {
  /** Over weather and scenario; `auto` gives it back. Throws `VALUE_UNKNOWN`. */
  setValue(device: string, name: string, value: number | string): void;
}

/** The simulators of a unit by name; of its mount, dome and PLC those that are simulated. */
export type Simulators = Readonly<Record<string, SimulatedDevice>> & {
  readonly mount?: TruthfulSimulator<MountTruth>;
  readonly dome?: TruthfulSimulator<DomeTruth>;
  readonly plc?: ValueSimulator;
};

/**
 * Every simulated device of a unit by name: `mount`, `dome`, `plc`, each channel by its alias, its
 * focuser as `focuser-<channel>`, each weather station by its alias. Devices that are not simulated are
 * left out. `links` lets the cameras look through the mount and the dome, wherever these are served.
 * Throws `UNIT_INVALID` when two devices bear one name, `SCENARIO_INVALID` when the scenario names a
 * device or a fault that is not there.
 */
export function makeSimulators(unit: Unit, deps: SimulatorDeps, links: LinkFactory): Simulators {
  const made: Record<string, SimulatedDevice> = {};
  for (const [name, spec, make] of blueprints(unit, deps, links)) {
    if (spec.control !== 'simulated') continue;
    if (Object.hasOwn(made, name)) throw nameTaken(name);
    made[name] = served(name, make(), { spec, deps });
  }
  const missing = deps.scenario.faults.find(({ device }) => !Object.hasOwn(made, device));
  if (missing) throw noSuchSimulator(missing.device, Object.keys(made));
  return made as Simulators;
}

type Blueprint = readonly [
  name: string,
  spec: { readonly address: Address; readonly control: string },
  make: () => SimulatedCore & { stop?(): void },
];

function blueprints(unit: Unit, deps: SimulatorDeps, links: LinkFactory): Blueprint[] {
  const { clock, seed, scenario, log = () => undefined } = deps;
  const { site, dome, plc } = unit;
  const mount = firstMount(unit);
  return [
    ['mount', mount, () => new TelescopeSimulator({ spec: mount, site }, clock)],
    ['dome', dome, () => new DomeSimulator(dome, { clock, log })],
    ['plc', plc, () => new PlcSimulator(site, { clock, seed, events: scenario.plc })],
    ...unit.channels.flatMap((channel) => ofChannel(channel, { unit, deps, links })),
    ...unit.stations.map((station): Blueprint => {
      return [station.alias, station, () => new StationSimulator(station, { clock, site, seed })];
    }),
  ];
}

function ofChannel(
  channel: Channel,
  { unit, deps, links }: { unit: Unit; deps: SimulatorDeps; links: LinkFactory },
): Blueprint[] {
  const { alias, focuser } = channel;
  const camera: Blueprint = [
    alias,
    channel,
    () => new CameraSimulator(channel, surroundings(unit, deps, links)),
  ];
  if (!focuser) return [camera];
  const { clock, seed } = deps;
  const airAt = (ms: number) => siteWeather({ ...unit.site, seed }, ms).outsideTempC;
  return [
    camera,
    [`focuser-${alias}`, focuser, () => new FocuserSimulator(focuser, { clock, airAt })],
  ];
}

/** What stands around a camera: the unit's sky, seen through its mount and its dome as they really are. */
function surroundings(unit: Unit, deps: SimulatorDeps, links: LinkFactory): CameraSimulatorDeps {
  const { clock, seed, scenario, log = () => undefined } = deps;
  return {
    clock,
    seed,
    log,
    light: lightPath(unit, deps, links),
    draw: (request) => drawField(request, skyCatalogue()),
    twilightAt: (ms) => twilightMag(sunPosition(unit.site, ms).altDeg),
    seeingAt: (ms) => siteWeather({ ...unit.site, seed }, ms).seeingArcsec,
    transients: scenario.transients,
  };
}

/** What is simulated is seen as it really is; the rest, as it says that it is. */
function lightPath(unit: Unit, { clock }: SimulatorDeps, links: LinkFactory): LightPath {
  const opened = { clock, links };
  const mount = firstMount(unit);
  const telescope = watchedTelescope(mount.alias, openTelescope(mount, opened));
  const dome = watchedDome(unit.dome.alias, openDome(unit.dome, opened));
  const hand = ({ alias, address }: { alias: string; address: Address }) =>
    new Conversation(alias, links(address, 'lines'));
  const isSimulated = ({ control }: { control: string }) => control === 'simulated';
  return lightThrough(
    isSimulated(mount) ? trueTelescope(telescope, hand(mount)) : telescope,
    isSimulated(unit.dome) ? trueDome(dome, hand(unit.dome), () => clock.now()) : dome,
  );
}

/** A simulator behind its wire, with the faults that the scenario has for it. */
function served(
  name: string,
  core: SimulatedCore & { stop?(): void },
  { spec, deps }: { spec: { readonly address: Address }; deps: SimulatorDeps },
): Simulator {
  const wire = core instanceof PlcSimulator ? 'json' : 'lines';
  const events = deps.scenario.faults.filter(({ device }) => device === name);
  const script = new FaultScript(events, { faults: core.faults, clock: deps.clock });
  return {
    endpoint: new SimulatedWire(core, wire, () => script.asked()),
    address: spec.address,
    wire,
    faults: core.faults,
    stop: () => {
      script.stop();
      core.stop?.();
    },
    ...(core.truth ? { truth: () => core.truth?.() } : {}),
    ...(core.setValue ? { setValue: core.setValue.bind(core) } : {}),
  };
}

function firstMount({ mounts: [mount] }: Unit): MountSpec {
  if (!mount) throw new RangeError('a unit has one mount at least');
  return mount;
}

function nameTaken(alias: string): PyrosError {
  return new PyrosError('UNIT_INVALID', `A device is named ${alias}, as another device.`, {
    remedy: 'Give it another alias in the unit file.',
  });
}

function noSuchSimulator(name: string, known: readonly string[]): PyrosError {
  return new PyrosError('SCENARIO_INVALID', `No simulated device is named ${name}.`, {
    remedy: `The simulators are ${known.join(', ')}.`,
  });
}
