import './office.css';
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { findPage, type OfficePage, officePages } from './pages.ts';

/** The office: a quiet navigation at the side, and the page that the address's hash names. Needs an `OfficeProvider` around it. */
export function Office({ pages = officePages }: { pages?: readonly OfficePage[] }) {
  const hash = useHash();
  const page = findPage(hash, pages);
  const Page = useMemo(() => page && lazyPage(page), [page]);
  useEffect(() => {
    document.title = page ? `${page.title} · La Grâce` : 'La Grâce';
  }, [page]);
  return (
    <div className="office">
      <nav className="office-nav" aria-label="Bureau">
        <a className="office-back" href="/">
          ← Comptoir
        </a>
        <ul>
          {pages.map(({ path, title }) => (
            <li key={path}>
              <a href={`#${path}`} aria-current={path === page?.path ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="office-main">
        <Suspense fallback={<p className="office-wait">Un instant…</p>}>{Page && <Page />}</Suspense>
      </main>
    </div>
  );
}

function lazyPage({ load }: OfficePage): ComponentType {
  return lazy(async () => ({ default: await load() }));
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = (): void => setHash(location.hash);
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return hash;
}
