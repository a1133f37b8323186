import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type {
  ClaimedPart,
  Denoiser,
  LoadingContext,
  LoraChoice,
  ModelFileKind,
  ModelLibrary,
  TextEncoder,
  UnetWork,
} from '../diffusion/ports.js';
import type { ModelFacts, VaeFacts } from '../diffusion/forecast-facts.js';
import type { ClipVocabulary } from './clip-vocabulary.js';
import type { InferenceRunner } from './inference.js';
import type { DenoiserRecipe, TextEncoderRecipe } from './load-networks.js';
import { rememberFiles, type PackReader } from './pack-reader.js';

/** Where the files of a library lie. */
export interface ModelPlaces {
  list(kind: ModelFileKind): Promise<readonly string[]>;
  /** @throws AppError `model/missing`, `model/download-failed`. */
  find(name: string, kind: ModelFileKind, signal?: AbortSignal): Promise<PackReader>;
}

/** U-Net work with the share of a forward that each pair did twice, of the U-Net loaded last at its native size. */
export interface CountedWork extends UnetWork {
  readonly forkShare: number;
}

/** A library that tells what its networks did. */
export interface CountingLibrary extends ModelLibrary {
  /** U-Net work of every network loaded so far. */
  work(): CountedWork;
  /** What a checkpoint is, without its weights. @throws AppError as `load`. */
  facts(name: string): Promise<ModelFacts>;
  /** What an autoencoder by itself is, without its weights. @throws AppError as `loadVae`. */
  vaeFacts(name: string): Promise<VaeFacts>;
  /** Looks for a file again when it is next asked for: another one may have its name. What was loaded stays. */
  forget(name: string, kind: ModelFileKind): void;
  /** Share of a forward after the fork, of the U-Net loaded last; 0 when none was. */
  forkShare(height: number, width: number): number;
}

/** A library of the files of some places, run by `runner`. */
export function createModelLibrary(
  places: ModelPlaces,
  runner: InferenceRunner,
  vocabulary?: ClipVocabulary,
): CountingLibrary {
  return new PlacedLibrary(places, runner, vocabulary);
}

class PlacedLibrary implements CountingLibrary {
  readonly #places: ModelPlaces;
  readonly #runner: InferenceRunner;
  readonly #vocabulary: ClipVocabulary | undefined;
  readonly #packs = new Map<string, PackReader>();
  readonly #keys = new Map<string, Promise<string>>();
  readonly #denoisers: Denoiser[] = [];
  readonly #denoiserRecipes = new WeakMap<Denoiser, DenoiserRecipe>();
  readonly #textRecipes = new WeakMap<TextEncoder, TextEncoderRecipe>();

  constructor(
    places: ModelPlaces,
    runner: InferenceRunner,
    vocabulary: ClipVocabulary | undefined,
  ) {
    this.#places = places;
    this.#runner = runner;
    this.#vocabulary = vocabulary;
  }

  list(kind: ModelFileKind = 'checkpoint'): Promise<readonly string[]> {
    return this.#places.list(kind);
  }

