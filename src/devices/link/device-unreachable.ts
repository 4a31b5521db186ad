import { PyrosError } from '#platform';
import type { Address } from './link.ts';

/** `host:port`, as people write it. */
export function addressText({ host, port }: Address): string {
  return `${host}:${port}`;
}

/** The error of an answer that cannot be read. */
export function deviceGarbled(address: Address, what: string): PyrosError {
  return new PyrosError(
    'DEVICE_GARBLED',
    `The device at ${addressText(address)} sent nonsense: ${what}.`,
    { remedy: 'Check that the address in the unit file belongs to this kind of device.' },
  );
}

/** The error of a call that did not arrive or got no answer. */
export function deviceUnreachable(address: Address, why: string, cause?: unknown): PyrosError {
  return new PyrosError('DEVICE_UNREACHABLE', `The device at ${addressText(address)} ${why}.`, {
    remedy: 'Check that it is powered and that its address in the unit file is right.',
    cause,
  });
}
