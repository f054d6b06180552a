// The weight of the built pages against their budgets; ends with 1 when one is exceeded. Run after a build.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;
const BUDGETS = {
  customer: { initial: 45, chunk: 20, visit: 160, css: 12 },
};

const brotli = (data) => brotliCompressSync(data).length;

/** The scripts that a page loads before anything is shown: its own and what it preloads. */
const initialScripts = (html) =>
  [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]);

const fonts = (html) => [...html.matchAll(/href="(\/assets\/[^"]+\.woff2)"/g)].map((match) => match[1]);

function weigh(app, budget) {
  const dist = join(import.meta.dirname, 'apps', app, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const css = html.match(/<style>([\s\S]*?)<\/style>/)?.[1] ?? '';
  const first = new Set(initialScripts(html));
  const initial = [...first].reduce((sum, file) => sum + brotli(readFileSync(join(dist, file))), 0);
  const text = fonts(html).reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);
  const chunks = readdirSync(join(dist, 'assets'))
    .filter((file) => file.endsWith('.js') && !first.has(`/assets/${file}`))
    .map((file) => ({ file, size: brotli(readFileSync(join(dist, 'assets', file))) }));
  const largest = chunks.reduce((most, chunk) => (chunk.size > most.size ? chunk : most), {
    file: '-',
    size: 0,
  });
  return [
    ['JavaScript before the first screen, Brotli', initial, budget.initial],
    [`largest route chunk (${largest.file}), Brotli`, largest.size, budget.chunk],
    ['first visit: page, scripts, fonts', brotli(html) + initial + text, budget.visit],
    ['CSS, gzip', gzipSync(css).length, budget.css],
  ];
}

let exceeded = false;
for (const [app, budget] of Object.entries(BUDGETS)) {
  for (const [name, bytes, limit] of weigh(app, budget)) {
    const over = bytes > limit * KB;
    exceeded ||= over;
    console.log(`${over ? 'OVER ' : 'ok   '} ${app}: ${name}: ${(bytes / KB).toFixed(1)} of ${limit} KB`);
  }
}
process.exit(exceeded ? 1 : 0);
