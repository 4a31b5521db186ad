/** What every device contract offers beside its own words. */
export interface Device {
  /**
   * Says something in the device's own language and gives its answer: for experts, for what the
   * generic words do not cover. Rejects with `DEVICE_REFUSED` where the driver has no such passage.
   */
  native(request: string): Promise<string>;
}
