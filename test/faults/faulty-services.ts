import { AppError, type ErrorDetails } from '../../src/core/errors.js';
import type { Checkpoint, LatentOps } from '../../src/diffusion/ports.js';
import type { Services } from '../../src/diffusion/services.js';
import { createAnalyticServices, type AnalyticServices } from '../support/analytic-services.js';

/** What can go wrong, as what the world tells. */
export const faultKinds = {
  'device lost': { code: 'webgpu/device-lost', reason: 'the device was destroyed' },
  'out of memory': { code: 'model/out-of-memory', reason: 'an allocation failed' },
  'download broken': { code: 'model/download-failed', url: 'http://x/', reason: 'it broke off' },
  'storage full': { code: 'storage/quota', reason: 'the disk is full' },
  'program error': undefined,
} as const satisfies Readonly<Record<string, ErrorDetails | undefined>>;

/** A kind of {@link faultKinds}. */
export type FaultKind = keyof typeof faultKinds;

/** A call of the world that a fault can hit. */
export type Phase = 'load' | 'encode' | 'predict' | 'pair' | 'decode' | 'save';

/** Where a fault strikes: at the n-th call of a phase, counted over a whole run. */
export interface FaultPlan {
  readonly kind: FaultKind;
  readonly phase: Phase;
  readonly call: number;
  /** How many calls of the phase it strikes in a row; one when absent. */
  readonly times?: number;
}

/** The part of a device's fate that outlives one set of services. */
export interface World {
  /** How often each phase was entered. */
  readonly calls: Map<Phase, number>;
  plan: FaultPlan | undefined;
  /** Whether the plan's fault has struck. */
  hasStruck: boolean;
}

/** Services on a device that a plan can break, and the news of its loss. */
export interface FaultyServices {
  readonly services: Services;
  readonly analytic: AnalyticServices;
  readonly lost: Promise<AppError>;
}

/** The network of formulas, on a device that dies where the world's plan wants it; what is dead stays dead. */
export function faultyServices(world: World): FaultyServices {
  const analytic = createAnalyticServices(2 ** 24);
  let loss: AppError | undefined;
  let tellLoss = (_loss: AppError): void => undefined;
  const lost = new Promise<AppError>((resolve) => {
    tellLoss = resolve;
  });
  const enter = (phase: Phase): void => {
    if (loss) throw loss;
    const call = (world.calls.get(phase) ?? 0) + 1;
    world.calls.set(phase, call);
    const { plan } = world;
    if (plan?.phase !== phase || call < plan.call || call >= plan.call + (plan.times ?? 1)) return;
    world.hasStruck = true;
    const details = faultKinds[plan.kind];
    if (details === undefined) throw new Error('a mistake of the program');
    const error = new AppError(details);
    if (details.code === 'webgpu/device-lost') {
      loss = error;
      tellLoss(error);
    }
    throw error;
  };
  const living = <Result>(work: () => Result): Result => {
    if (loss) throw loss;
    return work();
  };
  return {
    analytic,
    lost,
    services: {
      bank: analytic.bank,
      ops: mortalOps(analytic.ops, living),
      models: {
        ...analytic.models,
        async load(name, signal, progress) {
          enter('load');
          return breakable(await analytic.models.load(name, signal, progress), enter);
        },
      },
      pictures: {
        ...analytic.pictures,
        write(name, picture) {
          enter('save');
          return analytic.pictures.write(name, picture);
        },
      },
    },
  };
}

/** Operations that fail once their device is gone. */
function mortalOps(ops: LatentOps, living: <Result>(work: () => Result) => Result): LatentOps {
  return new Proxy(ops, {
    get(target, name) {
      const operation: unknown = Reflect.get(target, name);
      if (typeof operation !== 'function') return operation;
      return (...args: unknown[]): unknown =>
        living((): unknown => Reflect.apply(operation, target, args));
    },
  });
}

/** A checkpoint whose networks tell of every call before they answer it. */
function breakable(checkpoint: Checkpoint, enter: (phase: Phase) => void): Checkpoint {
  const { denoiser, vae } = checkpoint;
  return {
    ...checkpoint,
    denoiser: {
      ...denoiser,
      async predict(request) {
        enter('predict');
        return denoiser.predict(request);
      },
      async predictPair(request) {
        enter('pair');
        return denoiser.predictPair(request);
      },
    },
    vae: {
      ...vae,
      async encode(pixels, signal) {
        enter('encode');
        return vae.encode(pixels, signal);
      },
      async decode(samples, signal) {
        enter('decode');
        return vae.decode(samples, signal);
      },
    },
  };
}
