import { AppError } from '../core/errors.js';
import type { LatentFormat, TextEncoder, Vae } from '../diffusion/ports.js';

/** Stands for the autoencoder of a checkpoint that has none: whoever uses it is told where to get one. */
export function missingVae(name: string): Vae {
  const refuse = (): never => {
    const reason = `The checkpoint ${name} has no autoencoder inside; add the node Load VAE and connect it in place of this output.`;
    throw new AppError({ code: 'model/missing', name, reason });
  };
  return {
    id: `no autoencoder in ${name}`,
    get format(): LatentFormat {
      return refuse();
    },
    encode: () => Promise.reject(refusal(refuse)),
    decode: () => Promise.reject(refusal(refuse)),
  };
}

/** Stands for the text encoder of a checkpoint that has none. */
export function missingTextEncoder(name: string): TextEncoder {
  const refuse = (): never => {
    const reason = `The checkpoint ${name} has no text encoder inside; connect the CLIP output of another checkpoint of its family.`;
    throw new AppError({ code: 'model/missing', name, reason });
  };
  return {
    id: `no text encoder in ${name}`,
    encode: () => Promise.reject(refusal(refuse)),
    encodeTokens: () => Promise.reject(refusal(refuse)),
  };
}

function refusal(refuse: () => never): Error {
  try {
    return refuse();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
