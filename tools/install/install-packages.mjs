// @ts-check
import { spawnSync } from 'node:child_process';
import { missingPackages } from './missing-packages.mjs';

/** What npm says when it reached no registry, as opposed to a registry that refused. */
const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

/**
 * Installs exactly what package-lock.json names when something is missing, without running any package's own
 * install script: everything used here ships ready to run, and one of them would download a GPU library.
 * @param {string} root the project's folder
 * @returns {string | undefined} why it could not, in one sentence; undefined when all packages are there
 */
export function installPackages(root) {
  const missing = missingPackages(root);
  if (missing.length === 0) return undefined;
  console.log(`Installing ${missing.length} packages (${missing.slice(0, 3).join(', ')} …)`);
  const npm = spawnNpm(root, [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    // Without a network the answer comes in seconds, not after minutes of waiting.
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=4000',
  ]);
  if (npm.status === 0) {
    const left = missingPackages(root);
    return left.length === 0 ? undefined : `npm finished, yet ${left.join(', ')} is missing.`;
  }
  const said = `${npm.stdout ?? ''}\n${npm.stderr ?? ''}\n${npm.error?.message ?? ''}`.trim();
  if (npm.error !== undefined) return `npm could not be started (${npm.error.message}).`;
  if (OFFLINE.test(said)) {
    return `Packages are missing and npm reaches no registry; connect to a network once and start again.`;
  }
  const complaint = said.split('\n').filter((line) => /^npm error [^ ]/.test(line));
  return `npm ci failed:\n${complaint.slice(0, 15).join('\n')}`;
}

/** @param {string} root @param {string[]} args */
function spawnNpm(root, args) {
  const env = {
    ...process.env,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip',
  };
  const cli = process.env['npm_execpath'];
  const viaNode = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  return viaNode
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, env, encoding: 'utf8' })
    : spawnSync('npm', args, {
        cwd: root,
        env,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      });
}
