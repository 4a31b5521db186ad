/** Which tests to run: words that their paths have, and words of their names. */
export interface TestSelection {
  readonly filters: readonly string[];
  readonly name: string | undefined;
}

/** The guide's applications and our folders (§10.4.2). */
const ROOMS_BY_APP: Readonly<Record<string, string>> = {
  scheduler: 'planning',
  monitoring: 'environment',
  routine_manager: 'request',
  alert_manager: 'alert',
  common: 'platform',
  majordome: 'execution',
  observation_manager: 'execution',
  user_manager: 'users',
};

/**
 * The tests of a path, or of `app[.class[.method]]` as the guide writes it: a room or one of
 * the guide's applications, then the beginning of a file's name, then words of the test's name.
 */
export function selectTests(path: string | undefined, name: string | undefined): TestSelection {
  if (path === undefined) return { filters: [], name };
  if (path.includes('/') || /\.tsx?$/.test(path)) return { filters: [path], name };
  // Of the guide's form only `tests` and the name of a test class have nothing here to stand for.
  const [app = '', ...rest] = path.split('.').filter((word) => !/^tests$|Tests?$/.test(word));
  const method = rest.find((word) => word.startsWith('test_'));
  const file = rest.find((word) => !word.startsWith('test_'));
  const folder = `src/${ROOMS_BY_APP[app] ?? app}/`;
  const words = method?.replace(/^test_/, '').replaceAll('_', ' ');
  return { filters: [file === undefined ? folder : `${folder}${file}`], name: name ?? words };
}
