import { readFileSync } from 'node:fs';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';
import { transitionOf } from '../../planning/agent/plan-input.ts';
import {
  type DemandSetting,
  generatedDemand,
  readDemand,
  type SeasonDemand,
  type SeasonInput,
  usualAlerts,
  usualDemand,
  usualTroubles,
  usualWeather,
  whatIf,
} from '../../planning/season/index.ts';

/** What the command line says of a simulation. */
export interface SimulationOptions {
  readonly from: string;
  readonly to: string;
  readonly weather: number;
  readonly seed: number;
  readonly requests?: string;
  readonly sequences?: number;
  readonly load?: number;
  readonly loss?: number;
  readonly spell?: number;
  readonly seeing?: number;
  readonly alerts?: number;
  readonly failures?: number;
  readonly overruns?: number;
  readonly whatIf?: readonly string[];
  readonly json?: string;
}

/** The season that was asked for. Throws `DEMAND_INVALID`, `DEMAND_UNREADABLE`, `PERIOD_INVALID`. */
export function seasonInputOf(unit: Unit, options: SimulationOptions): SeasonInput {
  if (options.from >= options.to) {
    throw new PyrosError('PERIOD_INVALID', `No night lies from ${options.from} to ${options.to}.`, {
      remedy: 'Give --from the first night and --to a later day.',
    });
  }
  const setting = settingOf(unit, options);
  return {
    ...setting,
    ...demandOf(setting, options),
    weatherSeed: options.weather,
    alerts: { ...usualAlerts, perNight: options.alerts ?? usualAlerts.perNight },
    troubles: {
      ...usualTroubles,
      failureShare: options.failures ?? usualTroubles.failureShare,
      overrunShare: options.overruns ?? usualTroubles.overrunShare,
    },
    seed: options.seed,
  };
}

/** The same season with the settings of `--what-if`. Throws `SETTING_INVALID`. */
export function changedInput(input: SeasonInput, settings: readonly string[]): SeasonInput {
  const reading = whatIf(input, settings);
  if (reading.input !== null) return reading.input;
  throw new PyrosError('SETTING_INVALID', `--what-if: ${reading.fault}.`, {
    remedy: 'Settings are described in docs/how-to/simulate-a-semester.md.',
  });
}

function settingOf(unit: Unit, options: SimulationOptions): DemandSetting {
  return {
    fromNight: options.from,
    untilNight: options.to,
    scienceSunAltDeg: unit.night.scienceSunAltDeg,
    constraints: {
      site: unit.site,
      horizon: unit.horizon,
      minAltDeg: unit.night.minAltDeg,
      moonDistanceDeg: unit.night.moonDistanceDeg,
    },
    transition: transitionOf(unit),
    weather: {
      ...usualWeather,
      loss: options.loss ?? usualWeather.loss,
      spellHours: options.spell ?? usualWeather.spellHours,
      seeingArcsec: options.seeing ?? usualWeather.seeingArcsec,
      // Nothing to lose, or everything: no season of the year changes that.
      ...((options.loss === 0 || options.loss === 1) && { swing: 0 }),
    },
  };
}

function demandOf(setting: DemandSetting, options: SimulationOptions): SeasonDemand {
  const { requests, seed } = options;
  if (requests === undefined) {
    const sequences = options.sequences ?? usualDemand.sequences;
    const load = options.load ?? usualDemand.load;
    return generatedDemand(setting, { sequences, load, programs: usualDemand.programs, seed });
  }
  const reading = readDemand(textOf(requests), setting);
  if (reading.demand !== null) return reading.demand;
  const faults = reading.faults.slice(0, 20).join('\n  ');
  throw new PyrosError('DEMAND_INVALID', `${requests} cannot be used:\n  ${faults}\n`, {
    remedy: 'The file is described in docs/how-to/simulate-a-semester.md.',
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PyrosError('DEMAND_UNREADABLE', `The file ${file} cannot be read.`, {
      cause,
      remedy: 'Give the path of a JSON file: see docs/how-to/simulate-a-semester.md.',
    });
  }
}
