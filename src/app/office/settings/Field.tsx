import type { ReactNode } from 'react';

/** A labelled control, with a word of help under it. */
export function Field({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children.
    <label className="field">
      <span className="field-label">{label}</span>
      {children}
      {help && <span className="field-help">{help}</span>}
    </label>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  max?: number;
  step?: number;
  min?: number;
}

/** A number that may be typed with a comma; what is no number is not taken. */
export function NumberField({ label, value, onChange, max = 100, min = 0, step = 0.01 }: NumberFieldProps) {
  return (
    <Field label={label}>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={({ target: { valueAsNumber } }) => {
          if (valueAsNumber >= min && valueAsNumber <= max) onChange(valueAsNumber);
        }}
      />
    </Field>
  );
}

interface CheckFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is so or not. */
export function CheckField({ label, checked, onChange }: CheckFieldProps) {
  return (
    <label className="field-check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}
