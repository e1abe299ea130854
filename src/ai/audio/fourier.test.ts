import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFourierTransform } from './fourier.ts';

it('gives what the definition gives, whatever the number of points', () => {
  const sizes = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 12, 30, 49, 64, 97, 400);
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })), (size, stream) => {
      const real = Array.from(stream.take(size));
      const imaginary = Array.from(stream.take(size));
      const { points, transform } = createFourierTransform(size);
      points.real.set(real);
      points.imaginary.set(imaginary);
      transform();
      for (let bin = 0; bin < size; bin++) {
        let [sumReal, sumImaginary] = [0, 0];
        for (let at = 0; at < size; at++) {
          const angle = (-2 * Math.PI * ((bin * at) % size)) / size;
          const [re, im] = [real[at] ?? 0, imaginary[at] ?? 0];
          sumReal += re * Math.cos(angle) - im * Math.sin(angle);
          sumImaginary += re * Math.sin(angle) + im * Math.cos(angle);
        }
        expect(points.real[bin]).toBeCloseTo(sumReal, 9);
        expect(points.imaginary[bin]).toBeCloseTo(sumImaginary, 9);
      }
    }),
    { numRuns: 40 },
  );
});
