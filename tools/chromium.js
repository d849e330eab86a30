// Unpacks the Chromium that npm delivers into the folder TMPDIR; tests/browsers.py calls it once per version.
import { inflate } from "@sparticuz/chromium";

const packed = new URL("../node_modules/@sparticuz/chromium/bin/", import.meta.url).pathname;
const names = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
await Promise.all(names.map((name) => inflate(`${packed}${name}`)));
