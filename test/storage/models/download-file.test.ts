import { expect } from '@open-wc/testing';
import { AppError } from '../../../src/core/errors.js';
import { downloadFile, type RemotePlan } from '../../../src/storage/models/download-file.js';
import type { FileProgress, FileVersion } from '../../../src/storage/models/model-record.js';
import type { PartStore } from '../../../src/storage/models/part-store.js';
import { PartsWriter } from '../../../src/storage/models/parts-writer.js';
import { hashBytes } from '../../../src/storage/pictures.js';

const FILE = 'public/models/creatures/unet/diffusion_pytorch_model.safetensors';
const PART = 1_000_000;

let nextSession = 1;

/** Where the test server has the file, behaving so towards one test. */
function at(behaviour: string): string {
  const session = `file-${String(Date.now())}-${String(nextSession++)}`;
  return new URL(`/download-server/${session}/${behaviour}/${FILE}`, location.href).href;
}

/** Parts in memory; writing fails as on a full disk when `room` bytes are there. */
function memoryParts(room = Infinity): PartStore & { readonly parts: Map<number, Uint8Array> } {
  const parts = new Map<number, Uint8Array>();
  const used = (): number => [...parts.values()].reduce((sum, each) => sum + each.byteLength, 0);
  return {
    parts,
    open(part, length) {
      const cut = (parts.get(part) ?? new Uint8Array()).slice(0, length);
      parts.set(part, cut);
      return Promise.resolve({
        write(bytes, place) {
          if (used() + bytes.byteLength > room) {
            throw new DOMException('The disk is full.', 'QuotaExceededError');
          }
          const longer = new Uint8Array(place + bytes.byteLength);
          longer.set(parts.get(part) ?? []);
          longer.set(bytes, place);
          parts.set(part, longer);
        },
        flush: () => undefined,
        close: () => undefined,
      });
    },
    read: (part) =>
      Promise.resolve(new File([(parts.get(part) ?? []) as Uint8Array<ArrayBuffer>], 'part')),
    remove(part) {
      parts.delete(part);
      return Promise.resolve();
    },
  };
}

