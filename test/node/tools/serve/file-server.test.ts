import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type Server, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFileServer } from '../../../../tools/serve/file-server.js';
import { listen } from '../../../../tools/serve/listen.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('the file server', () => {
  let folder: string;
  let server: Server;
  let port: number;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossweave-serve-'));
    const root = join(folder, 'root');
    await mkdir(join(root, 'sub'), { recursive: true });
    await mkdir(join(root, '.hidden'));
    await writeFile(join(root, 'index.html'), '<!doctype html><title>page</title>');
    await writeFile(join(root, 'main.js'), '0123456789');
    await writeFile(join(root, 'empty.txt'), '');
    await writeFile(join(root, 'engine.wasm'), 'wasm');
    await writeFile(join(root, '.hidden/key'), 'secret');
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'));
    server = createFileServer(root);
    port = await listen(server, 0);
  });

  after(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await rm(folder, { recursive: true });
  });

  function ask(
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      })
        .on('error', reject)
        .end();
    });
  }

  it('serves the page at / and isolates it from other origins', async () => {
    const { status, headers, body } = await ask('/');
    assert.equal(status, 200);
    assert.match(body, /<title>page/);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('lets the page run only its own scripts and wasm', async () => {
    const policy = String((await ask('/')).headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.doesNotMatch(policy, /'unsafe-eval'|(?<!style-src-attr )'unsafe-inline'/);
  });

  it('names the type that browsers want for modules and wasm', async () => {
    assert.equal((await ask('/main.js')).headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal((await ask('/engine.wasm')).headers['content-type'], 'application/wasm');
  });

  it('sends the part that Range asks for, and 416 beyond the end', async () => {
    const part = await ask('/main.js', { Range: 'bytes=2-4' });
    assert.deepEqual([part.status, part.body], [206, '234']);
    assert.equal(part.headers['content-range'], 'bytes 2-4/10');
    const tail = await ask('/main.js', { Range: 'bytes=-3' });
    assert.deepEqual([tail.status, tail.body], [206, '789']);
    const beyond = await ask('/main.js', { Range: 'bytes=10-' });
    assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, 'bytes */10']);
  });

  it('answers 304 to a file that has not changed', async () => {
    const tag = String((await ask('/main.js')).headers.etag);
    const again = await ask('/main.js', { 'If-None-Match': tag });
    assert.deepEqual([again.status, again.body], [304, '']);
  });

  it('answers HEAD with the headers alone', async () => {
    const { status, headers, body } = await ask('/main.js', {}, 'HEAD');
    assert.deepEqual([status, headers['content-length'], body], [200, '10', '']);
  });

  it('serves an empty file', async () => {
    const { status, body } = await ask('/empty.txt');
    assert.deepEqual([status, body], [200, '']);
  });

  it('refuses every method but GET and HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask('/main.js', {}, method);
      assert.deepEqual([method, status, headers.allow], [method, 405, 'GET, HEAD']);
    }
  });

  it('never leaves its folder, by dots, encodings, backslashes or links', async () => {
    const paths = [
      '/../secret.txt',
      '/sub/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/sub/..\\..\\secret.txt',
      '//secret.txt/../../secret.txt',
      '/link.txt',
      '/%00',
      '/%ff',
    ];
    for (const path of paths) {
      const { status, body } = await ask(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(body, /secret$/, path);
    }
  });

  it('lists no folder and shows nothing hidden', async () => {
    for (const path of ['/sub', '/sub/', '/.hidden/key', '/.hidden/']) {
      assert.equal((await ask(path)).status, 404, path);
    }
  });

  it('refuses requests that name another host or port', async () => {
    const hosts = ['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`, '127.0.0.1'];
    for (const host of hosts) {
      assert.equal((await ask('/main.js', { Host: host })).status, 403, host);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
      assert.equal((await ask('/main.js', { Host: host })).status, 200, host);
    }
  });

  it('takes the next free port when the wanted one is busy', async () => {
    const second = createFileServer(folder);
    const used = await listen(second, port);
    await new Promise((done) => second.close(done));
    assert.ok(used > port);
  });
});
