/** Where an agent leaves lines for people. Levels as usual; `data` is what a program may search for. */
export interface Logger {
  info(message: string, data?: object): void;
  warn(message: string, data?: object): void;
  error(message: string, data?: object): void;
}

/** Keeps nothing: for runs whose facts tell all. */
export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
