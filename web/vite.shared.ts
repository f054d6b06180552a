import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin } from 'vite';

const SHELL = /\.(js|css|html|svg|png|woff2|webmanifest)$/;
const COMPRESSIBLE = /\.(js|css|html|svg|webmanifest)$/;
const FIRST_FONTS = /(so-digits|latin-600|latin-400|vietnamese-400|vietnamese-600)/;

/** The files below a folder, as full paths. */
function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** Bundle `src/sw.ts` after the app, with the list of what was built: the worker keeps the shell for offline. */
export const serviceWorker = (root: string): Plugin => ({
  name: 'chonso-service-worker',
  apply: 'build',
  enforce: 'post',
  closeBundle: {
    order: 'post',
    sequential: true,
    async handler() {
      const dist = join(root, 'dist');
      const shell = files(dist)
        .filter((file) => SHELL.test(file))
        .sort();
      const revision = createHash('sha256');
      for (const file of shell) revision.update(file.slice(dist.length)).update(readFileSync(file));
      await build({
        configFile: false,
        logLevel: 'warn',
        root,
        define: {
          __SHELL__: JSON.stringify(shell.map((file) => `/${relative(dist, file)}`)),
          __REVISION__: JSON.stringify(revision.digest('hex').slice(0, 12)),
        },
        build: {
          outDir: 'dist',
          emptyOutDir: false,
          copyPublicDir: false,
          lib: { entry: join(root, 'src/sw.ts'), formats: ['es'], fileName: () => 'sw.js' },
        },
      });
    },
  },
});

/** Write a Brotli copy beside every text file, for the static server. */
export const brotli = (root: string): Plugin => ({
  name: 'chonso-brotli',
  apply: 'build',
  enforce: 'post',
  closeBundle: {
    order: 'post',
    sequential: true,
    handler() {
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
      for (const file of files(join(root, 'dist')))
        if (COMPRESSIBLE.test(file))
          writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), best));
    },
  },
});

/** Put the stylesheet into the page and preload the fonts: the first paint needs no second round trip. */
export const inlineCss = (): Plugin => ({
  name: 'chonso-inline-css',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const page = Object.values(bundle).find((file) => file.fileName === 'index.html');
    if (page?.type !== 'asset') return;
    let html = String(page.source);
    const fonts: string[] = [];
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset') continue;
      if (file.fileName.endsWith('.css') && html.includes(file.fileName)) {
        const link = new RegExp(`<link rel="stylesheet"[^>]*${file.fileName}"[^>]*>`);
        html = html.replace(link, () => `<style>${file.source}</style>`);
        delete bundle[file.fileName];
      } else if (file.fileName.endsWith('.woff2') && FIRST_FONTS.test(file.fileName)) {
        fonts.push(`<link rel="preload" as="font" type="font/woff2" crossorigin href="/${file.fileName}">`);
      }
    }
    page.source = html.replace('</title>', `</title>\n${fonts.join('\n')}`);
  },
});
