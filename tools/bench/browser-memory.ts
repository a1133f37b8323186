import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch, type CDPSession, type WebWorker } from 'puppeteer-core';
import { parseOptions, runCommand } from '../cli/headless/command.js';
import { createFileServer } from '../serve/file-server.js';
import { listen } from '../serve/listen.js';
import { findChromium } from '../test/find-chromium.js';
import { runScript } from './run-script.js';
import type { Answer, Command } from './browser/load-model.js';

const USAGE = `Usage: node --import tsx tools/bench/browser-memory.ts [--dtype fp16|fp32] [--provider webgpu|wasm] [--compute] [--json]

Writes random weights in the shape of Stable Diffusion 1.5, stores them in Chromium's private file system in parts as a download
does, loads them in a thread on WebGPU (SwiftShader where there is no other) or WebAssembly, runs the text encoder, puts the U-Net in
memory, and with --compute runs that as well, on a small latent. Tells by how much the thread's JavaScript heap grew at the most, and what else it held. Ends with 1
when the heap grew by more than 300 MB. Takes some minutes and twice the weights of disk.`;

const ALLOWED_HEAP_MB = 300;
const FILES = [
  'unet/config.json',
  'unet/diffusion_pytorch_model.safetensors',
  'vae/config.json',
  'vae/diffusion_pytorch_model.safetensors',
  'text_encoder/config.json',
  'text_encoder/model.safetensors',
  'scheduler/scheduler_config.json',
];
const POLL_MS = 100;
const PATIENCE_MS = 1_800_000;

/** Bytes of a thread: objects of JavaScript, and arrays that lie outside of its heap. */
interface Heap {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** A folder that a page can load a model from: its thread, the runtime's files, and random weights. */
async function site(folder: string, dtype: string): Promise<void> {
  const weights = join(folder, 'weights');
  await runScript('tools/weights/main.ts', ['--out', weights, '--dtype', dtype]);
  await mkdir(join(folder, 'ort'));
  await cp('node_modules/onnxruntime-web/dist', join(folder, 'ort'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  });
  await build({
    entryPoints: ['tools/bench/browser/load-model.ts'],
    outfile: join(folder, 'load-model.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['onnxruntime-web-use-extern-wasm'],
    logLevel: 'error',
  });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Memory</title>');
}

function pause(): Promise<void> {
  return new Promise((waited) => setTimeout(waited, POLL_MS));
}

/** The thread's answers to commands, and what it held meanwhile. */
class Watch {
  readonly #worker: WebWorker;
  mostHeap = 0;
  mostOutside = 0;

  constructor(worker: WebWorker) {
    this.#worker = worker;
  }

  /** Waits until the thread's script has run. */
  async ready(): Promise<void> {
    while ((await this.#worker.evaluate('typeof order')) !== 'function') await pause();
  }

  async look(): Promise<number> {
    const client: CDPSession = this.#worker.client;
    const { usedSize, backingStorageSize = 0 } = (await client.send(
      'Runtime.getHeapUsage',
    )) as Heap;
    this.mostHeap = Math.max(this.mostHeap, usedSize);
    this.mostOutside = Math.max(this.mostOutside, backingStorageSize);
    return usedSize;
  }

  /** What the heap holds after its rubbish was collected; from here on the most counts anew. */
  async settle(): Promise<number> {
    await this.#worker.client.send('HeapProfiler.collectGarbage');
    this.mostHeap = 0;
    this.mostOutside = 0;
    return this.look();
  }

  /** Has the thread do something and looks at its heap until that is done. */
  async order(command: Command, say: (text: string) => void): Promise<void> {
    await this.#worker.evaluate(`order(${JSON.stringify(command)})`);
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
      await this.look();
      const answers = (await this.#worker.evaluate('told.splice(0)')) as Answer[];
      for (const answer of answers) {
        if ('failed' in answer) throw new Error(answer.failed);
        say(answer.done);
        if (answer.done.startsWith('end ')) return;
      }
      await pause();
    }
    throw new Error('The thread took longer than half an hour.');
  }
}

interface Measured {
  readonly dtype: string;
  readonly provider: string;
  /** Before loading, and by how much more at the most while it lasted. */
  readonly heapBeforeMB: number;
  readonly heapGrowthMB: number;
  readonly arraysMB: number;
}

async function measure(
  dtype: string,
  provider: 'webgpu' | 'wasm',
  computes: boolean,
  say: (text: string) => void,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'crossweave-memory-'));
  const chromium = findChromium();
  if ('problem' in chromium) throw new Error(chromium.problem);
  const server = createFileServer(folder);
  await site(folder, dtype);
  const browser = await launch({
    executablePath: chromium.path,
    protocolTimeout: PATIENCE_MS,
    userDataDir: join(folder, 'profile'),
    args: [
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${String(await listen(server, 0))}/index.html`);
    const made = new Promise<WebWorker>((resolve) => page.once('workercreated', resolve));
    await page.evaluate(`globalThis.thread = new Worker('load-model.js', { type: 'module' })`);
    const watch = new Watch(await made);
    await watch.ready();
    await watch.order({ do: 'store', files: FILES }, say);
    const before = await watch.settle();
    await watch.order({ do: 'load', provider, computes }, say);
    return {
      dtype,
      provider,
      heapBeforeMB: megabytes(before),
      heapGrowthMB: megabytes(watch.mostHeap - before),
      arraysMB: megabytes(watch.mostOutside),
    };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { dtype: text, provider: text, compute: flag, json: flag, help: flag };
  const { values } = parseOptions({ args: [...args], options });
  const { dtype = 'fp16', provider = 'webgpu', compute = false, json = false } = values;
  const isKnown =
    ['fp16', 'fp32'].includes(dtype) && (provider === 'webgpu' || provider === 'wasm');
  if (values.help === true || !isKnown) {
    console.log(USAGE);
    return isKnown ? 0 : 2;
  }
  const began = performance.now();
  const measured = await measure(dtype, provider, compute, (what) => {
    if (!json)
      console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}`);
  });
  console.log(JSON.stringify(measured));
  return measured.heapGrowthMB <= ALLOWED_HEAP_MB ? 0 : 1;
}

await runCommand(main);
