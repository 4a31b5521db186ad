import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import type { PlcDevice } from '../../plc/plc.ts';
import { plcDeviceSchema } from '../../plc/plc-frame.ts';
import type { WeatherStation } from '../weather-station.ts';

/** A weather station that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosStation implements WeatherStation {
  readonly #station: Conversation;

  constructor(name: string, link: Link) {
    this.#station = new Conversation(name, link);
  }

  status(): Promise<PlcDevice> {
    return this.#station.query('GET STATUS', plcDeviceSchema);
  }

  native(request: string): Promise<string> {
    return this.#station.native(request);
  }

  close(): Promise<void> {
    return this.#station.close();
  }
}
