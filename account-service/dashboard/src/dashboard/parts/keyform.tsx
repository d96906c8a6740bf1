import { useId } from 'react'
import type { Schemas } from '../api/client'

type Settings = Schemas['KeySettings']
type Limits = Schemas['Limits']
type Window = Schemas['Budget']['window']

const WINDOWS: Window[] = ['day', 'week', 'month', 'total']

/** What binds a key, in a form. What it leaves empty binds nothing. */
export function KeyFields({ of, models }: { of?: Settings; models: string[] }) {
  const id = useId()
  return (
    <>
      <div className="field"><label htmlFor={`${id}label`}>Label</label><input id={`${id}label`} name="label" required maxLength={200} defaultValue={of?.label ?? ''} /></div>
      <div className="field"><label htmlFor={`${id}expires`}>Expires <span className="hint">(empty: never)</span></label><input id={`${id}expires`} name="expires_at" type="datetime-local" defaultValue={local(of?.expires_at)} /></div>
      <LimitFields of={of as Limits | undefined} />
      <div className="field"><label htmlFor={`${id}routes`}>Models <span className="hint">(separated by commas; empty: all)</span></label>
        <input id={`${id}routes`} name="allowed_routes" defaultValue={of?.allowed_routes?.join(', ') ?? ''} placeholder={models.join(', ')} /></div>
      <div className="field"><label htmlFor={`${id}addresses`}>Addresses it may be used from <span className="hint">(IP addresses and ranges; empty: all)</span></label>
        <input id={`${id}addresses`} name="allowed_addresses" defaultValue={of?.allowed_addresses?.join(', ') ?? ''} /></div>
    </>
  )
}

/** Budgets and rates: of a key, or of all keys of a member. */
export function LimitFields({ of }: { of?: Limits }) {
  const id = useId()
  return (
    <>
      <div className="row">
        <div className="field"><label htmlFor={`${id}requests`}>Requests a minute</label><input id={`${id}requests`} name="requests_per_minute" type="number" min="1" defaultValue={of?.rates?.requests_per_minute ?? ''} /></div>
        <div className="field"><label htmlFor={`${id}tokens`}>Tokens a minute</label><input id={`${id}tokens`} name="tokens_per_minute" type="number" min="1" defaultValue={of?.rates?.tokens_per_minute ?? ''} /></div>
      </div>
      <fieldset><legend>Budgets in US dollars</legend>
        <div className="row">
          {WINDOWS.map((window) => (
            <div className="field" key={window}><label htmlFor={id + window}>{window === 'total' ? 'In all' : `A ${window}`}</label>
              <input id={id + window} name={`budget_${window}`} inputMode="decimal" pattern="[0-9]{1,10}(\.[0-9]{1,12})?" title="An amount such as 5.00" defaultValue={of?.budgets?.find((budget) => budget.window === window)?.limit_usd ?? ''} /></div>
          ))}
        </div>
        <p className="hint">Days, weeks from Monday and months are those of UTC. What is held counts.</p>
      </fieldset>
    </>
  )
}

/** What the form says of them, whole: what was taken out of it is taken away. */
export function limitsOf(form: FormData, before?: Limits): Limits {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const count = (name: string) => (text(name) ? Number(text(name)) : undefined)
  const budgets = WINDOWS.filter((window) => text(`budget_${window}`)).map((window) => ({
    window, limit_usd: text(`budget_${window}`), warn_only: before?.budgets?.find((budget) => budget.window === window)?.warn_only ?? false,
  }))
  return { budgets, rates: { ...before?.rates, requests_per_minute: count('requests_per_minute'), tokens_per_minute: count('tokens_per_minute') } }
}

/** What the form says of a key, whole. */
export function settingsOf(form: FormData, before?: Settings): Settings {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const list = (name: string) => text(name).split(',').map((one) => one.trim()).filter(Boolean)
  return {
    ...limitsOf(form, before as Limits | undefined),
    label: text('label'),
    expires_at: text('expires_at') ? new Date(text('expires_at')).toISOString() : null,
    allowed_routes: list('allowed_routes'),
    allowed_addresses: list('allowed_addresses'),
  }
}

/** An instant as the control for it has it: on the reader's clock. */
function local(instant: string | null | undefined) {
  if (!instant) return ''
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
