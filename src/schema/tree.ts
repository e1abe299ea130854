import * as v from 'valibot';
import { treePathProblem } from './tree-path.ts';

/** A path of the tree, the same in the browser and on disk: see `tree-path.ts` for what is refused. */
export const treePathSchema = v.pipe(
  v.string(),
  v.check((path) => treePathProblem(path) === null, 'is not a path of the tree'),
);
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const revisionSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const goneSchema = v.object({ path: treePathSchema, sha256: sha256Schema, revision: revisionSchema });

/** One file of a tree. `mtime` is epoch milliseconds; `revision` grows by one with every change of its tree. */
export const treeEntrySchema = v.object({
  path: treePathSchema,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  mtime: v.number(),
  sha256: sha256Schema,
  revision: revisionSchema,
  /** The file should be there and is not, though nobody meant to delete it: whoever holds it may send it again. */
  missing: v.optional(v.boolean()),
});
export type TreeEntry = v.InferOutput<typeof treeEntrySchema>;

/**
 * What `GET /api/tree` answers, and each message of its stream: the tree's revision, and an id that is made with the root and
 * stays with it. Asked for what came since a revision, it names what changed after that revision only; one that is above
 * `revision` is not of this tree, and everything is named. A path is in one of the three lists.
 */
export const treeListingSchema = v.object({
  rootId: v.string(),
  revision: revisionSchema,
  entries: v.array(treeEntrySchema),
  /** Files that were deleted on purpose: gone everywhere, except where one is in use, pinned or was changed since. */
  deleted: v.array(goneSchema),
  /** Files that upkeep took away because nobody used them: no deletion elsewhere, and not wanted back until somebody does. */
  evicted: v.optional(v.array(goneSchema), []),
});
export type TreeListing = v.InferOutput<typeof treeListingSchema>;

/** What `POST /api/tree/use` takes, alone or in an array: what one browser knows of the use of a file, or of a folder of files. */
export const treeUseSchema = v.object({
  path: treePathSchema,
  profileId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Epoch milliseconds; the newest of all browsers counts. */
  lastUsed: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** Whether this browser wants it kept, and whether it works with it now. Absent: as this browser last said. */
  pinned: v.optional(v.boolean()),
  inUse: v.optional(v.boolean()),
});
export type TreeUse = v.InferOutput<typeof treeUseSchema>;
