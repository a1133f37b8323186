import { nodes } from '../../nodes/index.js';
import { createEngine } from '../core/engine/engine.js';
import type { CacheEntry } from '../core/engine/output-cache.js';
import type { GraphDocument } from '../core/graph/types.js';
import { createRegistry } from '../core/node/registry.js';
import { release } from '../core/release.js';
import { describeValue } from '../diffusion/describe-value.js';
import type { HoverLens, LensInputs } from '../diffusion/hover-lens.js';
import { createKvBank, type RamTier } from '../diffusion/kv-bank.js';
import type { Services } from '../diffusion/services.js';
import { portableResult, resultFrom } from '../runtime/portable-result.js';
import { lookAsGraphSays } from '../runtime/preview-sight.js';
import { shedMemory } from '../runtime/shed-memory.js';
import { createTensorSafe } from '../runtime/tensor-safe.js';
import { openHttpLibrary } from '../runtime/web/http-library.js';
import { formatFrom } from '../runtime/vae.js';
import { loadOrt, wasmThreads } from '../runtime/web/ort-bundle.js';
import {
  openWebRuntime,
  type ProviderChoice,
  type WebRuntime,
} from '../runtime/web/web-runtime.js';
import { openPictureLibrary } from '../storage/picture-library.js';
import {
  claimUnfinished,
  findUnfinished,
  forgetUnfinished,
  keepUnfinished,
  unfinishedParts,
} from '../storage/unfinished-runs.js';
import { failureDetails } from './failure-details.js';
import type { KeptResult } from './messages.js';
import { createRunRecorder, type RecordedResult } from './run-recorder.js';
import { watchStoredModels, withStoredModels } from './models/stored-places.js';
import { startRunThread, type ThreadPort } from './run-thread.js';
import type { ThreadParts } from './thread-parts.js';

/** Bytes of results that are kept between runs. */
const CACHE_BYTES = 512 * 2 ** 20;
/** Bytes of copies in the CPU's memory, from which a run goes on when its device was lost; the page keeps others. */
const SAFE_BYTES = 128 * 2 ** 20;

/** Bytes of results that are kept of a run under way, for the case that the page is killed. */
const RECORD_BYTES = 96 * 2 ** 20;

/**
 * How the thread is started, told in the query of its address: `provider` is `auto`, `webgpu` (software adapters as
 * well) or `wasm`; `record` is how often a run under way is written down, in milliseconds; `base` is the folder with `models.json` and `samples/`, `ort` the runtime's files.
 * Defaults: `auto`, 2000, the script's own folder, `ort/` in it.
 */
function readOptions(): {
  provider: ProviderChoice;
  base: string;
  ort: string;
  bundled: boolean;
  recordMs: number;
} {
  const { href } = globalThis.location;
  const query = new URL(href).searchParams;
  const provider = query.get('provider');
  return {
    provider: provider === 'webgpu' || provider === 'wasm' ? provider : 'auto',
    base: sameOrigin(query.get('base') ?? './', href),
    ort: sameOrigin(query.get('ort') ?? 'ort/', href),
    bundled: query.has('ort'),
    recordMs: Number(query.get('record') ?? 2000),
  };
}

/** The address, which must not lead to another server: code is loaded from there. */
function sameOrigin(address: string, href: string): string {
  const url = new URL(address, href);
  if (url.origin !== new URL(href).origin) throw new Error(`${url.origin} is another server.`);
  return url.href;
}

const options = readOptions();
const threads = wasmThreads();
const registry = createRegistry<Services>(nodes);
const pictures = openPictureLibrary(new URL('samples/', options.base).href, withRunGraph);
const runtimeModule = loadOrt({ base: options.ort, threads, bundledGlue: options.bundled });

let running: GraphDocument | undefined;

/** Pictures that a run keeps carry its graph; most runs keep none, so what writes it is loaded with the first. */
async function withRunGraph(png: Uint8Array): Promise<Uint8Array> {
  if (!running) return png;
  const { withGraph } = await import('../storage/graph-in-png.js');
  return withGraph(png, running, registry, release);
}

const port = globalThis as unknown as ThreadPort;
const safe = createTensorSafe(SAFE_BYTES, (signature, entry, bytes) => {
  recorder.result(recorded(signature, entry, bytes));
  const portable = portableResult(entry);
  if (!portable) return;
  const result = { signature, entry: portable.entry, bytes };
  port.postMessage({ type: 'kept', result }, [...portable.buffers]);
});

