const stroke = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** A microphone whose capsule fills with the level (`.icon-level`, see talk.css). */
export function MicrophoneIcon() {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" {...stroke} strokeWidth="2.75">
      <clipPath id="microphone-capsule">
        <rect x="17" y="5" width="14" height="24" rx="7" />
      </clipPath>
      <g clipPath="url(#microphone-capsule)">
        <rect className="icon-level" x="17" y="5" width="14" height="24" fill="currentColor" stroke="none" />
      </g>
      <rect x="17" y="5" width="14" height="24" rx="7" />
      <path d="M10.5 22.5a13.5 13.5 0 0 0 27 0M24 36v7M17.5 43h13" />
    </svg>
  );
}

export function DotsIcon() {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" fill="currentColor">
      <circle className="icon-dot" cx="10" cy="24" r="4.25" />
      <circle className="icon-dot" cx="24" cy="24" r="4.25" />
      <circle className="icon-dot" cx="38" cy="24" r="4.25" />
    </svg>
  );
}

export function BarsIcon() {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" fill="currentColor">
      <rect className="icon-bar" x="3" y="17" width="5" height="14" rx="2.5" />
      <rect className="icon-bar" x="12.25" y="10" width="5" height="28" rx="2.5" />
      <rect className="icon-bar" x="21.5" y="4" width="5" height="40" rx="2.5" />
      <rect className="icon-bar" x="30.75" y="10" width="5" height="28" rx="2.5" />
      <rect className="icon-bar" x="40" y="17" width="5" height="14" rx="2.5" />
    </svg>
  );
}

export function RetryIcon() {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" {...stroke} strokeWidth="3">
      <path d="M39 24a15 15 0 1 1-4.4-10.6L39 17.8M39 8v9.8h-9.8" />
    </svg>
  );
}

export function StopIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor">
      <rect x="6" y="6" width="12" height="12" rx="2" />
    </svg>
  );
}

export function SendIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke} strokeWidth="2">
      <path d="M12 19V5M6 11l6-6 6 6" />
    </svg>
  );
}

export function CloseIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke} strokeWidth="2">
      <path d="M6 6l12 12M18 6L6 18" />
    </svg>
  );
}

export function BackspaceIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M8 5h12v14H8l-6-7z M11 9l6 6 M17 9l-6 6" />
    </svg>
  );
}

/** The house's mark: a receipt that speaks. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M6 3h20v25l-3.33-2.5L19.33 28 16 25.5 12.67 28l-3.34-2.5L6 28z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path
        d="M11 12v4M14.33 9.5v9M17.67 11v6M21 12.75v2.5"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
