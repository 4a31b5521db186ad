import type { SimulatorPage } from '../../tonight.ts';

/** One thing to ask of the simulators. */
export interface Step {
  readonly url: string;
  readonly body: object;
}

/** A small scenario under one button. */
export interface QuickPick {
  readonly title: string;
  readonly what: string;
  readonly steps: readonly Step[];
}

const fault = (device: string, name: string): Step => {
  return { url: `/api/simulators/${encodeURIComponent(device)}/faults`, body: { name } };
};

const clear = (device: string, name?: string): Step => {
  const body = name === undefined ? {} : { name };
  return { url: `/api/simulators/${encodeURIComponent(device)}/clear`, body };
};

/** `auto`: the simulator's own weather again. */
export const plcValue = (device: string, name: string, value: number | string): Step => {
  return { url: '/api/simulators/plc/values', body: { device, name, value } };
};

export const SILENT = 'silent';
export const setFault = fault;
export const clearFault = clear;

/** The picks that the simulators of this unit can follow. */
export function quickPicks({ devices, values }: SimulatorPage): QuickPick[] {
  const [camera] = devices.filter(({ kind }) => kind === 'camera');
  const has = (device: string, name: string) =>
    values.some((one) => one.device === device && one.name === name);
  const everywhere = (name: string, value: number | string) =>
    values.filter((one) => one.name === name).map((one) => plcValue(one.device, name, value));
  const picks: QuickPick[] = [
    { title: 'Rain', what: '12 mm/h at every station', steps: everywhere('RainRate', 12) },
    { title: 'Storm', what: 'wind of 25 m/s at every station', steps: everywhere('WindSpeed', 25) },
    {
      title: 'Intrusion',
      what: 'somebody is in the observatory',
      steps: has('OBSERVATORY', 'Intrusion') ? [plcValue('OBSERVATORY', 'Intrusion', 1)] : [],
    },
    {
      title: 'Camera silent',
      what: `${camera?.alias ?? 'a camera'} does not answer`,
      steps: camera ? [fault(camera.name, SILENT)] : [],
    },
    {
      title: 'PLC silent',
      what: 'the connection stays up, no answer comes',
      steps: values.length > 0 ? [fault('plc', SILENT)] : [],
    },
  ];
  return picks.filter(({ steps }) => steps.length > 0);
}

/** What takes everything back: no fault anywhere, and the simulator's own weather. */
export function allWell({ devices, values }: SimulatorPage): QuickPick {
  const reachable = devices.filter(({ faults }) => faults.some(({ active }) => active));
  const byHand = values.filter(({ byHand }) => byHand);
  return {
    title: 'All is well again',
    what: 'no fault anywhere, and the simulator’s own weather',
    steps: [
      ...reachable.map(({ name }) => clear(name)),
      ...byHand.map(({ device, name }) => plcValue(device, name, 'auto')),
    ],
  };
}
