import { nextTheme, type Theme } from './theme.ts';
import { useTheme } from './use-theme.ts';

const NAMES: Readonly<Record<Theme, string>> = { dark: 'Dark', light: 'Light', red: 'Red night' };
const MARKS: Readonly<Record<Theme, string>> = {
  dark: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6Z',
  light:
    'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Zm-.6-4h1.2v2.4H7.4Zm0 11.6h1.2V15H7.4ZM1 7.4h2.4v1.2H1Zm11.6 0H15v1.2h-2.4Z',
  red: 'M8 3C4.5 3 2 6 1 8c1 2 3.5 5 7 5s6-3 7-5c-1-2-3.5-5-7-5Zm0 2.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z',
};

/** Takes the next theme; the button names the one it leads to. */
export function ThemeButton() {
  const [theme, takeNext] = useTheme();
  const next = nextTheme(theme);
  return (
    <button
      type="button"
      className="theme-button"
      data-testid="theme"
      onClick={takeNext}
      aria-label={`Use the ${NAMES[next].toLowerCase()} theme`}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={MARKS[next]} fill="currentColor" fillRule="evenodd" />
      </svg>
      <span className="theme-name">{NAMES[next]} theme</span>
    </button>
  );
}
