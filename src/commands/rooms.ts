/** `npm run rooms`: writes the table of rooms in docs/architecture.md from `rooms.mjs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { tableInDocs, withTable } from './quick/rooms-table.ts';

writeFileSync(tableInDocs, withTable(readFileSync(tableInDocs, 'utf8')));
