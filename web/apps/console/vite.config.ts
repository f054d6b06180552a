import { defineConfig } from 'vite';
import { brotli } from '../../vite.shared.ts';

const GATEWAY = process.env.CHONSO_GATEWAY ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/console/',
  plugins: [brotli(import.meta.dirname)],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog(level, log, next) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
  server: { proxy: { '/api': { target: GATEWAY, ws: true }, '/sim': GATEWAY } },
  preview: { proxy: { '/api': { target: GATEWAY, ws: true }, '/sim': GATEWAY } },
});
