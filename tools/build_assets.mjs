// Builds what a browser needs into songhanh/web/static/build: the style sheet from Sass, the two font files, the
// icons and the woven band of the masthead. Run by `make assets`; needs `npm ci` first. Nothing built is committed.
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "songhanh/web/static_src");
const built = join(root, "songhanh/web/static/build");
const modules = join(root, "node_modules");

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "fonts"), { recursive: true });

const { css } = sass.compile(join(source, "theme.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
});
writeFileSync(join(built, "theme.css"), css);

// Two subsets hold every Vietnamese letter; the others are never asked for.
for (const subset of ["vietnamese", "latin"]) {
  const name = `noto-sans-${subset}-wght-normal.woff2`;
  cpSync(join(modules, "@fontsource-variable/noto-sans/files", name), join(built, "fonts", name));
}
for (const name of ["marks.svg", "woven.svg", "favicon.svg"]) cpSync(join(source, name), join(built, name));

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const fonts = ["vietnamese", "latin"].map((s) => statSync(join(built, `fonts/noto-sans-${s}-wght-normal.woff2`)).size);
console.log(`theme.css ${kb(css.length)}, ${kb(gzipSync(css, { level: 9 }).length)} compressed; fonts ${kb(fonts[0] + fonts[1])}`);
