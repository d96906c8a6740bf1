import { useId, useRef, type FormEvent, type ReactNode } from 'react'
import { Problem } from '../../dashboard/parts/states'

/** Something that an operator does: a button that opens a form, which says what will happen and asks why. */
export function Act({ name, title = name, danger, primary, busy, error, reset, act, edited, children }: {
  name: string; title?: string; danger?: boolean; primary?: boolean; busy: boolean; error: Error | null
  reset(): void; act(form: FormData): Promise<unknown>; edited?(): void; children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // What was refused stays in the form, to be put right.
    act(new FormData(event.currentTarget)).then(() => dialog.current?.close(), () => undefined)
  }
  return (
    <>
      <button className={primary ? 'primary' : danger ? 'danger' : ''} onClick={() => { reset(); dialog.current?.showModal() }}>{name}…</button>
      <dialog ref={dialog} aria-labelledby={heading}>
        <form onSubmit={submit} onChange={edited}>
          <h2 id={heading}>{title}</h2>
          {children}
          {error && <Problem error={error} />}
          <div className="actions"><button className={danger ? 'danger' : 'primary'} disabled={busy}>{name}</button><button type="button" onClick={() => dialog.current?.close()}>Cancel</button></div>
        </form>
      </dialog>
    </>
  )
}

export function Field({ name, label, hint, ...input }: { name: string; label: string; hint?: string } & React.InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return <div className="field"><label htmlFor={id}>{label}{hint && <span className="hint"> ({hint})</span>}</label><input id={id} name={name} {...input} /></div>
}

export function Amount({ name = 'amount_usd', label = 'Amount in US dollars', ...input }: { name?: string; label?: string } & React.InputHTMLAttributes<HTMLInputElement>) {
  return <Field name={name} label={label} inputMode="decimal" pattern="[0-9]{1,10}(\.[0-9]{1,12})?" title="An amount such as 5.00" {...input} />
}

/** Why: it stands in the audit trail, and of orders in the ledger. */
export function Why({ required = true }: { required?: boolean }) {
  return <Field name="reason" label="Why" hint="it stands in the audit trail" required={required} maxLength={500} />
}

export function textOf(form: FormData, name: string) {
  return String(form.get(name) ?? '').trim()
}
