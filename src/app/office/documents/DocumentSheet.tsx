import './sheet.css';
import { fromMinor } from '../../../documents/money.ts';
import { lineTotal } from '../../../documents/totals.ts';
import type { IssuedDocument } from '../../../schema/documents.ts';
import type { Currency } from '../../../schema.ts';
import { formatDate, formatTime, minorWithSign } from '../../counter/format.ts';
import { kindWords, paymentWords } from '../../counter/words.ts';

/** An issued document as paper shows it. */
export function DocumentSheet({ document, logo }: { document: IssuedDocument; logo: string }) {
  const { shop, kind, number, issuedAt, client, state, nonFiscal, fiscalSeal, payment } = document;
  return (
    <article className="sheet">
      <header className="sheet-head">
        {logo !== '' && <img className="sheet-logo" src={logo} alt="" />}
        {shop.name !== '' && <h2 className="sheet-shop">{shop.name}</h2>}
        <p className="sheet-address">{shop.address}</p>
        {shop.phone !== '' && <p>{shop.phone}</p>}
        {shop.taxIds.map(({ label, value }) => (
          <p key={label}>
            {label} : {value}
          </p>
        ))}
      </header>
      <h3 className="sheet-title">
        {kindWords[kind]} <span className="sheet-number">{number}</span>
      </h3>
      <p>
        {formatDate(issuedAt)}, {formatTime(issuedAt)}
      </p>
      {client !== null && <p className="sheet-client">Client : {client}</p>}
      {state === 'cancelled' && <p className="sheet-cancelled">Annulé</p>}
      <Lines document={document} />
      <Sums document={document} />
      {payment !== null && <p>Payé : {paymentWords[payment]}</p>}
      {fiscalSeal && (
        <p>
          {fiscalSeal.device} : {fiscalSeal.code}
        </p>
      )}
      {nonFiscal && <p className="sheet-fiscal">Document non fiscal</p>}
    </article>
  );
}

function Lines({ document: { lines, currency } }: { document: IssuedDocument }) {
  if (lines.length === 0) return null;
  return (
    <table className="sheet-lines">
      <thead>
        <tr>
          <th scope="col">Article</th>
          <th scope="col">Qté</th>
          <th scope="col">Prix</th>
          <th scope="col">Montant</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an issued document never change.
          <tr key={index}>
            <td>{line.product}</td>
            <td>{line.quantity.toLocaleString('fr')}</td>
            <td>{minorWithSign(line.unitPrice, currency)}</td>
            <td>{minorWithSign(lineTotal(line), currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sums({ document: { totals, currency, taxRate, second } }: { document: IssuedDocument }) {
  const isSimple = totals.discount === 0 && totals.tax === 0;
  return (
    <dl className="sheet-sums">
      {!isSimple && <Sum label="Sous-total" minor={totals.subtotal} currency={currency} />}
      {totals.discount > 0 && <Sum label="Remise" minor={-totals.discount} currency={currency} />}
      {totals.tax > 0 && (
        <Sum label={`Taxe ${taxRate.toLocaleString('fr')} %`} minor={totals.tax} currency={currency} />
      )}
      <Sum label="Total" minor={totals.total} currency={currency} main />
      {second && <Sum label="Soit" minor={second.total} currency={second.currency} />}
      {second && (
        <p className="sheet-rate">
          Taux du {formatDate(second.at.ratedAt)} : 1 {second.at.from} = {second.at.rate.toLocaleString('fr')}{' '}
          {second.at.to}
          {second.at.rounding > 1 && `, arrondi à ${fromMinor(second.at.rounding, second.at.to).toLocaleString('fr')}`}
        </p>
      )}
    </dl>
  );
}

function Sum({ label, minor, currency, main }: { label: string; minor: number; currency: Currency; main?: boolean }) {
  return (
    <div className="sheet-sum" data-main={main === true}>
      <dt>{label}</dt>
      <dd>{minorWithSign(minor, currency)}</dd>
    </div>
  );
}
