import { useId, type ReactNode } from 'react';

/** One matter of the account: what it is on the start side, the form beside it. */
export function Section({ title, help, children }: { title: string; help?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {help ? <p>{help}</p> : null}
      </div>
      <div className="section-body">{children}</div>
    </section>
  );
}
