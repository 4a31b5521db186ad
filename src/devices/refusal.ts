import { PyrosError } from '#platform';

/** Throws `DEVICE_REFUSED` on an order that no such device can follow, before it is sent. */
export function refuseUnless(isPossible: boolean, device: string, sentence: string): void {
  if (!isPossible) throw new PyrosError('DEVICE_REFUSED', `${device}: ${sentence}`);
}
