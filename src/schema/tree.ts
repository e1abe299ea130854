import * as v from 'valibot';
import { treePathProblem } from './tree-path.ts';

/** A path of the tree, the same in the browser and on disk: see `tree-path.ts` for what is refused. */
export const treePathSchema = v.pipe(
  v.string(),
  v.check((path) => treePathProblem(path) === null, 'is not a path of the tree'),
);
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** One file of a tree. `mtime` is epoch milliseconds; `revision` grows by one with every change of its tree. */
export const treeEntrySchema = v.object({
  path: treePathSchema,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  mtime: v.number(),
  sha256: sha256Schema,
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type TreeEntry = v.InferOutput<typeof treeEntrySchema>;

/** What `GET /api/tree` answers: the files, the tree's revision, and an id that is made with the root and stays with it. */
export const treeListingSchema = v.object({
  rootId: v.string(),
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  entries: v.array(treeEntrySchema),
  /** Files that were deleted on purpose, with the revision at which that happened. */
  deleted: v.array(v.object({ path: treePathSchema, sha256: sha256Schema, revision: v.number() })),
});
export type TreeListing = v.InferOutput<typeof treeListingSchema>;
