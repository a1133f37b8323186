import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { completeLock } from '../../../../tools/install/complete-lock.mjs';

const PARENT = {
  version: '1.0.0',
  dev: true,
  optionalDependencies: {
    '@a/binding-linux-x64-musl': '1.0.0',
    '@a/binding-win32-ia32-msvc': '1.0.0',
    'a-helper': '^2.0.0',
  },
};

describe('completeLock', () => {
  it('adds the binaries for other systems, marked for them alone', () => {
    assert.deepEqual(completeLock({ 'node_modules/a': PARENT }), {
      'node_modules/@a/binding-linux-x64-musl': {
        version: '1.0.0',
        cpu: ['x64'],
        dev: true,
        libc: ['musl'],
        optional: true,
        os: ['linux'],
      },
      'node_modules/@a/binding-win32-ia32-msvc': {
        version: '1.0.0',
        cpu: ['ia32'],
        dev: true,
        optional: true,
        os: ['win32'],
      },
      'node_modules/a': PARENT,
    });
  });

  it('leaves what npm locked as it is', () => {
    const locked = { version: '1.0.0', integrity: 'sha512-x', optional: true, os: ['linux'] };
    const complete = completeLock({
      'node_modules/a': PARENT,
      'node_modules/@a/binding-linux-x64-musl': locked,
    });
    assert.equal(complete['node_modules/@a/binding-linux-x64-musl'], locked);
  });
});

describe('package-lock.json', () => {
  const text = readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Parameters<typeof completeLock>[0] };

  it('names every system’s binaries (node tools/install/complete-lock.mjs adds them)', () => {
    assert.deepEqual(Object.keys(completeLock(packages)), Object.keys(packages));
  });

  it('names no registry', () => {
    assert.doesNotMatch(text, /"resolved"/);
  });
});
