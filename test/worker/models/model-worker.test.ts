import { expect } from '@open-wc/testing';
import { forgetModel, getModel, listModels } from '../../../src/storage/models/model-records.js';
import { removeParts } from '../../../src/storage/models/part-store.js';
import { hashBytes } from '../../../src/storage/pictures.js';
import { createModelClient, type ModelClient } from '../../../src/worker/models/model-client.js';
import type { FoundModel, ModelRow, Prospect } from '../../../src/worker/models/model-messages.js';
import { storedPack, withStoredModels } from '../../../src/worker/models/stored-places.js';

const FOLDER = 'public/models/creatures';
const UNET = 'unet/diffusion_pytorch_model.safetensors';
const VAE = 'test/fixtures/goldens/model/diffusers/vae/diffusion_pytorch_model.safetensors';
const SINGLE = 'test/fixtures/goldens/model/ldm/model.safetensors';

let nextSession = 1;

function at(behaviour: string, path: string): string {
  const session = `model-${String(Date.now())}-${String(nextSession++)}`;
  return new URL(`/download-server/${session}/${behaviour}/${path}`, location.href).href;
}

describe('the model thread', () => {
  let worker: Worker;
  let client: ModelClient;
  let rows: readonly ModelRow[];
  let failures: string[];
  let told: () => void;

  beforeEach(() => {
    rows = [];
    failures = [];
    told = () => undefined;
    start();
  });

  afterEach(async () => {
    worker.terminate();
    for (const { id } of await listModels()) {
      await forgetModel(id);
      await removeParts(id);
    }
  });

  function start(path = '../../../src/worker/models/model-worker.ts'): void {
    const script = new URL(path, import.meta.url);
    worker = new Worker(script, { type: 'module' });
    client = createModelClient(worker, {
      models(report) {
        rows = report.models;
        told();
      },
      failed: ({ code }) => failures.push(code),
    });
  }

  async function until(
    state: ModelRow['state'],
    isEnough = (_row: ModelRow) => true,
  ): Promise<ModelRow> {
    for (;;) {
      const [row] = rows;
      if (row?.state === state && isEnough(row)) return row;
      if (row?.state === 'failed') throw new Error(JSON.stringify(row.failure));
      await new Promise<void>((resolve) => (told = resolve));
    }
  }

  async function look(text: string, token?: string): Promise<Prospect> {
    return client.look({ type: 'address', text, ...(token !== undefined && { token }) }, ['taken']);
  }

  async function found(text: string): Promise<FoundModel> {
    const prospect = await look(text);
    if (prospect.type !== 'model') throw new Error(JSON.stringify(prospect));
    return prospect;
  }

  async function refusal(text: string): Promise<string> {
    const prospect = await look(text);
    return prospect.type === 'refused' ? JSON.stringify(prospect.details) : prospect.type;
  }

  it('tells a folder by its headers, and brings it when asked', async () => {
    const prospect = await found(at('ranges', FOLDER));
    expect(prospect).to.include({ name: 'creatures', kind: 'checkpoint', arrival: 'download' });
    expect(prospect.words).to.deep.include({ family: 'sd1', layout: 'diffusers', missing: [] });
    expect(await listModels()).to.deep.equal([]);
    client.send({ type: 'add', prospect: prospect.id, name: 'taken' });
    const row = await until('ready');
    expect(row).to.include({ name: 'taken-2', savedBytes: prospect.bytes });
    const record = await getModel(row.id);
    if (!record) throw new Error('The record has gone.');
    expect(record.files.every(({ url }) => url !== undefined)).to.equal(true);
    const stored = await storedPack(record).open(UNET);
    expect(stored?.contentKey).to.match(/^[0-9a-f]{32}$/);
    const bytes = await stored?.read(0, stored.size);
    const original = await (await fetch(`/${FOLDER}/${UNET}`)).arrayBuffer();
    expect(await hashBytes((bytes ?? new Uint8Array()).slice())).to.equal(
      await hashBytes(new Uint8Array(original)),
    );
    const places = withStoredModels({
      list: () => Promise.resolve([]),
      find: () => Promise.reject(new Error('not here')),
    });
    expect(await places.list('checkpoint')).to.deep.equal(['taken-2']);
    expect(await places.list('vae')).to.deep.equal([]);
  });

  it('lists nothing unfinished, pauses, goes on in another session, and deletes', async () => {
    const prospect = await found(at('slow', FOLDER));
    client.send({ type: 'add', prospect: prospect.id, name: 'slow' });
    const { id } = await until('arriving', ({ savedBytes }) => savedBytes > 300_000);
    client.send({ type: 'pause', id });
    const paused = await until('paused');
    expect(paused.savedBytes).to.be.within(300_000, prospect.bytes - 1);
    expect((await getModel(id))?.state).to.equal('partial');
    worker.terminate();
    start();
    expect((await until('paused')).savedBytes).to.equal(paused.savedBytes);
    client.send({ type: 'resume', id });
    expect((await until('ready')).savedBytes).to.equal(prospect.bytes);
    client.send({ type: 'delete', id });
    while (rows.length > 0) await new Promise<void>((resolve) => (told = resolve));
    expect(await listModels()).to.deep.equal([]);
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle('models');
    const gone = await models.getDirectoryHandle(id).catch((error: unknown) => error);
    expect(gone).to.be.instanceOf(DOMException).with.property('name', 'NotFoundError');
    expect(failures).to.deep.equal([]);
  });

  it('brings models where the browser has no locks', async () => {
    worker.terminate();
    start('../../support/model-worker-without-locks.ts');
    const prospect = await found(at('whole', VAE));
    client.send({ type: 'add', prospect: prospect.id, name: 'unlocked' });
    expect((await until('ready')).savedBytes).to.equal(prospect.bytes);
    expect(failures).to.deep.equal([]);
  });

  it('takes one file, and a file or folder from disk', async () => {
    const vae = await found(at('whole', VAE));
    expect(vae).to.include({ kind: 'vae', name: 'diffusion_pytorch_model', comesWhole: true });
    const single = await found(at('ranges', SINGLE));
    expect(single).to.include({ kind: 'checkpoint', name: 'model' });
    expect(single.words).to.deep.include({ layout: 'original', missing: [] });
    const file = new File([await (await fetch(`/${VAE}`)).blob()], 'mine.safetensors');
    const place = { type: 'files', name: file.name, files: [{ path: file.name, file }] } as const;
    const copied = await client.look(place, []);
    if (copied.type !== 'model') throw new Error(JSON.stringify(copied));
    expect(copied).to.include({ kind: 'vae', name: 'mine', arrival: 'copy' });
    client.send({ type: 'add', prospect: copied.id, name: 'mine' });
    expect(await until('ready')).to.include({ isFromDisk: true, savedBytes: file.size });
  });

  it('reads a file where it lies on disk, and looks again when it was changed', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('own.safetensors', { create: true });
    const write = async (bytes: Blob): Promise<void> => {
      const writable = await handle.createWritable();
      await writable.write(bytes);
      await writable.close();
    };
    await write(await (await fetch(`/${VAE}`)).blob());
    const prospect = await client.look({ type: 'handle', handle }, []);
    if (prospect.type !== 'model') throw new Error(JSON.stringify(prospect));
    expect(prospect.arrival).to.equal('in-place');
    client.send({ type: 'add', prospect: prospect.id, name: 'own' });
    const { id } = await until('ready');
    const record = await getModel(id);
    if (!record) throw new Error('The record has gone.');
    expect((await storedPack(record).open('own.safetensors'))?.contentKey).to.be.a('string');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await write(new Blob(['something else']));
    expect((await storedPack(record).open('own.safetensors'))?.contentKey).to.equal(undefined);
  });

  it('refuses in words before anything is stored', async () => {
    expect(await refusal(at('page', VAE))).to.contain('web page');
    expect(await refusal(`${at('ranges', VAE)}x.safetensors`)).to.contain('no such file');
    expect(await refusal(at('ranges', 'package.json'))).to.contain('JSON file');
    expect(await refusal('https://me:secret@example.com/a.safetensors')).to.contain('password');
    expect(await refusal('http://example.com/a.safetensors')).to.contain('encryption');
    expect(await refusal('https://example.com/a.ckpt')).to.contain('pickled');
    expect(await refusal('https://huggingface.co/datasets/a/b')).to.contain('not a model');
    expect(await refusal('model')).to.contain('reached');
    expect(await listModels()).to.deep.equal([]);
  });

  it('sends a token to the server that wants one, and keeps it nowhere', async () => {
    const url = at('locked', VAE);
    expect(await refusal(url)).to.contain('model/access-denied');
    const prospect = await look(url, 'open-sesame');
    if (prospect.type !== 'model') throw new Error(JSON.stringify(prospect));
    client.send({ type: 'add', prospect: prospect.id, name: 'locked' });
    const { id } = await until('ready');
    expect(JSON.stringify(await getModel(id))).not.to.contain('sesame');
  });

  it('tells that the browser cleared a model, and fetches it again', async () => {
    const prospect = await found(at('ranges', VAE));
    expect(prospect).not.to.have.property('comesWhole');
    client.send({ type: 'add', prospect: prospect.id, name: 'cleared' });
    const { id } = await until('ready');
    await removeParts(id);
    client.send({ type: 'refresh' });
    expect(await until('gone')).to.include({ canFetch: true });
    client.send({ type: 'restart', id });
    expect((await until('ready')).savedBytes).to.equal(prospect.bytes);
    const record = await getModel(id);
    if (!record) throw new Error('The record has gone.');
    expect((await storedPack(record).open(record.files[0]?.path ?? ''))?.size).to.equal(
      prospect.bytes,
    );
  });

  it('keeps no address with a query, which can hold keys; what the browser cleared is then chosen anew', async () => {
    const prospect = await found(`${at('ranges', VAE)}?key=secret`);
    client.send({ type: 'add', prospect: prospect.id, name: 'signed' });
    const { id } = await until('ready');
    expect(JSON.stringify(await getModel(id))).not.to.contain('secret');
    await removeParts(id);
    client.send({ type: 'refresh' });
    expect(await until('gone')).to.include({ canFetch: false });
  });

  it('goes on from the beginning where the browser cleared what was there of a download', async () => {
    const prospect = await found(at('slow', FOLDER));
    client.send({ type: 'add', prospect: prospect.id, name: 'cleared' });
    const { id } = await until('arriving', ({ savedBytes }) => savedBytes > 300_000);
    client.send({ type: 'pause', id });
    await until('paused');
    await removeParts(id);
    client.send({ type: 'resume', id });
    await until('ready');
    const record = await getModel(id);
    if (!record) throw new Error('The record has gone.');
    const bytes = await (await storedPack(record).open(UNET))?.read(0, Infinity);
    const original = await (await fetch(`/${FOLDER}/${UNET}`)).arrayBuffer();
    expect(await hashBytes((bytes ?? new Uint8Array()).slice())).to.equal(
      await hashBytes(new Uint8Array(original)),
    );
  });

  it('keeps a failed download apart, with its reason, and begins it anew', async () => {
    const prospect = await found(at('gone', FOLDER));
    client.send({ type: 'add', prospect: prospect.id, name: 'gone' });
    while (rows[0]?.state !== 'failed') await new Promise<void>((resolve) => (told = resolve));
    expect(JSON.stringify(rows[0].failure)).to.contain('no such file any more');
    expect((await getModel(rows[0].id))?.state).to.equal('failed');
  });
});
