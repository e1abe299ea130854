// Renders sentences with a Piper voice on ONNX Runtime Web (WASM, one thread) and times each.
// Usage: node training/voice/render.mjs MODEL JOBS OUT
// JOBS: JSON list of {name, ids, sid, scales?}. Writes OUT/<name>.f32 (raw float32) and OUT/timings.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web/wasm';

const SAMPLE_RATE = 22050;
const PIPER_SCALES = [0.667, 1, 0.8];

const [modelPath, jobsPath, out] = process.argv.slice(2);
if (!out) throw new Error('render.mjs needs three paths: MODEL JOBS OUT');
ort.env.wasm.numThreads = 1;
mkdirSync(out, { recursive: true });

const opened = performance.now();
const session = await ort.InferenceSession.create(readFileSync(modelPath), { executionProviders: ['wasm'] });
const loadMs = performance.now() - opened;

async function say({ ids, sid, scales = PIPER_SCALES }) {
  const feeds = {
    input: new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    input_lengths: new ort.Tensor('int64', BigInt64Array.of(BigInt(ids.length)), [1]),
    scales: new ort.Tensor('float32', Float32Array.from(scales), [3]),
    sid: new ort.Tensor('int64', BigInt64Array.of(BigInt(sid)), [1]),
  };
  const before = process.cpuUsage();
  const began = performance.now();
  const { output } = await session.run(feeds);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { samples: output.data, dims: output.dims, ms, processorMs: (user + system) / 1000 };
}

/** All jobs once: milliseconds a sentence by the clock and by the processor, and the processor's seconds over all of them. */
async function round(jobs, keep) {
  const runs = [];
  const before = process.cpuUsage();
  for (const job of jobs) {
    const { samples, dims, ms, processorMs } = await say(job);
    if (dims.length !== 4 || dims[3] !== samples.length) throw new Error(`${job.name}: output is ${dims}, not [1, 1, 1, T]`);
    runs.push({ name: job.name, ms, processorMs, seconds: samples.length / SAMPLE_RATE });
    keep?.(job.name, samples);
  }
  const { user, system } = process.cpuUsage(before);
  return { runs, processorSeconds: (user + system) / 1e6 };
}

const jobs = JSON.parse(readFileSync(jobsPath, 'utf8'));
const first = await say(jobs[0]);
const cold = await round(jobs, (name, samples) =>
  writeFileSync(join(out, `${name}.f32`), new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)),
);
const warm = await round(jobs);
writeFileSync(join(out, 'timings.json'), JSON.stringify({ loadMs, firstRunMs: first.ms, cold, warm }));
