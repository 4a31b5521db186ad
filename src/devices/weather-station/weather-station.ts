import type { Device } from '../device.ts';
import type { PlcDevice } from '../plc/plc.ts';

/**
 * A weather station with a wire of its own. Methods reject like those of a Telescope. Its readings have
 * the form of a device of the PLC, so that sensors behind the PLC and beside it are fused alike; `name`
 * is its alias in the unit file, and `date` is when it measured.
 */
export interface WeatherStation extends Device {
  status(): Promise<PlcDevice>;
  close(): Promise<void>;
}
