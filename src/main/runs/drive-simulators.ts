import { existsSync } from 'node:fs';
import { type ActiveFault, SimulatorHand, simulatorPlaces, tcpLinks } from '#devices';
import { PyrosError, RealClock } from '#platform';
import type { Unit } from '#unit';
import { dataFolderOfUser, loadUnit, readRunSettings } from '../run-settings.ts';
import { liveRuns } from './run-record.ts';
import { nameOf, readSimsOrder, type SimsOrder } from './sims-order.ts';

/** A simulator that is there answers at once, seconds. */
const PATIENCE_SECONDS = 3;

/**
 * `./pyros sims faults|set|clear|value …`: speaks to the simulators of a unit where its file says that
 * they are: of the one that is named, else of the one that runs from the data folder. Gives 0, or 1 when
 * a simulator that is asked for does not answer.
 */
export async function driveSimulators(
  words: readonly string[],
  configfile: string | undefined,
): Promise<number> {
  const order = readSimsOrder(words);
  const unit = unitInUse(configfile);
  if (order.kind === 'faults' && order.device === null) return await listAll(unit);
  const hand = handOf(unit, simulatorOf(unit, order));
  try {
    await perform(hand, order);
    return 0;
  } catch (error) {
    throw isUnreachable(error) ? notServed(error) : error;
  } finally {
    await hand.close();
  }
}

function unitInUse(configfile: string | undefined): Unit {
  const runs = configfile === undefined ? liveRuns(dataFolderOfUser()) : [];
  const run = runs.findLast(({ settingsFile }) => existsSync(settingsFile));
  return run ? readRunSettings(run.settingsFile).unit : loadUnit(configfile ?? 'simulated');
}

const isUnreachable = (error: unknown): error is PyrosError =>
  error instanceof PyrosError && error.code === 'DEVICE_UNREACHABLE';

function notServed(cause: PyrosError): PyrosError {
  return new PyrosError('DEVICE_UNREACHABLE', 'This simulator does not answer.', {
    cause,
    remedy: 'Simulators run with ./pyros demo, ./pyros start all or ./pyros sims.',
  });
}

async function perform(hand: SimulatorHand, order: SimsOrder): Promise<void> {
  if (order.kind === 'faults') await listOne(hand);
  else if (order.kind === 'set') tellActive(await hand.set(order.fault, order.amount));
  else if (order.kind === 'clear') tellActive(await hand.clear(order.fault));
  else {
    await hand.value(order.device, order.value, order.to);
    console.log(order.to === 'auto' ? 'It is given back to the weather.' : 'It is set.');
  }
}

/** A value of a device behind the PLC is set in the PLC. */
function simulatorOf(unit: Unit, order: SimsOrder): string {
  const device = order.device ?? '';
  const isStation = simulatorPlaces(unit).some(
    (place) => place.kind === 'station' && nameOf(place, device),
  );
  return order.kind === 'value' && !isStation ? 'plc' : device;
}

/** What stands on each simulator, in a line each. */
async function listAll(unit: Unit): Promise<number> {
  let missing = 0;
  for (const { name } of simulatorPlaces(unit)) {
    const hand = handOf(unit, name);
    try {
      const { active } = await hand.list();
      console.log(`${name}: ${active.map(spoken).join(', ') || 'in good order'}`);
    } catch (error) {
      missing++;
      const why = error instanceof Error ? error.message : String(error);
      console.log(`${name}: ${isUnreachable(error) ? 'does not answer' : why}`);
    } finally {
      await hand.close();
    }
  }
  return missing === 0 ? 0 : 1;
}

async function listOne(hand: SimulatorHand): Promise<void> {
  const { known, active } = await hand.list();
  const width = Math.max(...known.map(({ name }) => name.length));
  for (const { name, description, usualAmount } of known) {
    const mark = active.some((one) => one.name === name) ? '*' : ' ';
    const amount = usualAmount === null ? '' : ` (usually ${usualAmount})`;
    console.log(`${mark} ${name.padEnd(width)}  ${description}${amount}`);
  }
  tellActive(active);
}

function tellActive(active: readonly ActiveFault[]): void {
  console.log(
    active.length === 0 ? 'It is in good order.' : `It has ${active.map(spoken).join(', ')}.`,
  );
}

function spoken({ name, amount }: ActiveFault): string {
  return amount === null ? name : `${name} ${amount}`;
}

function handOf(unit: Unit, device: string): SimulatorHand {
  const places = simulatorPlaces(unit);
  const place = places.find((one) => nameOf(one, device));
  if (!place) {
    throw new PyrosError('NO_SIMULATOR', `The unit simulates no device "${device}".`, {
      remedy: `Its simulators are ${places.map(({ name }) => name).join(', ')}.`,
    });
  }
  const links = tcpLinks({ clock: new RealClock(), timeoutSeconds: PATIENCE_SECONDS });
  return new SimulatorHand(place.name, { ...place, links });
}
