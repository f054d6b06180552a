import { defineConfig } from 'vite';
import { brotli, inlineCss, serviceWorker } from '../../vite.shared.ts';

// Written against React's types, shipped on Preact. Delete `alias` and `oxc` to run on React itself.
const PREACT = [
  ['react-dom/client', 'preact/compat/client'],
  ['react-dom', 'preact/compat'],
  ['react/jsx-runtime', 'preact/jsx-runtime'],
  ['react/jsx-dev-runtime', 'preact/jsx-runtime'],
  ['react', 'preact/compat'],
] as const;

export default defineConfig({
  plugins: [inlineCss(), serviceWorker(import.meta.dirname), brotli(import.meta.dirname)],
  resolve: { alias: PREACT.map(([from, replacement]) => ({ find: new RegExp(`^${from}$`), replacement })) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog(level, log, next) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: process.env.CHONSO_GATEWAY ?? 'http://127.0.0.1:8080', ws: true },
      '/sim': process.env.CHONSO_GATEWAY ?? 'http://127.0.0.1:8080',
    },
  },
});
