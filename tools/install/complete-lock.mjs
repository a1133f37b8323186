// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} LockedPackage
 */

const PLATFORM =
  /[-/](android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/;

/**
 * Adds to a lock the binaries for other systems that npm leaves out when its registry does not offer them; without
 * them `npm ci` refuses the lock as incomplete. Only binaries pinned to one version and named for a system are added.
 * @param {Record<string, LockedPackage>} packages the `packages` of a package-lock.json
 * @returns {Record<string, LockedPackage>} the same with what was missing, sorted as npm sorts
 */
export function completeLock(packages) {
  const complete = { ...packages };
  for (const parent of Object.values(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      const system = PLATFORM.exec(name);
      if (path in complete || system === null || !/^\d/.test(version)) continue;
      const [, os = '', cpu = '', abi = ''] = system;
      complete[path] = {
        version,
        cpu: [cpu],
        ...(parent.dev && { dev: true }),
        ...(os === 'linux' && { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] }),
        optional: true,
        os: [os],
      };
    }
  }
  return Object.fromEntries(Object.entries(complete).sort(([a], [b]) => a.localeCompare(b, 'en')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  lock.packages = completeLock(lock.packages);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
