// Lighthouse on a page of the suite that runs, as a phone sees it: five times, the medians in a table.
// usage: node measure.mjs ADDRESS CHROMIUM
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [address, chromePath] = process.argv.slice(2);
const RUNS = 5;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
];
const GOALS = { performance: 90, accessibility: 100, 'best-practices': 100, seo: 100 };

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measured() {
  const chrome = await launch({ chromePath, chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: Object.keys(GOALS) });
    return lhr;
  } finally {
    chrome.kill();
  }
}

const runs = [];
for (let run = 0; run < RUNS; run++) runs.push(await measured());
let missed = false;
for (const [name, goal] of Object.entries(GOALS)) {
  const scores = runs.map((run) => Math.round(run.categories[name].score * 100));
  missed ||= median(scores) < goal;
  console.log(`${name.padEnd(16)} ${median(scores)} of ${goal}   (${scores.join(' ')})`);
}
for (const audit of [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
])
  console.log(`${audit.padEnd(26)} ${median(runs.map((run) => run.audits[audit].numericValue)).toFixed(2)}`);
const faults = new Set();
for (const run of runs) {
  if (run.runtimeError) faults.add(`run failed: ${run.runtimeError.message}`);
  for (const name of Object.keys(GOALS).filter((name) => name !== 'performance'))
    for (const { id } of run.categories[name].auditRefs) {
      const { score, title, details } = run.audits[id];
      if (score !== null && score < 1)
        faults.add(`${name}: ${title} ${JSON.stringify(details?.items ?? [])}`);
    }
}
for (const fault of faults) console.log(`  ${fault.slice(0, 400)}`);
process.exit(missed ? 1 : 0);
