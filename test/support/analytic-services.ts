import { AppError } from '../../src/core/errors.js';
import type { Picture } from '../../src/core/node/definition.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import type { Checkpoint, Denoiser, TextEncoder, Vae } from '../../src/diffusion/ports.js';
import type { Services } from '../../src/diffusion/services.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { analyticNetwork, type AnalyticNetwork } from '../diffusion/analytic-network.js';
import { createTensorLedger, ledgerOps, type TensorLedger } from './tensor-ledger.js';

/** Services around a network of formulas: small, exact, and every tensor in an account. */
export interface AnalyticServices extends Services {
  readonly network: AnalyticNetwork;
  readonly ledger: TensorLedger;
  /** Claims on the checkpoint. */
  readonly claims: () => number;
  /** What nodes saved, by name. */
  readonly saved: ReadonlyMap<string, Picture>;
  /** Frees what the services themselves keep. */
  readonly clear: () => void;
}

/**
 * New services; the checkpoint is made for pictures of 32 by 32 pixels, latents of 2 by 4 by 4. `bankRamBytes` is the second tier of
 * keys and values.
 */
export function createAnalyticServices(bankRamBytes = 0): AnalyticServices {
  const ledger = createTensorLedger();
  const network = analyticNetwork();
  const ops = ledgerOps(cpuOps, ledger);
  const ram = {
    budgetBytes: bankRamBytes,
    upload: (values: Float32Array, shape: readonly number[]) => ops.upload(values, shape),
  };
  const bank = createKvBank(2 ** 24, bankRamBytes > 0 ? ram : undefined);
  const saved = new Map<string, Picture>();
  let claims = 0;
  const checkpoint: Checkpoint = {
    name: 'analytic',
    denoiser: accountedDenoiser(network, ledger),
    textEncoder: wordEncoder(ledger),
    vae: blockVae(ledger),
    byteLength: 1000,
    retain() {
      claims += 1;
      return checkpoint;
    },
    dispose() {
      claims -= 1;
    },
  };
  return {
    network,
    ledger,
    bank,
    saved,
    claims: () => claims,
    clear: () => {
      bank.clear();
    },
    ops,
    models: {
      list: () => Promise.resolve(['analytic']),
      fingerprint: (name) => Promise.resolve(`model ${name}`),
      load: (_name, _signal, progress) => {
        claims += 1;
        progress(1, 1);
        return Promise.resolve(checkpoint);
      },
      loadVae: () => Promise.resolve({ part: checkpoint.vae, claim: checkpoint.retain() }),
      patchDenoiser: (denoiser, { name, strength }) =>
        Promise.resolve({
          part: { ...denoiser, id: `${denoiser.id} + ${String(strength)} ${name}` },
          claim: checkpoint.retain(),
        }),
      addEmbedding: (textEncoder, name) =>
        Promise.resolve({
          part: { ...textEncoder, id: `${textEncoder.id} + ${name}` },
          claim: checkpoint.retain(),
        }),
      patchTextEncoder: (textEncoder, { name, strength }) =>
        Promise.resolve({
          part: { ...textEncoder, id: `${textEncoder.id} + ${String(strength)} ${name}` },
          claim: checkpoint.retain(),
        }),
    },
    pictures: {
      fingerprint: (name) => Promise.resolve(`picture ${name}`),
      read: (name) => Promise.resolve(samplePicture(name)),
      write: (name, picture) => {
        saved.set(name, picture);
        return Promise.resolve(name);
      },
    },
  };
}

/** A picture of 48 by 40 pixels that depends on its name; its left half is transparent when it is called `cut`. */
export function samplePicture(name: string): Picture {
  if (name === '') throw new AppError({ code: 'picture/missing', name });
  const [width, height] = [48, 40];
  const hue = Array.from(name).reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    data.set([(x * 5 + hue) % 256, (y * 6) % 256, (x * y) % 256, 255], 4 * i);
    if (name === 'cut' && x < width / 2) data[4 * i + 3] = 0;
  }
  return { width, height, data };
}

