import { readWords } from './phrase-book.ts';

/** Little words and letters, which ask nothing on their own. */
export const littleWords: ReadonlySet<string> = new Set(
  readWords(`
    a b c d e f g h i j k l m n o p q r s t u v w x y z le la les un une des du de au aux ce cet cette mon ma ton
    ta tes son sa ses je tu il elle on nous vous ils elles me te se lui leur en que qui quoi dont ou mais donc or
    ni car si comme dans sur sous avec sans par pour vers chez entre avant apres tres trop peu aussi puis alors
    bien mal ici voila est sont ont fait va peut chose truc machin petit grand
  `),
);
