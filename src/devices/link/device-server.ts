import { PyrosError } from '#platform';
import type { Camera } from '../camera/camera.ts';
import { pixelsToBytes } from '../camera/pixel-bytes.ts';
import type { Dome } from '../dome/dome.ts';
import type { Focuser } from '../focuser/focuser.ts';
import type { Telescope } from '../telescope/telescope.ts';
import type { WeatherStation } from '../weather-station/weather-station.ts';
import { errorReply, imageReply, okReply } from './device-reply.ts';
import type { Endpoint, Reply } from './link.ts';
import { answer, numbers, type RequestTable } from './request-table.ts';

/**
 * Devices of any driver behind the line protocol (docs/wire-protocol.md): each request becomes the call
 * of the contract that made it, each error of the contract the refusal that is that error again.
 */
export function serveTelescope(telescope: Telescope): Endpoint {
  return endpoint({
    'GET STATUS': async () => okReply(await telescope.status()),
    'DO GOTO': (argument) => {
      const [raDeg = Number.NaN, decDeg = Number.NaN] = numbers(argument, 2) ?? [];
      return done(telescope.goto({ raDeg, decDeg }));
    },
    'DO STOP': () => done(telescope.stop()),
    'DO PARK': () => done(telescope.park()),
    'DO HOME': () => done(telescope.home()),
    'DO NATIVE': async (request) => okReply({ answer: await telescope.native(request) }),
  });
}

/** A camera and its wheel on the line protocol. */
export function serveCamera(camera: Camera): Endpoint {
  return endpoint({
    'GET STATUS': async () => okReply(await camera.status()),
    'SET FILTER': (name) => done(camera.setFilter(name)),
    'SET COOL': (word) => done(camera.cool(word === 'off' ? null : number(word))),
    'DO EXPOSE': (argument) => {
      const [exposureId = '', seconds = '', shutter] = argument.split(' ');
      if (shutter === 'open' || shutter === 'closed') {
        return done(camera.expose({ exposureId, seconds: number(seconds), shutter }));
      }
      return errorReply('BAD_EXPOSURE', 'DO EXPOSE needs a name, seconds, and open or closed.');
    },
    'DO STOP': () => done(camera.stop()),
    'DO ABORT': () => done(camera.abort()),
    'DO RESET': () => done(camera.reset()),
    'GET IMAGE': async (exposureId) => {
      const { pixels, ...meta } = await camera.readout(exposureId);
      return imageReply(meta, pixelsToBytes(pixels));
    },
    'DO NATIVE': async (request) => okReply({ answer: await camera.native(request) }),
  });
}

/** A dome on the line protocol. */
export function serveDome(dome: Dome): Endpoint {
  return endpoint({
    'GET STATUS': async () => okReply(await dome.status()),
    'DO OPEN': () => done(dome.open()),
    'DO CLOSE': () => done(dome.close()),
    'DO PERMIT': (seconds) => done(dome.permit(number(seconds))),
    'DO TURN': (azimuth) => done(dome.turn(number(azimuth))),
    'DO HOME': () => done(dome.home()),
    'DO NATIVE': async (request) => okReply({ answer: await dome.native(request) }),
  });
}

/** A focuser on the line protocol. */
export function serveFocuser(focuser: Focuser): Endpoint {
  return endpoint({
    'GET STATUS': async () => okReply(await focuser.status()),
    'DO MOVE': (steps) => done(focuser.move(number(steps))),
    'DO STOP': () => done(focuser.stop()),
    'DO NATIVE': async (request) => okReply({ answer: await focuser.native(request) }),
  });
}

/** A weather station on the line protocol. */
export function serveStation(station: WeatherStation): Endpoint {
  return endpoint({
    'GET STATUS': async () => okReply(await station.status()),
    'DO NATIVE': async (request) => okReply({ answer: await station.native(request) }),
  });
}

function endpoint(table: RequestTable): Endpoint {
  return {
    handle: async (text) => {
      try {
        return await answer(table, text);
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

/** What is no error of the contract is a fault of ours: who asked learns no more than that. */
function refusalOf(error: unknown): Reply {
  if (!(error instanceof PyrosError)) throw error;
  return errorReply(error.code, error.message.replaceAll(/\s+/g, ' '));
}

async function done(order: Promise<void>): Promise<Reply> {
  await order;
  return okReply();
}

function number(word: string): number {
  return numbers(word, 1)?.[0] ?? Number.NaN;
}
