export type Theme = 'dark' | 'light' | 'red';

const THEMES: readonly Theme[] = ['dark', 'light', 'red'];

/** What was stored, or dark: the control room is dark. */
export function themeOf(stored: string | null): Theme {
  return THEMES.find((theme) => theme === stored) ?? 'dark';
}

/** The theme that the button leads to. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark';
}
