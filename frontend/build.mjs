// Builds web/static from this folder: the style sheet, the scripts others wrote, and the manifest of hashes.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "web", "static");

mkdirSync(join(out, "vendor"), { recursive: true });
const { css } = sass.compile(join(here, "scss", "yizhan.scss"), { style: "compressed", charset: false, quietDeps: true });
writeFileSync(join(out, "yizhan.css"), css.trim() + "\n");

const govuk = readFileSync(join(here, "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(join(out, "vendor/govuk-frontend.min.js"), govuk.replace(/\n?\/\/# sourceMappingURL=.*\n?/, "\n"));
copyFileSync(join(here, "node_modules/htmx.org/dist/htmx.min.js"), join(out, "vendor/htmx.min.js"));

copyFileSync(join(here, "govuk-frontend.LICENSE.txt"), join(out, "vendor/govuk-frontend.LICENSE.txt"));
copyFileSync(join(here, "node_modules/htmx.org/LICENSE"), join(out, "vendor/htmx.LICENSE.txt"));

const files = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});
const hashes = {};
for (const path of files(out).map((file) => relative(out, file).split(sep).join("/")).sort()) {
  if (path === "manifest.json") continue;
  hashes[path] = createHash("sha256").update(readFileSync(join(out, path))).digest("hex");
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(hashes, null, 2) + "\n");
