import { z } from 'zod';

/** What a mount on the line protocol answers to `GET STATUS`. */
export const telescopeStatusSchema = z.strictObject({
  motion: z.enum([
    'parked',
    'parking',
    'stopped',
    'slewing',
    'tracking',
    'homing',
    'fault',
    'unknown',
  ]),
  raDeg: z.number().min(0).lt(360),
  decDeg: z.number().min(-90).max(90),
  altDeg: z.number().min(-90).max(90),
  azDeg: z.number().min(0).lt(360),
  haDeg: z.number().min(-180).max(180),
  stopSensor: z.boolean(),
  homed: z.boolean(),
  flatPosition: z.boolean(),
  remainingSeconds: z.number().min(0).exactOptional(),
  atMs: z.number(),
});
