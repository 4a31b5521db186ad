import { useEffect, useState } from 'react';
import { nextTheme, type Theme, themeOf } from './theme.ts';

const KEY = 'pyros-theme';

/** The theme of the page, and what takes the next one. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(() => themeOf(recall()));
  useEffect(() => {
    document.documentElement.setAttribute('data-theme', theme);
    const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground');
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground.trim());
    remember(theme);
  }, [theme]);
  return [theme, () => setTheme(nextTheme)];
}

/** Shows the remembered theme before anything is drawn. */
export function showRememberedTheme(): void {
  document.documentElement.setAttribute('data-theme', themeOf(recall()));
}

// A browser may refuse storage (private windows): the choice then lasts as long as the page.
function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}
