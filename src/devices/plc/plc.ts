import type { Device } from '../device.ts';

/** One value of a PLC device, as in the guide's status frame. */
export interface PlcValue {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  readonly comment: string;
}

/** One device behind the PLC. `valid` is the PLC's own word on its data and must be honoured. */
export interface PlcDevice {
  readonly name: string;
  readonly type: string;
  readonly serial_number: string;
  readonly valid: 'yes' | 'no';
  /** The device's own time stamp where it has one, ISO-8601 UTC without a zone. */
  readonly date?: string | undefined;
  readonly values: readonly PlcValue[];
}

/** The PLC's answer to STATUS, field for field as the guide prints it (L3268). */
export interface PlcFrame {
  readonly name: 'STATUS';
  readonly from: string;
  readonly version_firmware: string;
  readonly site: string;
  /** When the PLC made the frame, ISO-8601 UTC without a zone. */
  readonly date: string;
  readonly device: readonly PlcDevice[];
}

/**
 * The programmable controller of the site: sensors, alarms, mode, night button. Methods reject like
 * those of a Telescope.
 */
export interface Plc extends Device {
  status(): Promise<PlcFrame>;
  /** Asks for the weather to be overruled, or no more; the PLC shows it in its frames. */
  bypass(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Name of the PLC device that carries mode, night acknowledgement, alarms and UPS. */
export const OBSERVATORY_DEVICE = 'OBSERVATORY';