function recorded(signature: string, entry: CacheEntry, bytes: number): RecordedResult {
  return { signature, bytes, make: () => portableResult(entry)?.entry };
}

const recorder = createRunRecorder(
  {
    claim: claimUnfinished,
    async results(graphId) {
      const run = await findUnfinished(graphId);
      if (run?.release !== release.version) return [];
      // The same program has written them.
      return (await unfinishedParts(graphId, 'result')) as readonly KeptResult[];
    },
    keep: (run, parts) => keepUnfinished({ ...run, release: release.version }, parts),
    forget: forgetUnfinished,
  },
  { everyMs: options.recordMs, bytes: RECORD_BYTES },
  () => [...safe.all()].map((one) => recorded(...one)),
  (cause) => {
    port.postMessage({ type: 'failed', details: failureDetails(cause) }, []);
  },
);

/** Bytes of keys and values that are kept where networks run, and in the CPU's memory where that is another, as the user chose. */
async function bankBudgets(runtime: WebRuntime) {
  const { defaultSettings, loadSettings } = await import('../storage/settings.js');
  // The page has read them as well, and tells when that fails.
  const { bankDevice, bankRam } = await loadSettings().catch(() => defaultSettings);
  const isApart = runtime.provider === 'webgpu';
  return {
    bankBytes: bankDevice === 'auto' ? runtime.bankBytes : Number(bankDevice) * 2 ** 20,
    bankRamBytes: isApart ? Number(bankRam) * 2 ** 20 : 0,
  };
}

async function open(): Promise<ThreadParts> {
  const runtime = await openWebRuntime(await runtimeModule, options.provider, threads);
  const { provider, reason, runner, ops, lost } = runtime;
  const manifest = new URL('models.json', options.base).href;
  const models = openHttpLibrary(manifest, runner, withStoredModels);
  const removedModels = watchStoredModels();
  let lens: Promise<HoverLens> | undefined;
  const { bankBytes, bankRamBytes } = await bankBudgets(runtime);
  const ram: RamTier = {
    budgetBytes: bankRamBytes,
    upload: (values, shape) => ops.upload(values, shape),
  };
  const bank = createKvBank(bankBytes, bankRamBytes > 0 ? ram : undefined);
  const services: Services = { ops, models, pictures, bank, keepsakes: safe.keepsakes };
  const engine = createEngine({
    registry,
    services,
    cacheBytes: CACHE_BYTES,
    safe,
  });
  return {
    engine: {
      ...engine,
      run(document, wishes) {
        running = document;
        lookAsGraphSays(document);
        return engine.run(document, wishes);
      },
    },
    device: {
      provider,
      reason,
      threads,
      bankBytes,
      bankRamBytes,
      cacheBytes: CACHE_BYTES,
      ...(runtime.maxBufferBytes !== undefined && { maxBufferBytes: runtime.maxBufferBytes }),
    },
    lost,
    work: () => models.work(),
    bytesRead: () => ops.bytesRead(),
    describe: describeValue,
    async lens(inputs, question) {
      lens ??= import('../diffusion/hover-lens.js').then(({ createHoverLens }) =>
        createHoverLens(),
      );
      // The registry has checked that these sockets carry them.
      return (await lens).ask(
        inputs as unknown as LensInputs,
        question,
        new AbortController().signal,
      );
    },
    async facts(kind, name) {
      if (kind === 'model') return models.facts(name);
      if (kind === 'vae') return models.vaeFacts(name);
      const { width, height } = await pictures.read(name);
      return { width, height };
    },
    async models(kind) {
      for (const [gone, name] of await removedModels()) models.forget(name, gone);
      return models.list(kind);
    },
    pictures: () => pictures.list(),
    restore(results) {
      safe.adopt(
        results.map(
          ({ signature, entry, bytes }) =>
            [signature, resultFrom(entry, formatFrom), bytes] as const,
        ),
      );
      return engine.restore(safe.entries());
    },
    shed: (given) => shedMemory(given, { engine, bank, safe }),
    async dispose() {
      await engine.dispose();
      services.bank.clear();
      runtime.dispose();
    },
  };
}

startRunThread(port, open, recorder);
