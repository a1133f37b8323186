import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// `npm run reproduce`: copies the sources into two fresh folders, runs `npm ci` and `npm run build` in each under another
// path, time zone and language, and compares every file. Exits with 1 and names the files when any differ.

/** What a release consists of, as far as a build reads it. */
const RELEASE = [
  'src',
  'nodes',
  'graphs',
  'public',
  'tools/build',
  'rollup.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  '.npmrc',
];

const PLACES = [
  { folder: 'first', env: { TZ: 'UTC', LC_ALL: 'C' } },
  { folder: 'second/and/much/deeper', env: { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' } },
] as const;

/** Runs npm in a folder. @throws Error with its last words when it fails. */
function npm(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): void {
  const isWindows = process.platform === 'win32';
  const { status, stderr, error } = spawnSync('npm', [...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    shell: isWindows,
  });
  if (status === 0) return;
  throw new Error(`npm ${args.join(' ')}: ${error?.message ?? stderr.trim().slice(-500)}`);
}

/** SHA-256 of every file under a folder, by its path in it. */
function hashes(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hashed = paths.map((path): [string, string] => [
    relative(folder, path),
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  ]);
  return new Map(hashed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const top = mkdtempSync(join(tmpdir(), 'crossweave-reproduce-'));
try {
  for (const { folder } of PLACES) {
    const place = join(top, folder);
    mkdirSync(place, { recursive: true });
    for (const name of RELEASE) cpSync(join(root, name), join(place, name), { recursive: true });
  }
  const builds = PLACES.map(({ folder, env }) => {
    const place = join(top, folder);
    npm(place, ['ci', '--prefer-offline', '--no-audit', '--no-fund'], env);
    npm(place, ['run', '--silent', 'build'], env);
    return hashes(join(place, 'build'));
  });
  const [first = new Map<string, string>(), second = new Map<string, string>()] = builds;
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  const different = names.filter((name) => first.get(name) !== second.get(name));
  for (const name of different) console.error(`${name} differs.`);
  const whole = createHash('sha256')
    .update(JSON.stringify([...first]))
    .digest('hex');
  console.log(
    `${String(names.length)} files, ${String(different.length)} different; the first build is ${whole}.`,
  );
  process.exitCode = different.length === 0 && names.length > 0 ? 0 : 1;
} finally {
  rmSync(top, { recursive: true, force: true });
}
