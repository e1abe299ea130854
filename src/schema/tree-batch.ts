import * as v from 'valibot';
import { sha256Schema, treePathSchema } from './tree.ts';

/** A small file costs the way to the companion, not its bytes: so many go together. Bytes count without the head. */
export const batchLimits = { files: 250, bytes: 4 * 1024 * 1024, fileBytes: 128 * 1024 } as const;
/** What the head of a batch may take besides: names above all. */
export const batchHeadBytes = 1024 * 1024;

const countSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const problemSchema = v.object({ status: countSchema, code: v.string(), message: v.string() });

/**
 * The head of what `POST /api/batch/write` takes: files whose contents follow in this order. `replaces` is the digest that must still
 * be there, null for nothing.
 */
export const batchWriteSchema = v.object({
  files: v.pipe(
    v.array(
      v.object({
        path: treePathSchema,
        size: v.pipe(countSchema, v.maxValue(batchLimits.fileBytes)),
        sha256: sha256Schema,
        /** Epoch milliseconds. */
        mtime: v.pipe(v.number(), v.finite(), v.minValue(0)),
        replaces: v.nullable(sha256Schema),
      }),
    ),
    v.maxLength(batchLimits.files),
  ),
});
export type BatchWrite = v.InferOutput<typeof batchWriteSchema>;

/** What it answers: one outcome for each file, in the order of the files. `status` is what a `PUT` of it would have been answered. */
export const batchWrittenSchema = v.object({
  files: v.array(v.union([v.object({ revision: countSchema }), problemSchema])),
});
export type BatchWritten = v.InferOutput<typeof batchWrittenSchema>;

/** What `POST /api/batch/read` takes. */
export const batchReadSchema = v.object({ paths: v.pipe(v.array(treePathSchema), v.maxLength(batchLimits.files)) });

/** The head of what it answers: the contents of the files that have a size follow in this order. */
export const batchContentsSchema = v.object({
  files: v.array(v.union([v.object({ size: countSchema, sha256: sha256Schema }), problemSchema])),
});
export type BatchContents = v.InferOutput<typeof batchContentsSchema>;
