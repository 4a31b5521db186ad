/**
 * Frames that are still read out after their exposure was ended before its time: the telescope goes on
 * to something else meanwhile, and only their own camera waits for them.
 */
export class KeptFrames {
  readonly #underWay = new Map<string, Promise<void>>();

  /** Reads out behind everybody's back; `task` tells its own failures. */
  keep(channel: string, task: () => Promise<void>): void {
    const done = task()
      .catch(() => undefined)
      .finally(() => {
        if (this.#underWay.get(channel) === done) this.#underWay.delete(channel);
      });
    this.#underWay.set(channel, done);
  }

  /** Resolves when the camera of that channel owes nothing any more. */
  async settled(channel: string): Promise<void> {
    await this.#underWay.get(channel);
  }
}
