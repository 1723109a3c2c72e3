/** The discrete Fourier transform of a length that is a product of 3, 4 and 5. */

/** Transforms in place: `re` and `im` are the signal's parts, and then the spectrum's. */
export type Fft = (re: Float64Array, im: Float64Array) => void;

interface Stage {
  radix: number;
  /** Length of the transforms that are left after this stage. */
  left: number;
  /** Transforms that stand side by side. */
  stride: number;
  /** cos and −sin of every point's turn, `radix − 1` pairs a point. */
  turns: Float64Array;
}

type Parts = readonly [Float64Array, Float64Array];

const SIN_3 = Math.sin((2 * Math.PI) / 3);
const COS_5 = Math.cos((2 * Math.PI) / 5);
const COS_25 = Math.cos((4 * Math.PI) / 5);
const SIN_5 = Math.sin((2 * Math.PI) / 5);
const SIN_25 = Math.sin((4 * Math.PI) / 5);

/** Stockham's order: no permutation, each stage reads one pair of arrays and writes the other. Throws for other lengths. */
export function createFft(length: number): Fft {
  const stages = stagesOf(length);
  const spare: Parts = [new Float64Array(length), new Float64Array(length)];
  return (re, im) => {
    let from: Parts = [re, im];
    let to = spare;
    for (const stage of stages) {
      runStage(stage, from, to);
      [from, to] = [to, from];
    }
    if (from[0] === re) return;
    re.set(from[0]);
    im.set(from[1]);
  };
}

function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  let left = length;
  let stride = 1;
  while (left > 1) {
    const radix = [4, 5, 3].find((one) => left % one === 0);
    if (radix === undefined) throw new RangeError(`${length} is not a product of 3, 4 and 5`);
    left /= radix;
    const turns = new Float64Array(left * (radix - 1) * 2);
    for (let point = 0; point < left; point += 1) {
      for (let k = 1; k < radix; k += 1) {
        const angle = (-2 * Math.PI * point * k) / (left * radix);
        turns.set([Math.cos(angle), Math.sin(angle)], (point * (radix - 1) + k - 1) * 2);
      }
    }
    stages.push({ radix, left, stride, turns });
    stride *= radix;
  }
  return stages;
}

function runStage({ radix, left, stride, turns }: Stage, [xr, xi]: Parts, [yr, yi]: Parts): void {
  const re = new Float64Array(5);
  const im = new Float64Array(5);
  const step = stride * left;
  for (let point = 0; point < left; point += 1) {
    const turn = point * (radix - 1) * 2 - 2;
    for (let lane = 0; lane < stride; lane += 1) {
      const at = lane + stride * point;
      for (let k = 0; k < radix; k += 1) {
        re[k] = xr[at + k * step]!;
        im[k] = xi[at + k * step]!;
      }
      if (radix === 4) four(re, im);
      else if (radix === 5) five(re, im);
      else three(re, im);
      const out = lane + stride * radix * point;
      yr[out] = re[0]!;
      yi[out] = im[0]!;
      for (let k = 1; k < radix; k += 1) {
        const c = turns[turn + 2 * k]!;
        const s = turns[turn + 2 * k + 1]!;
        yr[out + k * stride] = re[k]! * c - im[k]! * s;
        yi[out + k * stride] = re[k]! * s + im[k]! * c;
      }
    }
  }
}

function three(re: Float64Array, im: Float64Array): void {
  const sumRe = re[1]! + re[2]!;
  const sumIm = im[1]! + im[2]!;
  const turnRe = SIN_3 * (im[1]! - im[2]!);
  const turnIm = SIN_3 * (re[2]! - re[1]!);
  const restRe = re[0]! - sumRe / 2;
  const restIm = im[0]! - sumIm / 2;
  re[0]! += sumRe;
  im[0]! += sumIm;
  re[1] = restRe + turnRe;
  im[1] = restIm + turnIm;
  re[2] = restRe - turnRe;
  im[2] = restIm - turnIm;
}

function four(re: Float64Array, im: Float64Array): void {
  const evenRe = re[0]! + re[2]!;
  const evenIm = im[0]! + im[2]!;
  const evenLessRe = re[0]! - re[2]!;
  const evenLessIm = im[0]! - im[2]!;
  const oddRe = re[1]! + re[3]!;
  const oddIm = im[1]! + im[3]!;
  const turnRe = im[1]! - im[3]!;
  const turnIm = re[3]! - re[1]!;
  re[0] = evenRe + oddRe;
  im[0] = evenIm + oddIm;
  re[1] = evenLessRe + turnRe;
  im[1] = evenLessIm + turnIm;
  re[2] = evenRe - oddRe;
  im[2] = evenIm - oddIm;
  re[3] = evenLessRe - turnRe;
  im[3] = evenLessIm - turnIm;
}

function five(re: Float64Array, im: Float64Array): void {
  const outerRe = re[1]! + re[4]!;
  const outerIm = im[1]! + im[4]!;
  const outerLessRe = re[1]! - re[4]!;
  const outerLessIm = im[1]! - im[4]!;
  const innerRe = re[2]! + re[3]!;
  const innerIm = im[2]! + im[3]!;
  const innerLessRe = re[2]! - re[3]!;
  const innerLessIm = im[2]! - im[3]!;
  const firstRe = re[0]! + COS_5 * outerRe + COS_25 * innerRe;
  const firstIm = im[0]! + COS_5 * outerIm + COS_25 * innerIm;
  const secondRe = re[0]! + COS_25 * outerRe + COS_5 * innerRe;
  const secondIm = im[0]! + COS_25 * outerIm + COS_5 * innerIm;
  const firstTurnRe = SIN_5 * outerLessIm + SIN_25 * innerLessIm;
  const firstTurnIm = -SIN_5 * outerLessRe - SIN_25 * innerLessRe;
  const secondTurnRe = SIN_25 * outerLessIm - SIN_5 * innerLessIm;
  const secondTurnIm = -SIN_25 * outerLessRe + SIN_5 * innerLessRe;
  re[0]! += outerRe + innerRe;
  im[0]! += outerIm + innerIm;
  re[1] = firstRe + firstTurnRe;
  im[1] = firstIm + firstTurnIm;
  re[2] = secondRe + secondTurnRe;
  im[2] = secondIm + secondTurnIm;
  re[3] = secondRe - secondTurnRe;
  im[3] = secondIm - secondTurnIm;
  re[4] = firstRe - firstTurnRe;
  im[4] = firstIm - firstTurnIm;
}
