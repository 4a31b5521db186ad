import type { ObservatoryAction, ObservatoryPage } from '../../tonight.ts';

/** What a button asks for before it is sent, and says of what will happen. */
export interface ActionWords {
  /** On the button: the result. */
  readonly title: string;
  /** In the dialogue: what happens then. */
  readonly what: string;
  readonly needsReason: boolean;
  readonly needsMinutes: boolean;
  /** CLOSE goes at once (R-451 has this one exception: nothing may delay closing). */
  readonly confirms: boolean;
}

const asked = { needsReason: true, needsMinutes: false, confirms: true };

export const ACTION_WORDS: Readonly<Record<ObservatoryAction, ActionWords>> = {
  lock: {
    ...asked,
    title: 'Close and lock',
    what: 'The dome closes now and stays closed until a person unlocks the observatory.',
    needsReason: false,
    confirms: false,
  },
  unlock: {
    ...asked,
    title: 'Unlock',
    what: 'The lock goes. The dome opens by itself as soon as night, weather and the acknowledgement allow it.',
  },
  bypass: {
    ...asked,
    title: 'Overrule the PLC as SAFE',
    what: 'The PLC is asked to show a bypass. While it shows it, causes that may be overruled no longer keep the dome closed.',
    needsMinutes: true,
  },
  'stop-bypass': {
    ...asked,
    title: 'End the bypass',
    what: 'The PLC’s word counts again. If it says UNSAFE, the dome closes now.',
    needsReason: false,
  },
  remote: {
    ...asked,
    title: 'Go to remote mode',
    what: 'The scheduler hands the devices to you. What is being observed is interrupted.',
    needsReason: false,
  },
  scheduler: {
    ...asked,
    title: 'Back to the scheduler',
    what: 'The observatory goes to standby, and is ready by itself when everything is good.',
    needsReason: false,
  },
};

/** Whether the observatory itself shows what the action was for; not only that it was accepted. */
export function isShown(action: ObservatoryAction, page: ObservatoryPage): boolean {
  const { values, dome, mode } = page;
  switch (action) {
    case 'lock':
      return values.lock.word === 'LOCKED' && dome.shutter === 'closed';
    case 'unlock':
      return values.lock.word === 'UNLOCKED';
    case 'bypass':
      return values.bypass.word === 'ON';
    case 'stop-bypass':
      return values.bypass.word === 'OFF';
    case 'remote':
      return mode.name === 'REMOTE';
    case 'scheduler':
      return mode.name !== 'REMOTE';
  }
}

/** What is awaited between acceptance and confirmation. */
export function awaited(action: ObservatoryAction): string {
  switch (action) {
    case 'lock':
      return 'waiting for the dome to be closed';
    case 'bypass':
      return 'waiting for the PLC to show it';
    case 'stop-bypass':
      return 'waiting for the PLC to show its end';
    default:
      return 'waiting for the mode to change';
  }
}
