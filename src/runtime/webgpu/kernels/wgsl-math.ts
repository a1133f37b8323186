/**
 * Elementary functions good to a few units in the last place whatever the driver's own are worth:
 * `expOf(x)`, `lnOfUnit(g)` = ln((g + 1/2) / 2^32) and `sinOfTurn(g)` = sin(2 pi (g + 1/2) / 2^32).
 */
export const WGSL_MATH = /* wgsl */ `
// 2 atanh(s), |s| <= 0.172: ln m = 2 atanh((m - 1) / (m + 1)).
fn twoAtanh(s: f32) -> f32 {
  let q = s * s;
  let tail = q * (1.0 / 3.0 + q * (0.2 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0)))));
  return 2.0 * (s + s * tail);
}

fn lnOfUnit(g: u32) -> f32 {
  // Near 1 the distance to 1 is taken from the integer, where it is exact.
  if (g >= 3037000500u) {
    let x = (f32(~g) + 0.5) * 2.3283064365386963e-10;
    return twoAtanh(-x / (2.0 - x));
  }
  var shift = 0u;
  var m = 0.5;
  if (g > 0u) {
    shift = countLeadingZeros(g);
    // A half unit matters only while the integer is small, and there f32 holds it.
    m = f32(g) + 0.5;
  } else {
    shift = 32u;
  }
  // m = r * 2^(32 - shift) with r in [1/2, 1]; r below sqrt(1/2) is doubled.
  var e = -i32(shift);
  var r = ldexp(m, i32(shift) - 32);
  if (r < 0.70710678) {
    r = r * 2.0;
    e = e - 1;
  }
  let n = f32(e);
  return n * 0.693145751953125 + (n * 1.4286068203094172e-6 + twoAtanh((r - 1.0) / (r + 1.0)));
}

fn sinOfTurn(g: u32) -> f32 {
  // The nearest quarter turn, and the signed rest of it in units of 2^-32 turns.
  let quarter = (g + 0x20000000u) >> 30u;
  let rest = bitcast<i32>(g - (quarter << 30u));
  let a = (f32(rest) + 0.5) * 1.4629180792671596e-9;
  let q = a * a;
  let s = a + a * q * (-1.6666667e-1 + q * (8.3333333e-3 + q * (-1.9841270e-4 + q * 2.7557319e-6)));
  let c = 1.0 + q * (-0.5 + q * (4.1666667e-2 + q * (-1.3888889e-3 + q * (2.4801587e-5 - q * 2.7557319e-7))));
  switch (quarter & 3u) {
    case 0u: { return s; }
    case 1u: { return c; }
    case 2u: { return -s; }
    default: { return -c; }
  }
}

fn expOf(x: f32) -> f32 {
  let n = round(clamp(x, -87.0, 88.0) * 1.4426950408889634);
  let r = (clamp(x, -87.0, 88.0) - n * 0.693145751953125) - n * 1.4286068203094172e-6;
  let q = 1.0 + r * (1.0 + r * (0.5 + r * (1.6666667e-1 + r * (4.1666667e-2 + r * (8.3333333e-3 + r * (1.3888889e-3 + r * 1.9841270e-4))))));
  return select(ldexp(q, i32(n)), 0.0, x < -87.0);
}
`;
