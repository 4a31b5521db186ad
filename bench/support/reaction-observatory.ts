import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#db';
import { type Dome, openDome, tcpLinks } from '#devices';
import { RealClock } from '#platform';
import type { Unit } from '#unit';
import { wardsOf } from '../../src/main/demo.ts';
import { submitRequestFile } from '../../src/main/initial-data.ts';
import { prepareDatabase } from '../../src/main/prepare-run.ts';
import { type RunSettings, versionOfCode, writeRunSettings } from '../../src/main/run-settings.ts';
import { Supervisor } from '../../src/main/supervisor.ts';
import { freePorts } from '../../tests/running-night.ts';
import { endOfChild, forkModule, nextMessage } from './child.ts';
import { fineNight, hurriedUnit, routineRequest, siteInTheDark } from './night-now.ts';
import { WireRecorder } from './wire-recorder.ts';

/** Of these two the guardian has wires of its own, so that its part can be told from the others'. */
export interface Wires {
  /** Notes when an answer of the PLC with the rain of the bench passes. */
  readonly plc: WireRecorder;
  /** Notes when an order to close passes. */
  readonly dome: WireRecorder;
}

/** A unit at work on the machine's own time under load, with recorders on its wires. */
export interface ReactionObservatory {
  readonly guardian: Wires;
  readonly others: Wires;
  /** The dome and the PLC themselves, past the recorders. */
  readonly dome: Dome;
  rain(isRaining: boolean): Promise<void>;
  /** One more request: the planner plans everything again. */
  submit(): Promise<void>;
  /** Ends every process of it, and drops its folder. */
  stop(): Promise<void>;
}

type Endings = (() => Promise<unknown>)[];

/** One unit: as it is, as its guardian sees it, as its other agents do. */
type Faces = Readonly<Record<'real' | 'guardian' | 'others', Unit>>;

/** No other value of a frame is this one: mm/h. */
const RAIN = 12.345;
const START_MS = 30_000;
const clock = new RealClock();

export async function startReactionObservatory(): Promise<ReactionObservatory> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-reaction-'));
  const endings: Endings = [async () => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startIn(folder, endings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startIn(folder: string, endings: Endings) {
  const faces = await makeUnits(clock.now());
  const { real } = faces;
  const file = join(folder, 'pyros.sqlite');
  const databaseUrl = `sqlite:${file}`;
  const startMs = clock.now();
  const database = await prepareDatabase(databaseUrl, {
    unit: real,
    startMs,
    targetsAtMs: startMs,
  });
  endings.push(() => database.close());
  const submit = async () => {
    const nowMs = clock.now();
    const source = { file: 'routine.xml', xml: routineRequest(real.site, nowMs) };
    await submitRequestFile(database, source, { unit: real, nowMs, targetsAtMs: nowMs });
  };
  await submit();
  const guardian = await wiresOf(real, faces.guardian, endings);
  const others = await wiresOf(real, faces.others, endings);
  await startProcesses({ folder, database, databaseUrl, faces, endings });
  const { host, port } = real.web.listen;
  await startLoad([`http://${host}:${port}`, file], endings);
  return { guardian, others, ...handsOn(real, endings), submit };
}

interface Start {
  readonly folder: string;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly faces: Faces;
  readonly endings: Endings;
}

async function startProcesses({ folder, database, databaseUrl, faces, endings }: Start) {
  const run = { databaseUrl, time: null, seed: 1, scenario: fineNight(clock.now()) };
  const { simulators, agents } = wardsOf(faces.real);
  const isGuardian = (ward: { name: string }) => ward.name === 'Guardian';
  const starts = [
    { unit: faces.real, wards: simulators, name: 'simulators' },
    { unit: faces.guardian, wards: agents.filter(isGuardian), name: 'guardian' },
    { unit: faces.others, wards: agents.filter((ward) => !isGuardian(ward)), name: 'others' },
  ];
  for (const { unit, wards, name } of starts) {
    const dataFolder = join(folder, name);
    const settings: RunSettings = { ...run, unit, dataFolder, version: versionOfCode() };
    mkdirSync(dataFolder, { recursive: true });
    const runFile = writeRunSettings(settings);
    const supervisor = new Supervisor({ runFile, dataFolder, clock, database });
    endings.push(() => supervisor.stop());
    await supervisor.start(wards);
  }
}

/** The dome and the weather themselves, past the recorders. */
function handsOn(real: Unit, endings: Endings) {
  const links = tcpLinks({ clock, timeoutSeconds: 5 });
  const plc = links(real.plc.address, 'json');
  const dome = openDome(real.dome, { clock, links });
  endings.push(
    () => plc.close(),
    () => dome.disconnect(),
  );
  const rain = async (isRaining: boolean) => {
    const value = `VALUE WXT520 RainRate ${isRaining ? RAIN : 0}`;
    const { text } = await plc.request(JSON.stringify({ command: [{ name: 'SIM', value }] }));
    if (text.includes('ERROR')) throw new Error(`the simulated PLC refuses: ${text}`);
  };
  return { dome, rain };
}

async function startLoad(words: readonly string[], endings: Endings): Promise<void> {
  const load: ChildProcess = forkModule(join(import.meta.dirname, 'load-process.ts'), words);
  endings.push(() => endOfChild(load));
  await nextMessage(load, START_MS);
}

async function wiresOf(real: Unit, seen: Unit, endings: Endings): Promise<Wires> {
  const plc = new WireRecorder(real.plc.address, { answered: `${RAIN}` });
  const dome = new WireRecorder(real.dome.address, { asked: 'DO CLOSE' });
  endings.push(
    () => plc.close(),
    () => dome.close(),
  );
  await plc.listen(seen.plc.address);
  await dome.listen(seen.dome.address);
  return { plc, dome };
}

async function makeUnits(nowMs: number): Promise<Faces> {
  const [mount = 0, vis = 0, nir = 0, alerts = 0, web = 0, ...pairs] = await freePorts(11);
  const site = siteInTheDark(nowMs);
  const face = (index: number): Unit => {
    const [dome = 0, plc = 0] = pairs.slice(2 * index);
    const unit = hurriedUnit(site, { mount, vis, nir, dome, plc, alerts, web });
    const [first] = unit.agents;
    if (!first) throw new RangeError('a unit has agents');
    const server = { ...first, alias: 'Webserver', kind: 'web' } as const;
    return { ...unit, agents: [...unit.agents, server] };
  };
  return { real: face(0), guardian: face(1), others: face(2) };
}