describe('download of a file', () => {
  let bytes: Uint8Array<ArrayBuffer>;

  before(async () => {
    bytes = new Uint8Array(await (await fetch(`/${FILE}`)).arrayBuffer());
  });

  interface Download {
    readonly version?: FileVersion;
    readonly store?: ReturnType<typeof memoryParts>;
    readonly progress?: FileProgress;
    readonly signal?: AbortSignal;
    readonly size?: number;
    readonly stallMs?: number;
    readonly moved?: (length: number) => void;
  }

  async function download(url: string, wish: Download = {}): Promise<FileProgress> {
    const { store = memoryParts(), signal = new AbortController().signal } = wish;
    let noted: FileProgress = wish.progress ?? { parts: [], tailBytes: 0 };
    const plan: RemotePlan = {
      url,
      size: wish.size ?? bytes.byteLength,
      version: wish.version ?? { etag: '"one"' },
    };
    const note = (progress: FileProgress): Promise<void> => {
      noted = progress;
      return Promise.resolve();
    };
    const writer = new PartsWriter(store, noted, { note, partBytes: PART });
    await downloadFile(plan, writer, {
      access: {},
      signal,
      firstPauseMs: 1,
      moved: () => wish.moved?.(writer.length),
      ...(wish.stallMs !== undefined && { stallMs: wish.stallMs }),
    });
    return noted;
  }

  async function refusal(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.be.instanceOf(AppError);
    return (error as AppError).message;
  }

  async function expectWhole(store: ReturnType<typeof memoryParts>, noted: FileProgress) {
    const whole = new Uint8Array(
      await new Blob([...store.parts.values()] as BlobPart[]).arrayBuffer(),
    );
    expect(await hashBytes(whole)).to.equal(await hashBytes(bytes));
    const hashes = await Promise.all(
      [...store.parts.values()].map((part) => hashBytes(part.slice())),
    );
    expect(noted).to.deep.equal({ parts: hashes, tailBytes: 0 });
  }

  for (const [behaviour, promise] of [
    ['ranges', 'brings every byte, in parts whose SHA-256 is kept'],
    ['cut', 'goes on where it was when the connection breaks in the middle, again and again'],
    ['whole-once-cut', 'begins anew where the server cannot go on'],
    ['busy', 'waits for a server that is out of breath'],
    ['slow', 'is patient with a slow server'],
  ] as const) {
    it(promise, async () => {
      const store = memoryParts();
      await expectWhole(store, await download(at(behaviour), { store }));
    });
  }

  it('asks again when a server falls silent', async () => {
    const store = memoryParts();
    await expectWhole(store, await download(at('stalled'), { store, stallMs: 300 }));
  });

  it('can be stopped and goes on later from what was noted', async () => {
    const store = memoryParts();
    const stop = new AbortController();
    const url = at('slow');
    let noted: FileProgress = { parts: [], tailBytes: 0 };
    const writer = new PartsWriter(store, noted, {
      note: (progress) => {
        noted = progress;
        return Promise.resolve();
      },
      partBytes: PART,
    });
    const plan = { url, size: bytes.byteLength };
    const moved = (): void => {
      if (writer.length > 1_200_000) stop.abort();
    };
    const stopped = downloadFile(plan, writer, { access: {}, signal: stop.signal, moved });
    expect(await stopped.catch((error: unknown) => error)).to.equal(stop.signal.reason);
    expect(noted.parts).to.have.lengthOf(1);
    expect(noted.tailBytes).to.be.within(1, PART);
    await expectWhole(store, await download(url, { store, progress: noted }));
  });

  it('gives up in words when nothing comes any more, and keeps what came', async () => {
    const store = memoryParts();
    const begun = { parts: [await hashBytes(bytes.slice(0, PART))], tailBytes: 0 };
    store.parts.set(0, bytes.slice(0, PART));
    const words = await refusal(
      download(at('dead'), { store, progress: begun, size: bytes.byteLength }).then(
        () => undefined,
      ),
    );
    expect(words).to.contain('tries in a row failed');
    expect(store.parts.get(0)).to.have.lengthOf(PART);
  });

  it('notices that the file was changed in between', async () => {
    const store = memoryParts();
    store.parts.set(0, bytes.slice(0, PART));
    const progress = { parts: ['0'], tailBytes: 0 };
    const url = at('changed');
    await (await fetch(url)).arrayBuffer();
    expect(await refusal(download(url, { store, progress }))).to.contain('not the one that');
    const other = at('shrunk');
    await (await fetch(other)).arrayBuffer();
    expect(await refusal(download(other, { store, progress }))).to.contain('not the one that');
    const dated = at('dated');
    const { headers } = await fetch(dated);
    const version = { modified: headers.get('last-modified') ?? '' };
    expect(await refusal(download(dated, { store, progress, version }))).to.contain(
      'not the one that',
    );
  });

  it('refuses a file of another length than was promised', async () => {
    expect(await refusal(download(at('longer')))).to.contain('its length was');
    expect(await refusal(download(at('ranges'), { size: 1000 }))).to.contain('its length was');
  });

  it('tells a missing file, a locked one and a page in its place', async () => {
    expect(await refusal(download(`${at('ranges')}.safetensors`))).to.contain('no such file');
    expect(await refusal(download(at('page')))).to.contain('a web page came');
    for (const way of ['locked', 'forbidden']) {
      const words = await refusal(download(at(way)));
      expect(words).to.contain('model/access-denied').and.to.contain('licence');
    }
    const locked = await refusal(download(at('locked')));
    expect(locked).to.contain('model/access-denied').and.to.contain('token');
  });

  it('stops with the browser’s error on a full disk, and what was noted stays good', async () => {
    const store = memoryParts(1_500_000);
    let noted: FileProgress = { parts: [], tailBytes: 0 };
    const note = (progress: FileProgress): Promise<void> => {
      noted = progress;
      return Promise.resolve();
    };
    const writer = new PartsWriter(store, noted, { note, partBytes: PART });
    const url = at('ranges');
    const signal = new AbortController().signal;
    const error = await downloadFile({ url, size: bytes.byteLength }, writer, {
      access: {},
      signal,
    }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DOMException).with.property('name', 'QuotaExceededError');
    expect(noted.parts).to.have.lengthOf(1);
    const larger = memoryParts();
    for (const [part, content] of store.parts) larger.parts.set(part, content);
    await expectWhole(larger, await download(url, { store: larger, progress: noted }));
  });
});
