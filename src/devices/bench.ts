/** Sets up a device under test, over whatever wire. */
export type Bench<Device> = () => Device | Promise<Device>;
