export interface LabelledLine {
  label: string;
  value: string;
}

/** Labelled values, one under the other, as on a receipt. */
export function Lines({ lines }: { lines: readonly LabelledLine[] }) {
  return (
    <dl className="lines">
      <LineItems lines={lines} />
    </dl>
  );
}

/** The same, inside a list that has other lines as well. */
export function LineItems({ lines }: { lines: readonly LabelledLine[] }) {
  return lines.map(({ label, value }) => (
    <div className="line" key={label}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ));
}
