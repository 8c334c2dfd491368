/** Packs a built site: `node src/commands/pack/main.ts FOLDER`; `npm run pack` builds `dist/` first. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../install.mjs';
import { release } from './release.ts';

const { name, version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as Record<string, string>;
const archive = release(resolve(root, process.argv[2] ?? 'dist'), root);
mkdirSync(resolve(root, 'release'), { recursive: true });
const file = `release/${name ?? 'course'}-${version ?? '0'}.zip`;
writeFileSync(resolve(root, file), archive);
console.log(`${file}  ${(archive.byteLength / 1e6).toFixed(1)} MB`);