/** The network with its results in the account, and attention features when asked for. */
function accountedDenoiser(network: AnalyticNetwork, { enter }: TensorLedger): Denoiser {
  return {
    ...network,
    async predict(request) {
      const { noisePred, keysValues, queries } = await network.predict(request);
      const wantsAttention = request.capture?.attention === true;
      return {
        noisePred: enter(noisePred),
        ...(keysValues && {
          keysValues: {
            layers: keysValues.layers.map(({ key, value }) => ({
              key: enter(key),
              value: enter(value),
            })),
          },
        }),
        ...(queries && {
          queries: { layers: queries.layers.map((one) => ({ ...one, query: enter(one.query) })) },
        }),
        ...(wantsAttention && { attention: attentionOf(enter) }),
      };
    },
    async predictPair(request) {
      for (const { source } of request.layers) await source?.key.read();
      const { self, cross } = await network.predictPair(request);
      return { self: enter(self), cross: enter(cross) };
    },
  };
}

/** Self-attention that parts a 4 by 4 grid in rows, and text attention on its upper half. */
function attentionOf(enter: TensorLedger['enter']) {
  const rows = Float32Array.from({ length: 16 * 4 }, (_, i) =>
    i % 4 === Math.floor(i / 16) ? 9 : 0,
  );
  const text = Float32Array.from({ length: 4 * 8 }, (_, i) => (i < 16 ? 1 : 0.01));
  return {
    selfQuery: enter(cpuTensor(rows, [1, 16, 4])),
    selfKey: enter(cpuTensor(rows, [1, 16, 4])),
    heads: 1,
    textMap: enter(cpuTensor(text, [1, 4, 8])),
  };
}

/** A prompt becomes the number of its letters over a hundred; the n-th word is token n. */
function wordEncoder({ enter }: TensorLedger): TextEncoder {
  const embed = (value: number): Tensor => enter(cpuTensor(Float32Array.of(value), [1, 1, 1]));
  return {
    id: 'words',
    encode: (prompt) =>
      Promise.resolve({
        key: `prompt ${prompt}`,
        prompt,
        promptEmbeds: embed(prompt.length / 100),
        words: prompt
          .split(' ')
          .filter((text) => text !== '')
          .map((text, i) => ({ text, tokens: [i + 1] })),
      }),
    encodeTokens: (ids) => Promise.resolve(embed(ids.length)),
  };
}

/** Latents are the red and the green of every eighth pixel; decoding repeats them in blocks. */
function blockVae({ enter }: TensorLedger): Vae {
  return {
    id: 'blocks',
    format: {
      channels: 2,
      downscale: 8,
      scalingFactor: 1,
      nativeSize: 32,
      previewer: 'blocks',
      preview: async (samples) => {
        await samples.read();
        return { width: 4, height: 4, data: new Uint8ClampedArray(64) };
      },
    },
    async encode(pixels, signal) {
      signal.throwIfAborted();
      const [, , height = 0, width = 0] = pixels.shape;
      const values = await pixels.read();
      const [rows, columns] = [height / 8, width / 8];
      const latent = Float32Array.from({ length: 2 * rows * columns }, (_, i) => {
        const [channel, cell] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
        const [y, x] = [8 * Math.floor(cell / columns), 8 * (cell % columns)];
        return values[channel * height * width + y * width + x] ?? NaN;
      });
      return enter(cpuTensor(latent, [1, 2, rows, columns]));
    },
    async decode(samples, signal) {
      signal.throwIfAborted();
      const [, , rows = 0, columns = 0] = samples.shape;
      const values = await samples.read();
      const [height, width] = [8 * rows, 8 * columns];
      const pixels = Float32Array.from({ length: 3 * height * width }, (_, i) => {
        const [channel, cell] = [Math.floor(i / (height * width)), i % (height * width)];
        const [y, x] = [Math.floor(cell / width / 8), Math.floor((cell % width) / 8)];
        return values[(channel % 2) * rows * columns + y * columns + x] ?? NaN;
      });
      return enter(cpuTensor(pixels, [1, 3, height, width]));
    },
  };
}
