import { fold } from '../../../ai/french/fold.ts';
import type { IssuedDocument, ShopDocument } from '../../../schema/documents.ts';
import { minorWithSign } from '../../counter/format.ts';
import { kindWords } from '../../counter/words.ts';

export function issuedOnly(documents: readonly ShopDocument[]): IssuedDocument[] {
  return documents.filter((document) => document.state !== 'draft');
}

/** The documents in which every word of `search` is found: number, kind, client, products, sum; without accents or case. */
export function searchDocuments(documents: readonly IssuedDocument[], search: string): IssuedDocument[] {
  const words = fold(search).split(' ').filter(Boolean);
  return documents.filter((document) => {
    const text = fold(textOf(document));
    return words.every((word) => text.includes(word));
  });
}

function textOf({ number, kind, client, lines, totals, currency }: IssuedDocument): string {
  const products = lines.map(({ product }) => product).join(' ');
  const sum = minorWithSign(totals.total, currency);
  return `${number} ${kindWords[kind]} ${client ?? ''} ${products} ${sum} ${sum.replaceAll(/\s/g, '')}`;
}

/** Gives `text` to the person as a file. */
export function download(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
