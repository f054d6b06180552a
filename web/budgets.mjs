// The weight of the built pages against their budgets; ends with 1 when one is exceeded. Run after a build.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;
const BUDGETS = {
  customer: { initial: 45, chunk: 20, visit: 160, css: 12 },
  console: { initial: 150, chunk: 40, visit: 260, css: 12 },
};

const brotli = (data) => brotliCompressSync(data).length;
const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);

/** The names of the assets of a kind that a page loads before anything is shown. */
const assetsOf = (html, kind) =>
  [...html.matchAll(/(?:src|href)="[^"]*\/assets\/([^"]+)"/g)]
    .map((match) => match[1])
    .filter((file) => file.endsWith(kind));

function weigh(app, budget) {
  const dist = join(import.meta.dirname, 'apps', app, 'dist');
  const read = (file) => readFileSync(join(dist, 'assets', file));
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const first = new Set(assetsOf(html, '.js'));
  const initial = sum([...first].map((file) => brotli(read(file))));
  const text = sum(assetsOf(html, '.woff2').map((file) => statSync(join(dist, 'assets', file)).size));
  const sheets = assetsOf(html, '.css').map(read);
  const inlined = Buffer.from(html.match(/<style>([\s\S]*?)<\/style>/)?.[1] ?? '');
  const chunks = readdirSync(join(dist, 'assets'))
    .filter((file) => file.endsWith('.js') && !first.has(basename(file)))
    .map((file) => ({ file, size: brotli(read(file)) }));
  const largest = chunks.reduce((most, chunk) => (chunk.size > most.size ? chunk : most), {
    file: '-',
    size: 0,
  });
  return [
    ['JavaScript before the first screen, Brotli', initial, budget.initial],
    [`largest route chunk (${largest.file}), Brotli`, largest.size, budget.chunk],
    [
      'first visit: page, style, scripts, fonts',
      sum([brotli(html), initial, text, ...sheets.map(brotli)]),
      budget.visit,
    ],
    [
      'CSS, gzip',
      sum([inlined, ...sheets].map((css) => (css.length ? gzipSync(css).length : 0))),
      budget.css,
    ],
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
