import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The web app. Its tests run from the root of the repository, like all others. */
export default defineConfig({
  root: 'src/dashboard/web',
  plugins: [react()],
  test: { root: import.meta.dirname },
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    // The server's content security policy forbids anything inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
});
