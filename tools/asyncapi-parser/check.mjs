// Say what the official parser thinks of the document; any error or warning but one is too many.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

// 3.0.0 is what the renderer and other tools of today read.
const ACCEPTED = new Set(["asyncapi-latest-version"]);

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const wrong = diagnostics.filter(({ code }) => !ACCEPTED.has(code));
for (const { code, path, message } of wrong) console.error(`${path.join(".")}: ${message} (${code})`);
const count = (items) => items?.all().length ?? 0;
console.log(JSON.stringify({ channels: count(document?.channels()), operations: count(document?.operations()) }));
process.exitCode = wrong.length || !document ? 1 : 0;
