import {
  type Camera,
  openCamera,
  openDome,
  openFocuser,
  openPlc,
  openStation,
  openTelescope,
} from '#devices';
import type { AgentSpec } from '#unit';
import { aliasOf, contextOf, type Runnable, type Workshop } from './workshop.ts';

type Make = (spec: AgentSpec, workshop: Workshop) => Promise<Runnable>;

const MAKERS: Readonly<Record<AgentSpec['kind'], Make>> = {
  guardian: async (spec, workshop) =>
    (await import('./compose-guardian.ts')).makeGuardian(spec, workshop),
  environment: makeEnvironment,
  majordome: makeMajordome,
  observer: makeObserver,
  scheduler: async (spec, workshop) => {
    const { inlinePlanner, SchedulerAgent, threadedPlanner } = await import('#planning');
    const { clock, separate, settings } = workshop;
    const planner = separate ? threadedPlanner(clock) : inlinePlanner();
    return new SchedulerAgent(contextOf(spec, workshop), { unit: settings.unit, planner });
  },
  alert: async (spec, workshop) => {
    const { AlertAgent } = await import('#alert');
    const { unit } = workshop.settings;
    return new AlertAgent(contextOf(spec, workshop), { unit, listen: workshop.separate });
  },
  telescope: async (spec, workshop) => {
    const { TelescopeAgent } = await import('../devices/telescope/telescope-agent.ts');
    const { telescopeByHand } = await import('#execution');
    const { settings, clock, links, database } = workshop;
    const { unit } = settings;
    const [mount] = unit.mounts;
    if (!mount) throw new RangeError('a unit has one mount at least');
    const hand = openTelescope(mount, { clock, links });
    const telescope = telescopeByHand(hand, { unit, clock, database });
    return new TelescopeAgent(contextOf(spec, workshop), { telescope });
  },
  gic: async (spec, workshop) => {
    const { GicAgent } = await import('#calibration');
    const { settings, separate } = workshop;
    return new GicAgent(contextOf(spec, workshop), { unit: settings.unit, listen: separate });
  },
  agentA: async (spec, workshop) => {
    const { AgentA } = await import('#agent');
    return new AgentA(contextOf(spec, workshop));
  },
  agentB: async (spec, workshop) => {
    const { AgentB } = await import('#agent');
    return new AgentB(contextOf(spec, workshop));
  },
  agentX: async (spec, workshop) => {
    const { AgentX } = await import('#agent');
    return new AgentX(contextOf(spec, workshop));
  },
  web: async (spec, workshop) => {
    const { WebAgent } = await import('#dashboard');
    const { settings, links } = workshop;
    const { unit, dataFolder, version } = settings;
    return new WebAgent(contextOf(spec, workshop), { unit, dataFolder, version, links });
  },
};

/** Makes one agent of the unit file. */
export async function makeAgent(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  return await MAKERS[spec.kind](spec, workshop);
}

async function makeEnvironment(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  const { EnvironmentAgent, SafetyMonitor } = await import('#environment');
  const { fileKeeper } = await import('./file-keeper.ts');
  const { plc: plcSpec, stations, site } = workshop.settings.unit;
  const { clock, links, settings } = workshop;
  const plc = openPlc(plcSpec, { clock, links });
  const keeper = workshop.separate ? fileKeeper(settings.dataFolder, spec.alias) : null;
  const monitor = new SafetyMonitor({
    plc,
    spec: plcSpec,
    clock,
    keeper,
    stations: new Map(stations.map((one) => [one.alias, openStation(one, { clock, links })])),
    holdsFlappingAtLonDeg: site.lonDeg,
  });
  return new EnvironmentAgent(contextOf(spec, workshop), { monitor, spec: plcSpec });
}

async function makeMajordome(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  const { MajordomeAgent, writeNightReport } = await import('#execution');
  const { settings, clock, links, database } = workshop;
  const { unit, dataFolder } = settings;
  return new MajordomeAgent(contextOf(spec, workshop), {
    unit,
    dome: openDome(unit.dome, { clock, links }),
    plc: openPlc(unit.plc, { clock, links }),
    observer: aliasOf(unit, 'observer'),
    report: (night) => writeNightReport({ database, unit, dataFolder }, night),
  });
}

async function makeObserver(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  const { nightSteps, ObserverAgent } = await import('#execution');
  const { settings, clock, links } = workshop;
  const { unit, dataFolder, version } = settings;
  const [mount] = unit.mounts;
  if (!mount) throw new RangeError('a unit has one mount at least');
  const cameras = new Map<string, Camera>(
    unit.channels.map((channel) => [channel.alias, openCamera(channel, { clock, links })]),
  );
  const focusers = unit.channels.flatMap(({ alias, focuser }) => {
    return focuser ? [[alias, openFocuser(focuser, { clock, links })] as const] : [];
  });
  return new ObserverAgent(contextOf(spec, workshop), {
    unit,
    telescope: openTelescope(mount, { clock, links }),
    dome: openDome(unit.dome, { clock, links }),
    cameras,
    focusers: new Map(focusers),
    steps: nightSteps(unit, { clock }),
    dataFolder,
    version,
  });
}
