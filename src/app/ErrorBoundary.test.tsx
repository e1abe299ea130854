// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it, vi } from 'vitest';
import { BrowserTooOld } from './BrowserTooOld.tsx';
import { missingFeatures } from './browser-support.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Broken(): never {
  throw new Error('cannot read client of undefined');
}

describe('a screen that fails', () => {
  it('says in French what to do, offers to reload, and keeps the cause behind the details', () => {
    const container = document.createElement('div');
    const [onError, reload] = [vi.fn(), vi.fn()];
    const root = createRoot(container, { onCaughtError: () => undefined });
    act(() =>
      root.render(
        <ErrorBoundary onError={onError} reload={reload}>
          <Broken />
        </ErrorBoundary>,
      ),
    );
    expect(container.querySelector('[role="alert"]')?.textContent).toContain('Rechargez la page');
    expect(container.querySelector('details')?.hasAttribute('open')).toBe(false);
    expect(container.querySelector('details pre')?.textContent).toContain('cannot read client');
    expect(onError).toHaveBeenCalledOnce();
    act(() => container.querySelector('button')?.click());
    expect(reload).toHaveBeenCalledOnce();
    act(() => root.unmount());
  });
});

describe('a browser', () => {
  const enough = { WebAssembly: {}, Worker: {}, AudioWorkletNode: {}, indexedDB: {} };

  it('will do when nothing is missing', () => {
    expect(missingFeatures(enough)).toEqual([]);
  });

  it('that is too old is named as such, with what it lacks behind the details', () => {
    const missing = missingFeatures({ ...enough, AudioWorkletNode: undefined });
    expect(missing).toEqual(['AudioWorkletNode']);
    const container = document.createElement('div');
    const root = createRoot(container);
    act(() => root.render(<BrowserTooOld missing={missing} />));
    expect(container.textContent).toContain('Ce navigateur est trop ancien');
    expect(container.querySelector('details pre')?.textContent).toBe('AudioWorkletNode');
    act(() => root.unmount());
  });
});