  fingerprint(name: string, kind: ModelFileKind = 'checkpoint'): Promise<string> {
    const id = `${kind} ${name}`;
    const key = this.#keys.get(id) ?? this.#fingerprint(name, kind);
    this.#keys.set(id, key);
    key.catch(() => this.#keys.delete(id));
    return key;
  }

  async load(
    name: string,
    signal: AbortSignal,
    progress: LoadingContext['progress'],
    { choices, warn }: Parameters<ModelLibrary['load']>[3] & object = {},
  ) {
    const { loadPackParts } = await packModule();
    const { checkpoint, denoiser, textEncoder } = await loadPackParts(
      await this.#pack(name, 'checkpoint', signal),
      this.#runner,
      {
        signal,
        progress,
        ...(choices && { choices }),
        ...(warn && { warn }),
        ...(this.#vocabulary && { vocabulary: this.#vocabulary }),
      },
    );
    this.#remember(checkpoint.denoiser, denoiser);
    if (textEncoder) this.#textRecipes.set(checkpoint.textEncoder, textEncoder);
    return checkpoint;
  }

  async loadVae(name: string, context: LoadingContext) {
    const { loadVaePack } = await packModule();
    return loadVaePack(await this.#pack(name, 'vae', context.signal), this.#runner, context);
  }

  async patchDenoiser(
    denoiser: Denoiser,
    lora: LoraChoice,
    context: LoadingContext,
  ): Promise<ClaimedPart<Denoiser>> {
    const recipe = this.#denoiserRecipes.get(denoiser);
    if (recipe === undefined) throw new Error('The denoiser is not of this library.');
    const patched = await this.#patch(recipe, 'unet', lora, context);
    const { claimedPart } = await packModule();
    const { loadDenoiser } = await import('./load-networks.js');
    const part = claimedPart(loadDenoiser(patched), patched.network);
    this.#remember(part.part, patched);
    return part;
  }

  async patchTextEncoder(
    textEncoder: TextEncoder,
    lora: LoraChoice,
    context: LoadingContext,
  ): Promise<ClaimedPart<TextEncoder>> {
    const recipe = this.#textRecipes.get(textEncoder);
    if (recipe === undefined) {
      const reason = 'The checkpoint has no text encoder inside, so the LoRA cannot change it.';
      throw new AppError({ code: 'model/missing', name: lora.name, reason });
    }
    return this.#textEncoder(await this.#patch(recipe, 'text', lora, context));
  }

  async addEmbedding(
    textEncoder: TextEncoder,
    name: string,
    { signal }: LoadingContext,
  ): Promise<ClaimedPart<TextEncoder>> {
    const recipe = this.#textRecipes.get(textEncoder);
    if (recipe === undefined) {
      const reason = 'The checkpoint has no text encoder inside, so there is none to learn a word.';
      throw new AppError({ code: 'model/missing', name, reason });
    }
    const digest = await this.fingerprint(name, 'embedding');
    const { addEmbedding } = await import('./embedding/add-embedding.js');
    const { openSingleFile } = await import('./checkpoint/identify-model.js');
    const { source } = await openSingleFile(await this.#pack(name, 'embedding', signal));
    const taught = await addEmbedding(recipe, source, name, digest);
    signal.throwIfAborted();
    return this.#textEncoder(taught);
  }

  forget(name: string, kind: ModelFileKind): void {
    const id = `${kind} ${name}`;
    this.#packs.delete(id);
    this.#keys.delete(id);
  }

  async facts(name: string): Promise<ModelFacts> {
    const { readModelFacts } = await import('./model-facts.js');
    return readModelFacts(await this.#pack(name, 'checkpoint'));
  }

  async vaeFacts(name: string): Promise<VaeFacts> {
    const { readVaeFacts } = await import('./model-facts.js');
    return readVaeFacts(await this.#pack(name, 'vae'));
  }

  work(): CountedWork {
    const all = this.#denoisers.map((denoiser) => denoiser.work());
    const last = this.#denoisers.at(-1);
    return {
      sampleForwards: all.reduce((sum, { sampleForwards }) => sum + sampleForwards, 0),
      pairs: all.reduce((sum, { pairs }) => sum + pairs, 0),
      forkShare: last?.forkShare(last.sampleSize, last.sampleSize) ?? 0,
    };
  }

  forkShare(height: number, width: number): number {
    return this.#denoisers.at(-1)?.forkShare(height, width) ?? 0;
  }

  #remember(denoiser: Denoiser, recipe: DenoiserRecipe): void {
    this.#denoisers.push(denoiser);
    this.#denoiserRecipes.set(denoiser, recipe);
  }

  async #textEncoder(recipe: TextEncoderRecipe): Promise<ClaimedPart<TextEncoder>> {
    const { claimedPart } = await packModule();
    const { loadTextEncoder } = await import('./load-networks.js');
    const part = claimedPart(loadTextEncoder(recipe), recipe.network);
    this.#textRecipes.set(part.part, recipe);
    return part;
  }

  async #patch<Recipe extends DenoiserRecipe | TextEncoderRecipe>(
    recipe: Recipe,
    network: 'unet' | 'text',
    { name, strength }: LoraChoice,
    { signal, warn }: LoadingContext,
  ): Promise<Recipe> {
    const [{ applyLora }, { readLora }, { openSingleFile }] = await Promise.all([
      import('./lora/apply-lora.js'),
      import('./lora/lora-file.js'),
      import('./checkpoint/identify-model.js'),
    ]);
    const digest = await this.fingerprint(name, 'lora');
    const file = await readLora(
      (await openSingleFile(await this.#pack(name, 'lora', signal))).source,
    );
    const applied = await applyLora(recipe.network.table, network, file, digest, strength);
    signal.throwIfAborted();
    tellWhatFits(name, network, applied, warn);
    const id = contentKey([recipe.id, digest, strength]);
    return { ...recipe, id, network: { ...recipe.network, table: applied.table } };
  }

  async #fingerprint(name: string, kind: ModelFileKind): Promise<string> {
    const pack = await this.#pack(name, kind);
    const { fingerprintFile, fingerprintPack, fingerprintVae } = await packModule();
    if (kind === 'checkpoint') return fingerprintPack(pack);
    if (kind === 'vae') return fingerprintVae(pack);
    return fingerprintFile(pack);
  }

  async #pack(name: string, kind: ModelFileKind, signal?: AbortSignal): Promise<PackReader> {
    const id = `${kind} ${name}`;
    const known = this.#packs.get(id);
    if (known !== undefined) return known;
    const pack = rememberFiles(await this.#places.find(name, kind, signal));
    this.#packs.set(id, pack);
    return pack;
  }
}

/** What reads and builds models, loaded with the first of them. */
function packModule() {
  return import('./model-pack.js');
}

const NETWORK = { unet: 'the U-Net', text: 'the text encoder' } as const;

function tellWhatFits(
  name: string,
  network: keyof typeof NETWORK,
  { fitting, unfitting }: { readonly fitting: number; readonly unfitting: readonly string[] },
  warn: LoadingContext['warn'],
): void {
  const [first] = unfitting;
  if (first !== undefined) {
    warn(
      `${String(unfitting.length)} of ${String(fitting + unfitting.length)} layers that ${name} has for ${NETWORK[network]} fit nothing in this model and are left out, such as ${first}; was it made for another kind of model?`,
    );
  } else if (fitting === 0 && network === 'unet') {
    warn(`${name} changes nothing in ${NETWORK[network]}.`);
  }
}
