import { readFileSync } from 'node:fs';
import { openBlocks } from '../src/recording/blocks.ts';
import { scanOf } from '../src/webm/reader.ts';

/** Count what opens of a sealed part: `node frames.ts FILE NAME`, the call's key (base64) in the variable `KEY`. */
const [file = '', name = ''] = process.argv.slice(2);
const key = Buffer.from(process.env.KEY ?? '', 'base64');
const { frames, lastMs } = scanOf(openBlocks(key, name, readFileSync(file)));
process.stdout.write(JSON.stringify({ ...frames, lastMs }));
