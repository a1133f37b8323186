// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * Names the packages that package-lock.json asks for and node_modules lacks or holds in another version; empty when
 * the installation is whole. Packages for other machines (optional ones) may be absent.
 * @param {string} root the project's folder
 * @returns {string[]}
 */
export function missingPackages(root) {
  const installedPath = join(root, 'node_modules/.package-lock.json');
  const wanted = readLock(join(root, 'package-lock.json')).packages;
  const installed = existsSync(installedPath) ? readLock(installedPath).packages : {};
  return Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !isInstalled(root, path, entry))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));

  /** @param {string} folder @param {string} path @param {LockedPackage} entry */
  function isInstalled(folder, path, entry) {
    const found = installed[path];
    if (found === undefined) return entry.optional === true;
    return (
      found.version === entry.version &&
      (entry.integrity ?? found.integrity) === found.integrity &&
      existsSync(join(folder, path, 'package.json'))
    );
  }
}

/** @param {string} path @returns {Lock} */
function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
