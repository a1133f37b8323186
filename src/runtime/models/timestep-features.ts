const MAX_PERIOD = 10_000;

/**
 * Sines and cosines of timesteps, `[timesteps, width]`, rounded where diffusers' `get_timestep_embedding` rounds
 * in float32.
 */
export function timestepFeatures(
  timesteps: readonly number[],
  width: number,
  { flipSinToCos, freqShift }: { readonly flipSinToCos: boolean; readonly freqShift: number },
): Float32Array {
  const half = Math.floor(width / 2);
  const features = new Float32Array(timesteps.length * width);
  const [sine, cosine] = flipSinToCos ? [half, 0] : [0, half];
  timesteps.forEach((timestep, row) => {
    for (let i = 0; i < half; i++) {
      const exponent = Math.fround(Math.fround(-Math.log(MAX_PERIOD) * i) / (half - freqShift));
      const angle = Math.fround(timestep * Math.fround(Math.exp(exponent)));
      features[row * width + sine + i] = Math.sin(angle);
      features[row * width + cosine + i] = Math.cos(angle);
    }
  });
  return features;
}
